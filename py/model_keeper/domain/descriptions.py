"""Descriptions that strangers wrote, as Markdown that is safe to show.

What comes out holds no HTML that a browser knows and no link but to the web. It is its own fixed
point under :func:`from_markdown`: a description can be read and written any number of times.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from types import MappingProxyType
from urllib.parse import urlsplit

from model_keeper.domain.foreign_values import text as clean_text

_LONGEST = 100_000
_DEEPEST_LIST = 8
_DROPPED = frozenset(
    {"script", "style", "iframe", "object", "embed", "noscript", "template", "svg", "math"}
    | {"title", "textarea", "select", "form", "head", "frameset", "applet"}
)
_BLOCKS = frozenset({"p", "div", "section", "article", "table", "ul", "ol", "blockquote", "center"})
_MARKS: Mapping[str, str] = MappingProxyType(
    {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`", "s": "~~", "del": "~~"}
)
_HEADING = re.compile(r"h([1-6])\Z")
#: ``<lora:name:0.8>`` is how prompts name a network; a browser knows no such thing.
_PROMPT_TAG = re.compile(r"<(?:lora|lyco|hypernet):[^<>\n]{1,200}>")
#: The parser takes its time over tags that never end.
_ENDLESS = re.compile(r"<(?=[A-Za-z/!?])(?![^<>]{0,4096}>)")
_AUTOLINK = re.compile(r"<https?://[^<>\s]+>")
_OPENS = re.compile(rf"<(?=[A-Za-z/!?])(?!{_PROMPT_TAG.pattern[1:]})")
_BARE_ENTITY = re.compile(r"&(?=#?\w{1,32};)")
_BAD_LINK = re.compile(
    r"(\]\s*\(\s*(?:<\s*)?|^\s{0,3}\[[^\]\n]{1,300}\]:\s*)(?!https?:|mailto:|[#?])"
    r"(?:[^\s():/?#]|&#){0,400}?(?::|&colon;|&#0*58;?|&#x0*3a;?)",
    re.IGNORECASE | re.MULTILINE,
)
_ELEMENT = re.compile(r"<(?:p|br|div|span|h[1-6]|ul|ol|li|strong|b|em|i|a|script)\b", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_EMPTY_BULLET = re.compile(r"^( *(?:-|\d+\.) )\n+", re.MULTILINE)
_MANY_LINES = re.compile(r"\n{3,}")


def from_html(html: object) -> str | None:
    """The Markdown of an HTML description; None where it says nothing."""
    if not isinstance(html, str):
        return None
    return _read(_HtmlReader(), html[:_LONGEST])


def from_markdown(markdown: object) -> str | None:
    """Markdown with what HTML may be in it; None where it says nothing."""
    if not isinstance(markdown, str):
        return None
    # Entities are left as they are written: “?a=1&copy=2” in an address is no “©”.
    kept = markdown[:_LONGEST].replace("\r\n", "\n").replace("&", "&amp;")
    return _read(_MarkdownReader(), kept)


def from_either(description: object) -> str | None:
    """Of sidecars whose description is HTML with some tools and Markdown with others."""
    return from_html(description) if is_html(description) else from_markdown(description)


def is_html(description: object) -> bool:
    """Whether it is a text with the elements that HTML has and Markdown has other signs for."""
    return isinstance(description, str) and bool(_ELEMENT.search(description))


def joined(*parts: str | None) -> str | None:
    """The parts that say something, each a paragraph of its own, none of them twice."""
    return "\n\n".join(dict.fromkeys(part for part in parts if part)) or None


class _Reader(HTMLParser):
    """Collects the text; what is inside elements that run or frame something is dropped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._out: list[str] = []
        self._dropping: list[str] = []

    def markdown(self) -> str:
        return "".join(self._out)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._dropping.append(tag)
        elif not self._dropping:
            literal = self.get_starttag_text() or ""
            if _PROMPT_TAG.fullmatch(literal):
                self.say(literal)
            elif _AUTOLINK.fullmatch(literal):
                self.say(literal[1:-1])
            else:
                self.opened(tag, dict(attrs))

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag not in _DROPPED:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._dropping:
            del self._dropping[self._dropping.index(tag) :]
        elif not self._dropping:
            self.closed(tag)

    def handle_data(self, data: str) -> None:
        if not self._dropping:
            self.say(data)

    def say(self, data: str) -> None:
        self._out.append(data)

    def opened(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        raise NotImplementedError

    def closed(self, tag: str) -> None:
        raise NotImplementedError


class _HtmlReader(_Reader):
    """HTML, whose line breaks mean nothing and whose elements do."""

    def __init__(self) -> None:
        super().__init__()
        self._links: list[tuple[int, str | None]] = []
        self._lists: list[int | None] = []
        self._verbatim = 0

    def markdown(self) -> str:
        return _EMPTY_BULLET.sub(r"\1", super().markdown())

    def say(self, data: str) -> None:
        """Text that was written as text stays text, also for who renders the Markdown."""
        spaced = data if self._verbatim else _SPACES.sub(" ", data)
        self._out.append(_BARE_ENTITY.sub("&amp;", spaced))

    def opened(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        heading = _HEADING.match(tag)
        if heading:
            self._out.append("\n\n" + "#" * int(heading[1]) + " ")
        elif tag in {"ul", "ol"}:
            self._lists.append(1 if tag == "ol" else None)
            self._out.append("\n" if len(self._lists) > 1 else "\n\n")
        elif tag == "li":
            self._out.append(self._bullet())
        elif tag == "a":
            self._links.append((len(self._out), attributes.get("href")))
        elif tag == "pre":
            self._verbatim += 1
            self._out.append("\n\n```\n")
        elif tag in _MARKS and not self._verbatim:
            self._out.append(_MARKS[tag])
        elif tag in _BLOCKS:
            self._out.append("\n\n")
        else:
            self._out.append({"br": "\n", "hr": "\n\n---\n\n", "tr": "\n", "td": " "}.get(tag, ""))

    def closed(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._close_link()
        elif tag in {"ul", "ol"} and self._lists:
            self._lists.pop()
            self._out.append("" if self._lists else "\n\n")
        elif tag == "pre" and self._verbatim:
            self._verbatim -= 1
            self._out.append("\n```\n\n")
        elif tag in _MARKS and not self._verbatim:
            self._out.append(_MARKS[tag])
        elif tag in _BLOCKS or _HEADING.match(tag):
            self._out.append("\n\n")

    def _bullet(self) -> str:
        indent = "  " * min(max(0, len(self._lists) - 1), _DEEPEST_LIST)
        number = self._lists[-1] if self._lists else None
        if number is None:
            return f"\n{indent}- "
        self._lists[-1] = number + 1
        return f"\n{indent}{number}. "

    def _close_link(self) -> None:
        start, href = self._links.pop()
        label = "".join(self._out[start:]).strip()
        url = _web_address(href)
        if url and label and "\n" not in label:
            bare = label in {url, href}
            self._out[start:] = [url if bare else f"[{label}]({url})"]


class _MarkdownReader(_Reader):
    """Markdown, in which only the tags go: everything else keeps its place."""

    def opened(self, tag: str, attributes: Mapping[str, str | None]) -> None:
        self._out.append("\n" if tag == "br" else "")
        if tag == "a" and (url := _web_address(attributes.get("href"))):
            self._out.append(f"{url} ")

    def closed(self, tag: str) -> None:
        pass


def _read(reader: _Reader, text: str) -> str | None:
    reader.feed(_ENDLESS.sub("&lt;", _without_comments(text)))
    reader.close()
    return _finished(reader.markdown())


def _without_comments(text: str) -> str:
    kept = []
    at = 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _web_address(href: str | None) -> str | None:
    url = "".join((href or "").split())
    try:
        web = urlsplit(url).scheme.lower() in {"http", "https"}
    except ValueError:
        return None
    return url.replace("(", "%28").replace(")", "%29").replace("<", "%3C") if web else None


def _finished(markdown: str) -> str | None:
    harmless = _BAD_LINK.sub(r"\1#", _OPENS.sub("&lt;", markdown))
    lines = "\n".join(each.rstrip(" \t\xa0") for each in harmless.split("\n"))
    return clean_text(_MANY_LINES.sub("\n\n", lines))
