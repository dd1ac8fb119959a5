from __future__ import annotations

import json
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.workflows import reader
from model_keeper.workflows.reader import Workflow, WorkflowFormat, read_workflow

ROW = {"name": "ae.safetensors", "url": "https://hub.example/ae.safetensors", "directory": "vae"}
UI: dict[str, Any] = {
    "nodes": [{"id": 1, "type": "VAELoader", "properties": {"models": [ROW]}}],
    "links": [],
}
API = {"3:1": {"class_type": "VAELoader", "inputs": {"vae_name": "ae.safetensors"}}}


def refused(content: Any) -> KeeperError:
    with pytest.raises(KeeperError) as caught:
        read_workflow(content, source="w.json")
    assert caught.value.details["path"] == "w.json"
    return caught.value


@pytest.mark.parametrize(
    "content",
    [
        UI,
        json.dumps(UI),
        json.dumps(UI).encode(),
        "\ufeff" + json.dumps(UI),
        b"\xef\xbb\xbf" + json.dumps(UI).encode(),
        {"workflow": UI, "prompt": API},
        {"prompt": API, "extra_data": {"extra_pnginfo": {"workflow": UI}}},
    ],
)
def test_the_ui_format_is_found_however_it_comes(content: Any) -> None:
    workflow = read_workflow(content)
    assert (workflow.format, workflow.document) == (WorkflowFormat.UI, UI)
    assert [entry.name for entry in workflow.entries] == ["ae.safetensors"]
    assert [group.name for group in workflow.groups] == ["ae.safetensors"]


@pytest.mark.parametrize("content", [API, {"prompt": API}, {**API, "version": 1}])
def test_the_api_format_declares_nothing(content: Any) -> None:
    workflow = read_workflow(content)
    assert workflow.format is WorkflowFormat.API
    assert workflow.document["3:1"] == API["3:1"]
    assert workflow.entries == ()
    assert workflow.groups == ()


def test_a_canvas_without_nodes_needs_nothing() -> None:
    assert read_workflow({"nodes": []}) == Workflow(WorkflowFormat.UI, {"nodes": []})


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ('{"nodes": [\n{"id": 1,\n', "its line 3 is not valid JSON"),
        (b"\xff\xfe{}", "it is not text in UTF-8"),
        ("[" * 200_000, "it is nested too deeply"),
        ('{"nodes": ' + "[" * 200_000, "it is nested too deeply"),
    ],
)
def test_what_cannot_be_read_says_why(content: Any, why: str) -> None:
    error = refused(content)
    assert (error.code, error.details["why"]) == ("workflow_unreadable", why)
    assert error.message == f"w.json cannot be read as a workflow: {why}."


def test_a_huge_text_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_BYTES", 1 << 20)
    assert refused(" " * ((1 << 20) + 1)).details["why"] == "it is larger than 1 MB"
    assert refused(" " * (1 << 20)).code == "workflow_empty"


@pytest.mark.parametrize("content", ["", " \n", b"", "\ufeff", "{}", {}])
def test_an_empty_text_holds_no_workflow(content: Any) -> None:
    assert refused(content).code == "workflow_empty"


@pytest.mark.parametrize(
    "content", ["[]", "5", "null", '"text"', '{"a": 1}', '{"nodes": {}}', {"prompt": [API]}]
)
def test_other_json_is_no_workflow(content: Any) -> None:
    assert refused(content).code == "workflow_unknown_format"


def test_a_workflow_of_several_megabytes_is_read_whole() -> None:
    rows = [
        {**ROW, "name": f"m{n}.pt", "hash": f"{n:064x}", "hash_type": "SHA256"} for n in range(3000)
    ]
    same_name = [
        {**ROW, "url": f"https://hub.example/{n}", "hash": f"{n:064x}"} for n in range(3000)
    ]
    nodes = [{"id": n, "properties": {"models": [row]}} for n, row in enumerate(rows + same_name)]
    content = json.dumps({"nodes": nodes, "padding": "x" * (5 << 20)})
    assert len(content) > 5 << 20
    workflow = read_workflow(content)
    assert len(workflow.entries) == 6_000
    assert len(workflow.groups) == 3001
    assert workflow.groups[-1].is_choice
