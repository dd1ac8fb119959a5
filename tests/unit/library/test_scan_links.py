"""Links and unusual names in a library."""

from __future__ import annotations

import os
import sys
import unicodedata
from typing import Any

import pytest

from tests.unit.library.models_folder import Library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and raw names as on POSIX")


def test_links_to_files_and_folders_are_followed(library: Library) -> None:
    target = library.add("elsewhere/real.safetensors")
    (library.models / "loras/file.safetensors").symlink_to(target)
    (library.models / "loras/folder").symlink_to(target.parent)
    library.scan()

    [one] = library.index.at("loras", "file.safetensors")
    [other] = library.index.at("loras", "folder/real.safetensors")
    assert one.inode == other.inode
    assert one.size == 1


def test_hard_links_are_two_rows_of_one_inode(library: Library) -> None:
    first = library.add("loras/a.safetensors")
    os.link(first, library.models / "loras/b.safetensors")
    library.scan()

    assert library.names() == ["a.safetensors", "b.safetensors"]
    assert len({file.inode for file in library.index.page().items}) == 1


def test_a_link_that_leads_back_ends_there(library: Library) -> None:
    library.add("loras/sub/a.safetensors")
    (library.models / "loras/sub/back").symlink_to(library.models / "loras")
    (library.models / "loras/itself").symlink_to(library.models / "loras/itself")

    assert library.scan().files == 1
    assert library.scan().files == 1
    assert library.names() == ["sub/a.safetensors"]


def test_a_link_to_a_drive_that_is_off_keeps_its_files(library: Library) -> None:
    drive = library.add("drive/a.safetensors").parent
    (library.models / "loras/nas").symlink_to(drive)
    library.scan()
    drive.rename(library.models / "off")

    for _ in range(2):
        assert library.scan().offline == (str(library.models / "loras/nas"),)
        assert library.names() == ["nas/a.safetensors"]
        assert library.online() == {False}

    library.add("loras/another.safetensors")  # now the folder with the link is listed anew
    assert library.scan().offline == (str(library.models / "loras/nas"),)

    (library.models / "off").rename(drive)
    assert library.scan().offline == ()
    assert library.online() == {True}


def test_a_link_whose_target_appears_later_is_found(library: Library) -> None:
    (library.models / "loras/folder").symlink_to(library.models / "later")
    (library.models / "loras/a.safetensors").symlink_to(library.models / "later/b.safetensors")
    library.scan()
    library.add("later/b.safetensors")

    library.scan()

    assert library.names() == ["a.safetensors", "folder/b.safetensors"]


def test_a_linked_file_that_was_away_for_a_while_is_found_again(library: Library) -> None:
    target = library.add("elsewhere/real.safetensors")
    (library.models / "loras/a.safetensors").symlink_to(target)
    library.scan()
    away = target.rename(library.models / "away")
    library.scan()
    assert library.names() == []
    away.rename(target)

    library.scan()

    assert library.names() == ["a.safetensors"]


def test_a_folder_link_that_points_elsewhere_now_is_read_anew(library: Library) -> None:
    library.add("one/a.safetensors")
    library.add("two/b.safetensors")
    link = library.models / "loras/link"
    link.symlink_to(library.models / "one")
    library.scan()
    when = link.parent.stat().st_mtime_ns
    link.unlink()
    link.symlink_to(library.models / "two")
    os.utime(link.parent, ns=(when, when))

    library.scan()

    assert library.names() == ["link/b.safetensors"]


@pytest.mark.parametrize(
    "name",
    [
        "模型 测试.safetensors",
        unicodedata.normalize("NFC", "é.safetensors"),
        unicodedata.normalize("NFD", "é.safetensors"),
        os.fsdecode(b"\xff\xfe latin.safetensors"),
        "a\\b.safetensors",
        'it\'s 100%_"sure".safetensors',
    ],
)
def test_names_stay_as_they_are(library: Library, name: str) -> None:
    path = library.add(f"loras/{name}")
    folder = library.add(f"loras/{name} folder/inner.safetensors")
    library.scan()
    library.scan()

    [file] = library.index.at("loras", name)
    assert file.path == str(path)
    assert [found.relative for found in library.index.named(name.upper())] == [name]
    assert [found.path for found in library.index.named("inner.safetensors")] == [str(folder)]


def test_an_accent_is_found_however_it_is_composed(library: Library) -> None:
    library.add("loras/" + unicodedata.normalize("NFD", "Café.safetensors"))
    library.scan()

    assert len(library.index.named(unicodedata.normalize("NFC", "CAFÉ.safetensors"))) == 1


def test_two_names_that_differ_in_case_are_two_files(library: Library) -> None:
    first = library.add("loras/A.safetensors")
    if (first.parent / "a.safetensors").exists():
        pytest.skip("this file system knows no case")
    library.add("loras/a.safetensors")
    library.scan()

    assert len(library.index.named("a.safetensors")) == 2
    assert len(library.index.at("loras", "a.safetensors")) == 1


def test_a_pipe_is_no_model(library: Library) -> None:
    os.mkfifo(library.models / "loras/pipe.safetensors")

    assert library.scan().files == 0


def test_a_folder_that_may_not_be_read_keeps_what_was_known(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = library.add("loras/private/a.safetensors").parent
    library.scan()
    library.add("loras/private/b.safetensors")
    real = os.scandir

    def scandir(path: str) -> object:
        if path == str(folder):
            raise PermissionError(13, "not for you", path)
        return real(path)

    monkeypatch.setattr("model_keeper.library.tree_walk.os.scandir", scandir)
    assert library.scan().offline == (str(folder),)
    assert library.names() == ["private/a.safetensors"]
    monkeypatch.undo()

    assert library.scan().offline == ()
    assert library.names() == ["private/a.safetensors", "private/b.safetensors"]


def test_a_file_that_cannot_be_looked_at_now_is_kept(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library.add("loras/a.safetensors")
    library.scan()
    real = os.stat

    def stat(place: Any, **rest: Any) -> os.stat_result:
        if place == str(path):
            raise OSError(5, "the drive is tired", place)
        return real(place, **rest)

    monkeypatch.setattr("model_keeper.library.tree_walk.os.stat", stat)
    removed = library.scan().removed
    monkeypatch.undo()

    assert removed == 0
    assert library.names() == ["a.safetensors"]
