"""Names of model files within prompts: ``embedding:name`` and ``<lora:name:0.8>``."""

from __future__ import annotations

import re

_EMBEDDING = re.compile(r"embedding:((?:\\(?=[^\s()])|[^\s\\,;()<>\[\]{}|:\"'])+)")
_LORA = re.compile(r"<lora:([^<>:\n]+)(?::[^<>\n]*)?>", re.IGNORECASE)


def embedding_names(text: str) -> list[str]:
    """The names as written, each once: sub-folders and extension kept, weight and comma not."""
    if "embedding:" not in text:
        return []
    names = (match.group(1).rstrip(".\\/") for match in _EMBEDDING.finditer(text))
    return [name for name in dict.fromkeys(names) if name]


def lora_tags(text: str) -> list[str]:
    """The names as written, each once; they mostly have no extension."""
    if "<" not in text:
        return []
    names = (match.group(1).strip() for match in _LORA.finditer(text))
    return [name for name in dict.fromkeys(names) if name]
