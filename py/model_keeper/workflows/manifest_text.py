"""The text of a TOML file as a row of sections, so that one can change while all others stay."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from model_keeper.domain.errors import KeeperError

_OPENING, _CLOSING = "[{", "]}"
# A comment, a string in one of its four forms, or a bracket.
_TOKEN = re.compile(
    r"""
    \#[^\n]*
  | \"\"\"(?:[^"\\]|\\.|"(?!""))*\"{3,5}
  | '''(?:[^']|'(?!''))*'{3,5}
  | "(?:[^"\\\n]|\\.)*"
  | '[^'\n]*'
  | [\[\]{}]
  | \n
    """,
    re.VERBOSE | re.DOTALL,
)
_HEADER = re.compile(r"[ \t]*\[")
_REMARK = re.compile(r"[ \t]*(?:#[^\n]*)?\r?\n?")

# Headers as nearly everybody writes them: no escapes, no blanks within, no quotes within quotes.
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"[^"'\\\n]*"|'[^"'\n]*'""")
_PLAIN_HEADER = re.compile(
    rf"\[\[?((?:{_KEY.pattern})(?:\.(?:{_KEY.pattern}))*)\]\]?[ \t]*(?:#[^\n]*)?\r?\n?"
)

Keys = tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """A header with everything up to the next one. ``path`` is empty for what precedes all."""

    path: Keys
    text: str
    is_row: bool = False  # one element of an array of tables

    def below(self, path: Keys) -> bool:
        return self.path[: len(path)] == path

    @property
    def body(self) -> str:
        return self.text[: self._remarks_from()]

    @property
    def remarks(self) -> str:
        """The comments and blank lines at the end: they mostly belong to what follows."""
        return self.text[self._remarks_from() :]

    def _remarks_from(self) -> int:
        end = len(self.text)
        while end:
            start = self.text.rfind("\n", 0, end - 1) + 1
            if not _REMARK.fullmatch(self.text, start, end):
                break
            end = start
        return end


Sections = tuple[Section, ...]


def toml() -> Any:
    """The package tomlkit. Raises KeeperError dependency_missing."""
    try:
        import tomlkit
    except ImportError as exc:
        raise KeeperError(
            "dependency_missing",
            what="Keeping decisions in pyproject.toml",
            package="tomlkit",
            command="pip install tomlkit",
        ) from exc
    return tomlkit


def values(text: str) -> dict[str, Any]:
    """What the text says, as plain values. Raises the errors of tomlkit."""
    kit = toml()
    if sys.version_info >= (3, 11):
        import tomllib  # fourteen times as fast

        with suppress(tomllib.TOMLDecodeError):  # tomlkit says at which line
            return tomllib.loads(text)
    return dict(kit.parse(text).unwrap())


def sections(text: str) -> Sections:
    """The sections of valid TOML; their texts joined are ``text``."""
    starts = [0, *_headers(text)]
    ends = [*starts[1:], len(text)]
    texts = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    paths: dict[str, tuple[Keys, bool]] = {"": ((), False)}  # rows of a list repeat their header
    found = []
    for part in texts:
        header = part[: part.find("\n") + 1 or len(part)] if _HEADER.match(part) else ""
        if header not in paths:
            paths[header] = _header_path(header)
        path, is_row = paths[header]
        found.append(Section(path, part, is_row))
    return tuple(found)


def joined(parts: Iterable[Section]) -> str:
    return "".join(part.text for part in parts)


def inserted(parts: Sections, after: int, body: str) -> Sections:
    """``parts`` with a new section behind that at ``after``, apart from both by a blank line.

    Comments that stand before the section that follows stay with that.
    """
    before = parts[after]
    is_last = after == len(parts) - 1
    head = _ended(before.text if is_last else before.body)
    tail = "" if is_last else before.remarks
    if not is_last and not tail.startswith(("\n", "\r")):
        tail = f"\n{tail}"
    apart = joined(parts[:after]) + head
    gap = "\n" if apart.strip() and not head.endswith(("\n\n", "\n\r\n")) else ""
    new = replace(sections(body)[-1], text=f"{body}{tail}")
    return (*parts[:after], replace(before, text=f"{head}{gap}"), new, *parts[after + 1 :])


def removed(parts: Sections, first: int, end: int) -> Sections:
    """``parts`` without those from ``first`` to before ``end``; the comments behind them stay."""
    before = parts[first - 1]
    remarks = parts[end - 1].remarks.lstrip("\r\n")
    kept = replace(before, text=before.text + remarks)
    return (*parts[: first - 1], kept, *parts[end:])


def line_of(text: str, place: tuple[str | int, ...]) -> int:
    """The line, from 1, at which the value at ``place`` of valid TOML is written or starts."""
    name = next((key for key in reversed(place) if isinstance(key, str)), "")
    wanted = _at(toml().parse(text).unwrap(), place)
    lines = text.splitlines(keepends=True)
    for number in (n for n, line in enumerate(lines, 1) if name in line):
        try:
            data = toml().parse("".join(lines[:number])).unwrap()
        except toml().exceptions.TOMLKitError:
            continue  # in the middle of a value
        found = _at(data, place)
        if found is not None and (found == wanted or isinstance(wanted, (dict, list))):
            return number
    return 1


def _at(data: Any, place: Iterable[str | int]) -> Any:
    for key in place:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else f"{text}\n"


def _headers(text: str) -> Iterator[int]:
    """Where the lines start that are headers, not a part of a value."""
    if _HEADER.match(text):
        yield 0
    depth = 0
    for token in _TOKEN.finditer(text):
        if token[0] in _OPENING:
            depth += 1
        elif token[0] in _CLOSING:
            depth -= 1
        elif token[0] == "\n" and depth == 0 and _HEADER.match(text, token.end()):
            yield token.end()


def _header_path(header: str) -> tuple[Keys, bool]:
    """The keys of a header, and whether it starts a row of a list."""
    plain = _PLAIN_HEADER.fullmatch(header)
    if plain:
        return tuple(key.strip("\"'") for key in _KEY.findall(plain[1])), header.startswith("[[")
    data: Any = toml().parse(header).unwrap()
    path: list[str] = []
    while isinstance(data, dict) and data:
        ((key, data),) = data.items()
        path.append(key)
    return tuple(path), isinstance(data, list)
