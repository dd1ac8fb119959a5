"""What the library holds in all: the space that models take."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import as_text

_DAY_MS = 86_400_000
#: No base model, root or category is written like this.
_LAST_USE = ("this month", "this quarter", "longer ago", "never")

# Nearly every file has one name in one category: those are counted by the database.
_SINGLE = """
SELECT p.category, p.base_model, t.path, p.bucket, p.files, p.size FROM (
    SELECT category, base_model, tree_id, {bucket} AS bucket, count(*) AS files, sum(size) AS size
    FROM place WHERE file_id NOT IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3, 4
) p JOIN tree t ON t.id = p.tree_id
"""
_SHARED = """
SELECT p.category, p.base_model, t.path, {bucket}, f.identity, f.size
FROM place p JOIN file f ON f.id = p.file_id JOIN tree t ON t.id = p.tree_id
WHERE p.file_id IN (SELECT value FROM json_each(?))
"""
_COLUMNS = 4
_SEVERAL = """
SELECT id FROM file
WHERE identity IN (SELECT identity FROM file GROUP BY identity HAVING count(*) > 1)
UNION SELECT file_id FROM place GROUP BY file_id HAVING count(*) > 1
"""


@dataclass(frozen=True)
class Share:
    """Files and bytes of one group; ``value`` is None where it is not known."""

    value: str | None
    files: int
    bytes: int


@dataclass(frozen=True)
class Space:
    """The room that models take. ``by_last_use``: used in 30 days, in 90, before that, never."""

    total: Share
    by_category: tuple[Share, ...]
    by_base_model: tuple[Share, ...]
    by_root: tuple[Share, ...]
    by_last_use: tuple[Share, ...]


class LibrarySummaries:
    """Counts over one index. Raises KeeperError index_unusable."""

    def __init__(self, index: LibraryIndex) -> None:
        self._file = index.file

    def space(self, now_ms: int) -> Space:
        return self._file.read(partial(_space, now_ms))

    def scanned_at(self) -> int | None:
        """When the last scan looked at the folders, ms UTC; None before the first."""
        looked_at = "SELECT max(scanned_at) FROM tree WHERE scanned_at > 0"
        (newest,) = self._file.read(lambda sql: sql.execute(looked_at).fetchone())
        return None if newest is None else int(newest) // 1_000_000


def _space(now_ms: int, sql: sqlite3.Connection) -> Space:
    month, quarter = now_ms - 30 * _DAY_MS, now_ms - 90 * _DAY_MS
    limits = (f">= {month}", f">= {quarter}", "> 0")
    uses = " ".join(
        f"WHEN used {limit} THEN '{name}'" for limit, name in zip(limits, _LAST_USE, strict=False)
    )
    bucket = f"CASE {uses} ELSE '{_LAST_USE[-1]}' END"
    several = json.dumps([row[0] for row in sql.execute(_SEVERAL)])
    tally = _Tally()
    for *values, files, size in sql.execute(_SINGLE.format(bucket=bucket), (several,)):
        tally.count(values, files, size)
    for *values, identity, size in sql.execute(_SHARED.format(bucket=bucket), (several,)):
        tally.count_once(values, identity, size)
    total, by_category, by_base_model, by_root, by_last_use = tally.shares()
    return Space(
        total=next(iter(total), Share(None, 0, 0)),
        by_category=by_category,
        by_base_model=by_base_model,
        by_root=by_root,
        by_last_use=by_last_use,
    )


class _Tally:
    """Files and bytes of each value of each column, and of all."""

    def __init__(self) -> None:
        self._sums: list[dict[Any, list[int]]] = [{} for _ in range(_COLUMNS + 1)]
        self._seen: set[tuple[int, Any, Any]] = set()

    def count(self, values: Sequence[Any], files: int, size: int) -> None:
        for column, value in enumerate((None, *values)):
            share = self._sums[column].setdefault(value, [0, 0])
            share[0] += files
            share[1] += size

    def count_once(self, values: Sequence[Any], identity: Any, size: int) -> None:
        """A file of several places takes its room once for each value."""
        for column, value in enumerate((None, *values)):
            if (column, value, identity) not in self._seen:
                self._seen.add((column, value, identity))
                share = self._sums[column].setdefault(value, [0, 0])
                share[0] += 1
                share[1] += size

    def shares(self) -> list[tuple[Share, ...]]:
        """The largest first."""
        return [
            tuple(
                sorted(
                    (
                        Share(None if value is None else as_text(value), files, size)
                        for value, (files, size) in sums.items()
                    ),
                    key=lambda share: (-share.bytes, share.value or ""),
                )
            )
            for sums in self._sums
        ]
