"""A query of the library as conditions of SQL on ``place p``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from model_keeper.domain.categories import category_key, folder_category
from model_keeper.domain.library_query import Condition, Key, LibraryQuery, Words
from model_keeper.library.index_text import folded

_DAY_MS = 86_400_000

_IS: Mapping[str, str] = MappingProxyType(
    {
        "favourite": "p.favourite",
        "broken": "p.broken",
        "unhashed": "p.sha256 IS NULL",
        "incomplete": "p.missing != ''",
        "offline": (
            "p.file_id IN (SELECT f.id FROM folder d JOIN file f"
            " ON f.tree_id = d.tree_id AND f.folder = d.relative WHERE NOT d.online)"
        ),
        "duplicate": (
            "p.sha256 IN (SELECT e.sha256 FROM place e JOIN file f ON f.id = e.file_id"
            " WHERE e.sha256 IS NOT NULL GROUP BY e.sha256 HAVING count(DISTINCT f.identity) > 1)"
        ),
    }
)
_MISSING: Mapping[str, str] = MappingProxyType(
    {
        "hash": "(p.sha256 IS NULL AND NOT p.claimed)",
        "base": "p.base_model IS NULL",
        "preview": "NOT p.previewed",
    }
)


@dataclass(frozen=True)
class Conditions:
    """What must hold, with the values for its question marks."""

    sql: str = "1"
    values: tuple[str | int, ...] = ()

    def also(self, other: Conditions) -> Conditions:
        return Conditions(f"{self.sql} AND {other.sql}", (*self.values, *other.values))


def conditions(query: LibraryQuery, category: str | None, now_ms: int) -> Conditions:
    """What must hold of a place that ``query`` finds in ``category`` (None: in all)."""
    found = Conditions()
    if category is not None:
        found = found.also(Conditions("p.category = ?", (category_key(category),)))
    for term in query.terms:
        asks = term.asks
        one = _words(asks) if isinstance(asks, Words) else _MEANINGS[asks.key](asks, now_ms)
        # IS NOT TRUE: what is unknown of a model does not hold.
        found = found.also(
            Conditions(f"({one.sql}) IS {'NOT ' if term.negated else ''}TRUE", one.values)
        )
    return found


def _words(words: Words) -> Conditions:
    return Conditions("instr(p.words, ?)", (folded(words.text),))


def _tag(asks: Condition, now_ms: int) -> Conditions:
    del now_ms
    tag = folded(" ".join(str(asks.value).split()))
    return Conditions("instr(p.tags, ?)", (f"\n{tag}\n",))


def _base(asks: Condition, now_ms: int) -> Conditions:
    del now_ms
    return Conditions("instr(lower(p.base_model), ?)", (folded(str(asks.value)),))


def _category(asks: Condition, now_ms: int) -> Conditions:
    del now_ms
    name = str(asks.value).lower()
    return Conditions("p.category IN (?, ?)", (category_key(name), folder_category(name) or name))


def _equal(column: str) -> Callable[[Condition, int], Conditions]:
    def meaning(asks: Condition, now_ms: int) -> Conditions:
        del now_ms
        return Conditions(f"lower(p.{column}) = ?", (str(asks.value).lower(),))

    return meaning


def _compared(column: str) -> Callable[[Condition, int], Conditions]:
    def meaning(asks: Condition, now_ms: int) -> Conditions:
        del now_ms
        return Conditions(f"p.{column} {asks.sign} ?", (int(asks.value),))

    return meaning


def _hash(asks: Condition, now_ms: int) -> Conditions:
    """Any hash that begins with it, computed or claimed."""
    del now_ms
    start = f':"{asks.value}'
    return Conditions(
        "p.file_id IN (SELECT f.id FROM content c JOIN file f"
        " ON f.identity = c.identity AND f.size = c.size AND f.mtime_ns = c.mtime_ns"
        " WHERE instr(c.hashes, ?) OR instr(c.claimed, ?))",
        (start, start),
    )


def _root(asks: Condition, now_ms: int) -> Conditions:
    del now_ms
    return Conditions(
        "p.tree_id IN (SELECT id FROM tree WHERE instr(folded, ?))", (folded(str(asks.value)),)
    )


def _used(asks: Condition, now_ms: int) -> Conditions:
    """``used>30d``: used, and longer ago than that; ``used<30d``: since then."""
    since = now_ms - int(asks.value) * _DAY_MS
    sign = {">": "<", ">=": "<=", "<": ">", "<=": ">="}[asks.sign]
    return Conditions(f"(p.used > 0 AND p.used {sign} ?)", (since,))


def _unused(asks: Condition, now_ms: int) -> Conditions:
    return Conditions("p.used <= ?", (now_ms - int(asks.value) * _DAY_MS,))


def _is(asks: Condition, now_ms: int) -> Conditions:
    del now_ms
    return Conditions(_IS[str(asks.value)])


def _missing(asks: Condition, now_ms: int) -> Conditions:
    """What its category needs and nobody said; of these, whatever the category, not known."""
    del now_ms
    known = _MISSING.get(str(asks.value))
    if known is not None:
        return Conditions(known)
    return Conditions("instr(p.missing, ?)", (f"\n{asks.value}\n",))


_MEANINGS: Mapping[Key, Callable[[Condition, int], Conditions]] = MappingProxyType(
    {
        Key.TAG: _tag,
        Key.BASE: _base,
        Key.CATEGORY: _category,
        Key.FORMAT: _equal("format"),
        Key.PRECISION: _equal("precision"),
        Key.SIZE: _compared("size"),
        Key.HASH: _hash,
        Key.ROOT: _root,
        Key.USED: _used,
        Key.UNUSED: _unused,
        Key.RATING: _compared("rating"),
        Key.IS: _is,
        Key.MISSING: _missing,
    }
)
