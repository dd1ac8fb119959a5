from __future__ import annotations

import copy
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.patches import Change, Difference
from model_keeper.domain.references import Location, Reference, ReferenceKind
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.patch import changes_for, differences, patched
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.references import references

OLD, NEW = "sub\\a.safetensors", "other/a.safetensors"


def node(values: Any, node_id: Any = 7, **more: Any) -> dict[str, Any]:
    return {"id": node_id, "type": "LoraLoader", "widgets_values": values, **more}


def at(*path: str | int, scope: str = "", node_id: str = "7") -> Location:
    return Location(scope, node_id, ("widgets_values", *path))


def change(*path: str | int, old: str = OLD, new: str = NEW, **more: Any) -> Change:
    place = {key: more.pop(key) for key in ("scope", "node_id") if key in more}
    return Change(at(*path, **place), old, new, **more)


@pytest.mark.parametrize(
    ("values", "path"),
    [
        ([OLD, 1.0], (0,)),
        ({"lora_name": OLD, "strength": 1.0}, ("lora_name",)),
        ([None, {"on": True, "lora": OLD}], (1, "lora")),
        ([[{"name": "b", "active": True}, {"name": OLD}]], (0, 1, "name")),
    ],
)
def test_only_the_value_at_the_place_changes(values: Any, path: tuple[str | int, ...]) -> None:
    document = {"nodes": [node([OLD], 6), node(values)], "version": 0.4}
    before = copy.deepcopy(document)
    after = patched(document, [change(*path)])
    assert document == before
    expected: Any = before["nodes"][1]["widgets_values"]  # type: ignore[index]
    for key in path[:-1]:
        expected = expected[key]
    expected[path[-1]] = NEW
    assert after == before


def test_the_api_format_is_patched_too() -> None:
    document = {"prompt": {"57:46": {"class_type": "L", "inputs": {"lora_name": OLD, "s": 1}}}}
    place = Location("", "57:46", ("inputs", "lora_name"))
    after = patched(document, [Change(place, OLD, NEW)])
    assert after["prompt"]["57:46"]["inputs"] == {"lora_name": NEW, "s": 1}


def test_nested_subgraphs_and_instances_change_together() -> None:
    inner = {"id": "in", "nodes": [node([OLD])]}
    outer = {
        "id": "out",
        "nodes": [{"id": 3, "type": "in", "widgets_values": [OLD]}],
        "definitions": {"subgraphs": [inner]},
    }
    document = {
        "nodes": [{"id": 1, "type": "out", "widgets_values": [OLD]}],
        "definitions": {"subgraphs": [outer]},
    }
    after = patched(
        document,
        [
            change(0, scope="in"),
            change(0, scope="out", node_id="3"),
            change(0, node_id="1"),
            change(0, node_id="1"),
        ],
    )
    assert repr(OLD) not in repr(after)
    assert repr(after) == repr(document).replace(repr(OLD), repr(NEW))


def test_a_group_node_is_told_by_its_index() -> None:
    group = {
        "nodes": [{"id": -1, "index": i, "type": "L", "widgets_values": [OLD]} for i in (0, 1)]
    }
    document = {"nodes": [{"id": 1, "type": "workflow>G"}], "extra": {"groupNodes": {"G": group}}}
    after = patched(document, [change(0, scope="G", node_id="1")])
    values = [row["widgets_values"] for row in after["extra"]["groupNodes"]["G"]["nodes"]]
    assert values == [[OLD], [NEW]]


TEXT = "a <lora:x:0.8> <LoRA: x :1:0.5> <lora:xy:1> embedding:x, (embedding:x:1.2) embedding:x.pt x"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (
            ReferenceKind.LORA_TAG,
            (
                "a <lora:z/x:0.8> <LoRA: z/x :1:0.5> <lora:xy:1> embedding:x, (embedding:x:1.2)"
                " embedding:x.pt x"
            ),
        ),
        (
            ReferenceKind.EMBEDDING,
            (
                "a <lora:x:0.8> <LoRA: x :1:0.5> <lora:xy:1> embedding:z/x, (embedding:z/x:1.2)"
                " embedding:x.pt x"
            ),
        ),
    ],
)
def test_names_in_a_text_are_whole_tokens(kind: ReferenceKind, expected: str) -> None:
    after = patched({"nodes": [node([TEXT])]}, [change(0, old="x", new="z/x", kind=kind)])
    assert after["nodes"][0]["widgets_values"] == [expected]


def test_without_a_kind_both_sorts_of_tokens_are_meant() -> None:
    lora, embedding = patched(
        {"nodes": [node(["<lora:x>", "embedding:y."])]},
        [change(0, old="x", new="b"), change(1, old="y", new="c")],
    )["nodes"][0]["widgets_values"]
    assert (lora, embedding) == ("<lora:b>", "embedding:c.")


def test_two_names_may_change_places() -> None:
    after = patched(
        {"nodes": [node(["<lora:a:1> <lora:b:1>"])]},
        [change(0, old="a", new="b"), change(0, old="b", new="a")],
    )
    assert after["nodes"][0]["widgets_values"] == ["<lora:b:1> <lora:a:1>"]


@pytest.mark.parametrize(
    "changes",
    [
        [change(0, old="sub/a.safetensors")],
        [change(1)],
        [change(5)],
        [change("name")],
        [change(0, node_id="8")],
        [change(0, scope="none")],
        [change(0), change(0, new="third")],
        [change(2, old="x", new="y", kind=ReferenceKind.LORA_TAG)],
        [change(2, old="a", new="b"), change(2, old="a", new="c")],
        [change(2, old="a", new="b"), change(2, old="missing", new="c")],
    ],
)
def test_a_place_that_says_something_else_is_refused(changes: list[Change]) -> None:
    with pytest.raises(KeeperError) as caught:
        patched({"nodes": [node([OLD, 1, "x <lora:a:1>"])]}, changes)
    assert caught.value.code == "workflow_changed"
    assert changes[0].old in caught.value.message


def declared(*names: str, **more: Any) -> dict[str, Any]:
    return {"properties": {"models": [{"name": name, "url": "u"} for name in names]}, **more}


def names_of(owner: dict[str, Any]) -> list[str]:
    return [row["name"] for row in owner["properties"]["models"]]


def test_entries_are_called_like_their_widget() -> None:
    document = {
        "nodes": [
            node([OLD], **declared("sub/a.safetensors", "a.safetensors", "b.safetensors")),
            node([OLD], 8, **declared("sub/a.safetensors")),
            node(["linked"], 9, **declared("sub/a.safetensors", "a.safetensors")),
            node(["a"], 10, **declared("a.safetensors")),
        ],
        "models": [{"name": "sub/a.safetensors"}, {"name": "a.safetensors"}],
    }
    first, second, third, fourth = patched(
        document, [change(0), change(0, old="a", new="z/a", node_id="10")]
    )["nodes"]
    assert names_of(first) == [NEW, NEW, "b.safetensors"]
    assert names_of(second) == ["sub/a.safetensors"]  # its own widget still says so
    assert names_of(third) == [NEW, "a.safetensors"]
    assert names_of(fourth) == ["z/a.safetensors"]


def test_what_the_workflow_declares_follows_the_last_widget() -> None:
    document = {
        "nodes": [node([OLD]), node([OLD], 8)],
        "models": [{"name": "sub/a.safetensors"}, {"name": "a.safetensors"}, 3],
    }
    half = patched(document, [change(0)])
    assert [row["name"] for row in half["models"][:2]] == ["sub/a.safetensors", "a.safetensors"]
    whole = patched(half, [change(0, node_id="8")])
    assert [row["name"] for row in whole["models"][:2]] == [NEW, "a.safetensors"]


def test_a_name_in_a_prompt_renames_no_entry() -> None:
    document = {"nodes": [node(["<lora:a:1>"], **declared("a.safetensors"))]}
    after = patched(document, [change(0, old="a", new="b", kind=ReferenceKind.LORA_TAG)])
    assert names_of(after["nodes"][0]) == ["a.safetensors"]


def test_a_reference_changes_with_the_copies_that_say_the_same() -> None:
    document = {"nodes": [node([OLD]), node([OLD], 8), node(["else"], 9)]}
    reference = Reference(
        "7",
        "LoraLoader",
        "lora_name",
        OLD,
        at(0),
        copies=(at(0, node_id="8"), at(0, node_id="9")),
    )
    changes = changes_for(document, reference, NEW)
    assert [c.location.node_id for c in changes] == ["7", "8"]
    assert differences(document, changes)[0] == Difference(
        "", "7", "LoraLoader", None, "lora_name", OLD, NEW
    )


def test_the_review_names_the_node_as_the_person_did() -> None:
    document = {"7": {"class_type": "L", "inputs": {"name": OLD}, "_meta": {"title": "My LoRA"}}}
    (row,) = differences(document, [Change(Location("", "7", ("inputs", "name")), OLD, NEW)])
    assert (row.title, row.widget, row.node_type) == ("My LoRA", "name", "L")


def test_what_the_reader_finds_can_be_patched() -> None:
    document = {
        "nodes": [
            {"id": 1, "type": "s", "widgets_values": ["m.ckpt"]},
            {"id": 2, "type": "CLIPTextEncode", "widgets_values": ["embedding:e.pt <lora:l:1>"]},
        ],
        "definitions": {
            "subgraphs": [
                {
                    "id": "s",
                    "nodes": [
                        {"id": 4, "type": "CheckpointLoaderSimple", "widgets_values": ["m.ckpt"]}
                    ],
                }
            ]
        },
    }
    found = references(read_workflow(document), LoaderTable.shipped())
    changes = [c for r in found for c in changes_for(document, r, f"new/{r.name}")]
    after = references(read_workflow(patched(document, changes)), LoaderTable.shipped())
    assert {r.name for r in found} >= {"m.ckpt", "e.pt"}
    assert [r.name for r in after] == [f"new/{r.name}" for r in found]
