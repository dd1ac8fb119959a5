"""Values as strangers write them, made clean: answers, other tools' sidecars, headers.

Every function takes whatever JSON holds and never raises.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from model_keeper.domain.hashes import DIGITS, is_hash
from model_keeper.domain.metadata import Identifier

_LONGEST_LINE = 1000
_LONGEST_TEXT = 200_000
_MOST_WORDS = 500
_DEEPEST = 12
_PLACEHOLDERS = frozenset({"", "none", "null", "undefined", "unknown", "n/a"})

#: Of no bytes at all: some trainers write it into every file.
_OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

_SECRET = re.compile(
    r"(?i)token|secret|password|signature|credential|api[-_]?key|^key$|^sig$|^auth|^x-amz-|"
    r"^expires$|^policy$|^key-pair-id$|^b2"
)
_ABSOLUTE = re.compile(
    r"(?:file:|[A-Za-z]:[\\/]|\\\\[^\\\s]|~[\\/]|/(?:[^/\n]{1,255}/)+)[^\n]{0,4096}\Z"
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji need them


def line(value: Any) -> str | None:
    """A short text of one line; None where nothing is left, or it only says that it is unknown."""
    if not isinstance(value, str):
        return None
    text = " ".join(_visible(value[: 2 * _LONGEST_LINE]).split())[:_LONGEST_LINE]
    return None if text.lower() in _PLACEHOLDERS else text


def text(value: Any) -> str | None:
    """A text of many lines without control characters, ended by its last word."""
    if not isinstance(value, str):
        return None
    lines = _visible(value[:_LONGEST_TEXT].replace("\r\n", "\n").replace("\r", "\n"))
    return lines.strip() or None


def words(value: Any) -> tuple[str, ...]:
    """The different texts of a list, in their order; one text is a list of one."""
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, (list, tuple)):
        return ()
    found = (line(each) for each in listed[:_MOST_WORDS])
    trimmed = (each.strip(" ,;") for each in found if each)
    return tuple(dict.fromkeys(each for each in trimmed if each))


def comma_separated(value: Any) -> tuple[str, ...]:
    """The different texts between the commas of a text, or of every text of a list."""
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)):
        return ()
    return words([word for part in parts if isinstance(part, str) for word in part.split(",")])


def identifier(value: Any) -> Identifier | None:
    """A positive number or a name."""
    if isinstance(value, int):
        return value if value > 0 and not isinstance(value, bool) else None
    found = line(value)
    return int(found) if found and found.isascii() and found.isdigit() else found


def whole(value: Any) -> int | None:
    """A number that is not negative."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    return int(value) if 0 <= value < 2**53 else None


def hashes(value: Any) -> dict[str, str]:
    """Lower-case hex by algorithm, whole ones alone; the hash of no bytes is nobody's."""
    if not isinstance(value, Mapping):
        return {}
    found = {}
    for key, digest in value.items():
        algorithm, digits = str(key).lower(), str(digest).strip().lower()
        right = algorithm in DIGITS and is_hash(algorithm, digits)
        if right and not _OF_NOTHING.startswith(digits):
            found[algorithm] = digits
    return found


def address(value: Any) -> str | None:
    """A web address that lasts: no name and password, no token, none that is signed for a while."""
    found = line(value)
    if not found or " " in found:
        return None
    try:
        parts = urlsplit(found)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    lasting = [(key, each) for key, each in pairs if not _SECRET.search(key)]
    query = parts.query if len(lasting) == len(pairs) else urlencode(lasting)
    return urlunsplit((parts.scheme.lower(), host + port, parts.path, query, ""))


def without_paths(value: Any, *, depth: int = 0) -> Any:
    """JSON without paths of a machine and without tokens in addresses, for keeping as it is.

    What lies deeper than any sidecar nests is left out.
    """
    if isinstance(value, str):
        if value.startswith(("http://", "https://")):
            return value if " " in value else address(value)
        return None if _ABSOLUTE.match(value) else value
    if isinstance(value, (Mapping, list, tuple)) and depth >= _DEEPEST:
        return None
    if isinstance(value, Mapping):
        kept = {str(k): without_paths(v, depth=depth + 1) for k, v in value.items()}
        return {key: each for key, each in kept.items() if each is not None or value[key] is None}
    if isinstance(value, (list, tuple)):
        kept_items = [(each, without_paths(each, depth=depth + 1)) for each in value]
        return [found for each, found in kept_items if found is not None or each is None]
    return value


def mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def mappings(value: Any) -> tuple[Mapping[str, Any], ...]:
    """The objects of a list."""
    listed = value if isinstance(value, (list, tuple)) else ()
    return tuple(each for each in listed if isinstance(each, Mapping))


def _visible(text: str) -> str:
    if text.isprintable():  # nearly always, and far faster
        return text
    return "".join(
        c for c in text if c in "\n\t" or c in _JOINERS or unicodedata.category(c) not in _UNSEEN
    )
