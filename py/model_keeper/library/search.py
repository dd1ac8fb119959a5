"""Searching the index: a page of places, how many there are, and of what kinds they are."""

from __future__ import annotations

import base64
import binascii
import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.library_query import LibraryQuery
from model_keeper.domain.metadata import Completeness
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.library.index import MODEL_COLUMNS, LibraryIndex, model_file
from model_keeper.library.search_conditions import Conditions, conditions

# What is left of the sorting is done before any other table is looked at.
_SHOWN = f"""
SELECT p.category, {MODEL_COLUMNS}, p.key, p.sorted, p.runs, p.used,
    m.favourite, m.rating, m.notes, m.tags, p.completeness, p.missing, p.title, p.base_model,
    p.previewed, p.preview_level
FROM ({{places}}) p
CROSS JOIN file f ON f.id = p.file_id
CROSS JOIN tree t ON t.id = f.tree_id
CROSS JOIN folder d ON d.tree_id = f.tree_id AND d.relative = f.folder
LEFT JOIN content c
    ON c.identity = f.identity AND c.size = f.size AND c.mtime_ns = f.mtime_ns
LEFT JOIN mark m ON m.identity = f.identity
"""  # noqa: S608 - of constants
_COLUMNS_OF_FILE = 17


class Sort(str, Enum):
    """By name from a to z; by the others with the largest, newest or best first."""

    NAME = "name"
    SIZE = "size"
    CHANGED = "changed"
    USED = "used"
    RATING = "rating"


@dataclass(frozen=True)
class Search:
    """What is asked. ``after`` is ``next`` of the page before. ``now_ms`` is what days count to.

    ``backwards``: in the opposite order. ``offset``: so many are passed over first, from the start
    or from ``after`` on.
    """

    query: LibraryQuery = field(default_factory=LibraryQuery)
    category: str | None = None
    sort: Sort = Sort.NAME
    backwards: bool = False
    limit: int = 100
    after: str | None = None
    offset: int = 0
    facets: bool = False
    now_ms: int = 0


@dataclass(frozen=True)
class Found:
    """A place of the library. ``id`` is the same after every scan while it stays where it is.

    ``runs``: in how many prompts it was used; ``last_run`` when last, ms UTC, 0 for never.
    ``missing`` are names of the metadata's fields that its category needs. ``title`` and
    ``base_model`` are what is known best. ``preview_nsfw_level``: how the picture that shows it is
    rated, as Civitai's bit field; None where nobody did.
    """

    id: str
    file: ModelFile
    marks: ModelMarks = field(default_factory=ModelMarks)
    runs: int = 0
    last_run: int = 0
    completeness: Completeness = Completeness.MINIMAL
    missing: tuple[str, ...] = ()
    title: str | None = None
    base_model: str | None = None
    has_preview: bool = False
    preview_nsfw_level: int | None = None


@dataclass(frozen=True)
class Facets:
    """How many of what was found there are by each value; None where it is not known."""

    category: Mapping[str | None, int] = field(default_factory=dict)
    base_model: Mapping[str | None, int] = field(default_factory=dict)
    format: Mapping[str | None, int] = field(default_factory=dict)


@dataclass(frozen=True)
class SearchPage:
    """``total`` counts all pages. ``next`` is None behind the last one."""

    items: tuple[Found, ...]
    next: str | None
    total: int
    facets: Facets | None = None


class LibrarySearch:
    """Searches one index. Raises KeeperError index_unusable where the disk does not allow it."""

    def __init__(self, index: LibraryIndex) -> None:
        self._file = index.file

    def search(self, search: Search) -> SearchPage:
        """A page, all of it from one state of the index. Raises invalid_request for ``after``."""
        after = _cursor(search)
        return self._file.read(partial(_search, search, after))

    def get(self, place: str) -> Found:
        """The place with this id. Raises KeeperError model_not_in_library."""
        places = "SELECT *, NULL AS sorted FROM place WHERE key = ?"
        rows = self._file.read(
            lambda sql: sql.execute(_SHOWN.format(places=places), (place,)).fetchall()
        )
        if not rows:
            raise KeeperError("model_not_in_library", id=place)
        return _found(rows[0])


def _search(search: Search, after: tuple[Any, str] | None, sql: sqlite3.Connection) -> SearchPage:
    wanted = conditions(search.query, search.category, search.now_ms)
    facets = _facets(sql, wanted) if search.facets else None
    total = sum(facets.category.values()) if facets else _count(sql, wanted)
    rows = _rows(sql, search, wanted, after)
    shown = rows[: search.limit]
    more = len(rows) > search.limit
    ended = (shown[-1][_COLUMNS_OF_FILE + 1], shown[-1][_COLUMNS_OF_FILE]) if more else None
    return SearchPage(
        items=tuple(map(_found, shown)),
        next=_written(search, ended) if ended else None,
        total=total,
        facets=facets,
    )


def _rows(
    sql: sqlite3.Connection, search: Search, wanted: Conditions, after: tuple[Any, str] | None
) -> Sequence[Any]:
    downwards = (search.sort is not Sort.NAME) is not search.backwards
    column, way = search.sort.value, "DESC" if downwards else "ASC"
    if after is not None:
        sign = "<" if downwards else ">"
        wanted = wanted.also(Conditions(f"(p.{column}, p.key) {sign} (?, ?)", after))
    # Where few are found, walking an index in order and looking at each row is the slowest way.
    hint = "NOT INDEXED" if search.query.terms else f"INDEXED BY place_{column}"
    places = (
        f"SELECT p.*, p.{column} AS sorted FROM place p {hint} WHERE {wanted.sql}"  # noqa: S608 - values are bound
        f" ORDER BY p.{column} {way}, p.key {way} LIMIT ? OFFSET ?"
    )
    statement = f"{_SHOWN.format(places=places)} ORDER BY p.sorted {way}, p.key {way}"
    values = (*wanted.values, search.limit + 1, search.offset)
    return sql.execute(statement, values).fetchall()


def _count(sql: sqlite3.Connection, wanted: Conditions) -> int:
    statement = f"SELECT count(*) FROM place p WHERE {wanted.sql}"  # noqa: S608 - values are bound
    return int(sql.execute(statement, wanted.values).fetchone()[0])


def _facets(sql: sqlite3.Connection, wanted: Conditions) -> Facets:
    statement = (
        "SELECT p.category, p.base_model, p.format, count(*)"  # noqa: S608 - values are bound
        f" FROM place p WHERE {wanted.sql} GROUP BY 1, 2, 3"
    )
    counts: tuple[dict[str | None, int], ...] = ({}, {}, {})
    for *values, count in sql.execute(statement, wanted.values):
        for value, counted in zip(values, counts):  # noqa: B905 - three of each
            counted[value] = counted.get(value, 0) + count
    ordered = [dict(sorted(each.items(), key=lambda row: -row[1])) for each in counts]
    return Facets(*ordered)


def _found(row: Sequence[Any]) -> Found:
    key, _, runs, used, favourite, rating, notes, tags, *known = row[_COLUMNS_OF_FILE:]
    completeness, missing, title, base_model, previewed, level = known
    marks = ModelMarks()
    if favourite is not None:
        marks = ModelMarks(bool(favourite), rating, notes, tuple(json.loads(tags)))
    return Found(
        id=key,
        file=model_file(row),
        marks=marks,
        runs=runs,
        last_run=used,
        completeness=Completeness(completeness),
        missing=tuple(missing.split()),
        title=title,
        base_model=base_model,
        has_preview=bool(previewed),
        preview_nsfw_level=level,
    )


def _written(search: Search, ended: tuple[Any, str]) -> str:
    text = json.dumps([search.sort.value, *ended], ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode("utf-8")).decode("ascii").rstrip("=")


def _cursor(search: Search) -> tuple[Any, str] | None:
    if search.after is None:
        return None
    padded = search.after + "=" * (-len(search.after) % 4)
    try:
        sort, value, key = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, RecursionError, binascii.Error):
        sort = value = key = None
    right = str if search.sort is Sort.NAME else int
    if sort != search.sort.value or type(value) is not right or not isinstance(key, str):
        raise KeeperError("invalid_request", what="“after” is not “next” of a page in this order.")
    return value, key
