from __future__ import annotations

import os
from pathlib import Path

import pytest

from model_keeper.library.access import can_write


def test_leaves_nothing_behind(tmp_path: Path) -> None:
    assert can_write(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_asks_the_nearest_parent_of_a_folder_to_be_made(tmp_path: Path) -> None:
    assert can_write(tmp_path / "a" / "b")
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert not can_write(tmp_path / "file" / "loras")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_folder_without_the_right_to_write(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert not can_write(tmp_path)
    tmp_path.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
def test_a_file_system_that_takes_no_files_from_anybody() -> None:
    assert not can_write(Path("/proc/self"))
