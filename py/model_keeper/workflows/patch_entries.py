"""Keeping ``properties.models`` in step with the widgets: ComfyUI compares the two names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from model_keeper.domain.patches import Change
from model_keeper.domain.references import Location
from model_keeper.workflows.json_text import JsonPath

Node = Mapping[str, Any]
Texts = Mapping[Location, str]


def renamed_entries(node: Node, changes: Sequence[Change], texts: Texts) -> dict[JsonPath, str]:
    """The new names of a node's entries, by their path within the node.

    ``texts`` are the node's values that change. An entry stays where a widget still says its name.
    """
    spoken = {_folded(text) for text in _spoken(node, texts)}
    found: dict[JsonPath, str] = {}
    for path, name in _entry_names(node.get("properties"), ("properties",)):
        for change in changes:
            new = _new_name(name, change, is_own=change.location in texts)
            if new is not None and _folded(name) not in spoken:
                found[path] = new
                break
    return found


def renamed_root_entries(
    graph: Node, nodes: Iterable[Node], changes: Sequence[Change], texts: Mapping[int, Texts]
) -> dict[JsonPath, str]:
    """The same for what the workflow as a whole declares. ``texts`` by the ``id()`` of the node."""
    names = list(_entry_names(graph, ()))
    if not names:
        return {}
    spoken = {_folded(text) for node in nodes for text in _spoken(node, texts.get(id(node), {}))}
    found: dict[JsonPath, str] = {}
    for path, name in names:
        new = next((new for c in changes if (new := _new_name(name, c, is_own=False))), None)
        if new is not None and _folded(name) not in spoken:
            found[path] = new
    return found


def _new_name(name: str, change: Change, *, is_own: bool) -> str | None:
    """What an entry has to be called after ``change``; None where it is about another file.

    Entries of the changed node itself may lack the folder, or have the extension that it lacks.
    """
    old, given = PurePosixPath(_folded(change.old)), PurePosixPath(_folded(name))
    if given == old or (is_own and given.name == old.name):
        return change.new
    if is_own and given.stem == old.name:
        return change.new + given.suffix
    return None


def _entry_names(owner: Any, place: JsonPath) -> Iterator[tuple[JsonPath, str]]:
    rows = owner.get("models") if isinstance(owner, Mapping) else None
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        name = row.get("name") if isinstance(row, Mapping) else None
        if isinstance(name, str):
            yield (*place, "models", index, "name"), name


def _spoken(node: Node, texts: Texts) -> Iterator[str]:
    """Every text among the node's values, as it is after the changes."""
    after = {place.path: text for place, text in texts.items()}
    waiting: list[tuple[JsonPath, Any]] = [
        ((key,), node.get(key)) for key in ("widgets_values", "inputs")
    ]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, str):
            yield after.get(path, value)
        elif isinstance(value, Mapping):
            waiting += [((*path, key), item) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, index), item) for index, item in enumerate(value)]


def _folded(name: str) -> str:
    return name.strip().replace("\\", "/")
