"""The search language: what is typed, what it means, and what is refused where."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.library_query import (
    KEYS,
    Condition,
    Key,
    LibraryQuery,
    Term,
    Words,
    parse_query,
)


def words(*texts: str) -> LibraryQuery:
    return LibraryQuery(tuple(Term(Words(text)) for text in texts))


def only(text: str) -> Words | Condition:
    [term] = parse_query(text).terms
    assert not term.negated
    return term.asks


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", words()),
        ("  \t ", words()),
        ("red Car", words("red", "Car")),
        ("水彩 вода", words("水彩", "вода")),
        ('"red car"', words("red car")),
        ('"red car', words("red car")),
        (r'"a \"b\" c\\d"', words(r'a "b" c\d')),
        ("<lora:detail:1>", words("<lora:detail:1>")),
        ("a - b", words("a", "-", "b")),
        ('""', words()),
        ("style_v2-pruned", words("style_v2-pruned")),
    ],
)
def test_words_and_phrases(typed: str, meant: LibraryQuery) -> None:
    assert parse_query(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tag:portrait", Condition(Key.TAG, "portrait")),
        ('tag:"two words"', Condition(Key.TAG, "two words")),
        ("base:SDXL", Condition(Key.BASE, "SDXL")),
        ("type:loras", Condition(Key.CATEGORY, "loras")),
        ("Category:loras", Condition(Key.CATEGORY, "loras")),
        ("size>2GB", Condition(Key.SIZE, 2_000_000_000, ">")),
        ("size<=1.5gib", Condition(Key.SIZE, 1_610_612_736, "<=")),
        ("size<100", Condition(Key.SIZE, 100, "<")),
        ("size>=2m", Condition(Key.SIZE, 2_000_000, ">=")),
        ("hash:ABCDEF12", Condition(Key.HASH, "abcdef12")),
        ("hash:sha256:abcdef12", Condition(Key.HASH, "abcdef12")),
        ("used>30d", Condition(Key.USED, 30, ">")),
        ("used<2w", Condition(Key.USED, 14, "<")),
        ("unused:3m", Condition(Key.UNUSED, 90)),
        ("rating>=4", Condition(Key.RATING, 4, ">=")),
        ("is:favorite", Condition(Key.IS, "favourite")),
        ("is:Duplicate", Condition(Key.IS, "duplicate")),
        ("missing:hash", Condition(Key.MISSING, "hash")),
        ("missing:words", Condition(Key.MISSING, "trained_words")),
        ("is:incomplete", Condition(Key.IS, "incomplete")),
        (r"root:D:\models", Condition(Key.ROOT, r"D:\models")),
    ],
)
def test_conditions(typed: str, meant: Condition) -> None:
    assert only(typed) == meant


@pytest.mark.parametrize(
    ("typed", "asks"),
    [
        ("-car", Words("car")),
        ('-"red car"', Words("red car")),
        ("-tag:old", Condition(Key.TAG, "old")),
        ("-size>1GB", Condition(Key.SIZE, 10**9, ">")),
    ],
)
def test_a_dash_negates(typed: str, asks: Words | Condition) -> None:
    assert parse_query(typed).terms == (Term(asks, negated=True),)


def test_an_unknown_key_is_refused_with_its_position_and_all_known_ones() -> None:
    with pytest.raises(KeeperError) as refused:
        parse_query("anime -sampler:euler")

    assert refused.value.code == "query_key_unknown"
    assert refused.value.details["position"] == 7
    assert refused.value.details["key"] == "sampler"
    assert all(key in refused.value.details["known"] for key in KEYS)


@pytest.mark.parametrize(
    "typed",
    [
        *("is:pretty", "missing:tags", "size:2GB", "size>big", "size>1XB", "size>", "used:30d"),
        *("unused>3d", "unused:soon", "hash:xyz", "hash:abc", "tag:", 'tag:""', "rating>9"),
        *("tag>a", "size>999999999999999999TB", "base:  x"),
    ],
)
def test_a_value_that_means_nothing_is_refused_with_its_position(typed: str) -> None:
    with pytest.raises(KeeperError) as refused:
        parse_query(f"ab {typed}")

    assert refused.value.code == "query_value_wrong"
    assert refused.value.details["position"] == 4
    assert refused.value.details["wanted"]


def test_every_example_is_a_query() -> None:
    for example_text in KEYS.values():
        assert isinstance(only(example_text), Condition)


def test_a_query_is_not_endless() -> None:
    assert len(parse_query("a " * 50).terms) == 50
    with pytest.raises(KeeperError, match="50"):
        parse_query("a " * 51)


_SIGNS = st.sampled_from(
    [":", "<", ">", "<=", ">=", "-", '"', "\\", " ", "\t", "a", "1", "水", "."]
)
_KEYS = st.sampled_from([*KEYS, "is:offline", "missing:base", "size>1GB", "unused:2w", "tag:x"])
_TYPED = st.lists(st.one_of(_SIGNS, _KEYS, st.text(max_size=4)), max_size=12).map("".join)


@settings(deadline=None, max_examples=300)
@given(_TYPED)
@example('-""')
@example("- -")
@example('a"b c"')
@example('\\"')
@example('"a\\')
def test_any_text_is_a_query_that_can_be_written_again_or_a_refusal(typed: str) -> None:
    query = LibraryQuery()
    refusal = ""
    try:
        query = parse_query(typed)
    except KeeperError as error:
        refusal = error.code

    if refusal:
        assert refusal in {"query_key_unknown", "query_value_wrong", "query_too_long"}
        return
    assert parse_query(str(query)) == query
    assert str(parse_query(str(query))) == str(query)


@settings(deadline=None, max_examples=200)
@example('""0', False)
@example('""0', True)
@given(st.text(min_size=1).filter(lambda text: bool(text.strip())), st.booleans())
def test_every_phrase_can_be_written(text: str, negated: bool) -> None:
    query = LibraryQuery((Term(Words(text), negated),))

    assert parse_query(str(query)) == query
