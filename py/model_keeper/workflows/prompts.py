"""Names of model files within prompts: ``embedding:name`` and ``<lora:name:0.8>``."""

from __future__ import annotations

import re
from collections.abc import Iterator

_EMBEDDING = re.compile(r"embedding:((?:\\(?=[^\s()])|[^\s\\,;()<>\[\]{}|:\"'])+)")
_LORA = re.compile(r"<lora:([^<>:\n]+)(?::[^<>\n]*)?>", re.IGNORECASE)


def embedding_names(text: str) -> Iterator[str]:
    """The names as written: sub-folders and extension kept, weight and punctuation not."""
    if "embedding:" in text:
        for match in _EMBEDDING.finditer(text):
            name = match.group(1).rstrip(".\\/")
            if name:
                yield name


def lora_tags(text: str) -> Iterator[str]:
    """The names as written, which mostly have no extension."""
    if "<" in text:
        for match in _LORA.finditer(text):
            name = match.group(1).strip()
            if name:
                yield name
