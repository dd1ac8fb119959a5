"""Recommendations: what could be better about a library, and the one thing to do about each. Pure.

The most urgent come first. ``docs/maintenance.md`` lists the codes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from model_keeper.domain.completeness import ISSUES, judged_by
from model_keeper.domain.library_query import Condition, Key, LibraryQuery, Term, parse_query
from model_keeper.domain.schedules import Task

PREVIEW = ISSUES["missing_preview"]


class ActionKind(str, Enum):
    """Where the thing to do is done."""

    METADATA = "metadata"
    PREVIEWS = "previews"
    HASH = "hash"
    DUPLICATES = "duplicates"
    BROKEN = "broken"
    UPDATES = "updates"
    TRASH = "trash"
    SPACE = "space"


class Code(str, Enum):
    """What is recommended for."""

    BROKEN = "files_broken"
    SPACE = "space_low"
    DUPLICATES = "duplicates_found"
    METADATA = "metadata_incomplete"
    PREVIEWS = "previews_missing"
    HASHES = "hashes_missing"
    UPDATES = "updates_available"
    TRASH = "trash_expired"


#: What is done at once; the rest a person has to look at.
TASKS: Mapping[Code, Task] = MappingProxyType(
    {
        Code.METADATA: Task.METADATA,
        Code.PREVIEWS: Task.PREVIEWS,
        Code.HASHES: Task.HASH,
        Code.TRASH: Task.TRASH,
    }
)


@dataclass(frozen=True)
class Recommendation:
    """``count`` files that ``query`` finds; ``size`` is what they take, or what is to be had.

    ``missing`` counts by field what metadata lacks; ``path`` is a folder of the volume in question.
    """

    code: Code
    kind: ActionKind
    count: int
    category: str | None = None
    size: int | None = None
    query: str | None = None
    missing: Mapping[str, int] = field(default_factory=dict)
    path: str | None = None


@dataclass(frozen=True)
class CategoryCensus:
    """Counts of one category. ``lacking`` lacks something that is no preview, ``missing`` by field.

    ``unseen`` has no preview; ``unhashed`` and ``broken`` with their bytes.
    """

    category: str
    files: int = 0
    size: int = 0
    broken: int = 0
    broken_size: int = 0
    unhashed: int = 0
    unhashed_size: int = 0
    unseen: int = 0
    lacking: int = 0
    missing: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Surplus:
    """Files that are there more often than once: how many are too many, and their bytes."""

    files: int = 0
    size: int = 0


def shows_previews(category: str) -> bool:
    """Whether a picture says something about models of the category."""
    return bool(judged_by(("missing_preview",), category).issues)


def recommendations(
    counts: Sequence[CategoryCensus],
    surplus: Surplus,
    low: Sequence[tuple[str, int]],
    updates: int,
    expired: Sequence[int],
) -> list[Recommendation]:
    """``low``: (folder, free bytes) of volumes; ``expired``: bytes of files in the trash."""
    return [
        *_broken(counts),
        *(Recommendation(Code.SPACE, ActionKind.SPACE, 1, size=n, path=path) for path, n in low),
        *_duplicates(surplus),
        *map(_metadata, _most(counts, "lacking")),
        *map(
            _previews, filter(lambda each: shows_previews(each.category), _most(counts, "unseen"))
        ),
        *_hashes(counts),
        *([Recommendation(Code.UPDATES, ActionKind.UPDATES, updates)] if updates else []),
        *_trash(expired),
    ]


def in_category(query: str, category: str | None) -> str:
    """A search for what ``query`` finds, in one category or in all."""
    if category is None:
        return query
    asks = Condition(Key.CATEGORY, category)
    return str(LibraryQuery((*parse_query(query).terms, Term(asks))))


def _broken(counts: Sequence[CategoryCensus]) -> Iterator[Recommendation]:
    broken = sum(each.broken for each in counts)
    if broken:
        size = sum(each.broken_size for each in counts)
        yield Recommendation(Code.BROKEN, ActionKind.BROKEN, broken, None, size, "is:broken")


def _duplicates(surplus: Surplus) -> Iterator[Recommendation]:
    if surplus.files:
        kind = ActionKind.DUPLICATES
        yield Recommendation(
            Code.DUPLICATES, kind, surplus.files, None, surplus.size, "is:duplicate"
        )


def _metadata(each: CategoryCensus) -> Recommendation:
    return Recommendation(
        Code.METADATA,
        ActionKind.METADATA,
        each.lacking,
        each.category,
        query=in_category("is:incomplete", each.category),
        missing=each.missing,
    )


def _previews(each: CategoryCensus) -> Recommendation:
    query = in_category("missing:preview", each.category)
    return Recommendation(
        Code.PREVIEWS, ActionKind.PREVIEWS, each.unseen, each.category, query=query
    )


def _hashes(counts: Sequence[CategoryCensus]) -> Iterator[Recommendation]:
    unhashed = sum(each.unhashed for each in counts)
    if unhashed:
        size = sum(each.unhashed_size for each in counts)
        yield Recommendation(Code.HASHES, ActionKind.HASH, unhashed, None, size, "is:unhashed")


def _trash(expired: Sequence[int]) -> Iterator[Recommendation]:
    if expired:
        yield Recommendation(Code.TRASH, ActionKind.TRASH, len(expired), size=sum(expired))


def _most(counts: Sequence[CategoryCensus], by: str) -> list[CategoryCensus]:
    """Those that have any, the most first."""
    having = [each for each in counts if getattr(each, by)]
    return sorted(having, key=lambda each: (-getattr(each, by), each.category))
