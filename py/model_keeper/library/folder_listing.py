"""The folders of a category as the index knows them: for those who show a tree."""

from __future__ import annotations

from dataclasses import dataclass

from model_keeper.domain.categories import category_key
from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import loaded, stored

_FOLDERS = """
SELECT t.path, d.relative, d.mtime_ns
FROM folder d
JOIN tree t ON t.id = d.tree_id
WHERE d.online AND d.relative <> ''
    AND d.tree_id IN (SELECT tree_id FROM listing WHERE category = ?)
ORDER BY d.tree_id, d.relative
"""


@dataclass(frozen=True)
class ListedFolder:
    """A folder below ``root``, empty or not. ``mtime_ns`` is 0 where it is not known."""

    root: str
    relative: str
    mtime_ns: int


def listed_folders(index: LibraryIndex, category: str) -> list[ListedFolder]:
    """Every folder below the roots of ``category``. Raises KeeperError index_unusable."""
    values = (stored(category_key(category)),)
    rows = index.file.read(lambda sql: sql.execute(_FOLDERS, values).fetchall())
    return [ListedFolder(loaded(root), loaded(name), mtime or 0) for root, name, mtime in rows]
