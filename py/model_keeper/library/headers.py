"""The second phase of a scan: reading the header of each new or changed content, once."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from model_keeper.domain.hashes import FileState
from model_keeper.domain.model_files import HeaderFacts
from model_keeper.domain.ports import Control
from model_keeper.library.backlog import waiting, work_off
from model_keeper.library.header_facts import read_header_facts
from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import loaded, stored
from model_keeper.library.tree_walk import Facts, facts_of

_CHUNK = 512  # of one transaction: each has its price, and what a kill costs is read again soon

_UNREAD = """
SELECT c.identity, c.size, c.mtime_ns, t.path, f.relative
FROM content c
JOIN file f ON f.identity = c.identity AND f.size = c.size AND f.mtime_ns = c.mtime_ns
JOIN tree t ON t.id = f.tree_id
JOIN folder d ON d.tree_id = f.tree_id AND d.relative = f.folder AND d.online
WHERE c.read = 0 AND (c.identity, c.size, c.mtime_ns) > (?, ?, ?)
GROUP BY c.identity, c.size, c.mtime_ns
ORDER BY c.identity, c.size, c.mtime_ns
LIMIT ?
"""
_WRITE = """
UPDATE content SET read = 1, format = ?, base_model = ?, kind = ?, precision = ?, tensors = ?,
    trigger_words = ?, title = ?, problem = ?
WHERE identity = ? AND size = ? AND mtime_ns = ?
"""


class Headers:
    """Reads what the index does not know yet. Two at the same time are safe."""

    def __init__(
        self, index: LibraryIndex, read: Callable[[str], HeaderFacts] = read_header_facts
    ) -> None:
        self._file = index.file
        self._facts_of = read

    def run(
        self, control: Control | None = None, report: Callable[[int], None] | None = None
    ) -> int:
        """How many were read. What cannot be read now is left for the next time.

        ``report`` gets the number so far. Raises KeeperError index_unusable, and Interrupted by
        ``control``; what was read until then is kept.
        """
        unread = waiting(self._file, _UNREAD, ("", 0, 0), _CHUNK)
        return work_off(unread, self._rows, self._write, control, report)

    def read(self, state: FileState) -> None:
        """Read the header of one file of the index, now. Raises KeeperError index_unusable."""
        row = self._row((state.size, state.mtime_ns, state.key), state.path)
        self._write([row] if row else [])

    def _rows(self, unread: Iterable[Any]) -> Iterator[tuple[object, ...]]:
        for identity, size, mtime_ns, root, relative in unread:
            path = os.path.join(loaded(root), *loaded(relative).split("/"))  # noqa: PTH118 - many
            row = self._row((size, mtime_ns, loaded(identity)), path)
            if row is not None:
                yield row

    def _row(self, facts: Facts, path: str) -> tuple[object, ...] | None:
        """The row to be written; None where the file cannot be read or is another one by now."""
        try:
            found = self._facts_of(path)
            if facts_of(os.stat(path), path) != facts:  # noqa: PTH116 - thousands of them
                return None
        except OSError:
            return None
        size, mtime_ns, identity = facts
        words = json.dumps(found.trigger_words, ensure_ascii=False)
        return (
            *(found.format, found.base_model, found.kind, found.precision, found.tensors),
            *(words, found.title, found.problem),
            *(stored(identity), size, mtime_ns),
        )

    def _write(self, rows: list[tuple[object, ...]]) -> None:
        if rows:

            def work(sql: sqlite3.Connection) -> None:
                sql.executemany(_WRITE, rows)

            self._file.write(work)
