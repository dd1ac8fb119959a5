from __future__ import annotations

from typing import Any

import pytest

from model_keeper.domain.references import ModelEntry
from model_keeper.workflows.declared import declared_models

URL = "https://hub.example/ae.safetensors"
SHA256 = "0123456789abcdef" * 4


def row(name: Any = "ae.safetensors", **more: Any) -> dict[str, Any]:
    return {"name": name, "url": URL, "directory": "vae", **more}


def node(*rows: Any, **more: Any) -> dict[str, Any]:
    return {"id": 7, "type": "VAELoader", "properties": {"models": list(rows)}, **more}


def test_an_entry_says_what_its_node_says_and_where_it_stands() -> None:
    assert declared_models({"nodes": [node(row())]}) == (
        ModelEntry("ae.safetensors", URL, "vae", None, "7", "VAELoader", "", active=True),
    )


def test_an_entry_of_the_workflow_as_a_whole_has_no_node() -> None:
    assert declared_models({"nodes": [], "models": [row()]}) == (
        ModelEntry("ae.safetensors", URL, "vae"),
    )


def test_an_entry_in_a_subgraph_names_its_scope() -> None:
    document = {
        "nodes": [{"id": 1, "type": "sub"}],
        "definitions": {"subgraphs": [{"id": "sub", "nodes": [node(row())]}]},
    }
    (entry,) = declared_models(document)
    assert (entry.scope, entry.node_id, entry.active) == ("sub", "7", True)


@pytest.mark.parametrize("mode", [2, 4])
def test_muted_and_bypassed_nodes_are_not_active(mode: int) -> None:
    (entry,) = declared_models({"nodes": [node(row(), mode=mode)]})
    assert not entry.active


def test_a_name_that_a_muted_and_a_running_node_need_is_needed() -> None:
    (entry,) = declared_models({"nodes": [node(row(), mode=2), node(row(), id=8)]})
    assert (entry.active, entry.node_id) == (True, "8")


def test_separators_of_windows_are_read() -> None:
    (entry,) = declared_models({"nodes": [node(row("flux\\style\\a.safetensors"))]})
    assert entry.name == "flux/style/a.safetensors"


@pytest.mark.parametrize(
    ("more", "sha256"),
    [
        ({"hash": SHA256, "hash_type": "SHA256"}, SHA256),
        ({"hash": SHA256.upper(), "hash_type": "sha256"}, SHA256),
        ({"hash": SHA256, "hash_type": "SHA-256"}, SHA256),
        ({"hash": SHA256, "hash_type": "BLAKE3"}, None),
        ({"hash": SHA256}, None),
        ({"hash": SHA256[:10], "hash_type": "SHA256"}, None),
        ({"hash": "z" * 64, "hash_type": "SHA256"}, None),
        ({"hash": 5, "hash_type": "SHA256"}, None),
        ({"hash": None, "hash_type": None}, None),
    ],
)
def test_only_a_whole_sha256_that_says_so_is_one(more: dict[str, Any], sha256: str | None) -> None:
    (entry,) = declared_models({"nodes": [node(row(**more))]})
    assert entry.sha256 == sha256


def test_a_row_with_only_a_name_is_still_a_need() -> None:
    assert declared_models({"nodes": [], "models": [{"name": "a.pt", "url": 5}]}) == (
        ModelEntry("a.pt"),
    )


def test_what_names_nothing_is_passed_over() -> None:
    rows = [None, "x", {}, row(None), row(" "), row(5)]
    odd = [{"properties": None}, {"properties": []}, {"properties": {"models": {"name": "x"}}}]
    assert declared_models({"nodes": [node(*rows), *odd], "models": "x"}) == ()
