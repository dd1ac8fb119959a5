"""A file that has just come to its place, entered without a scan."""

from __future__ import annotations

import os
import sqlite3
from functools import partial

from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import ending, stored
from model_keeper.library.tree_places import tree_places
from model_keeper.library.tree_rows import put_files
from model_keeper.library.tree_walk import Facts, facts_of, identity_of, is_ignored


def enter(index: LibraryIndex, path: str) -> bool:
    """Enter the file at ``path`` under every root that lists it; whether one does.

    The next scan looks at its folder again. Raises OSError, KeeperError index_unusable.
    """
    facts = facts_of(os.stat(path), path)  # noqa: PTH116 - as the walk does
    return index.file.write(partial(_enter, path, facts))


def _enter(path: str, facts: Facts, sql: sqlite3.Connection) -> bool:
    entered = False
    for place in tree_places(sql, path):
        if _is_listed(sql, place.tree_id, place.relative):
            folder, _, name = place.relative.rpartition("/")
            _put_folders(sql, place.tree_id, place.root, folder)
            put_files(sql, place.tree_id, [(folder, name, facts)])
            entered = True
    return entered


def _is_listed(sql: sqlite3.Connection, tree_id: int, relative: str) -> bool:
    if any(map(is_ignored, relative.split("/"))):
        return False
    found = sql.execute(
        "SELECT 1 FROM listing WHERE tree_id = ? AND ending IN (?, '*')",
        (tree_id, stored(ending(relative))),
    )
    return found.fetchone() is not None


def _put_folders(sql: sqlite3.Connection, tree_id: int, root: str, folder: str) -> None:
    """The folder and those above it, where they are new: their entries are not known yet."""
    parts = folder.split("/") if folder else []
    for depth in range(len(parts) + 1):
        place = os.path.join(root, *parts[:depth])  # noqa: PTH118 - as the walk does
        identity = identity_of(os.stat(place), place)  # noqa: PTH116 - as the walk does
        sql.execute(
            "INSERT OR IGNORE INTO folder (tree_id, relative, identity, mtime_ns, online)"
            " VALUES (?, ?, ?, NULL, 1)",
            (tree_id, stored("/".join(parts[:depth])), stored(identity)),
        )
