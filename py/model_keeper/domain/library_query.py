"""What people type to find models: words, phrases, and conditions by name. Pure.

A query is terms with spaces between them, and a model is found where every term holds.

* ``word``: a part of its name, folder, base model, title, trigger words, tags or notes; case and
  the way accents are composed do not matter.
* ``"two words"``: the same for a text with spaces, exactly as it stands. A quote that is never
  closed ends with the query, so that a query is one while it is typed.
* ``key:value`` and ``key>amount``: one of :data:`KEYS`. A value with spaces is quoted.
* ``-term``: the term does not hold.

In quotes a backslash keeps the quote or backslash behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from types import MappingProxyType

from model_keeper.domain.completeness import ISSUES
from model_keeper.domain.errors import KeeperError


class Key(str, Enum):
    """What a condition is about."""

    TAG = "tag"
    BASE = "base"
    CATEGORY = "category"
    FORMAT = "format"
    PRECISION = "precision"
    SIZE = "size"
    HASH = "hash"
    ROOT = "root"
    USED = "used"
    UNUSED = "unused"
    RATING = "rating"
    IS = "is"
    MISSING = "missing"


#: Every key with what follows it, as an example. ``type`` is another word for ``category``.
KEYS: Mapping[str, str] = MappingProxyType(
    {
        "tag": "tag:portrait",
        "base": "base:sdxl",
        "category": "category:loras",
        "type": "type:loras",
        "format": "format:safetensors",
        "precision": "precision:F16",
        "size": "size>2GB",
        "hash": "hash:a1b2c3d4",
        "root": "root:models",
        "used": "used>30d",
        "unused": "unused:90d",
        "rating": "rating>=4",
        "is": "is:favourite",
        "missing": "missing:hash",
    }
)
STATES = ("favourite", "duplicate", "broken", "offline", "unhashed", "incomplete")
MISSABLE = ("preview", "hash", "base", *sorted({*ISSUES.values()} - {"preview"}))

_OTHER_KEYS = MappingProxyType({"type": "category"})
_OTHER_STATES = MappingProxyType(
    {"favorite": "favourite", "words": "trained_words", "trigger_words": "trained_words"}
)
_COMPARED = frozenset({Key.SIZE, Key.USED, Key.RATING})
_BYTES = MappingProxyType(
    {"": 1, "b": 1}
    | {f"{letter}{rest}": 1000**n for n, letter in enumerate("kmgt", 1) for rest in ("", "b")}
    | {f"{letter}ib": 1024**n for n, letter in enumerate("kmgt", 1)}
)
_DAYS = MappingProxyType({"": 1, "d": 1, "w": 7, "m": 30, "y": 365})
_UNITS: Mapping[Key, Mapping[str, int]] = MappingProxyType(
    {Key.SIZE: _BYTES, Key.USED: _DAYS, Key.UNUSED: _DAYS}
)
_CHOICES: Mapping[Key, tuple[str, ...]] = MappingProxyType({Key.IS: STATES, Key.MISSING: MISSABLE})
_MOST_TERMS = 50
_MOST = 2**62  # what the index can hold

_TERM = re.compile(
    r"""
    (?P<no>-?)
    (?:(?P<key>[^\W\d_]+)(?P<sign>:|<=|>=|<|>))?
    (?:"(?P<quoted>(?:\\.|[^"\\])*)(?:"|\\?\Z)|(?P<bare>\S*))
    """,
    re.VERBOSE | re.DOTALL,
)
_AMOUNT = re.compile(r"(\d{1,18}(?:\.\d{1,9})?)([a-z]*)", re.ASCII)
_PLAIN = re.compile(r'(?!")\S+')


@dataclass(frozen=True)
class Words:
    """A text that is somewhere in what people call the model."""

    text: str


@dataclass(frozen=True)
class Condition:
    """``key`` compared with ``value`` by ``sign`` (``:``, ``<``, ``<=``, ``>``, ``>=``).

    ``value`` is bytes for size, days for used and unused, a number for rating, else a text.
    """

    key: Key
    value: str | int
    sign: str = ":"


@dataclass(frozen=True)
class Term:
    """``negated``: what it asks must not hold."""

    asks: Words | Condition
    negated: bool = False


@dataclass(frozen=True)
class LibraryQuery:
    """What must hold of a model; nothing holds of every one."""

    terms: tuple[Term, ...] = ()

    def __str__(self) -> str:
        """A text that is parsed into this query."""
        return " ".join(map(_text, self.terms))


def parse_query(text: str) -> LibraryQuery:
    """The query that ``text`` is.

    Raises KeeperError query_key_unknown, query_value_wrong and query_too_long, each with the
    ``position`` (from 1) of what is wrong.
    """
    return LibraryQuery(tuple(_terms(text)))


def _terms(text: str) -> Iterator[Term]:
    at, count = 0, 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        match = _TERM.match(text, at)
        assert match is not None  # every part of the pattern may be empty
        if count == _MOST_TERMS:
            raise KeeperError("query_too_long", most=_MOST_TERMS, position=at + 1)
        term = _term(match)
        if term is not None:
            yield term
            count += 1
        at = max(match.end(), at + 1)


def _term(match: re.Match[str]) -> Term | None:
    quoted, bare = match["quoted"], match["bare"]
    value = re.sub(r"\\(.)", r"\1", quoted, flags=re.DOTALL) if quoted is not None else bare
    position = match.start() + 1
    if match["key"] is not None:
        return Term(_condition(match, value, position), bool(match["no"]))
    if match["no"] and not value:  # a dash between words
        return Term(Words("-")) if quoted is None else None
    return Term(Words(value), bool(match["no"])) if value.strip() else None


def _condition(match: re.Match[str], value: str, position: int) -> Condition:
    name, sign = match["key"].lower(), match["sign"]
    if name not in KEYS:
        known = ", ".join(KEYS)
        raise KeeperError("query_key_unknown", key=match["key"], position=position, known=known)
    key = Key(_OTHER_KEYS.get(name, name))
    meant = _meaning(key, value.strip()) if (sign == ":") is (key not in _COMPARED) else None
    if meant is None:
        written = f"{match['key']}{sign}{value}"
        raise KeeperError(
            "query_value_wrong", written=written, position=position, wanted=_wanted(key)
        )
    return Condition(key, meant, sign)


def _meaning(key: Key, value: str) -> str | int | None:
    """The value as the condition has it; None where it cannot be one."""
    lowered = value.lower()
    if key in _UNITS:
        return _amount(lowered, _UNITS[key])
    if key is Key.RATING:
        return int(value) if re.fullmatch(r"[0-5]", value) else None
    if key in _CHOICES:
        chosen = _OTHER_STATES.get(lowered, lowered)
        return chosen if chosen in _CHOICES[key] else None
    if key is Key.HASH:
        digits = lowered.rpartition(":")[2]
        return digits if re.fullmatch(r"[0-9a-f]{4,128}", digits) else None
    return value or None


def _amount(text: str, units: Mapping[str, int]) -> int | None:
    match = _AMOUNT.fullmatch(text)
    if match is None or match[2] not in units:
        return None
    amount = int(Decimal(match[1]) * units[match[2]])
    return amount if amount <= _MOST else None


def _wanted(key: Key) -> str:
    """What can be written instead, for people."""
    choices = [f"{key.value}:{choice}" for choice in _CHOICES.get(key, ())]
    return ", ".join(choices) or KEYS[key.value]


def _text(term: Term) -> str:
    no = "-" if term.negated else ""
    if isinstance(term.asks, Words):
        return no + _words(term.asks.text)
    key, sign, value = term.asks.key, term.asks.sign, term.asks.value
    unit = "d" if key in {Key.USED, Key.UNUSED} else ""
    shown = value if isinstance(value, str) else f"{value}{unit}"
    return f"{no}{key.value}{sign}{shown if _PLAIN.fullmatch(shown) else _quoted(shown)}"


def _words(text: str) -> str:
    """``text`` bare where it is parsed as itself, else in quotes."""
    try:
        is_plain = parse_query(text).terms == (Term(Words(text)),)
    except KeeperError:
        is_plain = False
    return text if is_plain else _quoted(text)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
