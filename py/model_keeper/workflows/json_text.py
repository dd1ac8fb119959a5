"""Strings within the text of a JSON document, replaced where they stand."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

JsonPath = tuple["str | int", ...]

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[\[\]{},:]|[^\s\[\]{},:"]+', re.DOTALL)


def with_strings(text: str, strings: Mapping[JsonPath, str]) -> str:
    """``text`` with other strings at the given paths; every other character stays.

    ``text`` is valid JSON and has a string at each path. Where a key stands twice, the last one
    counts, as for every reader. What is not ASCII is escaped where ``text`` escapes it too.
    """
    spans = _spans(text, strings)
    plain = text.isascii()
    parts, position = [], 0
    for path, (start, end) in sorted(spans.items(), key=lambda item: item[1]):
        parts += [text[position:start], json.dumps(strings[path], ensure_ascii=plain)]
        position = end
    return "".join((*parts, text[position:]))


def _spans(text: str, wanted: Mapping[JsonPath, str]) -> dict[JsonPath, tuple[int, int]]:
    """Where the string at each wanted path stands, its quotes included."""
    found: dict[JsonPath, tuple[int, int]] = {}
    place: list[str | int] = []  # the key or index in each container around
    is_key = False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign in "{[":
            place.append("" if sign == "{" else 0)
            is_key = sign == "{"
        elif sign in "}]":
            place.pop()
            is_key = False
        elif sign == ",":
            index = place[-1]
            is_key = isinstance(index, str)
            place[-1] = index + 1 if isinstance(index, int) else ""
        elif sign == ":":
            is_key = False
        elif is_key:
            place[-1] = str(json.loads(sign))
        elif sign[0] == '"' and tuple(place) in wanted:
            found[tuple(place)] = token.span()
    return found
