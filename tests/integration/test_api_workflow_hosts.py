"""A workflow that names what is here in another way, over HTTP, on both hosts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.panels import PanelHost

VAE = safetensors(40_000, seed=1)
OTHER = safetensors(40_000, seed=2)
SUBGRAPH = "5f0d1c1e-0000-4000-8000-00000000000a"


@pytest.fixture(params=["standalone", "comfyui"])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PanelHost]:
    with (
        FakeHub() as hub,
        PanelHost(tmp_path, request.param, HF_ENDPOINT=hub.url) as made,
    ):
        (made.models / "vae" / "own.safetensors").write_bytes(VAE)
        yield made


def loader(number: int, value: str, kind: str = "VAELoader") -> dict[str, Any]:
    return {"id": number, "type": kind, "mode": 0, "widgets_values": [value], "properties": {}}


def nested() -> dict[str, Any]:
    """A loader in the root and one in a subgraph, both with the folder of another machine."""
    inner = {"id": SUBGRAPH, "name": "Sub", "nodes": [loader(1, "SDXL\\own.safetensors")]}
    nodes = [loader(1, "SDXL\\own.safetensors"), {"id": 2, "type": SUBGRAPH, "mode": 0}]
    return {"nodes": nodes, "links": [], "definitions": {"subgraphs": [inner]}}


def analyzed(host: PanelHost, workflow: dict[str, Any]) -> dict[str, dict[str, Any]]:
    found = host.post("workflows/analyze", {"workflow": workflow, "explore": False})
    return {row["name"]: row for row in found["items"]}


def test_what_is_here_in_another_folder_is_shown_before_it_is_relinked(host: PanelHost) -> None:
    row = analyzed(host, nested())["SDXL/own.safetensors"]
    assert (row["state"], row["url"]) == ("relink", None)
    relink = row["relink"]
    assert relink["path"] == str(host.models / "vae" / "own.safetensors")
    assert (relink["category"], relink["value"]) == ("vae", "own.safetensors")
    assert relink["evidence"][0]["code"] == "other_folder"
    places = [(place["scope"], place["node_id"], place["path"]) for place in row["places"]]
    assert places == [("", "1", ["widgets_values", 0]), (SUBGRAPH, "1", ["widgets_values", 0])]
    changes = [(change["scope"], change["old"], change["new"]) for change in relink["changes"]]
    assert changes == [
        ("", "SDXL\\own.safetensors", "own.safetensors"),
        (SUBGRAPH, "SDXL\\own.safetensors", "own.safetensors"),
    ]


def test_everything_certain_is_relinked_in_a_copy(host: PanelHost) -> None:
    before = nested()
    relinked = host.post("workflows/relink", {"workflow": before})
    document = relinked["workflow"]
    assert document["nodes"][0]["widgets_values"] == ["own.safetensors"]
    (inner,) = document["definitions"]["subgraphs"][0]["nodes"]
    assert inner["widgets_values"] == ["own.safetensors"]
    assert [row["scope"] for row in relinked["changes"]] == ["", SUBGRAPH]
    assert {row["state"] for row in analyzed(host, document).values()} == {"on_disk"}
    again = host.post("workflows/relink", {"workflow": document})
    assert again == {"workflow": document, "changes": []}


def test_what_was_shown_is_what_is_relinked(host: PanelHost) -> None:
    row = analyzed(host, nested())["SDXL/own.safetensors"]
    first = row["relink"]["changes"][0]
    asked = {key: first[key] for key in first if key not in {"node_type", "title"}}
    relinked = host.post("workflows/relink", {"workflow": nested(), "changes": [asked]})
    assert relinked["changes"] == [first]
    assert relinked["workflow"]["nodes"][0]["widgets_values"] == ["own.safetensors"]
    (inner,) = relinked["workflow"]["definitions"]["subgraphs"][0]["nodes"]
    assert inner["widgets_values"] == ["SDXL\\own.safetensors"]


def test_of_several_that_differ_a_person_chooses(host: PanelHost) -> None:
    for folder, content in (("a", VAE), ("b", OTHER)):
        place = host.models / "vae" / folder
        place.mkdir()
        (place / "twin.safetensors").write_bytes(content)
    workflow = {"nodes": [loader(1, "c/twin.safetensors")], "links": []}
    row = analyzed(host, workflow)["c/twin.safetensors"]
    assert (row["state"], row["relink"]) == ("choose", None)
    offers = {Path(offer["path"]).parent.name: offer for offer in row["candidates"]}
    assert set(offers) == {"a", "b"}
    assert {offer["source"] for offer in offers.values()} == {"disk"}
    assert host.post("workflows/relink", {"workflow": workflow})["changes"] == []
    (change,) = offers["b"]["changes"]
    assert (change["old"], change["new"]) == ("c/twin.safetensors", "b/twin.safetensors")


def test_resolving_tells_of_a_relink_too(host: PanelHost) -> None:
    found = host.post("workflows/resolve", {"workflow": nested(), "search": False})
    rows = [(row["scope"], row["status"], row["path"]) for row in found["references"]]
    path = str(host.models / "vae" / "own.safetensors")
    assert rows == [(None, "relink", path), (SUBGRAPH, "relink", path)]
    assert (found["summary"]["files"], found["summary"]["relink"]) == (1, 1)


def test_a_file_is_read_on_both_hosts(host: PanelHost) -> None:
    content = json.dumps(nested()).encode()
    headers = {"X-Model-Keeper": "1", "Content-Type": "application/octet-stream"}
    reply = host.ask("POST", "workflows/read", content, headers)
    assert (reply.status, reply.data["workflow"]) == (200, nested())
    reply = host.ask("POST", "workflows/read", b"\x89PNG\r\n\x1a\n", headers)
    assert (reply.status, reply.code) == (400, "workflow_not_embedded")


def test_nodes_that_are_not_installed_are_named_where_that_is_known(host: PanelHost) -> None:
    gone = {"Node name for S&R": "NotThere"}
    nodes = [{**loader(n, "x", "NotThere"), "properties": gone} for n in (1, 2)]
    workflow = {"nodes": [*nodes, loader(3, "own.safetensors")], "links": []}
    found = host.post("workflows/analyze", {"workflow": workflow, "explore": False})
    known = [{"node_type": "NotThere", "count": 2}] if host.kind == "comfyui" else []
    assert found["missing_nodes"] == known
