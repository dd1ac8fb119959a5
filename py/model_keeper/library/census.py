"""The census: one count of everything in the index that maintenance asks about."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from model_keeper.domain.recommendations import PREVIEW, CategoryCensus, Surplus
from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import loaded

# Few combinations are in use, however many models there are; as one text they are sorted quickest.
_COUNTS = """
SELECT p.category, p.missing, p.broken, p.sha256 IS NULL, p.previewed, count(*), sum(p.size)
FROM place p
GROUP BY p.category || char(10) || p.missing
    || (p.broken * 4 + (p.sha256 IS NULL) * 2 + p.previewed)
"""
_SURPLUS = """
SELECT count(*), sum(size) FROM (
    SELECT f.size AS size, row_number() OVER (PARTITION BY p.sha256) AS n
    FROM place p JOIN file f ON f.id = p.file_id
    WHERE p.sha256 IN (
        SELECT sha256 FROM place WHERE sha256 IS NOT NULL GROUP BY sha256 HAVING count(*) > 1
    )
    GROUP BY p.sha256, f.identity
) WHERE n > 1
"""
_ROOTS = """
SELECT p.category, t.path, count(*), sum(p.size) FROM place p JOIN tree t ON t.id = p.tree_id
GROUP BY 1, 2
"""
_TREES = """
SELECT DISTINCT l.category, t.path, d.online FROM tree t JOIN listing l ON l.tree_id = t.id
JOIN folder d ON d.tree_id = t.id AND d.relative = ''
"""
_CHUNK = 500


@dataclass(frozen=True)
class RootCensus:
    """What is known of a root in one category. Not ``online``: its drive was off when looked."""

    online: bool
    files: int = 0
    size: int = 0


class Census:
    """Counts over one index, without opening a file. Raises KeeperError index_unusable."""

    def __init__(self, index: LibraryIndex) -> None:
        self._file = index.file

    def categories(self) -> list[CategoryCensus]:
        """By name; a file that two categories list counts in both."""
        found: dict[str, CategoryCensus] = {}
        rows = self._file.read(lambda sql: sql.execute(_COUNTS).fetchall())
        for category, *rest in rows:
            found[category] = _with(found.get(category, CategoryCensus(category)), *rest)
        return [found[category] for category in sorted(found)]

    def surplus(self) -> Surplus:
        """What could go if of each content one file were kept."""
        files, size = self._file.read(lambda sql: sql.execute(_SURPLUS).fetchone())
        return Surplus(files, size or 0)

    def roots(self) -> dict[tuple[str, str], RootCensus]:
        """By category and path; those that a scan has seen."""
        trees, counts = self._file.read(
            lambda sql: (sql.execute(_TREES).fetchall(), sql.execute(_ROOTS).fetchall())
        )
        taken = {(category, path): (files, size) for category, path, files, size in counts}
        return {
            (category, loaded(path)): RootCensus(bool(online), *taken.get((category, path), (0, 0)))
            for category, path, online in trees
        }

    def broken(self) -> frozenset[str]:
        """The ids of files that cannot be read."""
        rows = self._file.read(
            lambda sql: sql.execute("SELECT key FROM place WHERE broken").fetchall()
        )
        return frozenset(row[0] for row in rows)

    def present(self, hashes: Collection[str]) -> frozenset[str]:
        """Which of these SHA256 files here have."""
        wanted = sorted(hashes)

        def read(sql: sqlite3.Connection) -> frozenset[str]:
            found: set[str] = set()
            for first in range(0, len(wanted), _CHUNK):
                chunk = wanted[first : first + _CHUNK]
                marks = ", ".join("?" * len(chunk))
                statement = f"SELECT sha256 FROM place WHERE sha256 IN ({marks})"  # noqa: S608 - marks
                found.update(row[0] for row in sql.execute(statement, chunk))
            return frozenset(found)

        return self._file.read(read)


def _with(
    counts: CategoryCensus, missing: str, broken: int, unhashed: int, seen: int, n: int, size: int
) -> CategoryCensus:
    """The counts with ``n`` files more that are alike."""
    lacks = [name for name in missing.split("\n") if name and name != PREVIEW]
    return CategoryCensus(
        category=counts.category,
        files=counts.files + n,
        size=counts.size + size,
        broken=counts.broken + broken * n,
        broken_size=counts.broken_size + broken * size,
        unhashed=counts.unhashed + unhashed * n,
        unhashed_size=counts.unhashed_size + unhashed * size,
        unseen=counts.unseen + (0 if seen else n),
        lacking=counts.lacking + (n if lacks else 0),
        missing={**counts.missing, **{name: counts.missing.get(name, 0) + n for name in lacks}},
    )
