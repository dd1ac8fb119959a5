"""Where the trash of a file is, what it takes, and what emptying it deletes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import TRASH_FOLDER, is_slot
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.library.trash import TrashFolders, TrashSpace, purge, space


@pytest.fixture
def models(tmp_path: Path) -> Path:
    for name in ("loras/sub", "all/sub"):
        (tmp_path / "models" / name).mkdir(parents=True)
    return tmp_path / "models"


@pytest.fixture
def folders(models: Path) -> FolderTable:
    table = FolderTable().with_root(Root("loras", str(models / "loras")), (".safetensors",))
    return table.with_root(Root("everything", str(models / "all")), ())


def test_the_trash_is_in_the_root(folders: FolderTable, models: Path) -> None:
    slot = TrashFolders(folders).slot(str(models / "loras/sub/a.safetensors"), "key")
    assert is_slot(slot)
    assert Path(slot).parent == models / "loras" / TRASH_FOLDER
    assert Path(slot).name.startswith("a.safetensors.")
    assert not folders.accepts("loras", Path(slot).name)
    near = TrashFolders(folders).slot(str(models / "loras/sub/a.safetensors"), "key", near=True)
    assert Path(near).parent.parent == models / "loras/sub"


def test_equal_names_have_places_of_their_own(folders: FolderTable, models: Path) -> None:
    trash = TrashFolders(folders)
    paths = [str(models / "loras" / name) for name in ("a.safetensors", "sub/a.safetensors")]
    slots = {trash.slot(path, f"{key}:{path}") for path in paths for key in "ab"}
    assert len(slots) == 4


def test_no_name_is_too_long(folders: FolderTable, models: Path) -> None:
    name = "ü" * 121 + ".safetensors"
    slot = TrashFolders(folders).slot(str(models / "loras" / name), "key")
    Path(slot).write_bytes(b"")


def test_a_root_that_lists_every_file_has_its_trash_outside(
    folders: FolderTable, models: Path
) -> None:
    slot = TrashFolders(folders).slot(str(models / "all/sub/a.bin"), "key")
    assert Path(slot).parent == models / TRASH_FOLDER


def test_a_root_within_one_that_lists_every_file_has_it_outside_too(models: Path) -> None:
    table = FolderTable().with_root(Root("everything", str(models)), ())
    table = table.with_root(Root("loras", str(models / "loras")), (".safetensors",))
    slot = TrashFolders(table).slot(str(models / "loras/a.safetensors"), "key")
    assert Path(slot).parent == models.parent / TRASH_FOLDER


def test_behind_a_link_the_trash_is_on_the_same_volume(folders: FolderTable, models: Path) -> None:
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK) or memory.stat().st_dev == models.stat().st_dev:
        pytest.skip("this machine has no second volume that anybody may write to")
    beyond = memory / f"model-keeper-{os.getpid()}"
    (beyond / "deep").mkdir(parents=True)
    try:
        (models / "loras/nas").symlink_to(beyond)
        path = models / "loras/nas/deep/a.safetensors"
        slot = TrashFolders(folders).slot(str(path), "key")
        assert Path(slot).parent == models / "loras/nas" / TRASH_FOLDER
    finally:
        (beyond / TRASH_FOLDER).rmdir()
        (beyond / "deep").rmdir()
        beyond.rmdir()


def test_only_what_lies_in_a_trash_is_purged(models: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a.trash").write_bytes(b"abc")
    (models / TRASH_FOLDER).symlink_to(outside)
    for wrong in (
        outside / "a.trash",
        models / TRASH_FOLDER / "a.trash",
        models / TRASH_FOLDER / ".." / TRASH_FOLDER / "a.trash",
    ):
        with pytest.raises(KeeperError) as refused:
            purge(str(wrong))
        assert refused.value.code == "link_leaves_folders"
    assert (outside / "a.trash").exists()


def test_purging_tells_what_became_free(models: Path) -> None:
    trash = models / TRASH_FOLDER
    trash.mkdir()
    (trash / "a.trash").write_bytes(b"12345")
    (trash / "b.trash").symlink_to(models / "loras")
    os.link(trash / "a.trash", models / "loras/kept.safetensors")
    assert [purge(str(trash / name)) for name in ("a.trash", "b.trash", "gone.trash")] == [0] * 3
    os.link(models / "loras/kept.safetensors", trash / "c.trash")
    (models / "loras/kept.safetensors").unlink()
    assert purge(str(trash / "c.trash")) == 5
    assert list(trash.iterdir()) == []
    assert (models / "loras/sub").is_dir()


def test_space_counts_a_file_once(models: Path) -> None:
    trash = models / TRASH_FOLDER
    trash.mkdir()
    for name in "ab":
        (trash / f"{name}.trash").write_bytes(b"12345")
    os.link(trash / "a.trash", trash / "again.trash")
    os.link(trash / "b.trash", models / "loras/kept.safetensors")
    slots = [str(trash / f"{name}.trash") for name in ("a", "again", "b", "gone")]
    assert space(slots) == [TrashSpace(str(trash), files=3, size=10, freed=5)]
