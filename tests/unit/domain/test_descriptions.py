"""Descriptions of strangers: readable, and nothing in them runs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.descriptions import from_either, from_html, from_markdown, joined

_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!lora:)")
_SCRIPT = re.compile(r"\]\(\s*<?\s*(?:javascript|data|vbscript):", re.IGNORECASE)


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One</p><p>two<br>three</p>", "One\n\ntwo\nthree"),
        ("<h2>Use</h2><p>it <strong>well</strong></p>", "## Use\n\nit **well**"),
        ("<ul><li><p>a</p></li><li>b</li></ul>", "- a\n\n- b"),
        ("<ol><li>a<li>b</ol>", "1. a\n2. b"),
        ("<pre><code>a\n  b</code></pre>", "```\na\n  b\n```"),
        ('<a href="https://a.org/x?a=1&amp;b=2">here</a>', "[here](https://a.org/x?a=1&b=2)"),
        ('<a href="https://a.org/(x)">here</a>', "[here](https://a.org/%28x%29)"),
        ('<a href="https://a.org">https://a.org</a>', "https://a.org"),
        ("fish &amp; chips &lt; 3", "fish & chips < 3"),
        ("use &lt;lora:carrot:0.8&gt; or <lora:carrot:0.8>", "use <lora:carrot:0.8> or <lora:carrot:0.8>"),
        ("漢字 <em>é</em>", "漢字 *é*"),
    ],
)  # fmt: skip
def test_html_becomes_markdown(html: str, markdown: str) -> None:
    assert from_html(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe src=https://a.org></iframe>",
        "<style>p {}</style>",
        "<p>   </p>",
        "",
        None,
        7,
    ],
)
def test_nothing_is_left_of_what_only_does_something(html: object) -> None:
    assert from_html(html) is None


@pytest.mark.parametrize(
    "html",
    [
        '<a href="javascript:alert(1)">click</a>',
        '<a href="java\nscript:alert(1)">click</a>',
        '<a href="DATA:text/html,x">click</a>',
        "<p>click</p><script>",
        "<b onclick=alert(1)>click</b>",
    ],
)
def test_what_would_run_is_text(html: str) -> None:
    found = from_html(html)
    assert found is not None
    assert "click" in found
    assert "alert" not in found
    assert ":" not in found


def test_html_that_was_written_as_text_stays_text() -> None:
    assert from_html("<p>write &lt;script&gt; here</p>") == "write &lt;script> here"
    assert from_html("<p>&amp;lt;b&gt;</p>") == "&amp;lt;b>"


@pytest.mark.parametrize(
    ("markdown", "safe"),
    [
        ("# Hi\n\nuse <lora:a:1> & [x](https://a.org/?a=1&copy=2)", None),
        ("1 < 2 > 0\n\n> quoted\n\n    code", None),
        ("a <b>bold</b> word<script>x</script>", "a bold word"),
        ("[x](javascript:alert)", "[x](#alert)"),
        ("[x](<java\tscript:alert>)", "[x]()"),
        (
            "see <https://a.org/b> and [x](<https://a.org/c>)",
            "see https://a.org/b and [x](https://a.org/c)",
        ),
        ("[x](javascript&colon;alert)", "[x](#alert)"),
        ("[x]: data:text/html,1", "[x]: #text/html,1"),
        ("[x](local/page.md#part)", None),
        ("a\r\nb", "a\nb"),
    ],
)
def test_markdown_keeps_all_but_html(markdown: str, safe: str | None) -> None:
    assert from_markdown(markdown) == (markdown if safe is None else safe)


def test_either_is_told_apart_by_its_paragraphs() -> None:
    assert from_either("<p>a</p>\n<p>b</p>") == "a\n\nb"
    assert from_either("a\n* b") == "a\n* b"


def test_parts_are_paragraphs() -> None:
    assert joined("a", None, "b", "a") == "a\n\nb"
    assert joined(None, None) is None


_PIECES = st.sampled_from(
    [
        *(
            "<script>",
            "</script>",
            "<",
            ">",
            "&",
            "lt;",
            "&lt;",
            "<lora:a:1>",
            "<!--",
            "-->",
            "<?x",
        ),
        *("](", "[", "javascript:", "data:", ")", "\n", "x", " ", "<b", "</b>", '<a href="', '"'),
        *("<![CDATA[", "&#60;", "&colon;", "<svg/onload=1>", "<textarea>", "</textarea", "<br>"),
        "`",
    ]
)


@settings(max_examples=100)
@given(st.lists(_PIECES, max_size=12).map("".join))
def test_whatever_is_written_nothing_runs_and_it_can_be_read_again(written: str) -> None:
    for read in (from_html, from_markdown):
        safe = read(written)
        assert not _TAG.search(safe or "")
        assert not _SCRIPT.search(safe or "")
        assert from_markdown(safe) == safe


def test_a_hostile_length_is_cut() -> None:
    assert len(from_html("<p>" + "x" * 1_000_000) or "") <= 100_000
    assert len(from_markdown("<" * 1_000_000) or "") <= 400_000
