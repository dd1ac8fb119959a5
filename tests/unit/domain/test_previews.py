"""Which file beside a model is its picture."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_keeper.domain.previews import (
    is_model_name,
    is_usual_name,
    marked_previews,
    names_near,
    preview_begin,
    previews_in,
    previews_of,
)

MODEL = "a.safetensors"


def test_the_best_form_goes_first() -> None:
    ordered = [
        "a.safetensors.preview.png",
        "a.preview.png",
        "a.preview.mp4",
        "a.png",
        "a.jpeg",
        "a.webm",
        "a.safetensors.png",
        "a.preview.2.png",
        "a.thumb.jpg",
    ]
    shuffled = [MODEL, *ordered]
    random.Random(1).shuffle(shuffled)
    assert list(previews_in(shuffled)[MODEL]) == ordered


@pytest.mark.parametrize("name", ["a.PREVIEW.PNG", "a.Preview.JPG", "a.WEBP", "a.avif"])
def test_the_case_of_endings_and_marks_does_not_matter(name: str) -> None:
    assert previews_in([MODEL, name]) == {MODEL: (name,)}


@pytest.mark.parametrize("name", ["ab.png", "a.txt", "a.preview", "a.svg", "a.png.txt"])
def test_other_files_are_none_of_it(name: str) -> None:
    assert previews_in([MODEL, name]) == {}


def test_models_that_share_a_stem_share_its_picture() -> None:
    found = previews_in([MODEL, "a.ckpt", "a.png", "a.ckpt.preview.png"])
    assert found == {MODEL: ("a.png",), "a.ckpt": ("a.ckpt.preview.png", "a.png")}


def test_the_longest_name_owns_a_picture() -> None:
    names = ["a.safetensors", "a.preview.safetensors", "a.preview.png"]
    assert previews_in(names) == {"a.preview.safetensors": ("a.preview.png",)}


def test_a_picture_is_no_model_where_every_file_is_listed() -> None:
    assert previews_in(["a.bin", "a.png", "a.mp4"], ["", ".png"]) == {"a.bin": ("a.png", "a.mp4")}
    assert not is_model_name("a.png", [".png"])


def test_what_a_category_lists_is_a_model() -> None:
    assert previews_in(["a.odd", "a.png"]) == {}
    assert previews_in(["a.odd", "a.png"], [".odd"]) == {"a.odd": ("a.png",)}


def test_a_new_preview_is_of_one_model_only() -> None:
    assert preview_begin(MODEL, [MODEL, "b.ckpt", "a.png"]) == "a"
    assert preview_begin(MODEL, [MODEL, "a.ckpt"]) == MODEL
    assert preview_begin("a.ckpt.pt", ["a.ckpt.pt", "a.ckpt"]) == "a.ckpt.pt"


def test_marked_previews_are_found_in_every_ending() -> None:
    names = ["a.preview.png", "a.Preview.JPG", "a.png", "ab.preview.png", "a.preview.2.png"]
    assert marked_previews("a", names) == ("a.preview.png", "a.Preview.JPG")


def test_a_large_folder_is_one_pass() -> None:
    names = [f"m{n}.safetensors" for n in range(20_000)] + [f"m{n}.png" for n in range(20_000)]
    found = previews_in(names)
    assert len(found) == 20_000
    assert found["m19999.safetensors"] == ("m19999.png",)


_STEMS = st.sampled_from(
    ["a", "A", "a.b", "ab", "Ink ß", "ink ss", "é", "e\u0301", "a_1", "a.preview"]
)
_ENDINGS = st.sampled_from(
    [
        ".safetensors",
        ".ckpt",
        ".PT",
        ".png",
        ".JPG",
        ".preview.png",
        ".thumb.png",
        "_1.png",
        ".info",
    ]
)
_NAMES = st.lists(
    st.builds(str.__add__, _STEMS, _ENDINGS)
    | st.builds("{}{}{}".format, _STEMS, st.just(".safetensors"), _ENDINGS),
    unique=True,
    max_size=12,
)


@given(_NAMES)
def test_one_model_is_told_what_all_are_told(names: list[str]) -> None:
    together = previews_in(names)
    for model in filter(is_model_name, names):
        assert previews_of(model, names) == together.get(model, ())
        assert preview_begin(model, names_near(model, names)) == preview_begin(model, names)


def test_a_usual_name_counts_in_any_case() -> None:
    names = ["Ink ß.safetensors", "ink ß.preview.png", "INK SS.jpg", "Ink ß.thumb.png"]
    assert previews_in(names) == {names[0]: ("ink ß.preview.png", "INK SS.jpg", "Ink ß.thumb.png")}
    both = ["A.safetensors", "a.safetensors", "A.png"]
    assert previews_in(both) == {"A.safetensors": ("A.png",)}


def test_numbered_pictures_of_other_tools_come_last() -> None:
    names = ["ink.safetensors", "ink_0.png", "ink_12.jpg", "ink_123.png", "ink.thumb.png"]
    assert previews_in(names) == {"ink.safetensors": ("ink.thumb.png", "ink_0.png", "ink_12.jpg")}
    assert not is_usual_name("ink.safetensors", "ink_0.png")
    assert previews_in([*names, "ink_0.ckpt"])["ink_0.ckpt"] == ("ink_0.png",)
