"""What a pasted text means."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.link_parsing import canonical, parse_link
from model_keeper.domain.links import HuggingFaceFile, Link, PlainLink

VECTORS: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("link_vectors.json").read_text(encoding="utf-8")
)
READ = [row for row in VECTORS if "link" in row]
REFUSED = [row for row in VECTORS if "error" in row]


def described(link: Link) -> dict[str, Any]:
    return {"type": type(link).__name__, **asdict(link)}


@pytest.mark.parametrize("row", READ, ids=lambda row: row["text"][:60])
def test_is_read_as_the_vectors_say(row: dict[str, Any]) -> None:
    assert described(parse_link(row["text"])) == row["link"]


@pytest.mark.parametrize("row", REFUSED, ids=lambda row: repr(row["text"][:60]))
def test_is_refused_as_the_vectors_say(row: dict[str, Any]) -> None:
    with pytest.raises(KeeperError) as caught:
        parse_link(row["text"])
    assert caught.value.code == row["error"]
    assert "secret" not in caught.value.message
    assert len(caught.value.message) < 300


@pytest.mark.parametrize("row", READ, ids=lambda row: row["text"][:60])
def test_a_link_has_one_spelling(row: dict[str, Any]) -> None:
    link = parse_link(row["text"])
    again = parse_link(canonical(link))

    assert canonical(again) == canonical(link)
    assert "secret" not in canonical(link)


def test_there_are_enough_of_each_form() -> None:
    forms = Counter(row.get("form") for row in VECTORS)

    assert len(VECTORS) >= 150
    assert forms.pop("refused") >= 35
    assert set(forms) == {
        "plain",
        "hf page",
        "hf blob",
        "hf resolve",
        "hf uri",
        "civitai page",
        "civitai version",
        "civitai download",
        "air",
        "sha256",
    }
    assert min(forms.values()) >= 10


def test_a_mirror_is_read_like_the_hub() -> None:
    text = "http://127.0.0.1:8080/acme/x/resolve/main/y.safetensors"

    assert isinstance(parse_link(text), PlainLink)
    assert parse_link(text, hf_hosts=frozenset({"127.0.0.1:8080"})) == HuggingFaceFile(
        "acme/x", "y.safetensors"
    )


PIECES = [
    "https://",
    "hf://",
    "huggingface.co/",
    "civitai.com/",
    "models/",
    "12",
    "@",
    ":",
    "urn:air:",
    "/resolve/main/",
    "..",
    "?",
    "fileId=",
    "%2e%2e",
    "\\",
    "\u202e",
    "[",
    "](",
]
pieces = st.sampled_from([*PIECES, " ", "a" * 64])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=8).map("".join)))
def test_any_text_is_a_link_or_is_explained(text: str) -> None:
    try:
        link = parse_link(text)
    except KeeperError as exc:
        codes = {exc.code}
    else:
        codes = set()
        assert canonical(parse_link(canonical(link))) == canonical(link)
    assert codes <= {"link_unreadable", "link_unsupported"}
