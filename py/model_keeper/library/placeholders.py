"""The picture of a model that has none: drawn from its category and its name, always the same."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from xml.sax.saxutils import escape

_SIZE = 320
_WORD = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_TEXT = 200


def placeholder(category: str, name: str, problem: str | None = None) -> bytes:
    """SVG, readable on light and on dark, without a font of its own and without anything that runs.

    ``problem``: why the picture that is there is not shown; it is marked, and said in words too.
    """
    hue = int.from_bytes(hashlib.sha256(name.encode("utf-8", "surrogatepass")).digest()[:2], "big")
    turn = hue % 360
    said = f"{name}: {problem}" if problem else name
    return f"""\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_SIZE} {_SIZE}" role="img">\
<title>{_text(said)}</title>\
<rect width="{_SIZE}" height="{_SIZE}" fill="hsl({turn} 22% 42%)"/>\
<circle cx="{_SIZE}" cy="0" r="{hue % 97 + 150}" fill="hsl({turn} 24% 48%)"/>\
<g fill="#fff" font-family="system-ui, sans-serif" text-anchor="middle">\
<text x="160" y="186" font-size="104" font-weight="600">{_text(initials(name))}</text>\
<text x="160" y="284" font-size="22" fill-opacity=".75">{_text(category.replace("_", " "))}</text>\
</g>{_MARK if problem else ""}</svg>
""".encode("utf-8", "replace")


_MARK = (
    '<g fill="none" stroke="#fff" stroke-width="8" stroke-linecap="round">'
    '<circle cx="44" cy="44" r="24"/><path d="M44 32v14m0 10v1"/></g>'
)


def initials(name: str) -> str:
    """One or two letters or digits that a person knows the model by; “?” where it has none."""
    stem = unicodedata.normalize("NFC", name.rpartition("/")[2]).rpartition(".")
    words = _WORD.findall(_CAMEL.sub(" ", stem[0] or stem[2]))
    letters = "".join(word[0] for word in words[:2])
    return letters.upper()[:2] if letters else "?"


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text[:_MOST_TEXT]))
