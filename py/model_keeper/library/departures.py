"""A file that has left its place, taken out of the index without a scan."""

from __future__ import annotations

import os
import sqlite3
from functools import partial

from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import loaded, stored


def leave(index: LibraryIndex, path: str) -> None:
    """Take ``path`` out of every root that lists it. Raises KeeperError index_unusable."""
    index.file.write(partial(_leave, path))


def _leave(path: str, sql: sqlite3.Connection) -> None:
    for tree_id, root in sql.execute("SELECT id, path FROM tree").fetchall():
        start = os.path.join(loaded(root), "")  # noqa: PTH118 - with its last separator
        if path.startswith(start):
            relative = path[len(start) :].replace(os.sep, "/")
            sql.execute(
                "DELETE FROM file WHERE tree_id = ? AND relative = ?", (tree_id, stored(relative))
            )
