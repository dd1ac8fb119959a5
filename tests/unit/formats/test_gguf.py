from __future__ import annotations

import io
import struct
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.formats.gguf import Header, read_header
from model_keeper.formats.reading import Broken
from model_keeper.testing.model_files import gguf

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "gguf"
SMALL = gguf({"a.weight": ((32, 2), 8), "b": ((8,), 0)})


def read(raw: bytes) -> Header:
    return read_header(io.BytesIO(raw), len(raw))


def head(version: int = 3, tensors: int = 0, keys: int = 0) -> bytes:
    return b"GGUF" + struct.pack("<IQQ", version, tensors, keys)


def key(kind: int, value: bytes, name: bytes = b"k") -> bytes:
    return head(keys=1) + struct.pack("<Q", len(name)) + name + struct.pack("<I", kind) + value


@pytest.mark.parametrize(("version", "order"), [(2, "<"), (3, "<"), (3, ">")])
def test_a_valid_file_gives_its_facts(version: int, order: str) -> None:
    header = read(gguf(version=version, order=order))
    assert (header.version, header.tensor_count, header.parameters) == (version, 1, 512)
    assert header.dtypes == {"Q8_0": 1}
    assert header.metadata["general.architecture"] == "flux"
    assert header.category == "diffusion_models"


def test_a_language_model_is_a_text_encoder() -> None:
    assert read(gguf(architecture="t5encoder")).category == "text_encoders"


def test_names_decide_where_the_architecture_is_unknown() -> None:
    named = {"double_blocks.0.w": ((32,), 8), "single_blocks.0.w": ((32,), 8)}
    assert read(gguf(named, architecture="new")).category == "diffusion_models"


def test_a_file_cut_at_any_byte_is_broken() -> None:
    for cut in range(len(SMALL)):
        with pytest.raises(Broken):
            read(SMALL[:cut])


def test_bytes_behind_the_last_tensor_are_broken() -> None:
    with pytest.raises(Broken, match="too many"):
        read(SMALL + b"x")


def test_the_last_tensor_may_lack_its_padding() -> None:
    padded = gguf({"a": ((3,), 0)})
    assert read(padded[:-20]).tensor_count == 1
    with pytest.raises(Broken, match="1 bytes are missing"):
        read(padded[:-21])


LIES = {
    "unknown version": head(version=9),
    "counts beyond reason": head(tensors=2**63),
    "keys beyond reason": head(keys=2**64 - 1),
    "counts that the file does not hold": head(tensors=1000, keys=0),
    "a long name": head(keys=1) + struct.pack("<Q", 2**63),
    "a long text": key(8, struct.pack("<Q", 2**63)),
    "a long list": key(9, struct.pack("<IQ", 4, 2**62)),
    "a list of texts without end": key(9, struct.pack("<IQ", 8, 2**40)),
    "lists in lists": key(9, struct.pack("<IQ", 9, 1) * 2000),
    "an unknown type": key(77, b""),
    "an alignment of zero": key(4, struct.pack("<I", 0), b"general.alignment"),
    "an odd alignment": key(4, struct.pack("<I", 24), b"general.alignment"),
    "many dimensions": head(tensors=1) + struct.pack("<QI", 0, 2**31),
}


@pytest.mark.parametrize("case", LIES)
def test_a_lying_file_is_broken(case: str) -> None:
    with pytest.raises(Broken):
        read(LIES[case])


def test_tensors_that_overlap_are_broken() -> None:
    raw = bytearray(gguf({"a": ((8,), 0), "b": ((8,), 0)}))
    second = raw.index(struct.pack("<Q", 1) + b"b") + 9 + 4 + 8 + 4
    assert struct.unpack_from("<Q", raw, second) == (32,)
    struct.pack_into("<Q", raw, second, 0)
    with pytest.raises(Broken, match="overlap"):
        read(bytes(raw))


def test_a_row_that_does_not_fit_its_blocks_is_broken() -> None:
    raw = bytearray(gguf({"a": ((32,), 8)}))
    at = raw.index(struct.pack("<IQ", 1, 32))
    struct.pack_into("<Q", raw, at + 4, 33)
    with pytest.raises(Broken, match="does not fit its type"):
        read(bytes(raw))


def test_an_unknown_tensor_type_is_told_not_refused() -> None:
    raw = bytearray(gguf({"a": ((32,), 8)}))
    at = raw.index(struct.pack("<IQI", 1, 32, 8)) + 12
    struct.pack_into("<I", raw, at, 4000)
    assert read(bytes(raw)).unknown_types == (4000,)


@given(position=st.integers(0, len(SMALL) - 1), value=st.integers(0, 255))
@settings(deadline=None, max_examples=200)
def test_any_changed_byte_is_read_or_broken(position: int, value: int) -> None:
    raw = bytearray(SMALL)
    raw[position] = value
    with suppress(Broken):
        assert read(bytes(raw)).tensor_count <= 2


@pytest.mark.skipif(not DATA.is_dir(), reason=f"no sample files in {DATA}")
def test_real_files() -> None:
    whole = (DATA / "ggml-vocab-llama-spm.gguf").read_bytes()
    assert read(whole).metadata["general.architecture"] == "llama"
    with pytest.raises(Broken, match="ends within"):
        read((DATA / "ggml-vocab-falcon.gguf.first64k").read_bytes())
