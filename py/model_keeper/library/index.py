"""The library index: every model file of every root, asked without touching the files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_keeper.domain.categories import category_key
from model_keeper.domain.model_files import HeaderFacts, ModelFile
from model_keeper.library.index_file import IndexFile
from model_keeper.library.index_text import folded, loaded, stored

#: What a ModelFile is made of, behind its category.
MODEL_COLUMNS = """
    t.path, f.relative, f.size, f.mtime_ns, f.identity, d.online,
    c.format, c.base_model, c.kind, c.precision, c.tensors, c.trigger_words, c.title, c.problem,
    c.hashes, c.claimed
"""
_FILES = f"""
SELECT l.category, {MODEL_COLUMNS}, f.folded, f.id
FROM file f
JOIN listing l ON l.tree_id = f.tree_id AND l.ending IN (f.ending, '*')
JOIN tree t ON t.id = f.tree_id
JOIN folder d ON d.tree_id = f.tree_id AND d.relative = f.folder
LEFT JOIN content c
    ON c.identity = f.identity AND c.size = f.size AND c.mtime_ns = f.mtime_ns
"""  # noqa: S608 - of constants
# Walks the names in their order until the page is full, instead of sorting all of them.
_FILES_BY_NAME = _FILES.replace(
    "FROM file f\nJOIN listing", "FROM file f INDEXED BY file_folded\nCROSS JOIN listing"
).replace("'*')\nJOIN", "'*')\nCROSS JOIN")
_SEARCHED_FIRST = " ORDER BY l.category, l.position, f.relative"


@dataclass(frozen=True)
class Cursor:
    """Where a page ended."""

    folded: str | bytes
    file_id: int
    category: str


@dataclass(frozen=True)
class Page:
    """Files by name; ``next`` is None behind the last one."""

    items: tuple[ModelFile, ...]
    next: Cursor | None


class LibraryIndex:
    """Implements LibraryLookup. Safe for threads, and for several processes at one file.

    A reader never waits for a scan. Every method raises KeeperError index_unusable where the disk
    does not allow it; a broken index is silently an empty one.
    """

    def __init__(self, file: IndexFile) -> None:
        self.file = file

    def at(self, category: str, relative: str) -> Sequence[ModelFile]:
        return self._files(
            " WHERE l.category = ? AND f.relative = ?",
            (category_key(category), stored(relative)),
        )

    def named(self, file_name: str) -> Sequence[ModelFile]:
        return self._files(" WHERE f.folded = ?", (stored(folded(file_name)),))

    def with_sha256(self, sha256: str) -> Sequence[ModelFile]:
        wanted = sha256.lower()
        computed = self._files(" WHERE c.sha256 = ?", (wanted,))
        claimed = self._files(" WHERE c.claimed_sha256 = ? AND c.sha256 IS NULL", (wanted,))
        return [*computed, *claimed]

    def with_size(self, size: int) -> Sequence[ModelFile]:
        return self._files(" WHERE f.size = ?", (size,))

    def page(
        self, category: str | None = None, *, after: Cursor | None = None, limit: int = 100
    ) -> Page:
        """Up to ``limit`` files behind ``after``, by their names without regard to case."""
        conditions = ["1"]
        values: list[str | bytes | int] = []
        if category is not None:
            conditions.append("l.category = ?")
            values.append(category_key(category))
        if after is not None:
            conditions.append("(f.folded, f.id, l.category) > (?, ?, ?)")
            values += [after.folded, after.file_id, after.category]
        statement = (
            f"{_FILES_BY_NAME} WHERE {' AND '.join(conditions)}"
            " ORDER BY f.folded, f.id, l.category LIMIT ?"
        )
        rows = self._rows(statement, (*values, limit + 1))
        shown = rows[:limit]
        more = len(rows) > limit
        return Page(
            tuple(map(model_file, shown)),
            Cursor(shown[-1][17], shown[-1][18], shown[-1][0]) if more else None,
        )

    def close(self) -> None:
        self.file.close()

    def _files(self, condition: str, values: Sequence[Any]) -> list[ModelFile]:
        return list(map(model_file, self._rows(_FILES + condition + _SEARCHED_FIRST, values)))

    def _rows(self, statement: str, values: Sequence[Any]) -> list[Any]:
        return self.file.read(lambda sql: sql.execute(statement, values).fetchall())


def open_index(path: Path) -> LibraryIndex:
    """The index in the file ``path``, which is made when it is first asked. Reads nothing yet."""
    return LibraryIndex(IndexFile(path))


def inode_of(identity: str) -> str | None:
    """The inode that an identity is, None where it is a path."""
    return None if identity.startswith("path:") else identity


def model_file(row: Sequence[Any]) -> ModelFile:
    """A row of the category and then :data:`MODEL_COLUMNS`; what follows is not looked at."""
    return ModelFile(
        category=row[0],
        root=loaded(row[1]),
        relative=loaded(row[2]),
        size=row[3],
        mtime_ns=row[4],
        inode=inode_of(loaded(row[5])),
        online=bool(row[6]),
        header=HeaderFacts(
            format=row[7],
            base_model=row[8],
            kind=row[9],
            precision=row[10],
            tensors=row[11],
            trigger_words=tuple(json.loads(row[12] or "[]")),
            title=row[13],
            problem=row[14],
        ),
        hashes=json.loads(row[15] or "{}"),
        claimed=json.loads(row[16] or "{}"),
    )
