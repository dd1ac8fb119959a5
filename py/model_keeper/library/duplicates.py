"""Finding duplicates: by hashes that were computed here, and by nothing that others claim."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from model_keeper.domain.duplicates import (
    DEFAULT_RULES,
    DuplicateGroup,
    EqualFile,
    KeepRule,
    SameWeights,
    Variant,
    ordered,
)
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.model_files import ModelFile
from model_keeper.library.index import LibraryIndex
from model_keeper.library.shared_blocks import block_map

_REPEATED = """
SELECT sha256 FROM content WHERE sha256 IS NOT NULL
GROUP BY sha256 HAVING count(DISTINCT identity) > 1 ORDER BY max(size) DESC, sha256
"""
# All files without tensors have the hash of none. The columns are read in one pass: it is quicker
# than to follow an index into rows as long as these.
_VARIED = """
SELECT json_extract(hashes, '$.tensors') AS same, group_concat(DISTINCT sha256) FROM content
WHERE tensors IS NOT 0
GROUP BY same HAVING same IS NOT NULL AND min(sha256) <> max(sha256)
ORDER BY max(size) DESC, same
"""


class Duplicates:
    """Duplicates of the files that the index knows and that can be read now."""

    def __init__(self, index: LibraryIndex, folders: FolderTable) -> None:
        self._index = index
        self._order = [root.path for roots in folders.roots.values() for root in roots]

    def find(
        self, uses: Mapping[str, int], rules: Sequence[KeepRule] = DEFAULT_RULES
    ) -> list[DuplicateGroup]:
        """The largest files first. Looks at each name, reads none. Raises index_unusable.

        Empty files are no duplicates of each other: programs use them as marks.
        """
        groups = []
        for (sha256,) in self._rows(_REPEATED):
            equal = self._equal(sha256)
            if len(equal) > 1:
                files = ordered(equal, rules, self._order, uses)
                groups.append(DuplicateGroup(sha256, files))
        return groups

    def same_weights(self) -> Iterator[SameWeights]:
        """The largest files first, each set looked at when it is asked for. Raises index_unusable.

        Their headers differ, so that none of them is a duplicate of another.
        """
        for tensors, sha256s in self._rows(_VARIED):
            found = [(sha256, self._equal(sha256)) for sha256 in sorted(sha256s.split(","))]
            variants = [Variant(sha256, tuple(files)) for sha256, files in found if files]
            if len(variants) > 1:
                variants.sort(key=lambda variant: variant.names[0].path)
                yield SameWeights(tensors, tuple(variants))

    def _equal(self, sha256: str) -> list[EqualFile]:
        return _equal_files(
            [
                file
                for file in self._index.with_sha256(sha256)
                if file.sha256 == sha256 and file.online and file.size
            ]
        )

    def _rows(self, statement: str) -> list[Any]:
        return self._index.file.read(lambda sql: sql.execute(statement).fetchall())


def _equal_files(files: Sequence[ModelFile]) -> list[EqualFile]:
    """One for each file, however many names it has and whatever links lead to it."""
    names: dict[str, dict[str, ModelFile]] = {}
    links: dict[str, list[str]] = {}
    for file in files:
        path = file.path
        real = os.path.realpath(path)
        key = file.inode or real
        if Path(path).is_symlink():
            links.setdefault(key, []).append(path)
        elif os.path.lexists(path):
            # One that is reached through a linked folder is the same name again.
            names.setdefault(key, {}).setdefault(real, file)
    return [
        EqualFile(tuple(of_real.values()), _blocks(of_real), tuple(links.get(key, ())))
        for key, of_real in names.items()
    ]


def _blocks(names: Mapping[str, ModelFile]) -> str | None:
    try:
        return block_map(Path(next(iter(names))))
    except OSError:
        return None
