"""Which files beside a model belong to it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_keeper.domain.file_sets import companions, stem_of


def is_model(name: str) -> bool:
    return name.endswith((".safetensors", ".ckpt"))


def names(model: str, *others: str) -> list[str]:
    return [each.name for each in companions(model, [model, *others], is_model)]


@pytest.mark.parametrize(
    "tail",
    [
        *(".info", ".civitai.info", ".metadata.json", ".cm-info.json", ".json", ".md", ".txt"),
        *(".preview.png", ".preview.2.webp", ".PNG", ".mp4", ".yaml"),
    ],
)
def test_a_sidecar_goes_with_its_model_by_stem_or_whole_name(tail: str) -> None:
    for begin in ("a", "a.safetensors"):
        [found] = companions("a.safetensors", ["a.safetensors", begin + tail], is_model)
        assert (found.name, found.shared) == (begin + tail, False)
        assert found.beside("b.ckpt") == ("b" if begin == "a" else "b.ckpt") + tail


@pytest.mark.parametrize(
    "other", ["ab.info", "a-1.info", "a.b.info", "a.part", "a.py", "a", "a.", "A.info", "a.zip"]
)
def test_what_only_begins_like_the_model_is_left_alone(other: str) -> None:
    assert names("a.safetensors", other) == []


def test_the_longest_name_owns_a_sidecar() -> None:
    both = ["a.safetensors", "a.civitai.safetensors", "a.civitai.info", "a.info"]
    assert names("a.safetensors", *both[1:]) == ["a.info"]
    assert names("a.civitai.safetensors", both[0], *both[2:]) == ["a.civitai.info"]
    assert names("a.safetensors", "a.civitai.info") == ["a.civitai.info"]


def test_models_of_one_stem_share_what_is_named_by_it() -> None:
    beside = ["a.ckpt", "a.info", "a.ckpt.info", "a.safetensors.info"]
    found = companions("a.safetensors", ["a.safetensors", *beside], is_model)
    assert [(each.name, each.shared) for each in found] == [
        ("a.info", True),
        ("a.safetensors.info", False),
    ]


PART = st.text(alphabet="ab.é", min_size=1, max_size=4)
NAME = st.builds(
    "{}{}".format, PART, st.sampled_from([".safetensors", ".ckpt", ".info", ".preview.png", ""])
)


@given(st.sets(NAME, max_size=8))
def test_every_sidecar_is_of_models_that_it_begins_with(folder: set[str]) -> None:
    models = [name for name in folder if is_model(name)]
    owners: dict[str, list[str]] = {}
    for model in models:
        for each in companions(model, folder, is_model):
            assert not is_model(each.name)
            assert each.beside(model) == each.name
            owners.setdefault(each.name, []).append(model)
    for name, found in owners.items():
        assert len({len(stem_of(each)) for each in found if not name.startswith(each)}) <= 1
        shared = {
            each.shared
            for m in found
            for each in companions(m, folder, is_model)
            if each.name == name
        }
        assert shared == {len(found) > 1}
