"""Hashes in the index: copies of the durable evidence, so that a lookup needs the index alone."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from model_keeper.domain.hashes import FileState, KnownHashes
from model_keeper.library.index import LibraryIndex, inode_of
from model_keeper.library.index_text import loaded, stored
from model_keeper.library.tree_walk import facts_of

_OF_TENSORS = frozenset({"autov3", "tensors"})

_PLACES = """
SELECT t.path, f.relative, c.identity, c.size, c.mtime_ns, c.hashes, c.format
FROM content c
JOIN file f ON f.identity = c.identity AND f.size = c.size AND f.mtime_ns = c.mtime_ns
JOIN tree t ON t.id = f.tree_id
JOIN folder d ON d.tree_id = f.tree_id AND d.relative = f.folder
"""
_UNASKED = _PLACES + " WHERE c.asked = 0"
_ONLINE = _PLACES + " WHERE d.online ORDER BY c.size, f.relative"
_NOTE = """
UPDATE content SET asked = 1, hashes = ?, sha256 = ?, claimed = ?, claimed_sha256 = ?
WHERE identity = ? AND size = ? AND mtime_ns = ?
"""


class Contents:
    """What the index knows of the bytes of its files."""

    def __init__(self, index: LibraryIndex) -> None:
        self._file = index.file

    def unasked(self) -> list[FileState]:
        """Files whose durable hashes were not looked up yet, at all their places."""
        return [_state(row) for row in self._file.read(partial(_rows, _UNASKED))]

    def lacking(self, wanted: Collection[str]) -> list[FileState]:
        """One place of each file that can be read and lacks one of the algorithms; small first.

        Algorithms that need tensors are missed only where the header was read and is sound.
        """
        found: dict[str, FileState] = {}
        for row in self._file.read(partial(_rows, _ONLINE)):
            hashes, form = json.loads(row[5]), row[6]
            if any(
                algorithm not in hashes and (form == "safetensors" or algorithm not in _OF_TENSORS)
                for algorithm in wanted
            ):
                state = _state(row)
                found.setdefault(state.key, state)
        return list(found.values())

    def note(self, known: Iterable[tuple[FileState, KnownHashes]]) -> None:
        """Enter what is known of files. States that the index does not have are passed over."""
        rows = [
            (
                *(_json(each.computed), each.computed.get("sha256")),
                *(_json(each.claimed), each.claimed.get("sha256")),
                *(stored(state.key), state.size, state.mtime_ns),
            )
            for state, each in known
        ]
        if rows:

            def work(sql: sqlite3.Connection) -> None:
                sql.executemany(_NOTE, rows)

            self._file.write(work)

    @property
    def evidence_seen(self) -> int:
        """The number of the last durable record that was entered."""
        rows = self._file.read(
            lambda sql: sql.execute("SELECT value FROM note WHERE key = 'evidence'").fetchall()
        )
        return int(rows[0][0]) if rows else 0

    def note_evidence_seen(self, n: int) -> None:
        def work(sql: sqlite3.Connection) -> None:
            sql.execute("INSERT OR REPLACE INTO note VALUES ('evidence', ?)", (n,))

        self._file.write(work)


def file_state(path: str) -> FileState:
    """The file as it is now, links followed. Raises OSError."""
    size, mtime_ns, identity = facts_of(os.stat(path), path)  # noqa: PTH116 - as the walk does
    return FileState(path, size, mtime_ns, inode_of(identity))


def _rows(statement: str, sql: sqlite3.Connection) -> list[Any]:
    return sql.execute(statement).fetchall()


def _state(row: Sequence[Any]) -> FileState:
    root, relative, identity, size, mtime_ns = row[:5]
    path = os.path.join(loaded(root), *loaded(relative).split("/"))  # noqa: PTH118 - many
    return FileState(path, size, mtime_ns, inode_of(loaded(identity)))


def _json(hashes: Mapping[str, str]) -> str:
    return json.dumps(dict(hashes), separators=(",", ":"))
