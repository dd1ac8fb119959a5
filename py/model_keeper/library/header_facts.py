"""What a file's own header says about the model, without its tensors."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, BinaryIO

from model_keeper.domain import base_models
from model_keeper.domain.model_files import HeaderFacts
from model_keeper.formats import gguf, safetensors
from model_keeper.formats.reading import Broken
from model_keeper.formats.sniff import HEAD_BYTES, Format, Sniffed, sniff
from model_keeper.library.index_text import ending

_MOST_WORDS = 20
_FORMAT_BY_ENDING = MappingProxyType(
    {".safetensors": Format.SAFETENSORS, ".sft": Format.SAFETENSORS, ".gguf": Format.GGUF}
)
_FORMAT_NAMES = MappingProxyType({Format.PYTORCH_ZIP: "pytorch"})

_PRECISIONS = MappingProxyType({"F16": "fp16", "BF16": "bf16", "F32": "fp32", "F64": "fp64"})


def read_header_facts(path: str) -> HeaderFacts:
    """The facts; a broken file has its ``problem``. Raises OSError where it cannot be read."""
    with open(path, "rb") as file:  # noqa: PTH123 - a Path for each of thousands takes its time
        size = file.seek(0, 2)
        promised = _FORMAT_BY_ENDING.get(ending(path))
        try:
            return _facts(promised or _sniffed(file).format, file, size)
        except Broken as broken:
            found = _sniffed(file)
            if found.format is Format.EMPTY:
                return HeaderFacts(problem="it is empty")
            if promised not in {None, found.format}:
                return HeaderFacts(problem=f"it is {found.kind}")
            return HeaderFacts(problem=str(broken))


def _sniffed(file: BinaryIO) -> Sniffed:
    file.seek(0)
    return sniff(file.read(HEAD_BYTES))


def _facts(form: Format, file: BinaryIO, size: int) -> HeaderFacts:
    if form is Format.SAFETENSORS:
        return _from_safetensors(safetensors.read_header(file, size))
    if form is Format.GGUF:
        return _from_gguf(gguf.read_header(file, size))
    if form is Format.EMPTY:
        raise Broken("it is empty")
    return HeaderFacts(format=_FORMAT_NAMES.get(form, form.value))


def _from_safetensors(header: safetensors.Header) -> HeaderFacts:
    metadata = header.metadata
    base_model = (
        metadata.get("ss_base_model_version")
        or metadata.get("modelspec.architecture", "").partition("/")[0]
    )
    return HeaderFacts(
        format=Format.SAFETENSORS.value,
        base_model=base_models.of_trainer(base_model),
        kind=header.category,
        precision=_precision(header.main_dtype),
        tensors=header.tensor_count,
        trigger_words=_trigger_words(metadata),
        title=metadata.get("modelspec.title") or metadata.get("ss_output_name") or None,
    )


def _from_gguf(header: gguf.Header) -> HeaderFacts:
    architecture = header.metadata.get("general.architecture")
    title = header.metadata.get("general.name")
    return HeaderFacts(
        format=Format.GGUF.value,
        base_model=base_models.of_architecture(architecture),
        kind=header.category,
        precision=_precision(header.main_dtype),
        tensors=header.tensor_count,
        title=str(title) if title else None,
    )


def _precision(dtype: str | None) -> str | None:
    return None if dtype is None else _PRECISIONS.get(dtype, dtype.lower())


def _trigger_words(metadata: Mapping[str, str]) -> tuple[str, ...]:
    """Those that its maker names, else those that were in the caption of every picture."""
    named = metadata.get("modelspec.trigger_phrase", "")
    words = [word.strip() for word in named.split(",")]
    if not any(words):
        words = _words_of_every_picture(
            _table(metadata, "ss_tag_frequency"), _table(metadata, "ss_dataset_dirs")
        )
    return tuple(dict.fromkeys(word for word in words if word))[:_MOST_WORDS]


def _words_of_every_picture(
    frequencies: Mapping[str, Any], folders: Mapping[str, Any]
) -> list[str]:
    """From kohya's counts of words and of pictures, by folder of the training data."""
    words: list[str] = []
    for folder, counts in frequencies.items():
        row = folders.get(folder)
        pictures = row.get("img_count") if isinstance(row, dict) else None
        if not isinstance(counts, dict) or not isinstance(pictures, int) or pictures < 1:
            continue
        words += [
            str(word)
            for word, count in counts.items()
            if isinstance(count, int) and count >= pictures
        ]
    return words


def _table(metadata: Mapping[str, str], key: str) -> Mapping[str, Any]:
    try:
        found = json.loads(metadata.get(key, "{}"))
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
