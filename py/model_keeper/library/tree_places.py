"""Where a path lies in the index: below every root that contains it."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass

from model_keeper.library.index_text import loaded, stored


@dataclass(frozen=True)
class TreePlace:
    """``relative`` is below ``root``, with forward slashes; ``endings`` as the index has them."""

    tree_id: int
    root: str
    relative: str
    endings: str

    @property
    def key(self) -> tuple[int, str | bytes]:
        """As rows of the index have it."""
        return self.tree_id, stored(self.relative)


def tree_places(sql: sqlite3.Connection, path: str) -> list[TreePlace]:
    """By letters alone: whether a file is there, or is listed there, is another question."""
    trees = sql.execute("SELECT id, path, endings FROM tree").fetchall()
    return [
        TreePlace(tree_id, loaded(root), relative, endings)
        for tree_id, root, endings in trees
        if (relative := _below(path, loaded(root))) is not None
    ]


def _below(path: str, root: str) -> str | None:
    start = root if root.endswith(os.sep) else root + os.sep
    if not path.startswith(start):
        return None
    return path[len(start) :].replace(os.sep, "/")
