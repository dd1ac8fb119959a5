from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import ModelEntry
from model_keeper.workflows import reader
from model_keeper.workflows.reader import Workflow, WorkflowFormat, read_workflow

COLLECTED = Path(__file__).resolve().parents[4] / "shared" / "data" / "workflows"

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
        {**ROW, "name": f"m{n}.pt", "hash": f"{n:064x}", "hash_type": "SHA256"} for n in range(9000)
    ]
    same_name = [
        {**ROW, "url": f"https://hub.example/{n}", "hash": f"{n:064x}"} for n in range(9000)
    ]
    nodes = [{"id": n, "properties": {"models": [row]}} for n, row in enumerate(rows + same_name)]
    content = json.dumps({"nodes": nodes, "padding": "x" * (2 << 20)})
    assert len(content) > 5 << 20
    workflow = read_workflow(content)
    assert len(workflow.entries) == 18_000
    assert len(workflow.groups) == 9001
    assert workflow.groups[-1].is_choice


def rows_of(value: Any) -> Iterator[dict[str, Any]]:
    """Every row of any ``properties.models`` in ``value``, found without knowing its format."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            properties = each.get("properties")
            models = properties.get("models") if isinstance(properties, dict) else None
            yield from models if isinstance(models, list) else ()
            waiting.extend(each.values())
        elif isinstance(each, list):
            waiting.extend(each)


def declared(text: str) -> tuple[ModelEntry, ...]:
    try:
        return read_workflow(text).entries
    except KeeperError as error:
        if error.code != "workflow_unknown_format":
            raise
        return ()


def missed(files: list[Path]) -> tuple[int, list[str]]:
    """How many rows the files hold, and those that the reader does not give back."""
    count, lost = 0, []
    for file in files:
        text = file.read_text(encoding="utf-8-sig")
        found = {
            (entry.name, entry.address, entry.directory, entry.sha256) for entry in declared(text)
        }
        for row in rows_of(json.loads(text)):
            count += 1
            sha256 = row["hash"].lower() if row.get("hash_type") == "SHA256" else None
            name, address = row["name"].replace("\\", "/"), row["url"].replace("?download=true", "")
            hashes = {entry[3] for entry in found if entry[:3] == (name, address, row["directory"])}
            if not hashes or (sha256 and sha256 not in hashes):
                lost.append(f"{file.name}: {row}")
    return count, lost


def test_every_declared_model_of_the_official_templates_is_found() -> None:
    spec = importlib.util.find_spec("comfyui_workflow_templates_json")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("comfyui-workflow-templates-json is not installed")
    files = sorted(Path(spec.submodule_search_locations[0]).rglob("*.json"))
    count, lost = missed(files)
    assert lost == []
    assert count > 1000


@pytest.mark.skipif(not COLLECTED.is_dir(), reason="the collected workflows are not here")
def test_every_declared_model_of_the_collected_workflows_is_found() -> None:
    count, lost = missed(sorted((COLLECTED / "community").rglob("*.json")))
    assert lost == []
    assert count > 50
