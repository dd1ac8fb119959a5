"""Markdown with YAML in front of it, by anybody's hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_keeper.formats.front_matter import Document, first_paragraph, sections, split

CARDS = Path(__file__).parents[4] / "shared" / "data" / "hf" / "cards"


@pytest.mark.parametrize(
    ("text", "document"),
    [
        ("---\nlicense: mit\n---\n# A", Document({"license": "mit"}, "# A")),
        ("---\r\nlicense: mit\r\n---\r\nA", Document({"license": "mit"}, "A")),
        (
            "\ufeff---\na: no\nb: 1.0\nc: 2024-01-01\n---\n",
            Document({"a": "no", "b": "1.0", "c": "2024-01-01"}),
        ),
        ("---\n[]\n---\nA", Document({}, "A")),
        ("---\na: [\n---\nA", Document({}, "A")),
        ("---\na: &x [1]\nb: *x\n---\nA", Document({}, "A")),
        ("---\na: !!python/object:os.system {}\n---\nA", Document({"a": {}}, "A")),
        ("---\nnever ended", Document({}, "---\nnever ended")),
        ("no front matter\n---\na: 1\n---\n", Document({}, "no front matter\n---\na: 1\n---\n")),
        ("", Document()),
    ],
)
def test_split(text: str, document: Document) -> None:
    assert split(text) == document


def test_front_matter_of_an_absurd_length_is_not_parsed() -> None:
    assert split("---\na: " + "x" * 100_000 + "\n---\nA") == Document({}, "A")


def test_deep_nesting_is_not_followed() -> None:
    assert split("---\na: " + "[" * 700 + "\n---\nA").body == "A"


@pytest.mark.parametrize(
    ("body", "paragraph"),
    [
        ("# Title\n\nThis is a fine model.\nIt is orange.\n\nMore.", "This is a fine model. It is orange."),
        ("Title\n=====\n\nThis is a fine model.", "This is a fine model."),
        ("[![badge](https://a/b.svg)](https://a)\n\n- a list of things\n\nThis is a fine model.", "This is a fine model."),
        ("| a | b |\n|---|---|\n\n```py\nx = 1 + 2 + 3\n```\n\n<b>x y z w</b>\n\nSee [the page](https://a) for it.", "See [the page](https://a) for it."),
        ("Short.\n\n这是一个用来画胡萝卜的模型非常好用", "这是一个用来画胡萝卜的模型非常好用"),
        ("# Only\n\n## headings", None),
        ("", None),
    ],
)  # fmt: skip
def test_the_first_paragraph_is_prose(body: str, paragraph: str | None) -> None:
    assert first_paragraph(body) == paragraph


def test_sections_by_their_headings() -> None:
    assert sections("before\n# A\none\n## sub\n# B\n") == {
        "": "before",
        "A": "one\n## sub",
        "B": "",
    }


@pytest.mark.skipif(not CARDS.is_dir(), reason=f"{CARDS} is not there")
def test_real_cards_are_read() -> None:
    documents = {p.name: split(p.read_bytes().decode()) for p in sorted(CARDS.glob("*.md"))}
    assert documents["sample_simple.md"].matter["license"] == "mit"
    assert documents["sample_windows_line_breaks.md"].matter != {}
    assert documents["sample_no_metadata.md"].matter == {}
    assert documents["sample_invalid_card_data.md"].matter == {}
