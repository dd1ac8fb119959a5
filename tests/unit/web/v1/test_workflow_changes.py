"""What using a file that is here changes in a workflow."""

from __future__ import annotations

from typing import Any

import pytest

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.findings import Finding, Status, WantedFile
from model_keeper.domain.references import Location, Reference, ReferenceKind
from model_keeper.engine.resolving.changes import certain_changes, changes_to
from model_keeper.web.v1.workflow_changes import change_views

PATH = ("widgets_values", 0)
HERE = Candidate(
    Source.DISK,
    "film/grain.safetensors",
    95,
    path="/models/loras/film/grain.safetensors",
    category="loras",
    facts={"value": "film/grain.safetensors"},
)


def reference(node: int, value: str, kind: ReferenceKind = ReferenceKind.FILE) -> Reference:
    place = Location("", str(node), PATH)
    return Reference(str(node), "Loader", "lora_name", value, place, "loras", kind=kind)


def document(**values: str) -> dict[str, Any]:
    """Nodes by their number, each with one value."""
    nodes = [
        {"id": int(name[1:]), "type": "Loader", "title": f"Mine {name}", "widgets_values": [text]}
        for name, text in values.items()
    ]
    return {"nodes": nodes, "links": []}


def finding(
    *references: Reference,
    status: Status = Status.RELINK,
    candidate: Candidate = HERE,
    category: str | None = "loras",
) -> Finding:
    file = WantedFile(Wanted(references[0].name, category), references, required=True)
    return Finding(file, status, (candidate,))


def test_each_place_keeps_its_way_of_writing() -> None:
    found = finding(
        reference(1, "SDXL\\grain.safetensors"),
        reference(2, "grain", ReferenceKind.STEM),
        reference(3, "grain", ReferenceKind.LORA_TAG),
    )
    open_workflow = document(n1="SDXL\\grain.safetensors", n2="grain", n3="a <lora:grain:1>")
    changes = changes_to(open_workflow, found, HERE)
    assert [(change.old, change.new) for change in changes] == [
        ("SDXL\\grain.safetensors", "film/grain.safetensors"),
        ("grain", "film/grain"),
        ("grain", "film/grain"),
    ]
    shown = change_views(open_workflow, changes)
    assert [(row.node_id, row.node_type, row.title, row.widget) for row in shown] == [
        ("1", "Loader", "Mine n1", "lora_name"),
        ("2", "Loader", "Mine n2", "lora_name"),
        ("3", "Loader", "Mine n3", "lora_name"),
    ]
    assert [row.kind for row in shown] == [None, None, ReferenceKind.LORA_TAG]


def test_a_place_that_is_right_already_is_left_alone() -> None:
    found = finding(reference(1, "grain.safetensors"), reference(2, "film/grain.safetensors"))
    open_workflow = document(n1="grain.safetensors", n2="film/grain.safetensors")
    assert [change.location.node_id for change in changes_to(open_workflow, found, HERE)] == ["1"]


@pytest.mark.parametrize(
    "found",
    [
        finding(reference(1, "grain.safetensors"), status=Status.ON_DISK),
        finding(reference(1, "grain.safetensors"), category="vae"),
    ],
    ids=["it is found as it is", "this loader does not look there"],
)
def test_nothing_changes_where(found: Finding) -> None:
    assert changes_to(document(n1="grain.safetensors"), found, HERE) == ()


def test_what_is_not_here_changes_nothing() -> None:
    far = Candidate(Source.CIVITAI, "x.safetensors", 95, url="https://civitai.com/x")
    found = finding(reference(1, "grain.safetensors"), candidate=far, status=Status.CHOOSE)
    assert changes_to(document(n1="grain.safetensors"), found, far) == ()
    assert changes_to({}, finding(reference(1, "grain.safetensors")), HERE) == ()
    assert change_views({}, ()) == ()


def test_only_relinks_are_certain() -> None:
    one, two = reference(1, "grain.safetensors"), reference(2, "b.safetensors")
    open_workflow = document(n1="grain.safetensors", n2="b.safetensors")
    choice = finding(two, status=Status.CHOOSE)
    changes = certain_changes(open_workflow, [finding(one), choice])
    assert [change.location.node_id for change in changes] == ["1"]
    assert [change.new for change in changes_to(open_workflow, choice, HERE)] == [
        "film/grain.safetensors"
    ]
