from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest

from model_keeper.files.private_json import replace_private_json
from model_keeper.files.replacement import (
    create_file,
    remove_leftovers,
    remove_leftovers_of,
    replace_file,
    temporary_beside,
)
from tests.storage import fail_to_keep

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_file_is_made_or_replaced(tmp_path: Path) -> None:
    path = tmp_path / "a.info"
    for content in (b"one", b"", b"three"):
        replace_file(path, content)
        assert path.read_bytes() == content
    assert names(tmp_path) == ["a.info"]


def test_a_write_that_fails_half_way_leaves_the_old_one_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.info"
    path.write_bytes(b"old")
    fail_to_keep(monkeypatch, OSError(errno.EIO, "failed"))
    with pytest.raises(OSError, match="failed"):
        replace_file(path, b"new")
    with pytest.raises(OSError, match="failed"):
        create_file(tmp_path / "b.info", b"new")
    assert names(tmp_path) == ["a.info"]
    assert path.read_bytes() == b"old"


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o666])
def test_it_keeps_its_rights(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.info"
    path.write_bytes(b"old")
    path.chmod(mode)
    replace_file(path, b"new")
    assert rights(path) == mode


@posix
def test_a_new_one_has_a_person_s_default_rights(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.write_bytes(b"")
    replace_file(tmp_path / "a.info", b"new")
    assert rights(tmp_path / "a.info") == rights(usual)


@posix
def test_what_is_private_becomes_so_whatever_it_was(tmp_path: Path) -> None:
    path = tmp_path / "tokens.json"
    path.write_text("{}")
    path.chmod(0o644)
    replace_private_json(path, {"a": "ä"})
    assert rights(path) == 0o600
    assert path.read_text() == '{"a": "\\u00e4"}'


@pytest.mark.skipif(os.name == "nt", reason="links need special rights on Windows")
def test_a_link_leads_to_the_new_content(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    real, link = tmp_path / "far" / "a.info", tmp_path / "a.info"
    real.write_bytes(b"old")
    link.symlink_to(real)
    replace_file(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert names(real.parent) == ["a.info"]


def test_the_longest_name_is_not_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 250 + ".info")
    replace_file(path, b"one")
    replace_file(path, b"two")
    assert path.read_bytes() == b"two"


def test_what_is_there_is_not_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "a.bak"
    create_file(path, b"one")
    with pytest.raises(FileExistsError):
        create_file(path, b"two")
    assert path.read_bytes() == b"one"


def test_leftovers_of_a_file_are_its_own(tmp_path: Path) -> None:
    mine, other = tmp_path / "a.toml", tmp_path / "b.toml"
    for path in (mine, other):
        temporary_beside(path).write_bytes(b"half")
    kept = temporary_beside(other)
    kept.write_bytes(b"half")
    remove_leftovers_of(mine)
    left = names(tmp_path)
    assert len(left) == 2
    assert kept.name in left


def test_leftovers_of_anybody_go_once_they_are_old(tmp_path: Path) -> None:
    old, young, foreign = (
        temporary_beside(tmp_path / "a"),
        temporary_beside(tmp_path / "a"),
        "a.new",
    )
    for path in (old, young, tmp_path / foreign):
        path.write_bytes(b"half")
    os.utime(old, (1_000, 1_000))
    os.utime(tmp_path / foreign, (1_000, 1_000))
    now_ms = young.stat().st_mtime_ns // 1_000_000
    remove_leftovers(tmp_path, names(tmp_path), now_ms)
    assert names(tmp_path) == sorted([young.name, foreign])
