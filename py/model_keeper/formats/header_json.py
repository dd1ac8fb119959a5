"""JSON of a known, flat shape, read entry by entry.

A general parser builds whatever a hostile header asks for: a hundred megabytes of brackets become
gigabytes of lists, or a recursion error. This one goes from entry to entry, keeps one at a time and
refuses nesting that the shape does not have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from model_keeper.formats.reading import Broken

_SPACE = re.compile(r"[ \t\n\r]*")
# Headers have thousands of entries: what every one of them has is one match, not several.
_PLAIN_KEY = re.compile(r'[ \t\n\r]*"([^"\\\x00-\x1f]*)"[ \t\n\r]*:[ \t\n\r]*')
_AFTER_VALUE = re.compile(r"[ \t\n\r]*([,}])")
_LONGEST_ENTRY = 4096  # a tensor's dtype, shape and offsets need a few hundred characters
_MOST_KEYS = 200_000  # the largest models have some ten thousand tensors
_NOT_JSON = "its header is not valid JSON"


class HeaderText:
    """A cursor over the text of one JSON object. Every method raises :class:`Broken`."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._decoder = json.JSONDecoder()
        self._entries = json.JSONDecoder(object_pairs_hook=_unique)

    def keys(self) -> Iterator[str]:
        """Each key of the object at the cursor; the caller reads its value before the next one."""
        self._expect("{", skip_before=False)
        seen: set[str] = set()
        if self._peek() == "}":
            self._at += 1
            return
        while True:
            key = self._key()
            if key in seen:
                raise Broken("its header names something twice")
            seen.add(key)
            if len(seen) > _MOST_KEYS:
                raise Broken("its header has more entries than any model")
            yield key
            after = _AFTER_VALUE.match(self._text, self._at)
            if after is None:
                raise Broken(_NOT_JSON)
            self._at = after.end()
            if after[1] == "}":
                return

    def strings(self) -> Mapping[str, str]:
        """The object at the cursor, all of whose values are strings."""
        return {key: self._string() for key in self.keys()}

    def taken(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """What ``pattern`` finds at the cursor, which goes on behind it; None where it does not."""
        found = pattern.match(self._text, self._at)
        if found is not None:
            self._at = found.end()
        return found

    def flat_object(self) -> Mapping[str, Any]:
        """The object at the cursor, which holds no other object and no long text."""
        end = self._text.find("}", self._at, self._at + _LONGEST_ENTRY)
        if self._text[self._at : self._at + 1] != "{" or end < 0:
            raise Broken(_NOT_JSON)
        entry = self._text[self._at : end + 1]
        self._at = end + 1
        try:
            found, length = self._entries.raw_decode(entry)
            if length != len(entry):
                raise Broken(_NOT_JSON)
            return dict(found)
        except (ValueError, RecursionError) as exc:
            raise Broken(_NOT_JSON) from exc

    def finish(self) -> None:
        """Only space may follow."""
        if self._peek():
            raise Broken(_NOT_JSON)

    def _peek(self) -> str:
        match = _SPACE.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._text[self._at : self._at + 1]

    def _expect(self, character: str, *, skip_before: bool = True) -> None:
        found = self._peek() if skip_before else self._text[self._at : self._at + 1]
        if found != character:
            raise Broken(_NOT_JSON)
        self._at += 1

    def _key(self) -> str:
        """The key at the cursor, which goes on to its value."""
        plain = _PLAIN_KEY.match(self._text, self._at)
        if plain is not None:
            self._at = plain.end()
            return plain[1]
        key = self._string()
        self._expect(":")
        self._peek()
        return key

    def _string(self) -> str:
        if self._peek() != '"':
            raise Broken(_NOT_JSON)
        try:
            value, self._at = self._decoder.raw_decode(self._text, self._at)
            str(value).encode("utf-8")  # half of a surrogate pair is no text
        except ValueError as exc:
            raise Broken(_NOT_JSON) from exc
        return str(value)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key is there twice")
    return dict(pairs)
