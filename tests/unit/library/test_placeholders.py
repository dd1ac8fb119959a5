"""The picture of a model that has none."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.library.placeholders import initials, placeholder


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("flux1-dev.safetensors", "FD"),
        ("sub/sd_xl_base_1.0.safetensors", "SX"),
        ("DetailTweaker.safetensors", "DT"),
        ("ae.safetensors", "A"),
        ("4x-UltraSharp.pth", "4U"),
        ("模型.safetensors", "模"),
        ("straße.pt", "S"),
        ("---.pt", "?"),
        ("", "?"),
        ("plain", "P"),
    ],
)
def test_initials_are_what_a_person_knows_it_by(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_it_is_always_the_same_and_differs_by_name() -> None:
    assert placeholder("loras", "a.pt") == placeholder("loras", "a.pt")
    assert placeholder("loras", "a.pt") != placeholder("loras", "b.pt")
    assert placeholder("loras", "a.pt") != placeholder("vae", "a.pt")


def test_a_problem_is_marked_and_said() -> None:
    drawn = placeholder("loras", "a.pt", "it is damaged").decode()
    assert "<title>a.pt: it is damaged</title>" in drawn
    assert "<path" in drawn
    assert "<path" not in placeholder("loras", "a.pt").decode()


@given(name=st.text(max_size=40), category=st.text(max_size=20), problem=st.text(max_size=20))
@settings(max_examples=100, deadline=None)
def test_no_name_makes_it_anything_but_a_picture(name: str, category: str, problem: str) -> None:
    drawn = placeholder(category, name, problem)
    kinds = {re.sub(r"\{.*\}", "", node.tag) for node in ET.fromstring(drawn).iter()}
    assert kinds <= {"svg", "title", "rect", "circle", "g", "text", "path"}


@pytest.mark.parametrize("name", ["</title><script>1</script>", '"><a href="x">', "\ud800.pt"])
def test_hostile_names_are_text(name: str) -> None:
    drawn = placeholder("loras", name)
    assert b"<script" not in drawn
    assert b"<a " not in drawn
    ET.fromstring(drawn)
