"""Texts of anybody's tools in any encoding, and what no text is."""

from __future__ import annotations

import codecs
import errno
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.library.sidecar_text import read_json, read_text

CHINESE = "描述一个模型"
FRENCH = "modèle détaillé, très précis"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (CHINESE.encode(), CHINESE),
        (codecs.BOM_UTF8 + CHINESE.encode(), CHINESE),
        (codecs.BOM_UTF16_LE + CHINESE.encode("utf-16-le"), CHINESE),
        (codecs.BOM_UTF16_BE + CHINESE.encode("utf-16-be"), CHINESE),
        (codecs.BOM_UTF32_LE + CHINESE.encode("utf-32-le"), CHINESE),
        ('{"a": 1}'.encode("utf-16-le"), '{"a": 1}'),
        ('{"a": 1}'.encode("utf-16-be"), '{"a": 1}'),
        (CHINESE.encode("gb18030"), CHINESE),
        (FRENCH.encode("cp1252"), FRENCH),
        (b"plain\r\ntext", "plain\r\ntext"),
        (b"", ""),
    ],
)
def test_every_usual_encoding_is_read(tmp_path: Path, content: bytes, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert read_text(path) == text


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"\x00" * 64,
        codecs.BOM_UTF16_LE + b"\x00\xd8",
        codecs.BOM_UTF8 + b"\xff\xff",
        b"a\x81b",
        b" " * ((8 << 20) + 1),
    ],
)
def test_what_is_no_text_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(KeeperError) as problem:
        read_text(path)
    assert problem.value.code == "sidecar_unreadable"
    assert str(path) in problem.value.message


@pytest.mark.parametrize("content", [b"", b"{", b'{"a": 1', b"not json", b"[" * 100_000])
def test_what_is_no_json_is_a_problem_of_that_file(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(content)
    with pytest.raises(KeeperError) as problem:
        read_json(path)
    assert problem.value.code == "sidecar_unreadable"


def test_numbers_that_json_does_not_have_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"a": NaN, "b": [Infinity]}', encoding="utf-8")
    assert read_json(path) == {"a": None, "b": [None]}


@pytest.mark.parametrize("name", ["missing", "x" * 300, "file/below"])
def test_what_cannot_be_there_is_not_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FileNotFoundError):
        read_text(tmp_path / name)


def test_a_folder_in_its_place_is_a_problem(tmp_path: Path) -> None:
    with pytest.raises(KeeperError) as problem:
        read_text(tmp_path)
    assert problem.value.code == "sidecar_unreadable"


def test_a_failing_drive_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "open", fail)
    with pytest.raises(KeeperError, match="input/output error"):
        read_text(tmp_path / "a.txt")
