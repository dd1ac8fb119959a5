"""The rows of one root in the index: what a walk starts from, and what it leaves behind."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from model_keeper.library.index_text import ending, folded, loaded, stored
from model_keeper.library.tree_walk import Facts, KnownFolder, TreeChanges

_PUT_FILE = """
INSERT INTO file (tree_id, relative, folder, folded, ending, size, mtime_ns, identity)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (tree_id, relative) DO UPDATE SET
    size = excluded.size, mtime_ns = excluded.mtime_ns, identity = excluded.identity
"""
_PUT_CONTENT = "INSERT OR IGNORE INTO content (identity, size, mtime_ns) VALUES (?, ?, ?)"


class IndexReplaced(Exception):  # noqa: N818 - nothing failed: the work begins again
    """The index is another file than the one that the work began with."""


def generation_of(sql: sqlite3.Connection) -> str:
    """The name of this file among those that were made in its place."""
    row = sql.execute("SELECT value FROM note WHERE key = 'generation'").fetchone()
    return str(row[0])


def read_tree(sql: sqlite3.Connection, tree_id: int) -> dict[str, KnownFolder]:
    """Every folder of the tree that is known, by its relative name; the root's is empty."""
    folders: dict[str, KnownFolder] = {}
    for relative, identity, mtime_ns, online in sql.execute(
        "SELECT relative, identity, mtime_ns, online FROM folder WHERE tree_id = ?", (tree_id,)
    ):
        folders[loaded(relative)] = KnownFolder(loaded(identity), mtime_ns, bool(online))
    for relative in folders:
        above, _, name = relative.rpartition("/")
        if relative and above in folders:
            folders[above].folders.append(name)
    for folder, relative, size, mtime_ns, identity in sql.execute(
        "SELECT folder, relative, size, mtime_ns, identity FROM file WHERE tree_id = ?", (tree_id,)
    ):
        name = loaded(relative).rpartition("/")[2]
        folders[loaded(folder)].files[name] = (size, mtime_ns, loaded(identity))
    return folders


def write_changes(
    sql: sqlite3.Connection, tree_id: int, changes: TreeChanges, generation: str
) -> None:
    """Bring the tree's rows to what the walk saw.

    Raises IndexReplaced where they are not the rows that the walk began with: differences alone
    would make an index that looks complete and is not.
    """
    if generation_of(sql) != generation:
        raise IndexReplaced
    sql.executemany(
        "DELETE FROM file WHERE tree_id = ? AND relative = ?",
        ((tree_id, stored(relative)) for relative in changes.files_gone),
    )
    sql.executemany(
        "DELETE FROM folder WHERE tree_id = ? AND relative = ?",
        ((tree_id, stored(relative)) for relative in changes.folders_gone),
    )
    sql.executemany(
        "INSERT OR REPLACE INTO folder (tree_id, relative, identity, mtime_ns, online)"
        " VALUES (?, ?, ?, ?, ?)",
        (
            (tree_id, stored(relative), stored(known.identity), known.mtime_ns, known.online)
            for relative, known in changes.folders.items()
        ),
    )
    put_files(sql, tree_id, changes.files)


def put_files(
    sql: sqlite3.Connection, tree_id: int, files: Iterable[tuple[str, str, Facts]]
) -> None:
    """Enter files, rows of (folder, name, facts), new or changed."""
    rows = [
        (
            tree_id,
            stored(f"{folder}/{name}" if folder else name),
            stored(folder),
            stored(folded(name)),
            stored(ending(name)),
            size,
            mtime_ns,
            stored(identity),
        )
        for folder, name, (size, mtime_ns, identity) in files
    ]
    sql.executemany(_PUT_FILE, rows)
    sql.executemany(_PUT_CONTENT, ((row[7], row[5], row[6]) for row in rows))


def forget_unused_content(sql: sqlite3.Connection) -> None:
    """Facts that no file has any more: they are read again should it come back."""
    sql.execute(
        "DELETE FROM content WHERE NOT EXISTS (SELECT 1 FROM file WHERE"
        " file.identity = content.identity AND file.size = content.size"
        " AND file.mtime_ns = content.mtime_ns)"
    )
