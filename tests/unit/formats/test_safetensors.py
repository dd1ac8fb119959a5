from __future__ import annotations

import io
import json
import struct
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.formats.reading import Broken
from model_keeper.formats.safetensors import Header, read_header
from model_keeper.testing.model_files import (
    CHECKPOINT_NAMES,
    LORA_NAMES,
    SyntheticSafetensors,
    lying_safetensors,
    safetensors,
    write_safetensors,
)

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "safetensors"


def read(raw: bytes) -> Header:
    return read_header(io.BytesIO(raw), len(raw))


def entry(dtype: str, shape: list[Any], begin: int, end: int) -> dict[str, Any]:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


def test_a_valid_file_gives_its_facts() -> None:
    header = read(safetensors(4096, metadata={"title": "A «title»"}, names=LORA_NAMES))
    assert header.tensor_count == len(LORA_NAMES)
    assert header.dtypes == {"F16": len(LORA_NAMES) - 1, "U8": 1}
    assert header.metadata == {"title": "A «title»"}
    assert header.category == "loras"


def test_the_names_of_a_checkpoint_are_recognised() -> None:
    assert read(safetensors(4096, names=CHECKPOINT_NAMES)).category == "checkpoints"


@pytest.mark.parametrize("cut", [0, 1, 7, 8, 9, 100, 255])
def test_a_file_cut_anywhere_is_broken(cut: int) -> None:
    with pytest.raises(Broken):
        read(safetensors(256)[:cut])


def test_a_page_after_the_data_is_broken() -> None:
    with pytest.raises(Broken, match="4 bytes too many"):
        read(safetensors(256) + b"</p>")


@pytest.mark.parametrize("length", [2**63, 2**64 - 1, 100_000_001])
def test_a_header_longer_than_allowed_is_refused_before_it_is_read(length: int) -> None:
    with pytest.raises(Broken, match="claims to be"):
        read(struct.pack("<Q", length) + b'{"a":')


def test_a_header_longer_than_the_file_is_broken() -> None:
    with pytest.raises(Broken, match="ends within its header"):
        read(struct.pack("<Q", 99_999_999) + b'{"a":')


BAD_HEADERS: dict[str, tuple[dict[str, Any] | bytes, int]] = {
    "a hole": ({"a": entry("U8", [2], 0, 2), "b": entry("U8", [2], 4, 6)}, 6),
    "a hole at the beginning": ({"a": entry("U8", [2], 2, 4)}, 4),
    "an overlap": ({"a": entry("U8", [4], 0, 4), "b": entry("U8", [4], 2, 6)}, 6),
    "data behind the file": ({"a": entry("U8", [8], 0, 8)}, 4),
    "data that nobody names": ({"a": entry("U8", [2], 0, 2)}, 4),
    "a shape that does not fit": ({"a": entry("F32", [2], 0, 4)}, 4),
    "half a byte": ({"a": entry("F4", [3], 0, 1)}, 1),
    "a negative length": ({"a": entry("U8", [0], 4, 0)}, 4),
    "a negative shape": ({"a": entry("U8", [-1, -4], 0, 4)}, 4),
    "a shape that is true": ({"a": entry("U8", [True], 0, 1)}, 1),
    "a shape of fractions": ({"a": entry("U8", [2.0], 0, 2)}, 2),
    "no dtype": ({"a": {"shape": [1], "data_offsets": [0, 1]}}, 1),
    "three offsets": ({"a": {"dtype": "U8", "shape": [1], "data_offsets": [0, 1, 2]}}, 1),
    "a huge offset": ({"a": entry("U8", [2**64], 0, 2**64)}, 4),
    "metadata that is no text": ({"__metadata__": {"a": 1}}, 0),
    "a list": (b"[1]", 0),
    "nothing": (b"", 0),
    "space before": (b" {}", 0),
    "text behind": (b"{} x", 0),
    "a comma too many": (b'{"__metadata__":{},}', 0),
    "a name twice": (b'{"a":%b,"a":%b}' % ((json.dumps(entry("U8", [0], 0, 0)).encode(),) * 2), 0),
    "a key twice": (b'{"a":{"dtype":"U8","dtype":"U8","shape":[0],"data_offsets":[0,0]}}', 0),
    "half a surrogate": (b'{"\\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}', 0),
    "no UTF-8": (b'{"\xff":{}}', 0),
    "brackets without end": (b'{"a":' + b"[" * 100_000, 0),
    "objects without end": (b'{"a":' * 50_000, 0),
    "deep brackets in an entry": (b'{"a":{"shape":' + b"[" * 4000 + b"}}", 0),
}


@pytest.mark.parametrize("case", BAD_HEADERS)
def test_a_header_that_lies_is_broken(case: str) -> None:
    header, length = BAD_HEADERS[case]
    with pytest.raises(Broken):
        read(lying_safetensors(header, bytes(length)))


def test_entries_without_end_are_left() -> None:
    metadata = b",".join(b'"%d":""' % number for number in range(200_001))
    with pytest.raises(Broken, match="more entries"):
        read(lying_safetensors(b'{"__metadata__":{' + metadata + b"}}"))


def test_types_of_half_bytes_and_empty_tensors_add_up() -> None:
    tensors = {"a": entry("F4", [4], 0, 2), "b": entry("F6_E2M3", [4], 2, 5)}
    tensors["c"] = entry("F32", [0, 7], 5, 5)
    assert read(lying_safetensors(tensors, bytes(5))).parameters == 8


def test_an_unknown_type_is_told_not_refused() -> None:
    header = read(lying_safetensors({"a": entry("F3_NEW", [8], 0, 3)}, bytes(3)))
    assert header.unknown_dtypes == ("F3_NEW",)


def test_a_huge_file_is_made_at_the_speed_of_memory_and_read_anywhere() -> None:
    size = 1 << 40
    made = SyntheticSafetensors(size, seed=3)
    assert made.read_at(size - 5, 100) == made.read_at(size - 105, 105)[-5:]
    assert made.read_at(size, 10) == b""
    assert made.read_at(5 << 20, 1 << 20) != made.read_at(6 << 20, 1 << 20)


@given(
    size=st.integers(256, 5000),
    seed=st.integers(0, 3),
    cuts=st.lists(st.integers(0, 5000), max_size=3),
)
@settings(deadline=None, max_examples=60)
def test_made_files_have_the_asked_size_and_any_pieces_join(
    size: int, seed: int, cuts: list[int]
) -> None:
    whole = safetensors(size, seed)
    assert len(whole) == size
    assert read(whole).parameters > 0
    edges = sorted({0, size, *(min(cut, size) for cut in cuts)})
    made = SyntheticSafetensors(size, seed)
    assert b"".join(made.read_at(a, b - a) for a, b in pairwise(edges)) == whole


def test_a_written_file_is_the_same(tmp_path: Path) -> None:
    size = (2 << 20) + 77
    sha256 = write_safetensors(tmp_path / "a", size, seed=1)
    assert (tmp_path / "a").read_bytes() == safetensors(size, seed=1)
    assert sha256 == SyntheticSafetensors(size, seed=1).sha256()


@given(raw=st.binary(max_size=400), data=st.binary(max_size=20))
@settings(deadline=None, max_examples=150)
def test_any_header_is_read_or_broken(raw: bytes, data: bytes) -> None:
    with suppress(Broken):
        read(lying_safetensors(raw, data))


@given(position=st.integers(0, 255), bit=st.integers(0, 7))
@settings(deadline=None, max_examples=100)
def test_a_flipped_bit_is_read_or_broken(position: int, bit: int) -> None:
    raw = bytearray(safetensors(256))
    raw[position] ^= 1 << bit
    with suppress(Broken):
        assert read(bytes(raw)).tensor_count <= 1


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no sample files in {DATA}")
@pytest.mark.parametrize(
    ("name", "category", "tensors"),
    [
        ("test_embedding.safetensors", "embeddings", 1),
        ("kohya-metadata-real-tensor-constructed.safetensors", "loras", 1),
    ],
)
def test_real_files(name: str, category: str, tensors: int) -> None:
    header = read((DATA / name).read_bytes())
    assert (header.category, header.tensor_count) == (category, tensors)
