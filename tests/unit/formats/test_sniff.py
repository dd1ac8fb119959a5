from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.formats.sniff import Format, sniff
from model_keeper.testing import archive_files, pickles
from model_keeper.testing.answers import LOGIN_PAGE, POINTER
from model_keeper.testing.model_files import (
    gguf,
    onnx,
    pytorch_legacy,
    pytorch_zip,
    safetensors,
    stored_zip,
)

KNOWN: list[tuple[bytes, Format]] = [
    (safetensors(300), Format.SAFETENSORS),
    (b"\x00" * 7 + b"\x80{", Format.SAFETENSORS),  # whatever length it claims
    (gguf(), Format.GGUF),
    (pytorch_zip(), Format.PYTORCH_ZIP),
    (pytorch_legacy(), Format.PICKLE),
    *((pickles.benign(protocol), Format.PICKLE) for protocol in range(6)),
    *((raw, Format.PICKLE) for raw in pickles.hostile().values()),
    (onnx(), Format.ONNX),
    (stored_zip({"a.txt": b"x"}), Format.ZIP),
    (stored_zip({}), Format.ZIP),
    (archive_files.tar({"a": b"x"}), Format.TAR),
    (archive_files.tar_gz({"a": b"x"}), Format.GZIP),
    (archive_files.seven_zip(), Format.SEVEN_ZIP),
    (LOGIN_PAGE, Format.HTML),
    (POINTER, Format.POINTER),
    (b"\x89PNG\r\n\x1a\n", Format.IMAGE),
    (b"RIFF\x00\x00\x00\x00WEBP", Format.IMAGE),
    (b"\x00\x00\x00\x20ftypisom", Format.MEDIA),
    (b"MZ\x90\x00", Format.EXECUTABLE),
    (b"\x7fELF\x02", Format.EXECUTABLE),
    (b"#!/bin/sh\n", Format.EXECUTABLE),
    (b"", Format.EMPTY),
    (b"\x00\x01\x02\x03", Format.UNKNOWN),
]


@pytest.mark.parametrize(("head", "format_"), KNOWN)
def test_first_bytes_say_the_format(head: bytes, format_: Format) -> None:
    assert sniff(head).format is format_


TEXTS = [
    "hello world\n",
    "cat\ndog\nmouse\n",
    "cfg: 7\nsteps: 20\n",
    "clip_l\nclip_g\n",
    "Version 1\nIt is good.\n",
    "I am a model.\n",
    "(parentheses) first\n",
    "model:\n  target: x\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_ordinary_text_is_no_pickle(text: str) -> None:
    assert sniff(text.encode()).format is Format.TEXT


def test_json_that_begins_with_eight_spaces_is_no_safetensors() -> None:
    assert sniff(b'        {"a": 1}').format is Format.JSON


@given(head=st.binary(max_size=400))
@settings(deadline=None, max_examples=200)
def test_any_bytes_have_a_kind_with_an_article(head: bytes) -> None:
    assert sniff(head).kind.split()[0] in ("a", "an", "data")
