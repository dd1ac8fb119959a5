from __future__ import annotations

import io
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.formats.onnx import Model, read_model
from model_keeper.formats.reading import Broken
from model_keeper.testing.model_files import onnx


def read(raw: bytes) -> Model:
    return read_model(io.BytesIO(raw), len(raw))


def test_a_valid_model_gives_its_facts() -> None:
    assert read(onnx(nodes=3)) == Model(8, "model-files", 3, 1, ())


def test_a_model_cut_at_any_byte_is_broken() -> None:
    raw = onnx()
    for cut in range(len(raw)):
        with pytest.raises(Broken):
            read(raw[:cut])


def test_the_files_that_hold_its_weights_are_named() -> None:
    assert read(onnx(external="weights.data")).external == ("weights.data",)


LIES = {
    "a length beyond the file": b"\x08\x08\x3a\xff\xff\xff\xff\xff\xff\xff\xff\x7f",
    "a number without end": b"\x08" + b"\xff" * 20,
    "a field without a number": b"\x08\x08\x02\x00",
    "an unknown wire type": b"\x08\x08\x0b",
    "a version that is text": b"\x0a\x01x",
    "no graph": b"\x08\x08\x42\x02\x10\x11",
    "a graph of something else": b"\x08\x08\x3a\x02\x18\x01\x42\x02\x10\x11",
}


@pytest.mark.parametrize("case", LIES)
def test_a_lying_message_is_broken(case: str) -> None:
    with pytest.raises(Broken):
        read(LIES[case])


@given(raw=st.binary(max_size=300))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_read_or_broken(raw: bytes) -> None:
    with suppress(Broken):
        read(b"\x08\x08" + raw)
