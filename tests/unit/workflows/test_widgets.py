from __future__ import annotations

from typing import Any

import pytest

from model_keeper.workflows.widgets import own_names, placed_names, widgets


def test_texts_are_found_at_any_depth_with_their_path_and_meaning() -> None:
    values = ["a", 5, [{"name": "b", "active": False}], {"on": True, "lora": "c"}]
    found = list(widgets(values, "widgets_values", {0: "first", 2: "list"}))
    assert [(each.label, each.key, each.value, each.on) for each in found] == [
        ("first", "first", "a", True),
        ("2/0/name", "name", "b", False),
        ("3/lora", "lora", "c", True),
    ]
    assert found[1].path == ("widgets_values", 2, 0, "name")


def test_a_row_that_is_off_switches_off_all_within() -> None:
    found = list(widgets([{"enabled": False, "inner": {"on": True, "x": "a"}}], "w"))
    assert [each.on for each in found] == [False]


@pytest.mark.parametrize("values", [None, "text", 5, b"bytes", True])
def test_what_is_neither_list_nor_object_holds_nothing(values: Any) -> None:
    assert list(widgets(values, "w")) == []


@pytest.mark.parametrize(
    ("values", "placed"),
    [
        ([1, "randomize", "a"], {0: "seed", 2: "name"}),
        ([1, "a"], {0: "seed", 1: "name"}),
        ([1, {}, "a"], {0: "seed", 1: "name"}),
        ([1], {0: "seed"}),
        ([], {}),
    ],
)
def test_what_happens_after_a_run_has_no_name(values: list[Any], placed: dict[int, str]) -> None:
    assert placed_names(["seed", "name"], values)[0] == placed


def entry(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "widget": {"name": name}, **more}


@pytest.mark.parametrize(
    ("node", "names"),
    [
        ({"inputs": [entry("a"), entry("b")]}, {0: "a", 1: "b"}),
        ({"inputs": [entry("b", link=3)]}, {}),
        ({"inputs": [entry("a", link=None, localized_name="A")]}, {0: "a"}),
        ({"inputs": [entry("b", link=3, localized_name="B")]}, {}),
        ({"widgets_values_named": {"x": 1, "y": 2}}, {0: "x", 1: "y"}),
        ({"widgets_values_named": {"x": 1}}, {}),
        ({"widgets_values_named": [1, 2]}, {}),
        ({"inputs": [{"name": "model"}]}, {}),
    ],
)
def test_a_node_names_its_own_values_only_where_all_are_told(
    node: dict[str, Any], names: dict[int, str]
) -> None:
    assert own_names({"widgets_values": ["a.pt", 5], **node}) == names
