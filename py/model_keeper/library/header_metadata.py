"""What a model file's own header says of it, read without its tensors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from model_keeper.domain.metadata import ModelMetadata, Origin, Owner
from model_keeper.formats import gguf, header_metadata, safetensors
from model_keeper.formats.reading import Broken
from model_keeper.formats.sniff import HEAD_BYTES, Format, sniff

_T = TypeVar("_T")

HEADER_ORIGIN = Origin(Owner.HEADER, "header")


def read_header_metadata(path: str) -> ModelMetadata:
    """Empty for a format that says nothing and for a broken file.

    Raises OSError where the file cannot be read.
    """
    return _read(path, header_metadata.from_safetensors, header_metadata.from_gguf, ModelMetadata())


def read_covers(path: str) -> tuple[bytes, ...]:
    """The pictures in the header, the best one first. Raises OSError."""
    return _read(path, header_metadata.covers, lambda _: (), ())


def _read(
    path: str,
    from_safetensors: Callable[[Mapping[str, str]], _T],
    from_gguf: Callable[[Mapping[str, Any]], _T],
    nothing: _T,
) -> _T:
    with open(path, "rb") as file:  # noqa: PTH123 - a Path for each of thousands takes its time
        size = file.seek(0, 2)
        file.seek(0)
        form = sniff(file.read(HEAD_BYTES)).format
        try:
            if form is Format.SAFETENSORS:
                return from_safetensors(safetensors.read_header(file, size).metadata)
            if form is Format.GGUF:
                return from_gguf(gguf.read_header(file, size).metadata)
        except Broken:
            pass
    return nothing
