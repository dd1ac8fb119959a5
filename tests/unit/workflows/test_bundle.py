"""Bundles: what a workflow carries is read again, and ComfyUI finds nothing strange in it."""

from __future__ import annotations

import copy
from typing import Any

from model_keeper.domain.collections import CollectedModel, Collection, ModelSource
from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.references import Location, ModelEntry
from model_keeper.workflows.bundle import KEY, BundledModel, bundled, bundled_models
from model_keeper.workflows.declared import declared_models

URL = "https://huggingface.co/o/r/resolve/main/style.safetensors"
SHA256 = "ab" * 32
STYLE = CollectedModel(
    "loras",
    "red/style.safetensors",
    3_000,
    KnownHashes({"sha256": SHA256}),
    (ModelSource(URL),),
)
HASH_ONLY = CollectedModel("vae", "ae.safetensors", hashes=KnownHashes({"sha256": "cd" * 32}))
HEAD = Collection(title="Mine")


def _node(number: int, value: str, **properties: Any) -> dict[str, Any]:
    return {
        "id": number,
        "type": "LoraLoader",
        "mode": 0,
        "properties": properties,
        "widgets_values": [value, 1.0],
    }


def _document(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"nodes": [*nodes], "links": [], "version": 0.4, **more}


def _at(number: int, scope: str = "") -> Location:
    return Location(scope, str(number), ("widgets_values", 0))


def test_the_node_declares_the_address_and_the_hash() -> None:
    document = _document(_node(1, "red/style.safetensors"))
    carrying = bundled(document, [BundledModel(STYLE, (_at(1), _at(1)))], HEAD)
    assert carrying["nodes"][0]["properties"]["models"] == [
        {
            "name": "red/style.safetensors",
            "url": URL,
            "directory": "loras",
            "hash": SHA256,
            "hash_type": "SHA256",
        }
    ]
    assert bundled_models(carrying) == (STYLE,)
    [entry] = declared_models(carrying)
    assert (entry.url, entry.category, entry.sha256) == (URL, "loras", SHA256)
    assert entry.node_id == "1", "a muted node's model must not become one that is required"


def test_the_workflow_itself_is_left_as_it_is() -> None:
    extra = {"ds": {"scale": 1}, KEY: {"old": True}}
    document = _document(_node(1, "red/style.safetensors"), extra=extra)
    before = copy.deepcopy(document)
    carrying = bundled(document, [BundledModel(STYLE, (_at(1),))], HEAD)
    assert document == before
    assert carrying["extra"]["ds"] == {"scale": 1}
    assert carrying["extra"][KEY]["title"] == "Mine"


def test_what_the_author_declared_stays_and_is_completed() -> None:
    own = {"name": "style.safetensors", "url": URL}
    other = {"name": "style.safetensors", "url": "https://example.org/style.safetensors"}
    document = _document(_node(1, "style.safetensors", models=[own]), _node(2, "x", models=[other]))
    places = (_at(1), _at(2), _at(3))
    first, second = bundled(document, [BundledModel(STYLE, places)], HEAD)["nodes"]
    assert first["properties"]["models"] == [
        {**own, "directory": "loras", "hash": SHA256, "hash_type": "SHA256"}
    ]
    assert second["properties"]["models"] == [other], "another source may be another content"


def test_a_model_without_an_address_is_known_by_its_hash() -> None:
    document = _document(_node(1, "ae.safetensors"))
    carrying = bundled(document, [BundledModel(HASH_ONLY, (_at(1),))], HEAD)
    assert "models" not in carrying["nodes"][0]["properties"], "ComfyUI wants an address"
    assert declared_models(carrying) == (
        ModelEntry("ae.safetensors", None, "vae", HASH_ONLY.sha256),
    )


def test_what_no_node_names_any_more_is_not_wanted() -> None:
    document = _document(_node(1, "ae.safetensors"))
    carrying = bundled(document, [BundledModel(HASH_ONLY, (_at(1),))], HEAD)
    carrying["nodes"][0]["widgets_values"] = ["other.safetensors", 1.0]
    assert declared_models(carrying) == ()


def test_a_name_within_a_text_is_still_wanted() -> None:
    document = _document(_node(1, "a carrot <lora:style:0.8>"))
    carrying = bundled(document, [BundledModel(STYLE, (Location("", "9", ()),))], HEAD)
    [entry] = declared_models(carrying)
    assert (entry.name, entry.node_id) == ("red/style.safetensors", None)


def test_nodes_inside_subgraphs_declare_too() -> None:
    inner = {"id": "sub", "nodes": [_node(7, "red/style.safetensors")], "links": []}
    instance = {**_node(1, "red/style.safetensors"), "type": "sub"}
    document = _document(instance, definitions={"subgraphs": [inner]})
    carrying = bundled(document, [BundledModel(STYLE, (_at(7, "sub"), _at(1)))], HEAD)
    [subgraph] = carrying["definitions"]["subgraphs"]
    assert subgraph["nodes"][0]["properties"]["models"][0]["url"] == URL
    assert carrying["nodes"][0]["properties"]["models"][0]["url"] == URL


def test_a_damaged_bundle_is_a_workflow_all_the_same() -> None:
    for rubbish in ("text", [1], {"format": "other"}, {"models": None}):
        document = _document(_node(1, "ae.safetensors"), extra={KEY: rubbish})
        assert declared_models(document) == ()


def test_nodes_with_strange_properties_are_mended() -> None:
    document = _document({**_node(1, "red/style.safetensors"), "properties": None})
    [node] = bundled(document, [BundledModel(STYLE, (_at(1),))], HEAD)["nodes"]
    assert node["properties"]["models"][0]["url"] == URL
