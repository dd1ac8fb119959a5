"""What the library holds in all: duplicates, and the space that models take."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import as_text

_DAY_MS = 86_400_000
#: No base model, root or category is written like this.
_LAST_USE = ("this month", "this quarter", "longer ago", "never")

_DUPLICATES = """
SELECT p.sha256, f.size, p.key, f.identity
FROM place p JOIN file f ON f.id = p.file_id
WHERE p.sha256 IN (
    SELECT e.sha256 FROM place e JOIN file g ON g.id = e.file_id WHERE e.sha256 IS NOT NULL
    GROUP BY e.sha256 HAVING count(DISTINCT g.identity) > 1
)
ORDER BY f.size DESC, p.sha256, p.name, p.key
"""
# An inode that lies at several places of one group takes its room there once.
_SPACE = """
SELECT shown, count(*), sum(size) FROM (
    SELECT {column} AS shown, f.identity, max(f.size) AS size
    FROM place p JOIN file f ON f.id = p.file_id JOIN tree t ON t.id = f.tree_id
    GROUP BY 1, 2
) GROUP BY 1 ORDER BY 3 DESC, 1
"""


@dataclass(frozen=True)
class Duplicates:
    """Places of one content. ``freed``: bytes, if one file of them were kept.

    ``places`` are ids. Hard links to one file are several places and one file.
    """

    sha256: str
    size: int
    files: int
    places: tuple[str, ...]

    @property
    def freed(self) -> int:
        return self.size * (self.files - 1)


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

    def duplicates(self) -> list[Duplicates]:
        """By SHA256 that was computed here, the largest files first."""
        rows = self._file.read(lambda sql: sql.execute(_DUPLICATES).fetchall())
        groups: dict[str, list[Sequence[object]]] = {}
        for row in rows:
            groups.setdefault(row[0], []).append(row)
        return [
            Duplicates(
                sha256=sha256,
                size=int(str(group[0][1])),
                files=len({row[3] for row in group}),
                places=tuple(str(row[2]) for row in group),
            )
            for sha256, group in groups.items()
        ]

    def space(self, now_ms: int) -> Space:
        return self._file.read(partial(_space, now_ms))

    def scanned_at(self) -> int | None:
        """When the last scan looked at the folders, ms UTC; None before the first."""
        looked_at = "SELECT max(scanned_at) FROM tree WHERE scanned_at > 0"
        (newest,) = self._file.read(lambda sql: sql.execute(looked_at).fetchone())
        return None if newest is None else int(newest) // 1_000_000


def _space(now_ms: int, sql: sqlite3.Connection) -> Space:
    month, quarter = now_ms - 30 * _DAY_MS, now_ms - 90 * _DAY_MS
    uses = "".join(
        f" WHEN p.used {limit} THEN '{name}'"
        for limit, name in zip(  # noqa: B905 - one name more, for the rest
            (f">= {month}", f">= {quarter}", "> 0"), _LAST_USE
        )
    )
    return Space(
        total=next(iter(_shares(sql, "NULL")), Share(None, 0, 0)),
        by_category=_shares(sql, "p.category"),
        by_base_model=_shares(sql, "p.base_model"),
        by_root=_shares(sql, "t.path"),
        by_last_use=_shares(sql, f"CASE{uses} ELSE '{_LAST_USE[-1]}' END"),
    )


def _shares(sql: sqlite3.Connection, column: str) -> tuple[Share, ...]:
    rows = sql.execute(_SPACE.format(column=column)).fetchall()
    return tuple(
        Share(None if value is None else as_text(value), files, size) for value, files, size in rows
    )
