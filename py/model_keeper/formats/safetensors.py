"""Safetensors: a JSON header whose offsets have to cover the data exactly. No tensor is read.

Layout after https://github.com/huggingface/safetensors: eight bytes with the header's length
(little-endian), the header, the tensors' bytes.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any, BinaryIO, NamedTuple, TypeGuard

from model_keeper.domain.sizes import size_text
from model_keeper.formats.header_json import HeaderText
from model_keeper.formats.reading import Broken, Window
from model_keeper.formats.tensor_names import guess_category

_NUMBER = r"(?:0|[1-9][0-9]{0,17})"
# Headers have thousands of entries; nearly all are written like this, and are one match then.
_PLAIN_ENTRY = re.compile(
    rf'\{{"dtype": ?"([A-Z0-9_]+)", ?"shape": ?\[((?:{_NUMBER}(?:, ?{_NUMBER})*)?)\],'
    rf' ?"data_offsets": ?\[({_NUMBER}), ?({_NUMBER})\]\}}'
)

MAX_HEADER_BYTES = 100_000_000  # the reference implementation refuses longer ones

_BITS: Mapping[str, int] = MappingProxyType(
    {
        "F4": 4, "F6_E2M3": 6, "F6_E3M2": 6,
        "BOOL": 8, "U8": 8, "I8": 8, "F8_E4M3": 8, "F8_E5M2": 8, "F8_E8M0": 8,
        "F8_E4M3FNUZ": 8, "F8_E5M2FNUZ": 8,
        "I16": 16, "U16": 16, "F16": 16, "BF16": 16,
        "I32": 32, "U32": 32, "F32": 32,
        "I64": 64, "U64": 64, "F64": 64, "C64": 64,
    }
)  # fmt: skip


@dataclass(frozen=True)
class Header:
    """What the header says, once it is proven to fit the file.

    ``dtypes`` counts tensors by type. ``category`` is a ComfyUI folder key, or None where the names
    do not say it clearly. ``unknown_dtypes`` are types whose sizes could not be checked.
    """

    tensor_count: int
    parameters: int
    dtypes: Mapping[str, int]
    metadata: Mapping[str, str]
    category: str | None
    unknown_dtypes: tuple[str, ...] = ()
    main_dtype: str | None = None  # of most of the parameters


class Tensor(NamedTuple):
    """Where a tensor's bytes are: ``begin`` and ``end`` count from the end of the header."""

    name: str
    dtype: str
    shape: tuple[int, ...]
    begin: int
    end: int

    @property
    def elements(self) -> int:
        return prod(self.shape)


@dataclass(frozen=True)
class Layout:
    """A header that fits its file. ``data_start``: where the header ends, from the file's start."""

    data_start: int
    metadata: Mapping[str, str]
    tensors: tuple[Tensor, ...]


def read_layout(file: BinaryIO, size: int) -> Layout:
    """Read and check the header of a file of ``size`` bytes. Raises :class:`Broken`."""
    window = Window(file, 0, size)
    length = window.u64("the length of its header")
    if length > MAX_HEADER_BYTES:
        raise Broken(f"its header claims to be {length} bytes long")
    try:
        text = window.take(length, "its header").decode("utf-8")
    except UnicodeDecodeError as exc:
        raise Broken("its header is not text") from exc
    metadata, tensors = _parse(text)
    _check_cover(tensors, window.remaining)
    return Layout(window.position, metadata, tuple(tensors))


def read_header(file: BinaryIO, size: int) -> Header:
    """What the header of a file of ``size`` bytes says. Raises :class:`Broken`."""
    layout = read_layout(file, size)
    tensors = layout.tensors
    dtypes = Counter(tensor.dtype for tensor in tensors)
    weights: Counter[str] = Counter()
    for tensor in tensors:
        weights[tensor.dtype] += tensor.elements
    return Header(
        tensor_count=len(tensors),
        parameters=sum(weights.values()),
        dtypes=dict(dtypes.most_common()),
        metadata=layout.metadata,
        category=guess_category([tensor.name for tensor in tensors], layout.metadata),
        unknown_dtypes=tuple(sorted(dtype for dtype in dtypes if dtype not in _BITS)),
        main_dtype=next((dtype for dtype, _ in weights.most_common(1)), None),
    )


def _parse(text: str) -> tuple[Mapping[str, str], list[Tensor]]:
    header = HeaderText(text)
    metadata: Mapping[str, str] = {}
    tensors: list[Tensor] = []
    for name in header.keys():  # noqa: SIM118 - a reader's cursor, not a mapping
        if name == "__metadata__":
            metadata = header.strings()
        else:
            plain = header.taken(_PLAIN_ENTRY)
            tensors.append(_plain(name, plain) if plain else _tensor(name, header.flat_object()))
    header.finish()
    return metadata, tensors


def _tensor(name: str, entry: Mapping[str, Any]) -> Tensor:
    dtype, shape, offsets = entry.get("dtype"), entry.get("shape"), entry.get("data_offsets")
    if not isinstance(dtype, str) or not _whole(shape) or not _whole(offsets) or len(offsets) != 2:
        raise Broken(f"its header does not describe {_short(name)} properly")
    return _fitting(Tensor(name, dtype, tuple(shape), *offsets))


def _plain(name: str, entry: re.Match[str]) -> Tensor:
    dtype, shape, begin, end = entry.groups()
    sides = tuple(map(int, shape.split(","))) if shape else ()
    return _fitting(Tensor(name, dtype, sides, int(begin), int(end)))


def _fitting(tensor: Tensor) -> Tensor:
    bits, length = _BITS.get(tensor.dtype), tensor.end - tensor.begin
    if length < 0 or (bits is not None and tensor.elements * bits != length * 8):
        raise Broken(f"the shape of {_short(tensor.name)} does not fit its length")
    return tensor


def _whole(value: Any) -> TypeGuard[list[int]]:
    """Whether it is a list of whole numbers that are not negative."""
    return isinstance(value, list) and all(type(n) is int and n >= 0 for n in value)


def _check_cover(tensors: list[Tensor], length: int) -> None:
    """The tensors have to follow each other without hole or overlap, from 0 to the file's end."""
    reached = 0
    for tensor in sorted(tensors, key=lambda tensor: (tensor.begin, tensor.end)):
        if tensor.begin != reached:
            what = "overlaps the one before it" if tensor.begin < reached else "leaves a hole"
            raise Broken(f"the data of {_short(tensor.name)} {what}")
        reached = tensor.end
    if reached > length:
        raise Broken(f"{size_text(reached - length)} are missing at its end")
    if reached < length:
        raise Broken(f"{size_text(length - reached)} too many are at its end")


def _short(name: str) -> str:
    return json.dumps(name if len(name) <= 80 else name[:79] + "…", ensure_ascii=False)
