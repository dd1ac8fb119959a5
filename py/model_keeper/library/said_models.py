"""What is written beside models, in the index: enough to find them, and to tell what is missing."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import Any

from model_keeper.domain.completeness import ALL_UNSAID, unsaid
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.ports import Control
from model_keeper.library.backlog import waiting, work_off
from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import folded, loaded
from model_keeper.library.model_stems import ModelStems
from model_keeper.library.sidecar_places import ModelPlace, model_place
from model_keeper.library.sidecar_stamps import stamp_of_place
from model_keeper.library.sidecars import Sidecars
from model_keeper.library.tree_places import tree_places
from model_keeper.library.tree_walk import names_in

_CHUNK = 256

_UNREAD = """
SELECT u.tree_id, u.relative, f.folder, t.path, c.sha256, (
    SELECT l.category FROM listing l WHERE l.tree_id = f.tree_id AND l.ending IN (f.ending, '*')
    ORDER BY l.position LIMIT 1
)
FROM unread_sidecar u
JOIN file f ON f.tree_id = u.tree_id AND f.relative = u.relative
JOIN tree t ON t.id = u.tree_id
JOIN folder d ON d.tree_id = f.tree_id AND d.relative = f.folder AND d.online
LEFT JOIN content c
    ON c.identity = f.identity AND c.size = f.size AND c.mtime_ns = f.mtime_ns
WHERE (u.tree_id, u.relative) > (?, ?)
ORDER BY u.tree_id, u.relative LIMIT ?
"""
_SILENT = """
SELECT f.tree_id, t.path, f.relative FROM file f JOIN tree t ON t.id = f.tree_id
WHERE NOT EXISTS (
    SELECT 1 FROM said a WHERE a.tree_id = f.tree_id AND a.relative = f.relative
)
"""


@dataclass(frozen=True)
class _Row:
    """What the index keeps of one file; ``key`` are its tree and its path below it."""

    key: tuple[int, str | bytes]
    stamp: str
    metadata: ModelMetadata


class SaidModels:
    """Reads what a scan found to be new beside models. Two at the same time are safe."""

    def __init__(self, index: LibraryIndex, sidecars: Sidecars) -> None:
        self._file = index.file
        self._sidecars = sidecars

    def run(
        self, control: Control | None = None, report: Callable[[int], None] | None = None
    ) -> int:
        """How many files' sidecars were read. ``report`` gets the number so far.

        Raises KeeperError index_unusable, and Interrupted by ``control``; what was read until then
        is kept.
        """
        self._find_kept()
        unread = waiting(self._file, _UNREAD, (-1, ""), _CHUNK)
        return work_off(unread, self._read, self._write, control, report)

    def note(self, place: ModelPlace, metadata: ModelMetadata) -> None:
        """Enter what is written of one file now. Raises KeeperError index_unusable."""
        stamp = stamp_of_place(place)
        found = self._file.read(lambda sql: tree_places(sql, str(place.path)))
        self._write([_Row(each.key, stamp, metadata) for each in found])

    def _find_kept(self) -> None:
        """What is kept in the state folder: no scan of the model folders sees it."""
        kept = self._sidecars.kept()
        if not kept:
            return
        silent = self._file.read(lambda sql: sql.execute(_SILENT).fetchall())
        rows = [
            (tree_id, relative)
            for tree_id, root, relative in silent
            if self._sidecars.place_of(loaded(root), loaded(relative)) in kept
        ]
        if rows:

            def work(sql: sqlite3.Connection) -> None:
                sql.executemany("INSERT OR IGNORE INTO unread_sidecar VALUES (?, ?)", rows)

            self._file.write(work)

    def _read(self, unread: Iterable[Any]) -> Iterator[_Row]:
        for (root, folder), rows in groupby(unread, lambda row: (loaded(row[3]), loaded(row[2]))):
            names = names_in(root, [folder]).get(folder, [])
            present, stems = frozenset(map(folded, names)), ModelStems(names)
            for tree_id, relative, _, _, sha256, category in rows:
                place = model_place(category or "", root, loaded(relative), stems)
                stamp = stamp_of_place(place)
                said = self._sidecars.read(place, sha256=sha256, names=present).metadata
                yield _Row((tree_id, relative), stamp, said)

    def _write(self, rows: list[_Row]) -> None:
        if rows:
            self._file.write(partial(_write_rows, rows))


def _write_rows(rows: list[_Row], sql: sqlite3.Connection) -> None:
    keys = [row.key for row in rows]
    sql.executemany("DELETE FROM unread_sidecar WHERE tree_id = ? AND relative = ?", keys)
    sql.executemany("DELETE FROM said WHERE tree_id = ? AND relative = ?", keys)
    sql.executemany(
        "INSERT INTO said SELECT ?, ?, ?, ?, ?, ?, ?"
        " WHERE EXISTS (SELECT 1 FROM file WHERE tree_id = ?1 AND relative = ?2)",
        [_columns(row) for row in rows if row.stamp or unsaid(row.metadata) != ALL_UNSAID],
    )


def _columns(row: _Row) -> tuple[object, ...]:
    said = row.metadata
    words = [said.name, said.version_name, said.creator, *said.trained_words, *said.tags]
    text = "\n".join(word for word in words if word)
    empty = " ".join(sorted(unsaid(said)))
    return (*row.key, row.stamp, empty, said.name, said.base_model, text)
