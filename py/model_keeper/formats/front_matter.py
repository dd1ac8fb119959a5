"""Markdown that begins with YAML: model cards of Hugging Face, and other tools' descriptions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

_LONGEST = 64 << 10
_FENCED = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_PICTURE = re.compile(
    r"\[?!\[[^\]\n]{0,300}\](?:\([^)\n]{0,999}\)|\[[^\]\n]{0,99}\])(?:\]\([^)\n]{0,999}\))?"
)
_NO_PROSE = re.compile(r"(?:#|\||```|~~~|---|\*\*\*|___|>|[-*+] |\d+[.)] |<)")
_UNDERLINE = re.compile(r"^(?:=+|-+)\s*$", re.MULTILINE)
_LINK = re.compile(r"\[([^\]]{0,300})\]\([^)]{0,999}\)")
_LEAST_WORDS = 4
_LEAST_LETTERS = 16  # Chinese and Japanese have no spaces
_LONGEST_PARAGRAPH = 2000


@dataclass(frozen=True)
class Document:
    """``matter`` has texts, lists and mappings alone; it is empty where none can be read."""

    matter: Mapping[str, Any] = field(default_factory=dict)
    body: str = ""


def split(text: str) -> Document:
    """The front matter and what follows it. Never raises."""
    found = _FENCED.match(text)
    if found is None:
        return Document(body=text)
    return Document(_matter(found[1]), text[found.end() :])


def first_paragraph(body: str) -> str | None:
    """The first paragraph of prose: no heading, badge, picture, list, table or code."""
    for block in re.split(r"\n\s*\n", body.replace("\r\n", "\n")):
        prose = _PICTURE.sub("", block).strip()
        if not prose or _NO_PROSE.match(prose) or _UNDERLINE.search(prose):
            continue
        plain = _LINK.sub(r"\1", prose)
        if len(plain.split()) >= _LEAST_WORDS or _dense(plain):
            return " ".join(prose.split())[:_LONGEST_PARAGRAPH]
    return None


def sections(body: str) -> Mapping[str, str]:
    """The text below each heading of the first level, by the heading; what is before by ``""``."""
    found: dict[str, str] = {}
    heading = ""
    for line in body.replace("\r\n", "\n").split("\n"):
        if line.startswith("# "):
            heading = line[2:].strip()
            found.setdefault(heading, "")
        else:
            found[heading] = found.get(heading, "") + line + "\n"
    return {heading: text.strip() for heading, text in found.items()}


def _dense(text: str) -> bool:
    return sum(char > "\u2e7f" for char in text) >= _LEAST_LETTERS


def _matter(text: str) -> Mapping[str, Any]:
    if len(text) > _LONGEST:
        return {}
    try:
        found = yaml.load(text, Loader=_Plain)  # noqa: S506 - it makes texts, lists and mappings only
    except (yaml.YAMLError, RecursionError, ValueError, TypeError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {key: value for key, value in found.items() if isinstance(key, str)}


class _Plain(yaml.BaseLoader):
    """Without references: ten lines of them are as large as a disk once somebody follows them."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("references are not read")
        return super().compose_node(parent, index)
