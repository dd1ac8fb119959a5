"""Values of strangers: what is understood, what is dropped."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain import foreign_values as clean

SHA = "AB" * 32


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("  two\n words ", "two words"),
        ("Unknown", None),
        ("None", None),
        ("", None),
        (7, None),
        ("a\u202eb\x00c", "abc"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_a_line(value: object, line: str | None) -> None:
    assert clean.line(value) == line


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (["a", "a ", " b,"], ("a", "b")),
        (["green eyes, long hair, "], ("green eyes, long hair",)),
        ("one", ("one",)),
        ([1, None, ["x"], ""], ()),
        ({"a": 1}, ()),
        (None, ()),
    ],
)
def test_words(value: object, words: tuple[str, ...]) -> None:
    assert clean.words(value) == words


def test_words_between_commas() -> None:
    assert clean.comma_separated("a, b,,a ,c") == ("a", "b", "c")
    assert clean.comma_separated(["a, b", "c"]) == ("a", "b", "c")
    assert clean.comma_separated(7) == ()


def test_whole_hashes_in_small_letters() -> None:
    given_hashes = {"SHA256": SHA, "AutoV2": "0123456789", "AutoV3": "ab...", "MD5": "ab", 7: 8}
    assert clean.hashes(given_hashes) == {"sha256": SHA.lower(), "autov2": "0123456789"}
    assert clean.hashes([]) == {}


def test_the_hash_of_no_bytes_is_nobodys() -> None:
    nothing = "E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855"
    assert clean.hashes({"SHA256": nothing, "AutoV2": nothing[:10]}) == {}


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://civitai.com/api/download/models/1?fileId=2", None),
        ("https://civitai.com/api/download/models/1?type=Model&token=abc", "?type=Model"),
        ("https://a.org/x?X-Amz-Signature=1&X-Amz-Expires=2", ""),
        ("https://me:secret@a.org/x", ""),
        ("https://a.org:8080/x#part", ""),
    ],
)
def test_an_address_keeps_no_secret(value: str, address: str | None) -> None:
    found = clean.address(value)
    assert found is not None
    for secret in ("abc", "secret", "Amz", "#"):
        assert secret not in found
    assert found == value if address is None else found.endswith(address)


@pytest.mark.parametrize(
    "value",
    ["file:///x", "javascript:alert(1)", "//a.org/x", "a.org/x", "https://", "https://[", "x y"],
)
def test_what_is_no_web_address(value: object) -> None:
    assert clean.address(value) is None


@pytest.mark.parametrize(
    "path",
    [
        *("/home/me/models/a.safetensors", "C:\\models\\a.ckpt", "d:/models/a", "~/models/a"),
        *("\\\\nas\\models\\a", "file:///home/me/a"),
    ],
)
def test_paths_of_a_machine_are_not_kept(path: str) -> None:
    assert clean.without_paths({"a": path, "b": [path, {"c": path}], "d": 1}) == {
        "b": [{}],
        "d": 1,
    }


def test_what_only_looks_a_little_like_a_path_is_kept() -> None:
    kept = {"a": "1/2", "b": "/imagine a cat", "c": "16:9", "d": None, "e": "loras/a.safetensors"}
    assert clean.without_paths(kept) == kept


def test_tokens_in_kept_addresses_go() -> None:
    assert clean.without_paths(["https://a.org/x?token=abc"]) == ["https://a.org/x"]


def test_a_number_or_a_name_identifies() -> None:
    assert [clean.identifier(value) for value in (7, "7", "owner/name")] == [7, 7, "owner/name"]
    nothing: list[object] = [0, -1, True, "", None, []]
    assert [clean.identifier(value) for value in nothing] == [None] * 6


JSON: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@settings(max_examples=30)
@given(JSON)
def test_no_value_is_a_crash_and_cleaning_twice_is_cleaning_once(value: Any) -> None:
    for read in (clean.line, clean.text, clean.words, clean.identifier, clean.address):
        once = read(value)
        assert read(once) == once
    clean.hashes(value)
    clean.whole(value)
    kept = clean.without_paths(value)
    assert repr(clean.without_paths(kept)) == repr(kept)
