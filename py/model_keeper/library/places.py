"""The rows that are searched: made again for what changed, before a transaction ends."""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from model_keeper.domain.completeness import ALL_UNSAID, judged_by
from model_keeper.library.index_text import as_text, folded, loaded

_STALE = """
SELECT f.id, f.tree_id, t.path, l.category, f.relative, f.size, f.mtime_ns,
    c.format, c.base_model, c.precision, c.trigger_words, c.title, c.problem IS NOT NULL,
    c.sha256, c.claimed_sha256 IS NOT NULL,
    v.sound IS NOT NULL, v.nsfw_level,
    m.favourite, m.rating, m.notes, m.tags,
    a.unsaid, a.name, a.base_model, a.words
FROM stale s
CROSS JOIN file f ON f.id = s.file_id
CROSS JOIN tree t ON t.id = f.tree_id
CROSS JOIN listing l ON l.tree_id = f.tree_id AND l.ending IN (f.ending, '*')
LEFT JOIN content c
    ON c.identity = f.identity AND c.size = f.size AND c.mtime_ns = f.mtime_ns
LEFT JOIN mark m ON m.identity = f.identity
LEFT JOIN preview v ON v.tree_id = f.tree_id AND v.folder = f.folder
    AND v.relative = f.relative AND v.sound
LEFT JOIN said a ON a.tree_id = f.tree_id AND a.relative = f.relative
"""
# A cross join keeps the order: the few that are stale first, then their places.
_KNOWN = "SELECT p.key FROM stale s CROSS JOIN place p ON p.file_id = s.file_id"
_USES = "SELECT path, last_run, runs FROM use"
_NEVER = (0, 0)
# An update touches only the indexes whose columns differ: headers come after names.
_COLUMNS = (
    *("file_id", "tree_id", "category", "name", "size", "changed", "used", "runs", "rating"),
    *(
        "favourite",
        "broken",
        "claimed",
        "previewed",
        "preview_level",
        "format",
        "base_model",
        "precision",
    ),
    *("sha256", "tags", "completeness", "missing", "title", "words"),
)
_PUT = (
    f"INSERT INTO place VALUES (?, ?{', ?' * len(_COLUMNS)})"  # noqa: S608 - of constants
    " ON CONFLICT (key) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in _COLUMNS)
)
_KEY_DIGITS = 20


def make_places(sql: sqlite3.Connection) -> None:
    """Bring the places of every stale file to what the other tables say."""
    if sql.execute("SELECT 1 FROM stale LIMIT 1").fetchone() is None:
        return
    uses = {path: (last, runs) for path, last, runs in sql.execute(_USES)}
    rows = list(_rows(sql.execute(_STALE), uses))
    fresh = {row[1] for row in rows}
    gone = [row for row in sql.execute(_KNOWN).fetchall() if row[0] not in fresh]
    sql.executemany("DELETE FROM place WHERE key = ?", gone)
    sql.executemany(_PUT, rows)
    sql.execute("DELETE FROM stale")


def place_key(category: str, root: str, relative: str) -> str:
    """The id of a place: the same in every index, and after every scan."""
    text = f"{category}\0{root}\0{relative}".encode("utf-8", "backslashreplace")
    return hashlib.sha256(text).hexdigest()[:_KEY_DIGITS]


def tag_text(tags: Iterable[str]) -> str:
    """Tags in one text, so that each can be found between line feeds."""
    return "".join(f"\n{folded(tag)}" for tag in tags) + "\n"


def _lines(names: Iterable[str]) -> str:
    """Each between line feeds, so that it can be found; empty for none."""
    return "".join(f"\n{name}" for name in names) + "\n" if names else ""


def _rows(
    found: Iterable[Any], uses: Mapping[str, tuple[int, int]]
) -> Iterator[tuple[object, ...]]:
    for row in found:
        file_id, tree_id, root, category, relative, size, changed = row[:7]
        form, base_model, precision, trigger_words, title, broken = row[7:13]
        sha256, claimed, previewed, level, favourite, rating, notes, tags = row[13:21]
        unsaid, said_title, said_base, said_words = row[21:]
        place = as_text(relative)
        own = json.loads(tags) if tags else []
        words = [place, base_model, title, *json.loads(trigger_words or "[]"), *own, notes]
        empty = ALL_UNSAID if unsaid is None else unsaid.split()
        verdict = judged_by(empty, category, has_preview=bool(previewed))
        use = uses.get(as_text(_joined(root, relative)), _NEVER) if uses else _NEVER
        yield (
            *(None, place_key(category, loaded(root), loaded(relative)), file_id, tree_id),
            *(category, folded(place.rpartition("/")[2]), size, changed, *use, rating or 0),
            *(favourite or 0, broken, claimed, previewed, level),
            *(form, said_base or base_model, precision, sha256, tag_text(own)),
            *(verdict.completeness.value, _lines(verdict.missing), said_title or title),
            folded("\n".join(word for word in (*words, said_words) if word)),
        )


def _joined(root: str | bytes, relative: str | bytes) -> str:
    return os.path.join(loaded(root), *loaded(relative).split("/"))  # noqa: PTH118 - many
