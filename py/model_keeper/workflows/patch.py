"""Patching: other model names at some places of a workflow, and nothing else of it changed."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.patches import IN_TEXTS, Change, Difference
from model_keeper.domain.references import Location, Reference
from model_keeper.workflows.graph import scopes
from model_keeper.workflows.json_text import JsonPath, with_strings
from model_keeper.workflows.patch_entries import renamed_entries, renamed_root_entries
from model_keeper.workflows.patch_values import value_after
from model_keeper.workflows.reader import Workflow, WorkflowFormat, read_workflow

_Node = Mapping[str, Any]
_Nodes = dict[tuple[str, str], list[_Node]]


def changes_for(document: Mapping[str, Any], reference: Reference, new: str) -> tuple[Change, ...]:
    """The changes that let ``reference`` say ``new``, its copies included.

    A copy that says something else is left alone: what runs is said in another place.
    """
    nodes = _nodes(read_workflow(document))
    kind = reference.kind if reference.kind in IN_TEXTS else None
    own = Change(reference.location, reference.value, new, kind, reference.widget)
    copies = [Change(place, own.old, new, kind, own.widget) for place in reference.copies]
    saying = [change for change in copies if _holders(nodes, change.location, (change,))]
    return tuple(dict.fromkeys((own, *saying)))


def patched(document: Mapping[str, Any], changes: Sequence[Change]) -> dict[str, Any]:
    """A copy of ``document``, in either format and however wrapped, with all ``changes``.

    Entries of ``properties.models`` keep the name of their widget. Raises KeeperError
    workflow_changed where a place does not say ``old`` (nothing is changed then), and as reading.
    """
    result: dict[str, Any] = copy.deepcopy(dict(document))
    for path, new in _edits(result, changes).items():
        _at(result, path[:-1])[path[-1]] = new
    return result


def patched_text(text: str, changes: Sequence[Change], *, source: str = "The given text") -> str:
    """The same for the text of a document: its other characters stay, numbers and all.

    ``source`` names it in errors.
    """
    read_workflow(text, source=source)
    return with_strings(text, _edits(json.loads(text), changes))


def differences(document: Mapping[str, Any], changes: Sequence[Change]) -> tuple[Difference, ...]:
    """What ``changes`` do, each once, for review before anything is written."""
    nodes = _nodes(read_workflow(document))
    return tuple(_difference(nodes, change) for change in dict.fromkeys(changes))


def _difference(nodes: _Nodes, change: Change) -> Difference:
    place = change.location
    node = next(iter(nodes.get((place.scope, place.node_id), ())), {})
    title = node.get("title") or _at(node, ("_meta", "title"))
    return Difference(
        scope=place.scope,
        node_id=place.node_id,
        node_type=_type(node),
        title=str(title) if title else None,
        widget=change.widget or "/".join(map(str, place.path[1:])),
        old=change.old,
        new=change.new,
    )


def _edits(document: Mapping[str, Any], changes: Sequence[Change]) -> dict[JsonPath, str]:
    """The new string for each path of ``document`` that ``changes`` touch."""
    workflow = read_workflow(document)
    nodes = _nodes(workflow)
    every = [node for group in nodes.values() for node in group]
    texts = _texts(nodes, changes)
    whole = [change for change in changes if change.is_whole]
    graph_edits = renamed_root_entries(workflow.document, every, whole, texts)
    edits = {id(workflow.document): graph_edits}
    for node in every:
        own = texts.get(id(node), {})
        values = {place.path: text for place, text in own.items()}
        edits[id(node)] = {**values, **renamed_entries(node, whole, own)}
    return {
        (*path, *within): text
        for path, found in _places(document, edits)
        for within, text in found.items()
    }


def _texts(nodes: _Nodes, changes: Sequence[Change]) -> dict[int, dict[Location, str]]:
    """The values that change, by the ``id()`` of their node."""
    groups: dict[Location, list[Change]] = {}
    for change in dict.fromkeys(changes):
        groups.setdefault(change.location, []).append(change)
    texts: dict[int, dict[Location, str]] = {}
    for place, group in groups.items():
        holders = _holders(nodes, place, group)
        if not holders:
            raise _refusal(nodes, place, group)
        for node, text in holders:
            texts.setdefault(id(node), {})[place] = text
    return texts


def _holders(nodes: _Nodes, place: Location, group: Sequence[Change]) -> list[tuple[_Node, str]]:
    """The nodes at ``place`` that say what ``group`` replaces (mostly one), and their new value."""
    found = nodes.get((place.scope, place.node_id), [])
    values = [(node, value_after(_at(node, place.path), group)) for node in found]
    return [(node, text) for node, text in values if text is not None]


def _refusal(nodes: _Nodes, place: Location, group: Sequence[Change]) -> KeeperError:
    kind = next(map(_type, nodes.get((place.scope, place.node_id), ())), "")
    where = f"Node {place.node_id} ({kind})" if kind else f"Node {place.node_id}"
    return KeeperError("workflow_changed", where=where, old=group[0].old)


def _nodes(workflow: Workflow) -> _Nodes:
    """The nodes by scope and id; in damaged workflows two may share them."""
    found: _Nodes = {}
    if workflow.format is WorkflowFormat.API:
        for node_id, node in workflow.document.items():
            if isinstance(node, Mapping):
                found[("", str(node_id))] = [node]
        return found
    for scope in scopes(workflow.document):
        for node in scope.nodes:
            found.setdefault((scope.id, scope.node_id(node)), []).append(node)
    return found


def _places(
    document: Mapping[str, Any], edits: Mapping[int, dict[JsonPath, str]]
) -> Iterator[tuple[JsonPath, dict[JsonPath, str]]]:
    """The path to each object of ``document`` whose ``id()`` is in ``edits``."""
    waiting: list[tuple[JsonPath, Any]] = [((), document)]
    while waiting:
        path, value = waiting.pop()
        if edits.get(id(value)):
            yield path, edits[id(value)]
        if isinstance(value, Mapping):
            waiting += [((*path, key), item) for key, item in value.items()]
        elif isinstance(value, list):
            waiting += [((*path, index), item) for index, item in enumerate(value)]


def _type(node: _Node) -> str:
    return str(node.get("type") or node.get("class_type") or "")


def _at(value: Any, path: JsonPath) -> Any:
    """What ``path`` leads to; None where it leads nowhere."""
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value
