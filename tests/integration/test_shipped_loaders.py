"""The shipped loader table is current, and it holds for workflows of many authors."""

from __future__ import annotations

import json
from typing import Any

import pytest
from scripts import loader_table

from model_keeper.domain.references import Location
from model_keeper.workflows.definitions import live_loaders
from model_keeper.workflows.graph import scopes
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.reader import read_workflow
from model_keeper.workflows.references import references
from tests.bench import references as bench

CORE = bench.CHECKOUT / "tests" / "unit" / "workflows" / "core_definitions.json"
DATA = bench.CHECKOUT / bench.COLLECTED / "comfyui"
COLLECTED = bench.CHECKOUT / bench.COLLECTED / "workflows"

collected = pytest.mark.skipif(
    not COLLECTED.is_dir(), reason=f"the collected workflows are not in {COLLECTED}"
)


def test_what_is_shipped_is_what_comfyuis_definitions_say() -> None:
    """Run ``python scripts/loader_table.py tests/unit/workflows/core_definitions.json``."""
    text = loader_table.TABLE.read_text(encoding="utf-8")
    definitions = json.loads(CORE.read_text(encoding="utf-8"))
    assert loader_table.updated(text, definitions) == text


def test_a_changed_definition_changes_the_table() -> None:
    text = loader_table.TABLE.read_text(encoding="utf-8")
    definitions = json.loads(CORE.read_text(encoding="utf-8"))
    spec = definitions["object_info"]["VAELoader"]["input"]["required"].pop("vae_name")
    definitions["object_info"]["VAELoader"] = {"input": {"required": {"renamed": spec}}}
    updated = LoaderTable.parsed(loader_table.updated(text, definitions), source="table")
    assert updated.loader("VAELoader").inputs == {"renamed": "vae"}
    assert updated.loader("RIFE VFI").fetches


@collected
def test_the_collected_workflows_are_read_right() -> None:
    truth = json.loads((COLLECTED / "groundtruth.json").read_text(encoding="utf-8"))
    score = bench.scored(truth, COLLECTED, LoaderTable.shipped())
    assert (score.misses, score.false) == ([], [])
    assert score.wanted > 250
    assert score.category_accuracy == 1.0


@collected
def test_every_model_that_the_official_templates_declare_is_referred_to() -> None:
    templates = sorted((COLLECTED / "templates").glob("*.json"))
    assert len(templates) > 300
    assert bench.unmatched_declarations(templates, LoaderTable.shipped()) == []


@collected
def test_every_collected_workflow_is_read() -> None:
    files = sorted((COLLECTED / "community").rglob("*/*.json"))
    rows = list(bench.readable(files, LoaderTable.shipped()))
    assert len(rows) > 250
    assert [(file.name, why) for file, _, why in rows if why] == []


def value_at(nodes: dict[tuple[str, str], Any], place: Location) -> Any:
    value = nodes[place.scope, place.node_id]
    for step in place.path:
        value = value[step]
    return value


@collected
def test_every_location_leads_to_its_value() -> None:
    """And every copy does, but for a loader's own value that another one stands in for."""
    loaders, count = LoaderTable.shipped(), 0
    for file in sorted(
        [*COLLECTED.glob("templates/*.json"), *COLLECTED.glob("community/*/*.json")]
    ):
        workflow = read_workflow(file.read_bytes())
        nodes: dict[tuple[str, str], Any] = {("", k): v for k, v in workflow.document.items()}
        for scope in scopes(workflow.document):
            nodes |= {(scope.id, scope.node_id(node)): node for node in scope.nodes}
        for reference in references(workflow, loaders):
            for place in (reference.location, *reference.copies):
                assert reference.value in value_at(nodes, place), (file.name, reference)
                count += 1
    assert count > 1500


@pytest.mark.skipif(not DATA.is_dir(), reason=f"the collected definitions are not in {DATA}")
def test_real_definitions_agree_with_what_is_shipped() -> None:
    """With no folder known, every list of model files is told by the shipped table."""
    shipped = LoaderTable.shipped()
    agreed = 0
    for file in sorted(DATA.glob("*object_info*.json")):
        live = live_loaders(json.loads(file.read_text(encoding="utf-8")), {}, shipped)
        for kind, loader in live.nodes.items():
            for name, category in loader.inputs.items():
                assert shipped.category(kind, name) == category
                agreed += 1
    assert agreed >= 7
