from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.formats.markup import HEAD_BYTES, check_json, is_text, recognise
from model_keeper.testing.answers import ANSWERS


@pytest.mark.parametrize(("body", "words"), [(body, words) for _, body, words in ANSWERS if body])
def test_answers_are_told_apart_in_words(body: bytes, words: str) -> None:
    found = recognise(body)
    assert found is not None
    assert found.kind.startswith(words)


@pytest.mark.parametrize(
    ("body", "format_"),
    [
        (b"\xef\xbb\xbf<HTML>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="x">', "html"),
        (b"<!-- a --><!-- b -->\n<!doctype html>", "html"),
        ("<html><title>Accès refusé</title>".encode("latin-1"), "html"),
        (b"<svg xmlns='x'>", "xml"),
        (b"[]", "json"),
        (b"  {\n}", "json"),
        (b"{braces} are not JSON", "text"),
        (b"model: sd15\nsteps: 20\n", "text"),
        ("größe".encode()[:4], "text"),
    ],
)
def test_formats(body: bytes, format_: str) -> None:
    found = recognise(body)
    assert found is not None
    assert found.format == format_


@pytest.mark.parametrize("body", [b"", b"   ", b"\x00\x01", b"a\x00b", b"\xff\xfe\xfd", b"\x80abc"])
def test_what_is_no_text_is_not_recognised(body: bytes) -> None:
    assert recognise(body) is None


def test_a_title_cannot_smuggle_control_or_direction_marks() -> None:
    found = recognise("<html><title>a\u202eb&#8238;\n c&#7;</title>".encode())
    assert found is not None
    assert found.kind == "an HTML page titled “ab c”"


def test_a_long_title_is_cut() -> None:
    found = recognise(b"<title>" + b"x" * 400 + b"</title>")
    assert found is not None
    assert len(found.kind) < 120


def test_a_character_cut_by_the_head_is_no_fault() -> None:
    body = b"a" * (HEAD_BYTES - 1) + "ü".encode() * 2
    assert recognise(body) is not None


def test_comments_without_end_take_no_time() -> None:
    found = recognise(b"<!---->" * (HEAD_BYTES // 7))
    assert found is not None
    assert found.format == "text"


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        (b'{"a": [1, 2]}', None),
        (b"\xef\xbb\xbf[]", None),
        (b'{"a": [1, 2}', "it is not valid JSON"),
        (b"[" * 100_000, "it is not valid JSON"),
        (b"\xff", "it is not valid JSON"),
        (b'{"error": "no", "status": 401}', "it only reports an error"),
    ],
)
def test_json_documents(document: bytes, problem: str | None) -> None:
    assert check_json(document) == problem


def test_a_document_with_binary_far_behind_is_no_text() -> None:
    assert is_text(b"a" * (HEAD_BYTES + 10))
    assert not is_text(b"a" * (HEAD_BYTES + 10) + b"\x00")


@given(body=st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
@settings(deadline=None, max_examples=150)
def test_any_bytes_are_text_or_not(body: bytes) -> None:
    found = recognise(body)
    assert found is None or (found.kind.isprintable() and len(found.kind) < 200)
