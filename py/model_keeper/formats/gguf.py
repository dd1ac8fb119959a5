"""GGUF, versions 2 and 3: counts, types and offsets have to add up to the file's end.

Layout and block sizes after https://github.com/ggml-org/ggml (docs/gguf.md, ggml-common.h).
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import BinaryIO

from model_keeper.domain.sizes import size_text
from model_keeper.formats.reading import Broken, Window
from model_keeper.formats.tensor_names import guess_category

MAGIC = b"GGUF"
_VERSIONS = (2, 3)
_MOST_PARTS = 200_000  # keys or tensors; the largest language models have some ten thousand
_MOST_ITEMS = 4_000_000  # of lists together; tokenizers have 300,000
_LONGEST_NAME = 65_535
_KEPT_TEXT = 4096
_DEEPEST_LIST = 4
_MOST_DIMENSIONS = 4

_STRING, _ARRAY = 8, 9
_SCALARS: Mapping[int, str] = MappingProxyType(
    {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?", 10: "Q", 11: "q", 12: "d"}
)


@dataclass(frozen=True)
class _Type:
    name: str
    block: int  # elements
    bytes: int  # of a block


_TYPES: Mapping[int, _Type] = MappingProxyType(
    {
        0: _Type("F32", 1, 4), 1: _Type("F16", 1, 2), 2: _Type("Q4_0", 32, 18),
        3: _Type("Q4_1", 32, 20), 6: _Type("Q5_0", 32, 22), 7: _Type("Q5_1", 32, 24),
        8: _Type("Q8_0", 32, 34), 10: _Type("Q2_K", 256, 84), 11: _Type("Q3_K", 256, 110),
        12: _Type("Q4_K", 256, 144), 13: _Type("Q5_K", 256, 176), 14: _Type("Q6_K", 256, 210),
        15: _Type("Q8_K", 256, 292), 16: _Type("IQ2_XXS", 256, 66), 17: _Type("IQ2_XS", 256, 74),
        18: _Type("IQ3_XXS", 256, 98), 19: _Type("IQ1_S", 256, 50), 20: _Type("IQ4_NL", 32, 18),
        21: _Type("IQ3_S", 256, 110), 22: _Type("IQ2_S", 256, 82), 23: _Type("IQ4_XS", 256, 136),
        24: _Type("I8", 1, 1), 25: _Type("I16", 1, 2), 26: _Type("I32", 1, 4),
        27: _Type("I64", 1, 8), 28: _Type("F64", 1, 8), 29: _Type("IQ1_M", 256, 56),
        30: _Type("BF16", 1, 2), 34: _Type("TQ1_0", 256, 54), 35: _Type("TQ2_0", 256, 66),
        39: _Type("MXFP4", 32, 17),
    }
)  # fmt: skip

#: ``general.architecture`` → ComfyUI folder key.
_CATEGORIES: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(
        (
            "flux", "sd1", "sdxl", "sd3", "aura", "ltxv", "hyvid", "hunyuan_video", "wan",
            "hidream", "cosmos", "lumina2", "qwen_image", "chroma",
        ),
        "diffusion_models",
    )
    | dict.fromkeys(
        ("t5", "t5encoder", "llama", "qwen2", "qwen2vl", "qwen3", "qwen3vl", "gemma2", "gemma3"),
        "text_encoders",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Header:
    """What the file says of itself.

    ``dtypes`` counts tensors by type; those of ``unknown_types`` have no known size. ``metadata``
    holds the short texts and the numbers of the ``general.`` keys.
    """

    version: int
    tensor_count: int
    parameters: int
    dtypes: Mapping[str, int]
    metadata: Mapping[str, str | int | float | bool]
    category: str | None
    unknown_types: tuple[int, ...] = ()
    main_dtype: str | None = None  # of most of the parameters


@dataclass(frozen=True)
class _Tensor:
    name: str
    elements: int
    type: int
    offset: int
    first_dimension: int

    @property
    def bytes(self) -> int | None:
        """Its length, or None for an unknown type."""
        kind = _TYPES.get(self.type)
        if kind is None:
            return None
        if self.first_dimension % kind.block:
            raise Broken("the shape of one of its tensors does not fit its type")
        return self.elements // kind.block * kind.bytes


def read_header(file: BinaryIO, size: int) -> Header:
    """Read and check a file of ``size`` bytes; tensors' bytes are not read. Raises Broken."""
    return _Reader(Window(file, 0, size), size).read()


class _Reader:
    def __init__(self, window: Window, size: int) -> None:
        self._window = window
        self._size = size
        self._items_left = _MOST_ITEMS

    def read(self) -> Header:
        window = self._window
        if window.take(4, "its first bytes") != MAGIC:
            raise Broken("it does not begin like a GGUF file")
        version = self._version()
        tensor_count, key_count = window.u64("its counts"), window.u64("its counts")
        if max(tensor_count, key_count) > _MOST_PARTS:
            raise Broken("it claims more parts than any model has")
        metadata = self._metadata(key_count)
        tensors = [self._tensor() for _ in range(tensor_count)]
        if len({tensor.name for tensor in tensors}) != len(tensors):
            raise Broken("it names a tensor twice")
        self._check_cover(tensors, _alignment(metadata))
        general = {k: v for k, v in metadata.items() if k.startswith("general.")}
        types = Counter(tensor.type for tensor in tensors)
        weights: Counter[int] = Counter()
        for tensor in tensors:
            weights[tensor.type] += tensor.elements
        return Header(
            version=version,
            tensor_count=len(tensors),
            parameters=sum(tensor.elements for tensor in tensors),
            dtypes={_TYPES[t].name: n for t, n in types.most_common() if t in _TYPES},
            metadata=general,
            category=_category(general, tensors),
            unknown_types=tuple(sorted(t for t in types if t not in _TYPES)),
            main_dtype=next(
                (_TYPES[t].name for t, _ in weights.most_common(1) if t in _TYPES), None
            ),
        )

    def _version(self) -> int:
        window = self._window
        version = window.u32("its version")
        if version in (v << 24 for v in _VERSIONS):  # written on a big-endian machine
            window.order = ">"
            version >>= 24
        if version not in _VERSIONS:
            raise Broken(f"its version {version} is not known")
        return version

    def _metadata(self, count: int) -> dict[str, str | int | float | bool]:
        found: dict[str, str | int | float | bool] = {}
        names: set[str] = set()
        for _ in range(count):
            name = self._name("one of its keys")
            if name in names:
                raise Broken("it names a key twice")
            names.add(name)
            value = self._value(self._window.u32("one of its keys"))
            if value is not None:
                found[name] = value
        return found

    def _value(self, kind: int, depth: int = 0) -> str | int | float | bool | None:
        """One value; lists and long texts are only passed over, and are None."""
        what = "one of its values"
        if kind == _STRING:
            length = self._window.u64(what)
            if length > _KEPT_TEXT or depth:
                self._window.skip(length, what)
                return None
            return self._window.take(length, what).decode("utf-8", "replace")
        if kind == _ARRAY:
            self._list(depth + 1)
            return None
        code = _SCALARS.get(kind)
        if code is None:
            raise Broken(f"one of its values has the unknown type {kind}")
        raw = self._window.take(struct.calcsize(code), what)
        value: int | float | bool = struct.unpack(self._window.order + code, raw)[0]
        return value

    def _list(self, depth: int) -> None:
        if depth > _DEEPEST_LIST:
            raise Broken("its lists are nested too deeply")
        kind, count = self._window.u32("a list"), self._window.u64("a list")
        code = _SCALARS.get(kind)
        if code is not None:
            self._window.skip(count * struct.calcsize(code), "a list")
            return
        self._spend(count)
        for _ in range(count):
            self._value(kind, depth)

    def _tensor(self) -> _Tensor:
        what = "its list of tensors"
        name = self._name(what)
        dimensions = self._window.u32(what)
        if dimensions > _MOST_DIMENSIONS:
            raise Broken(f"one of its tensors claims {dimensions} dimensions")
        shape = [self._window.u64(what) for _ in range(dimensions)]
        kind, offset = self._window.u32(what), self._window.u64(what)
        return _Tensor(name, prod(shape), kind, offset, shape[0] if shape else 1)

    def _name(self, what: str) -> str:
        length = self._window.u64(what)
        if length > _LONGEST_NAME:
            raise Broken(f"a name in it claims to be {length} bytes long")
        return self._window.take(length, what).decode("utf-8", "replace")

    def _spend(self, count: int) -> None:
        self._items_left -= count
        if self._items_left < 0:
            raise Broken("it claims more parts than any model has")

    def _check_cover(self, tensors: list[_Tensor], alignment: int) -> None:
        """Each tensor begins where the one before it ended, rounded up; the last ends the file."""
        if not tensors:
            self._check_end(self._window.position, alignment)
            return
        start = _aligned(self._window.position, alignment)
        end = 0
        for tensor in sorted(tensors, key=lambda tensor: tensor.offset):
            if tensor.offset != _aligned(end, alignment):
                raise Broken("its tensors overlap, or leave a hole")
            length = tensor.bytes
            if length is None:  # nothing behind a tensor of unknown length can be placed
                return
            end = tensor.offset + length
        self._check_end(start + end, alignment)

    def _check_end(self, end: int, alignment: int) -> None:
        if self._size < end:
            raise Broken(f"{size_text(end - self._size)} are missing at its end")
        if self._size not in (end, _aligned(end, alignment)):
            raise Broken(f"{size_text(self._size - end)} too many are at its end")


def _alignment(metadata: Mapping[str, str | int | float | bool]) -> int:
    alignment = metadata.get("general.alignment", 32)
    if type(alignment) is not int or alignment <= 0 or alignment & (alignment - 1):
        raise Broken("its alignment is not a power of two")
    return alignment


def _aligned(position: int, alignment: int) -> int:
    return (position + alignment - 1) // alignment * alignment


def _category(
    general: Mapping[str, str | int | float | bool], tensors: list[_Tensor]
) -> str | None:
    architecture = general.get("general.architecture")
    named = _CATEGORIES.get(architecture) if isinstance(architecture, str) else None
    return named or guess_category([tensor.name for tensor in tensors], {})
