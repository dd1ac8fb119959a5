"""The scan: brings the index to what lies in the roots now, touching only what may have changed."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from model_keeper.domain.categories import NOT_MODELS
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.ports import Control
from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import as_text, folded, stored
from model_keeper.library.preview_files import Pictures, pictures_in, write_pictures
from model_keeper.library.sidecar_stamps import Stamps, sidecar_stamps, write_sidecars
from model_keeper.library.tree_rows import (
    IndexReplaced,
    forget_unused_content,
    generation_of,
    read_tree,
    write_changes,
)
from model_keeper.library.tree_walk import TreeChanges, TreeWalk, names_in

#: How long the rows of a root that no table names any more are kept: it may be named again.
_KEPT_NS = 30 * 86_400 * 1_000_000_000
_EVERYTHING = "*"
_ATTEMPTS = 3


@dataclass(frozen=True)
class ScanSummary:
    """What a scan found: files in all, and those that are new, changed and gone.

    ``offline``: folders that could not be read; what was known of them is kept. ``broken``: files
    that turned out to be broken, where headers were read too.
    """

    files: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    offline: tuple[str, ...] = ()
    broken: int = 0


class Scan:
    """One pass over the roots of a folder table; over those in ``only``, where it is given.

    What is known of the others stays. Names, sizes and times only; nothing is opened. A root that
    several categories share is walked once. Two scans at the same time are safe, and a scan that is
    cut short keeps the roots that it had finished.
    """

    def __init__(
        self,
        index: LibraryIndex,
        folders: FolderTable,
        now_ns: Callable[[], int] = time.time_ns,
        *,
        only: Collection[str] | None = None,
    ) -> None:
        self._file = index.file
        self._folders = folders
        self._now_ns = now_ns
        self._only = only

    def run(
        self,
        control: Control | None = None,
        report: Callable[[int], None] | None = None,
        enter: Callable[[str], None] = lambda _: None,
    ) -> ScanSummary:
        """``report`` gets the number of files so far, ``enter`` each root that is walked.

        Raises KeeperError index_unusable, and Interrupted by ``control``.
        """
        for _ in range(_ATTEMPTS):
            try:
                return self._scan(control, report, enter)
            except IndexReplaced:
                continue
        raise KeeperError("index_unusable", path=str(self._file.path), why="it was replaced")

    def _scan(
        self,
        control: Control | None,
        report: Callable[[int], None] | None,
        enter: Callable[[str], None],
    ) -> ScanSummary:
        generation, trees = self._file.write(
            lambda sql: (generation_of(sql), self._put_listing(sql, self._now_ns()))
        )
        total = ScanSummary()

        def step(seen: int) -> None:
            if control is not None:
                control.check()
            if report is not None:
                report(total.files + seen)

        for tree_id, (path, endings) in trees.items():
            enter(path)
            known = self._file.read(partial(read_tree, tree_id=tree_id))
            changes = TreeWalk(path, endings, known, self._now_ns(), step).run()
            if changes:
                names = names_in(path, changes.folders)
                pictures = pictures_in(names, endings)
                sidecars = sidecar_stamps(path, names)

                def write(
                    sql: sqlite3.Connection,
                    tree_id: int = tree_id,
                    changes: TreeChanges = changes,
                    pictures: Pictures = pictures,
                    sidecars: Stamps = sidecars,
                ) -> None:
                    write_changes(sql, tree_id, changes, generation)
                    write_pictures(sql, tree_id, pictures, changes.folders_gone)
                    write_sidecars(sql, tree_id, sidecars, changes.folders_gone)

                self._file.write(write)
            total = _sum(total, _summary(path, changes))
        if total.removed or total.changed:
            self._file.write(forget_unused_content)
        return total

    def _put_listing(
        self, sql: sqlite3.Connection, now_ns: int
    ) -> dict[int, tuple[str, frozenset[str]]]:
        """Write which category lists what where; what is to be walked, by its number."""
        listed = listed_endings(self._folders)
        of_path: dict[str, frozenset[str]] = {}
        for (_, path), endings in listed.items():
            of_path[path] = of_path.get(path, frozenset()) | endings
        walked = of_path if self._only is None else of_path.keys() & set(self._only)
        numbers = {
            path: _put_tree(sql, path, of_path[path], now_ns if path in walked else None)
            for path in of_path
        }
        rows = [
            (category, numbers[path], position, ending)
            for position, ((category, path), endings) in enumerate(listed.items())
            for ending in endings
        ]
        found = {tuple(row) for row in sql.execute("SELECT * FROM listing")}
        if found != set(rows):
            sql.execute("DELETE FROM listing")
            sql.executemany("INSERT INTO listing VALUES (?, ?, ?, ?)", rows)
            sql.execute("INSERT OR IGNORE INTO stale SELECT id FROM file")
        _forget_old_trees(sql, now_ns - _KEPT_NS)
        return {numbers[path]: (path, of_path[path]) for path in of_path if path in walked}


def listed_endings(folders: FolderTable) -> Mapping[tuple[str, str], frozenset[str]]:
    """What is listed by (category, root): ``*`` where a category has no filter."""
    return {
        (category, root.path): frozenset(folders.extensions.get(category) or (_EVERYTHING,))
        for category, roots in folders.roots.items()
        if category not in NOT_MODELS
        for root in roots
    }


def _put_tree(
    sql: sqlite3.Connection, path: str, endings: frozenset[str], now_ns: int | None
) -> int:
    """``now_ns``: when it is looked at, which is None where it is not."""
    name, text = stored(path), json.dumps(sorted(endings))
    row = sql.execute("SELECT id, endings FROM tree WHERE path = ?", (name,)).fetchone()
    if row is None:
        added = sql.execute(
            "INSERT INTO tree (path, folded, endings, scanned_at) VALUES (?, ?, ?, ?)",
            (name, folded(as_text(name)), text, now_ns or 0),
        )
        return int(added.lastrowid or 0)
    sql.execute(
        "UPDATE tree SET endings = ?, scanned_at = coalesce(?, scanned_at) WHERE id = ?",
        (text, now_ns, row[0]),
    )
    if row[1] != text:  # other files of the same folders count now
        sql.execute("UPDATE folder SET mtime_ns = NULL WHERE tree_id = ?", (row[0],))
    return int(row[0])


def _forget_old_trees(sql: sqlite3.Connection, before_ns: int) -> None:
    old = sql.execute(
        "SELECT id FROM tree WHERE scanned_at < ? AND id NOT IN (SELECT tree_id FROM listing)",
        (before_ns,),
    ).fetchall()
    sql.executemany("DELETE FROM file WHERE tree_id = ?", old)
    sql.executemany("DELETE FROM folder WHERE tree_id = ?", old)
    sql.executemany("DELETE FROM tree WHERE id = ?", old)


def _summary(path: str, changes: TreeChanges) -> ScanSummary:
    return ScanSummary(
        files=changes.seen,
        added=changes.added,
        changed=len(changes.files) - changes.added,
        removed=len(changes.files_gone),
        offline=tuple(f"{path}/{inner}" if inner else path for inner in changes.offline),
    )


def _sum(one: ScanSummary, other: ScanSummary) -> ScanSummary:
    return ScanSummary(
        one.files + other.files,
        one.added + other.added,
        one.changed + other.changed,
        one.removed + other.removed,
        one.offline + other.offline,
    )
