"""The graphs of a workflow in ComfyUI's UI format: the root, its subgraphs, its group nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_MUTED, _BYPASSED = 2, 4

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Scope:
    """One graph with its nodes.

    ``id`` is empty for the root, a subgraph's id, or a group node's name. ``active``: some chain of
    instances that are neither muted nor bypassed leads to it from the root.
    """

    id: str
    nodes: tuple[Node, ...]
    active: bool

    def is_active(self, node: Node) -> bool:
        return self.active and runs(node)


def runs(node: Node) -> bool:
    """Whether ``node`` is neither muted nor bypassed."""
    return node.get("mode") not in {_MUTED, _BYPASSED}


def scopes(document: Mapping[str, Any]) -> tuple[Scope, ...]:
    """Every graph of ``document`` once, the root first.

    Holds for any nesting, for subgraphs that contain each other, and for values of any type.
    """
    definitions = _definitions(document)
    root = nodes_of(document)
    reached = _reached(root, definitions)
    inner = {
        scope_id: Scope(scope_id, nodes, scope_id in reached)
        for scope_id, nodes in definitions.values()
    }
    return (Scope("", root, active=True), *inner.values())


def nodes_of(graph: Any) -> tuple[Node, ...]:
    rows = graph.get("nodes") if isinstance(graph, Mapping) else None
    return tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()


_Definitions = dict[str, tuple[str, tuple[Node, ...]]]


def _definitions(document: Mapping[str, Any]) -> _Definitions:
    """(scope id, nodes) by the node type that an instance of it has."""
    found: _Definitions = {}
    waiting = [document]
    while waiting:
        graph = waiting.pop()
        for subgraph in _rows(_child(graph, "definitions"), "subgraphs"):
            scope_id = subgraph.get("id")
            if isinstance(scope_id, str) and scope_id not in found:
                found[scope_id] = (scope_id, nodes_of(subgraph))
                waiting.append(subgraph)
    for name, group in _child(_child(document, "extra"), "groupNodes").items():
        for prefix in ("workflow>", "workflow/"):  # as newer and older frontends write the type
            found[f"{prefix}{name}"] = (str(name), nodes_of(group))
    return found


def _reached(root: tuple[Node, ...], definitions: _Definitions) -> set[str]:
    reached: set[str] = set()
    waiting = [root]
    while waiting:
        for node in waiting.pop():
            kind = node.get("type")
            if not isinstance(kind, str) or kind not in definitions or not runs(node):
                continue
            scope_id, nodes = definitions[kind]
            if scope_id not in reached:
                reached.add(scope_id)
                waiting.append(nodes)
    return reached


def _child(graph: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    child = graph.get(key)
    return child if isinstance(child, Mapping) else {}


def _rows(graph: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    rows = graph.get(key)
    if isinstance(rows, list):
        yield from (row for row in rows if isinstance(row, Mapping))
