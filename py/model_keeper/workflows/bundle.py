"""Bundles: a workflow that carries what is known of its models, and is opened as any other.

Each node's ``properties.models`` gets the addresses, which ComfyUI reads; ``extra`` gets a
collection with everything else, which ComfyUI keeps.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from model_keeper.domain import collection_json
from model_keeper.domain.collections import CollectedModel, Collection
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import Location, ModelEntry
from model_keeper.workflows.graph import child, scopes

KEY = "modelKeeper"


@dataclass(frozen=True)
class BundledModel:
    """``model`` under the name that the workflow gives it, and the places that name it."""

    model: CollectedModel
    places: tuple[Location, ...] = ()


def bundled(
    document: Mapping[str, Any], models: Sequence[BundledModel], head: Collection
) -> dict[str, Any]:
    """A copy of a workflow in UI format that carries ``models``; what it said itself stays."""
    carrying = copy.deepcopy(dict(document))
    nodes = {
        (scope.id, scope.node_id(node)): node for scope in scopes(carrying) for node in scope.nodes
    }
    for each in models:
        row = _row(each.model)
        for place in dict.fromkeys((place.scope, place.node_id) for place in each.places):
            node = nodes.get(place)
            if node is not None and row is not None:
                _declare(node, row)
    said = collection_json.head_json(head)
    said["models"] = [collection_json.model_json(each.model) for each in models]
    carrying["extra"] = {**child(carrying, "extra"), KEY: said}
    return carrying


def bundled_models(document: Mapping[str, Any]) -> tuple[CollectedModel, ...]:
    """The models that a workflow carries; of what cannot be read, none."""
    said = child(child(document, "extra"), KEY)
    if not said:
        return ()
    try:
        return collection_json.from_json(said).collection.models
    except KeeperError:
        return ()


def bundled_entries(
    document: Mapping[str, Any], declared: Iterable[ModelEntry]
) -> Iterator[ModelEntry]:
    """What a bundle says beyond ``declared``, as entries of the workflow as a whole.

    Only of models that a node still names: somebody may have edited the workflow since.
    """
    models = bundled_models(document)
    if not models:
        return
    known = {(entry.category, PurePosixPath(entry.name).name) for entry in declared}
    spoken = [text.replace("\\", "/") for text in _texts(document)]
    for model in models:
        name = PurePosixPath(model.relative)
        if (model.category, name.name) in known:
            continue
        if any(name.stem in text for text in spoken):
            url = model.sources[0].url if model.sources else None
            yield ModelEntry(model.relative, url, model.category, model.sha256)


def _row(model: CollectedModel) -> dict[str, str] | None:
    """As ComfyUI has it; None where there is no address, without which it accepts no row."""
    if not model.sources:
        return None
    row = {"name": model.relative, "url": model.sources[0].url, "directory": model.category}
    if model.sha256 is not None:
        row |= {"hash": model.sha256, "hash_type": "SHA256"}
    return row


def _declare(node: Any, row: Mapping[str, str]) -> None:
    """Add a row, or complete the one that leads to the same file."""
    properties = node.get("properties")
    if not isinstance(properties, dict):
        properties = node["properties"] = {}
    rows = properties.get("models")
    if not isinstance(rows, list):
        rows = properties["models"] = []
    for present in rows:
        if isinstance(present, dict) and _same_name(present.get("name"), row["name"]):
            if present.get("url") in {None, "", row["url"]}:
                present |= {key: each for key, each in row.items() if not present.get(key)}
            return
    rows.append(dict(row))


def _same_name(name: Any, other: str) -> bool:
    if not isinstance(name, str):
        return False
    return PurePosixPath(name.replace("\\", "/")).name == PurePosixPath(other).name


def _texts(document: Mapping[str, Any]) -> Iterator[str]:
    """Every text among the values of all nodes."""
    waiting: list[Any] = [
        node.get(key)
        for scope in scopes(document)
        for node in scope.nodes
        for key in ("widgets_values", "inputs")
    ]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            yield value
        elif isinstance(value, Mapping):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
