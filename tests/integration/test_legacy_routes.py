"""Every route of the upstream panel on both hosts, replayed from the vectors."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.legacy_panel import LegacyPanel, differences, filled
from tests.integration.panels import PanelHost

VECTORS = json.loads(Path(__file__).with_name("legacy_vectors.json").read_text(encoding="utf-8"))
PNG = b"\x89PNG\r\n\x1a\n" + b"p" * 100
_WHEN_NS = 1_700_000_000_123_000_000


def furnish(models: Path) -> None:
    """The model files that the vectors speak of."""
    contents = {
        "styles/ink #1.safetensors": safetensors(20_000, metadata={"modelspec.title": "Ink"}),
        "styles/ink #1.md": b"# Ink\n",
        "styles/ink #1.preview.png": PNG,
        "moving.safetensors": safetensors(20_000, seed=2),
        "moving.mp4": b"\0\0\0\x18ftypmp42",
        "plain.pt": b"even",
    }
    (models / "loras" / "empty").mkdir(parents=True)
    for name, content in contents.items():
        path = models / "loras" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, ns=(_WHEN_NS, _WHEN_NS))


def replay(panel: LegacyPanel, vector: Any, values: dict[str, Any]) -> list[str]:
    """What of the answer is not as it should be."""
    vector = filled(vector, values)
    method, path = vector["send"]
    answer = panel.send(method, path, json_body=vector.get("json"), form=vector.get("form"))
    if "error" in vector:
        return [] if vector["error"] in answer.error else [answer.error]
    if "holds" in vector:
        named = {key: answer.data[key] for key in vector["holds"]}
        return differences(named, vector["holds"])
    if isinstance(answer.data, dict) and "taskId" in answer.data:
        values["task"] = answer.data["taskId"]
    return differences(answer.data, vector["data"])


@pytest.mark.parametrize("kind", ["standalone", "comfyui"])
def test_the_vectors(tmp_path: Path, kind: str) -> None:
    models = tmp_path / "models"
    furnish(models)
    with Origin() as origin, PanelHost(tmp_path, kind) as host:
        values = {"models": models, "file": origin.add("held.safetensors", safetensors(60_000))}
        panel = LegacyPanel(host.url)
        wrong = {row["name"]: replay(panel, row, values) for row in VECTORS["requests"]}
        assert {name: rows for name, rows in wrong.items() if rows} == {}
