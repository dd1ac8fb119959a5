"""What a model file's own header says of it, read without its tensors."""

from __future__ import annotations

from model_keeper.domain.metadata import ModelMetadata, Origin, Owner
from model_keeper.formats import gguf, header_metadata, safetensors
from model_keeper.formats.reading import Broken
from model_keeper.formats.sniff import HEAD_BYTES, Format, sniff

HEADER_ORIGIN = Origin(Owner.HEADER, "header")


def read_header_metadata(path: str) -> tuple[ModelMetadata, bytes | None]:
    """The metadata, and the cover picture where there is one.

    Empty for a format that says nothing and for a broken file. Raises OSError where the file cannot
    be read.
    """
    with open(path, "rb") as file:  # noqa: PTH123 - a Path for each of thousands takes its time
        size = file.seek(0, 2)
        file.seek(0)
        form = sniff(file.read(HEAD_BYTES)).format
        try:
            if form is Format.SAFETENSORS:
                said = safetensors.read_header(file, size).metadata
                return header_metadata.from_safetensors(said), header_metadata.cover(said)
            if form is Format.GGUF:
                return header_metadata.from_gguf(gguf.read_header(file, size).metadata), None
        except Broken:
            pass
    return ModelMetadata(), None
