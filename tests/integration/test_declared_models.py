"""Every model that real workflows declare is read from them."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import ModelEntry
from model_keeper.workflows.reader import read_workflow

COLLECTED = Path(__file__).resolve().parents[3] / "shared" / "data" / "workflows"


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
