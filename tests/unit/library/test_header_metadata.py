"""Headers of files on a disk."""

from __future__ import annotations

import base64
import struct
from pathlib import Path

import pytest

from model_keeper.library.header_metadata import read_covers, read_header_metadata
from model_keeper.testing.model_files import lying_safetensors

REAL = Path(__file__).parents[4] / "shared/data/gguf/ggml-vocab-llama-spm.gguf"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)


def gguf_with(**general: str) -> bytes:
    head = b"GGUF" + struct.pack("<IQQ", 3, 0, len(general))
    for name, value in general.items():
        for text in (f"general.{name}", value):
            head += struct.pack("<Q", len(text)) + text.encode()
            head += struct.pack("<I", 8) if text.startswith("general.") else b""
    return head


def test_a_safetensors_file_and_its_cover(tmp_path: Path) -> None:
    picture = base64.b64encode(PNG).decode()
    said = {
        "modelspec.title": "Carrot",
        "modelspec.thumbnail": f"data:image/png;base64,{picture}",
    }
    header = {"__metadata__": said, "x": {"dtype": "F16", "shape": [1], "data_offsets": [0, 2]}}
    path = tmp_path / "a.safetensors"
    path.write_bytes(lying_safetensors(header, bytes(2)))

    assert read_header_metadata(str(path)).name == "Carrot"
    assert read_covers(str(path)) == (PNG,)


def test_a_gguf_file(tmp_path: Path) -> None:
    path = tmp_path / "a.gguf"
    path.write_bytes(gguf_with(name="Wan", architecture="wan"))
    metadata = read_header_metadata(str(path))
    assert (metadata.name, metadata.base_model) == ("Wan", "Wan Video")
    assert read_covers(str(path)) == ()


@pytest.mark.parametrize("content", [b"", b"GGUF", b"\x08\x00\x00\x00\x00\x00\x00\x00{}", b"text"])
def test_a_broken_file_says_nothing(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.safetensors"
    path.write_bytes(content)
    assert read_header_metadata(str(path)).name is None
    assert read_covers(str(path)) == ()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_header_metadata(str(tmp_path / "a.safetensors"))


@pytest.mark.skipif(not REAL.is_file(), reason=f"{REAL} is not there")
def test_a_real_gguf_file() -> None:
    metadata = read_header_metadata(str(REAL))
    assert metadata.extra["header"]["architecture"] == "llama"
