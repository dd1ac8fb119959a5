"""Changes of models on both hosts, and the workflows that name them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.testing.model_files import safetensors
from tests.integration.panels import PanelHost


@pytest.fixture(params=["standalone", "comfyui"])
def host(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[PanelHost]:
    model = tmp_path / "models/loras/car.safetensors"
    model.parent.mkdir(parents=True)
    model.write_bytes(safetensors(2_000, seed=1))
    os.utime(model, (1_600_000_000, 1_600_000_000))
    folders = {"MODEL_KEEPER_WORKFLOWS_DIR": str(workflows(tmp_path, request.param))}
    with PanelHost(
        tmp_path, request.param, **(folders if request.param == "standalone" else {})
    ) as made:
        yield made


def workflows(folder: Path, kind: str) -> Path:
    path = folder / ("user/default/workflows" if kind == "comfyui" else "my workflows")
    path.mkdir(parents=True, exist_ok=True)
    return path


def post(host: PanelHost, path: str, body: Any = None) -> Any:
    reply = host.ask("POST", path, {} if body is None else body)
    assert reply.status in {200, 202}, reply
    return reply.data


def named(path: Path) -> str:
    return str(json.loads(path.read_text())["nodes"][0]["widgets_values"][0])


def test_a_moved_model_is_named_anew_in_stored_workflows_and_the_way_back_is_offered(
    host: PanelHost,
) -> None:
    stored = workflows(host.folder, host.kind) / "poster.json"
    nodes = [{"id": 1, "type": "LoraLoader", "widgets_values": ["car.safetensors", 1, 1]}]
    stored.write_text(json.dumps({"nodes": nodes, "links": [], "version": 0.4}))
    scan = post(host, "library/scan")["job"]["id"]
    assert host.job_in(scan, "succeeded", "failed")["state"] == "succeeded"
    [model] = host.get("library?q=car")["items"]

    moved = post(host, f"library/{model['id']}/move", {"folder": "auto"})

    [naming] = moved["workflows"]
    assert (naming["path"], naming["references"], naming["can_patch"]) == (str(stored), 1, True)
    [place] = naming["places"]
    assert (place["node_type"], place["old"]) == ("LoraLoader", "car.safetensors")
    assert named(stored) == "car.safetensors"
    change = moved["change"]["id"]
    patch = {"change": change, "paths": [str(stored), "/etc/passwd"]}
    done, refused = post(host, "library/workflows/patch", patch)["results"]
    assert named(stored) == place["new"]
    assert place["new"].replace("\\", "/") == "auto/car.safetensors"
    assert "car.safetensors" in Path(done["backup"]).read_text()
    assert refused["error"]["code"] == "workflow_not_naming"

    undone = post(host, f"library/changes/{change}/undo")
    assert [row["path"] for row in undone["workflows"]] == [str(stored)]
    back = {"change": undone["change"]["id"], "paths": [str(stored)]}
    assert post(host, "library/workflows/patch", back)["results"][0]["error"] is None
    assert named(stored) == "car.safetensors"

    thrown = post(host, f"library/{model['id']}/trash")
    assert [row["can_patch"] for row in thrown["workflows"]] == [False]
