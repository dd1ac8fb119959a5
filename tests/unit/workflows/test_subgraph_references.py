"""References within subgraphs and group nodes, and what their instances say."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.references import Location, Reference
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.references import references

LOADERS = LoaderTable.shipped()
INNER = Location("S", "1", ("widgets_values", 0))

Json = dict[str, Any]


def loader(value: str = "a.safetensors", *, link: int | None = None, **more: Any) -> Json:
    inputs = [{"name": "vae_name", "widget": {"name": "vae_name"}, "link": link}]
    return {"id": 1, "type": "VAELoader", "inputs": inputs, "widgets_values": [value], **more}


def subgraph(*nodes: Json, scope: str = "S", slots: tuple[str, ...] = ()) -> Json:
    """A subgraph whose input number n feeds the link number n + 1."""
    links = [
        {"id": n + 1, "origin_id": -10, "origin_slot": n, "target_id": 1, "type": "COMBO"}
        for n, _ in enumerate(slots)
    ]
    return {
        "id": scope,
        "nodes": list(nodes),
        "inputs": [{"name": n} for n in slots],
        "links": links,
    }


def instance(*values: Any, node_id: int = 50, kind: str = "S", **more: Any) -> Json:
    return {"id": node_id, "type": kind, "widgets_values": list(values), **more}


def found(root: list[Json], *subgraphs: Json, links: Any = ()) -> tuple[Reference, ...]:
    document = {"nodes": root, "links": list(links), "definitions": {"subgraphs": list(subgraphs)}}
    return references(read_workflow(document), LOADERS)


def at(node_id: int, index: int = 0, scope: str = "") -> Location:
    return Location(scope, str(node_id), ("widgets_values", index))


def test_an_inner_node_counts_once_however_many_instances_there_are() -> None:
    (row,) = found([instance(), instance(node_id=51)], subgraph(loader()))
    assert (row.scope, row.node_id, row.location, row.copies) == ("S", "1", INNER, ())


def test_what_an_instance_shows_is_a_copy() -> None:
    inner = subgraph(loader(link=2), slots=("text", "vae_name"))
    prompt = {
        "id": 2,
        "type": "CLIPTextEncode",
        "inputs": [{"name": "text", "widget": {"name": "text"}, "link": 1}],
        "widgets_values": [""],
    }
    inner["nodes"].append(prompt)
    (row,) = found([instance("a cat", "a.safetensors")], inner)
    assert (row.location, row.copies) == (INNER, (at(50, 1),))


def test_what_the_instance_says_is_what_runs() -> None:
    (row,) = found([instance("new.pt")], subgraph(loader(link=1), slots=("vae_name",)))
    assert (row.node_id, row.scope, row.value, row.category) == ("1", "S", "new.pt", "vae")
    assert (row.location, row.copies) == (at(50), (INNER,))


def test_instances_that_say_different_names_are_different_references() -> None:
    rows = found(
        [
            instance("a.safetensors"),
            instance("b.pt", node_id=51, mode=4),
            instance("b.pt", node_id=52, mode=2),
        ],
        subgraph(loader(link=1), slots=("vae_name",)),
    )
    assert [(row.value, row.location, row.copies, row.active) for row in rows] == [
        ("a.safetensors", INNER, (at(50),), True),
        ("b.pt", at(51), (at(52),), False),
    ]


def test_a_widget_shown_from_within_is_found_by_its_node_and_name() -> None:
    shown = {"proxyWidgets": [["9", "text"], ["1", "vae_name"]]}
    (row,) = found([instance("", "new.pt", properties=shown)], subgraph(loader()))
    assert (row.value, row.location, row.copies) == ("new.pt", at(50, 1), (INNER,))


def test_a_shown_input_of_the_subgraph_itself_is_found_by_its_name() -> None:
    shown = {"proxyWidgets": [["-1", "vae_name"]]}
    inner = subgraph(loader(link=2), slots=("other", "vae_name"))
    (row,) = found([instance("new.pt", properties=shown)], inner)
    assert (row.value, row.location) == ("new.pt", at(50))


@pytest.mark.parametrize("values", [[], None])
def test_an_instance_without_values_leaves_the_inner_one(values: Any) -> None:
    shown = {"proxyWidgets": [["1", "vae_name"]]}
    row = {"id": 50, "type": "S", "widgets_values": values, "properties": shown}
    (reference,) = found([row], subgraph(loader(link=1), slots=("vae_name",)))
    assert (reference.location, reference.copies, reference.active) == (INNER, (), True)


def test_a_value_passes_through_nested_subgraphs() -> None:
    outer = subgraph(
        instance("stale.pt", node_id=1, inputs=[{"name": "vae_name", "link": 1}]),
        scope="O",
        slots=("vae_name",),
    )
    outer["nodes"][0]["inputs"] = [{"name": "vae_name", "widget": {"name": "vae_name"}, "link": 1}]
    inner = subgraph(loader(link=1), slots=("vae_name",))
    (row,) = found([instance("new.pt", kind="O")], outer, inner)
    assert (row.scope, row.value, row.location) == ("S", "new.pt", at(50))


def test_an_instance_that_is_fed_by_a_primitive_takes_its_value() -> None:
    fed = instance(
        "stale.pt", inputs=[{"name": "vae_name", "widget": {"name": "vae_name"}, "link": 9}]
    )
    primitive = {"id": 60, "type": "PrimitiveNode", "widgets_values": ["new.pt", "fixed"]}
    rows = found(
        [fed, primitive],
        subgraph(loader(link=1), slots=("vae_name",)),
        links=[[9, 60, 0, 50, 0, "COMBO"]],
    )
    assert [(row.value, row.location) for row in rows if row.active] == [("new.pt", at(60))]


def test_one_value_that_feeds_two_loaders_is_a_copy_of_both() -> None:
    second = loader(link=1, id=2, type="Checkpoint")
    rows = found([instance("a.safetensors")], subgraph(loader(link=1), second, slots=("vae_name",)))
    assert [(row.node_id, row.copies) for row in rows] == [("1", (at(50),)), ("2", (at(50),))]


def test_instances_of_an_unknown_layout_show_copies_by_equal_names() -> None:
    rows = found([instance(1, "a.safetensors", "else.pt")], subgraph(loader()))
    assert [(row.value, row.location, row.copies) for row in rows] == [
        ("a.safetensors", INNER, (at(50, 1),)),
        ("else.pt", at(50, 2), ()),
    ]


def test_a_subgraph_that_is_used_nowhere_is_not_active() -> None:
    (row,) = found([], subgraph(loader()))
    assert not row.active


def test_ways_that_multiply_through_nested_subgraphs_come_to_an_end() -> None:
    depth = 40
    subgraphs = []
    for level in range(depth):
        last = level == depth - 1
        nodes = [
            loader(link=1, id=n, type="VAELoader" if last else f"S{level + 1}") for n in (1, 2)
        ]
        subgraphs.append(subgraph(*nodes, scope=f"S{level}", slots=("vae_name",)))
    rows = found([instance("new.pt", kind="S0")], *subgraphs)
    assert {(row.value, row.scope) for row in rows if row.category} == {("new.pt", "S39")}


def test_subgraphs_that_hold_each_other_come_to_an_end() -> None:
    one = subgraph(loader(link=1, id=1, type="B"), scope="A", slots=("vae_name",))
    two = subgraph(loader(link=1, id=1, type="A"), scope="B", slots=("vae_name",))
    found([instance("new.pt", kind="A")], one, two)


def group(*nodes: Json) -> Json:
    return {"groupNodes": {"Load": {"nodes": list(nodes), "links": [[None, 0, 1, 0, 1, "MODEL"]]}}}


@pytest.mark.parametrize("kind", ["workflow/Load", "workflow>Load"])
def test_a_group_node_runs_with_the_values_of_its_instance(kind: str) -> None:
    inner = [
        {"id": -1, "index": 0, "type": "VAELoader", "widgets_values": ["a.safetensors"]},
        {"id": -1, "index": 1, "type": "LoraLoader", "widgets_values": ["b.safetensors", 1, 1]},
    ]
    document = {
        "nodes": [instance("a.safetensors", "new.pt", 1, 1, kind=kind)],
        "extra": group(*inner),
    }
    rows = references(read_workflow(document), LOADERS)
    assert [(row.scope, row.node_id, row.value, row.category, row.location) for row in rows] == [
        ("Load", "0", "a.safetensors", "vae", Location("Load", "0", ("widgets_values", 0))),
        ("Load", "1", "new.pt", "loras", at(50, 1)),
    ]
    assert rows[0].copies == (at(50),)


KEYS = [
    "id",
    "type",
    "nodes",
    "inputs",
    "links",
    "link",
    "widget",
    "name",
    "mode",
    "origin_id",
    "widgets_values",
    "properties",
    "on",
    "title",
    "proxyWidgets",
    "definitions",
    "subgraphs",
    "extra",
    "groupNodes",
    "models",
    "class_type",
    "_meta",
    "widgets_values_named",
]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-20, 5) | st.sampled_from(["a.pt", "S", "1", "text"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6)
    ),
    max_leaves=40,
)


@settings(max_examples=150, deadline=None)
@given(JSON, JSON, JSON)
def test_no_shape_of_json_breaks_the_reading(nodes: Any, subgraphs: Any, links: Any) -> None:
    row = {"id": 1, "type": "S", "inputs": nodes, "widgets_values": links, "properties": nodes}
    document = {
        "nodes": nodes if isinstance(nodes, list) else [row],
        "links": links,
        "definitions": {"subgraphs": [{"id": "S", "nodes": [row], "inputs": subgraphs}, subgraphs]},
        "extra": subgraphs,
    }
    references(read_workflow(document), LOADERS)
    references(read_workflow({"1": {"class_type": "S", "inputs": nodes}, "2": links}), LOADERS)
