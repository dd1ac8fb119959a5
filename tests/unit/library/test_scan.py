"""What a scan finds in roots of every kind, and what it leaves alone."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.ports import CANCEL, Interrupted
from model_keeper.library import tree_walk
from model_keeper.library.scan import Scan, ScanSummary
from model_keeper.library.summaries import LibrarySummaries
from tests.unit.library.models_folder import LATER_NS, Library

posix = pytest.mark.skipif(sys.platform == "win32", reason="links and raw names as on POSIX")


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every folder whose entries were listed."""
    folders: list[str] = []
    real = os.scandir

    def scandir(path: str) -> object:
        folders.append(path)
        return real(path)

    monkeypatch.setattr("model_keeper.library.tree_walk.os.scandir", scandir)
    return folders


def test_files_are_found_with_what_their_loader_calls_them(library: Library) -> None:
    path = library.add("loras/sdxl/Style.safetensors", b"12345")

    assert library.scan() == ScanSummary(files=1, added=1)

    [file] = library.index.at("loras", "sdxl/Style.safetensors")
    status = path.stat()
    assert file.path == str(path)
    assert (file.size, file.mtime_ns) == (5, status.st_mtime_ns)
    assert file.inode == f"{status.st_dev}:{status.st_ino}"
    assert file.online


def test_a_category_lists_what_it_accepts_and_one_without_a_filter_everything(
    library: Library,
) -> None:
    library.with_category("insightface", ())
    library.with_category("classifiers", ("",))
    for category in ("loras", "insightface", "classifiers"):
        for name in ("a.SAFETENSORS", "readme.txt", "bare", "b.safetensors.part"):
            library.add(f"{category}/{name}")
    library.scan()

    assert library.names("loras") == ["a.SAFETENSORS"]
    assert library.names("insightface") == ["a.SAFETENSORS", "bare", "readme.txt"]
    assert library.names("classifiers") == ["bare"]


def test_what_holds_no_models_or_is_hidden_or_on_its_way_is_not_listed(library: Library) -> None:
    library.with_category("custom_nodes", ())
    library.with_category("any", ())
    library.add("custom_nodes/node.py")
    for name in (".hidden", ".trash/a.safetensors", "x.0123456789abcdef.part", "x.part.json"):
        library.add(f"any/{name}")
    library.add("any/$RECYCLE.BIN/a.safetensors")

    assert library.scan().files == 0


def test_categories_that_share_a_folder_walk_it_once_and_list_it_each(
    library: Library, listed: list[str]
) -> None:
    library.with_category("diffusion_models", (".safetensors",), "unet")
    library.with_category("unet_gguf", (".gguf",), "unet")
    library.add("unet/a.safetensors")
    library.add("unet/b.gguf")

    library.scan()

    assert listed.count(str(library.models / "unet")) == 1
    assert library.names("diffusion_models") == ["a.safetensors"]
    assert library.names("unet_gguf") == ["b.gguf"]


def test_an_unchanged_library_is_not_listed_again(library: Library, listed: list[str]) -> None:
    library.add("loras/a/b/c.safetensors")
    library.scan()
    listed.clear()

    assert library.scan() == ScanSummary(files=1)
    assert listed == []


def test_a_folder_that_has_just_changed_is_listed_again(
    library: Library, listed: list[str]
) -> None:
    path = library.add("loras/a.safetensors")
    now = path.parent.stat().st_mtime_ns
    Scan(library.index, library.table, lambda: now).run()
    listed.clear()

    Scan(library.index, library.table, lambda: now).run()

    assert listed == [str(path.parent)]


def test_what_came_changed_moved_and_went_is_seen(library: Library) -> None:
    for name in ("stays", "grows", "goes", "moves"):
        library.add(f"loras/{name}.safetensors")
    library.scan()
    library.add("loras/comes.safetensors")
    library.add("loras/grows.safetensors", b"more")
    (library.models / "loras" / "goes.safetensors").unlink()
    (library.models / "loras" / "sub").mkdir()
    (library.models / "loras/moves.safetensors").rename(
        library.models / "loras/sub/moves.safetensors"
    )

    summary = library.scan()

    assert (summary.files, summary.added, summary.changed, summary.removed) == (4, 2, 1, 2)
    assert library.names() == [
        "comes.safetensors",
        "grows.safetensors",
        "stays.safetensors",
        "sub/moves.safetensors",
    ]
    assert library.index.at("loras", "grows.safetensors")[0].size == 4


def test_a_removed_folder_takes_its_files_with_it(library: Library) -> None:
    path = library.add("loras/a/b/c.safetensors")
    library.scan()
    path.unlink()
    path.parent.rmdir()

    assert library.scan().removed == 1
    assert library.names() == []


def test_a_category_that_accepts_more_than_before_is_listed_anew(library: Library) -> None:
    library.add("loras/a.gguf")
    library.scan()
    assert library.names() == []
    table = library.table
    library.table = FolderTable(table.roots, {"loras": (".safetensors", ".gguf")})

    library.scan()

    assert library.names() == ["a.gguf"]


def test_a_root_that_no_table_names_is_not_listed_and_comes_back_without_a_look(
    library: Library, listed: list[str]
) -> None:
    library.add("loras/a.safetensors")
    library.scan()
    both, library.table = library.table, FolderTable()
    library.scan()
    assert library.index.named("a.safetensors") == []
    listed.clear()
    library.table = both

    library.scan()

    assert library.names() == ["a.safetensors"]
    assert listed == []


def _remove(root: Path) -> None:
    root.rename(root.with_name("elsewhere"))


def _replace_by_a_file(root: Path) -> None:
    _remove(root)
    root.write_bytes(b"")


@pytest.mark.parametrize("unmount", [_remove, _replace_by_a_file])
def test_a_root_that_is_not_there_keeps_its_rows_and_comes_back(
    library: Library, unmount: Callable[[Path], None]
) -> None:
    root = library.add("loras/sub/a.safetensors").parent.parent
    library.scan()
    unmount(root)

    assert library.scan().offline == (str(root),)
    assert library.names() == ["sub/a.safetensors"]
    assert library.online() == {False}

    if root.is_file():
        root.unlink()
    root.with_name("elsewhere").rename(root)
    assert library.scan().removed == 0
    assert library.online() == {True}


def test_an_empty_folder_where_hundreds_of_files_were_is_a_mount_point(library: Library) -> None:
    for number in range(100):
        library.add(f"loras/nas/sub/{number}.safetensors")
    library.add("loras/here.safetensors")
    library.scan()
    mounted = library.models / "loras" / "nas"
    (mounted / "sub").rename(library.models / "away")

    summary = library.scan()

    assert summary.offline == (str(mounted),)
    assert summary.files == 101
    assert not library.index.at("loras", "nas/sub/7.safetensors")[0].online
    assert library.index.at("loras", "here.safetensors")[0].online


def test_a_few_files_that_are_deleted_are_gone(library: Library) -> None:
    path = library.add("loras/a.safetensors")
    library.scan()
    path.unlink()

    assert library.scan().offline == ()
    assert library.names() == []


@posix
def test_an_empty_folder_on_another_device_is_a_mount_point(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = library.add("loras/a.safetensors")
    monkeypatch.setattr(tree_walk, "identity_of", lambda status, _: f"77:{status.st_ino}")
    library.scan()
    monkeypatch.undo()
    path.unlink()

    assert library.scan().offline == (str(path.parent),)


def test_a_root_that_was_never_there_is_not_offline(library: Library) -> None:
    library.table = library.table.with_root(Root("vae", str(library.models / "none")), (".pt",))

    assert library.scan() == ScanSummary()


def test_a_scan_can_be_cancelled(library: Library) -> None:
    for number in range(300):
        library.add(f"loras/{number}.safetensors")

    class Cancelled:
        def check(self) -> None:
            raise Interrupted(CANCEL)

    with pytest.raises(Interrupted):
        Scan(library.index, library.table).run(Cancelled())  # type: ignore[arg-type]
    assert library.names() == []


def test_files_are_counted_while_the_scan_runs(library: Library) -> None:
    library.with_category("vae", (".safetensors",))
    for number in range(300):
        library.add(f"loras/{number}.safetensors")
        library.add(f"vae/{number}.safetensors")
    seen: list[int] = []

    Scan(library.index, library.table).run(report=seen.append)

    assert seen == sorted(seen)
    assert seen[-1] == 600
    assert len(seen) > 2


def test_of_a_folder_that_is_left_alone_everything_stays_known(
    library: Library, listed: list[str]
) -> None:
    library.with_category("vae", (".safetensors",))
    kept = library.add("vae/kept.safetensors")
    library.add("loras/old.safetensors")
    library.scan()
    kept.unlink()
    library.add("vae/new.safetensors")
    library.add("loras/new.safetensors")
    listed.clear()
    entered: list[str] = []
    loras = str(library.models / "loras")

    summary = Scan(library.index, library.table, only=[loras]).run(enter=entered.append)

    assert (summary.files, summary.added, summary.removed) == (2, 1, 0)
    assert entered == listed == [loras]
    assert library.names("vae") == ["kept.safetensors"]


def test_a_folder_that_nobody_looked_at_has_no_time(library: Library) -> None:
    library.add("loras/a.safetensors")

    Scan(library.index, library.table, only=[]).run()

    assert library.names() == []
    assert LibrarySummaries(library.index).scanned_at() is None
    library.scan()
    assert LibrarySummaries(library.index).scanned_at() == LATER_NS // 1_000_000


def test_a_drive_that_vanishes_during_a_scan_is_off_and_nothing_is_forgotten(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = library.models / "loras"
    for number in range(3):
        library.add(f"loras/{number}/a.safetensors")
    library.scan()
    library.add("loras/new.safetensors")
    real = os.scandir

    def scandir(path: str) -> object:
        entries = real(path)
        if path == str(root):
            root.rename(library.models / "unplugged")
            root.mkdir()  # the mount point
        return entries

    monkeypatch.setattr("model_keeper.library.tree_walk.os.scandir", scandir)
    summary = library.scan()

    assert (summary.files, summary.removed, summary.offline) == (3, 0, (str(root),))
    assert library.online() == {False}
    monkeypatch.setattr("model_keeper.library.tree_walk.os.scandir", real)
    root.rmdir()
    (library.models / "unplugged").rename(root)
    assert library.scan() == ScanSummary(files=4, added=1)
    assert library.online() == {True}
