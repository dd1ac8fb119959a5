"""A file that has left its place, taken out of the index without a scan."""

from __future__ import annotations

import sqlite3
from functools import partial

from model_keeper.library.index import LibraryIndex
from model_keeper.library.tree_places import tree_places


def leave(index: LibraryIndex, path: str) -> None:
    """Take ``path`` out of every root that lists it. Raises KeeperError index_unusable."""
    index.file.write(partial(_leave, path))


def _leave(path: str, sql: sqlite3.Connection) -> None:
    for place in tree_places(sql, path):
        sql.execute("DELETE FROM file WHERE tree_id = ? AND relative = ?", place.key)
