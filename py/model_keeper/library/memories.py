"""What the durable store remembers of files, in the index: marks, and when they were used."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from functools import partial

from model_keeper.domain.hashes import FileState
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.library.index import LibraryIndex, inode_of
from model_keeper.library.index_text import as_text, loaded, stored
from model_keeper.library.tree_places import tree_places

_OF_IDENTITY = """
SELECT t.path, f.relative, f.size, f.mtime_ns, f.identity
FROM file f JOIN tree t ON t.id = f.tree_id
"""


class Memories:
    """Copies in the index, so that a search needs it alone."""

    def __init__(self, index: LibraryIndex) -> None:
        self._file = index.file

    def now_of(self, remembered: FileState) -> FileState | None:
        """The file as the index knows it: the same one wherever it is, else what has its path."""
        return self._file.read(partial(_now_of, remembered))

    def put_marks(self, marks: Mapping[str, ModelMarks]) -> None:
        """The marks of all files, by :attr:`FileState.key`."""
        self._file.write(partial(_put_marks, marks))

    def mark(self, key: str, marks: ModelMarks) -> None:
        """The marks of one file."""
        self._file.write(partial(_mark, key, marks))

    def put_uses(self, uses: Iterable[tuple[str, int, int]]) -> None:
        """Rows of (path, runs, last run in ms UTC), of everything that was ever used."""
        rows = {as_text(stored(path)): (runs, last) for path, runs, last in uses}
        known = self._file.read(
            lambda sql: {row[0]: row[1:] for row in sql.execute("SELECT * FROM use")}
        )
        fresh = [(path, *use) for path, use in rows.items() if known.get(path) != use]
        if fresh:
            self._file.write(partial(_put_uses, fresh))


def _now_of(remembered: FileState, sql: sqlite3.Connection) -> FileState | None:
    values = (stored(remembered.key), remembered.size, remembered.mtime_ns)
    condition = " WHERE f.identity = ? AND f.size = ? AND f.mtime_ns = ? ORDER BY f.id"
    row = sql.execute(_OF_IDENTITY + condition, values).fetchone()
    if row is None:
        for place in tree_places(sql, remembered.path):
            condition = " WHERE f.tree_id = ? AND f.relative = ?"
            row = row or sql.execute(_OF_IDENTITY + condition, place.key).fetchone()
    if row is None:
        return None
    root, relative, size, mtime_ns, identity = row
    path = os.path.join(loaded(root), *loaded(relative).split("/"))  # noqa: PTH118 - as the walk does
    return FileState(path, size, mtime_ns, inode_of(loaded(identity)))


def _put_marks(marks: Mapping[str, ModelMarks], sql: sqlite3.Connection) -> None:
    known = {loaded(row[0]): tuple(row[1:]) for row in sql.execute("SELECT * FROM mark")}
    for key in known.keys() | marks.keys():
        if known.get(key) != _row(marks.get(key, ModelMarks())):
            _mark(key, marks.get(key, ModelMarks()), sql)


def _mark(key: str, marks: ModelMarks, sql: sqlite3.Connection) -> None:
    sql.execute("DELETE FROM mark WHERE identity = ?", (stored(key),))
    if marks:
        sql.execute("INSERT INTO mark VALUES (?, ?, ?, ?, ?)", (stored(key), *_row(marks)))


def _row(marks: ModelMarks) -> tuple[object, ...]:
    tags = json.dumps(marks.tags, ensure_ascii=False)
    return (int(marks.favourite), marks.rating, marks.notes, tags)


def _put_uses(fresh: list[tuple[str, int, int]], sql: sqlite3.Connection) -> None:
    for row in fresh:
        sql.execute("INSERT OR REPLACE INTO use VALUES (?, ?, ?)", row)
        sql.executemany(
            "INSERT OR IGNORE INTO stale SELECT id FROM file WHERE tree_id = ? AND relative = ?",
            [place.key for place in tree_places(sql, row[0])],
        )
