"""What takes how much room: a file of several names takes it once in each group."""

from __future__ import annotations

import os
from pathlib import Path

from model_keeper.domain.folders import FolderTable, Root
from model_keeper.library.index import open_index
from model_keeper.library.scan import Scan
from model_keeper.library.summaries import LibrarySummaries, Share

_NOW = 1_700_000_000_000


def test_names_of_one_file_and_folders_of_two_categories_take_their_room_once(
    tmp_path: Path,
) -> None:
    loras, shared = tmp_path / "loras", tmp_path / "shared"
    for folder in (loras, shared):
        folder.mkdir()
    (loras / "alone.pt").write_bytes(b"1234567")
    (loras / "twice.pt").write_bytes(b"123")
    os.link(loras / "twice.pt", loras / "again.pt")
    os.link(loras / "twice.pt", shared / "third.pt")
    (shared / "of both.pt").write_bytes(b"12")
    places = {
        "loras": (Root("loras", str(loras)),),
        "vae": (Root("vae", str(shared)),),
        "clip": (Root("clip", str(shared)),),
    }
    folders = FolderTable(places, dict.fromkeys(places, (".pt",)))
    index = open_index(tmp_path / "index.sqlite3")
    Scan(index, folders).run()

    space = LibrarySummaries(index).space(_NOW)
    index.close()

    assert space.total == Share(None, 3, 12)
    assert space.by_category == (Share("loras", 2, 10), Share("clip", 2, 5), Share("vae", 2, 5))
    assert space.by_root == (Share(str(loras), 2, 10), Share(str(shared), 2, 5))
    assert space.by_base_model == (Share(None, 3, 12),)
    assert space.by_last_use == (Share("never", 3, 12),)


def test_an_empty_library_takes_no_room(tmp_path: Path) -> None:
    index = open_index(tmp_path / "index.sqlite3")
    space = LibrarySummaries(index).space(_NOW)
    index.close()
    assert (space.total, space.by_category, space.by_root) == (Share(None, 0, 0), (), ())
