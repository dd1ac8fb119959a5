from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from model_keeper.library import space
from model_keeper.library.space import VolumeSpace, free_bytes, planned_space, same_volume


@pytest.fixture
def two_drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Two folders that pretend to be volumes, with 1000 and 50 bytes free."""
    big, small = tmp_path / "big", tmp_path / "small"
    big.mkdir()
    small.mkdir()
    monkeypatch.setattr(space, "_volume", lambda folder: 1 if big in folder.parents else 2)
    monkeypatch.setattr(space, "free_bytes", lambda folder: 1000 if big in folder.parents else 50)
    return big, small


def test_a_folder_to_be_made_has_the_space_of_its_nearest_parent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []
    usage = shutil.disk_usage(tmp_path)

    def disk_usage(path: Path) -> object:
        asked.append(path)
        return usage

    monkeypatch.setattr(shutil, "disk_usage", disk_usage)
    assert free_bytes(tmp_path / "a" / "b") == usage.free
    assert asked == [tmp_path]


def test_folders_of_one_volume(tmp_path: Path) -> None:
    assert same_volume(tmp_path / "not there", tmp_path)


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no second volume known here")
def test_folders_of_two_volumes(tmp_path: Path) -> None:
    assert not same_volume(tmp_path, Path("/proc/self"))


def test_a_plan_is_summed_by_volume(two_drives: tuple[Path, Path]) -> None:
    big, small = two_drives
    plan = [(small / "vae", 30), (big / "loras", 400), (small / "clip", 30), (big / "vae", 600)]
    assert planned_space(plan) == (
        VolumeSpace(small / "vae", needed=60, free=50),
        VolumeSpace(big / "loras", needed=1000, free=1000),
    )


def test_only_what_does_not_fit_is_missing() -> None:
    assert VolumeSpace(Path(), needed=60, free=50).missing == 10
    assert VolumeSpace(Path(), needed=50, free=50).missing == 0
    assert VolumeSpace(Path(), needed=10, free=50).missing == 0


def test_an_empty_plan_needs_nothing() -> None:
    assert planned_space([]) == ()
