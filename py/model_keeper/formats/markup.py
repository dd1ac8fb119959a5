"""Pages, answers and other texts that servers send where a file was expected."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import Any

HEAD_BYTES = 65_536  # enough for any page's title and any error's text
_LONGEST_QUOTE = 80
_SPACE = " \t\r\n\f\ufeff"

_HTML = re.compile(r"<(!doctype\s+html|html|head|title|body|script|meta|div|h1)\b", re.IGNORECASE)
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{1,500})", re.IGNORECASE)
_XML = re.compile(r"<(\?xml\b|[A-Za-z][\w.-]*(:[\w.-]+)?[\s/>])")
_XML_MESSAGE = re.compile(r"<(?:Message|message|Code|title|error)>([^<]{1,500})<")
_JSON = re.compile(r'(\{\s*("|\}|$)|\[\s*(["{\[\]0-9tfn-]|$))')
_JSON_MESSAGE = re.compile(r'"(?:error_description|message|error|detail|title)"\s*:\s*"((?:[^"\\]|\\.){1,500})"')  # fmt: skip  # noqa: E501 - one pattern
_GAP = re.compile(r"\s*")
_FIRST_LINE = re.compile(r"[^\r\n]+")
_POINTER = re.compile(r"version https://git-lfs\.github\.com/spec/v1\s")
_POINTER_SIZE = re.compile(r"^size (\d{1,20})$", re.MULTILINE)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FAILURE_KEYS = frozenset({"error", "errors", "error_description"})


@dataclass(frozen=True)
class Markup:
    """``format``: html, xml, json, pointer or text. ``kind`` is a phrase with its article."""

    format: str
    kind: str


def recognise(head: bytes) -> Markup | None:
    """What text the first bytes are, or None where they are no text. Bounded by the head."""
    text = _decode(head[:HEAD_BYTES])
    if text is None:
        return None
    start = text.lstrip(_SPACE)
    if _POINTER.match(start):
        return Markup("pointer", _pointer_kind(start))
    if _is_html(start):
        return Markup("html", _quoting("an HTML page", "titled", _TITLE.search(start)))
    if _XML.match(start):
        return Markup("xml", _quoting("an XML answer", "saying", _XML_MESSAGE.search(start)))
    if _JSON.match(start):
        return Markup("json", _quoting("a JSON answer", "saying", _JSON_MESSAGE.search(start)))
    return Markup("text", _quoting("a text", "saying", _FIRST_LINE.match(start)))


def check_json(data: bytes) -> str | None:
    """Why a whole JSON document is unusable as a file of its own, or None where it is right."""
    try:
        document: Any = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return "it is not valid JSON"
    if isinstance(document, dict) and _FAILURE_KEYS & document.keys() and len(document) <= 4:
        return "it only reports an error"
    return None


def is_text(data: bytes) -> bool:
    """Whether a whole document is text."""
    return recognise(data[:HEAD_BYTES]) is not None and not _CONTROL.search(data)


def _decode(head: bytes) -> str | None:
    """The head as text, or None where it holds what no text has."""
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if head.startswith(mark):
            text = head[2 : len(head) // 2 * 2].decode(encoding, "replace")
            return text if _is_text(text) else None
    try:
        text = head.decode("utf-8")
    except UnicodeDecodeError as exc:
        if exc.start < len(head) - 3:  # else a character was cut where the head ends
            if not _HTML.match(head[:1024].decode("latin-1").lstrip(_SPACE)):
                return None
            return head.decode("latin-1")  # a page in an older encoding
        text = head[: exc.start].decode("utf-8")
    return text if _is_text(text) else None


def _is_html(start: str) -> bool:
    if _XML.match(start):
        return "<html" in start[:4096].lower() or bool(_HTML.match(start))
    return bool(_HTML.match(start, _after_comments(start)))


def _after_comments(text: str) -> int:
    """Where the text goes on behind the comments it may begin with."""
    at = 0
    while text.startswith("<!--", at) and (end := text.find("-->", at)) >= 0:
        match = _GAP.match(text, end + 3)
        at = match.end() if match else end + 3
    return at


def _is_text(text: str) -> bool:
    return bool(text.strip()) and not _CONTROL.search(text.encode("utf-8", "replace"))


def _pointer_kind(text: str) -> str:
    size = _POINTER_SIZE.search(text)
    what = f"a file of {size.group(1)} bytes" if size else "the real file"
    return f"a Git LFS pointer that only stands for {what}"


def _quoting(what: str, verb: str, match: re.Match[str] | None) -> str:
    if match is None:
        return what
    quote = match.group(match.lastindex or 0)
    quote = " ".join(html.unescape(quote).split())
    quote = "".join(c for c in quote if c.isprintable())
    if not quote:
        return what
    short = quote if len(quote) <= _LONGEST_QUOTE else quote[: _LONGEST_QUOTE - 1] + "…"
    return f"{what} {verb} “{short}”"
