"""The graphs of a workflow in ComfyUI's UI format: the root, its subgraphs, its group nodes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_NOT_RUN = (2, 4)  # muted, bypassed

Node = Mapping[str, Any]


@dataclass(frozen=True)
class Scope:
    """One graph with its nodes.

    ``id`` is empty for the root, a subgraph's id, or a group node's name. ``active``: some chain of
    instances that are neither muted nor bypassed leads to it from the root. ``graph`` is its JSON,
    ``types`` are the node types that an instance of it has.
    """

    id: str
    nodes: tuple[Node, ...]
    active: bool
    graph: Mapping[str, Any] = field(default_factory=dict)
    types: tuple[str, ...] = ()

    def is_active(self, node: Node) -> bool:
        return self.active and runs(node)

    @property
    def is_group(self) -> bool:
        return bool(self.types) and self.types != (self.id,)

    def node_id(self, node: Node) -> str:
        """What tells ``node`` from the scope's others: in a group node its index, else its id."""
        key = "index" if self.is_group else "id"
        return str(node.get(key, node.get("id", "")))


def runs(node: Node) -> bool:
    """Whether ``node`` is neither muted nor bypassed."""
    return node.get("mode") not in _NOT_RUN


def scopes(document: Mapping[str, Any]) -> tuple[Scope, ...]:
    """Every graph of ``document`` once, the root first.

    Holds for any nesting, for subgraphs that contain each other, and for values of any type.
    """
    definitions = _definitions(document)
    root = nodes_of(document)
    reached = _reached(root, definitions)
    types: dict[str, list[str]] = {}
    for kind, (scope_id, _) in definitions.items():
        types.setdefault(scope_id, []).append(kind)
    inner = {
        scope_id: Scope(
            scope_id, nodes_of(graph), scope_id in reached, graph, tuple(types[scope_id])
        )
        for scope_id, graph in definitions.values()
    }
    return (Scope("", root, active=True, graph=document), *inner.values())


def nodes_of(graph: Any) -> tuple[Node, ...]:
    rows = graph.get("nodes") if isinstance(graph, Mapping) else None
    return tuple(row for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()


_Definitions = dict[str, tuple[str, Mapping[str, Any]]]


def _definitions(document: Mapping[str, Any]) -> _Definitions:
    """(scope id, graph) by the node type that an instance of it has."""
    found: _Definitions = {}
    waiting = [document]
    while waiting:
        graph = waiting.pop()
        for subgraph in rows(child(graph, "definitions"), "subgraphs"):
            scope_id = subgraph.get("id")
            if isinstance(scope_id, str) and scope_id not in found:
                found[scope_id] = (scope_id, subgraph)
                waiting.append(subgraph)
    groups = child(child(document, "extra"), "groupNodes")
    for name in groups:
        for prefix in ("workflow>", "workflow/"):  # as newer and older frontends write the type
            found[f"{prefix}{name}"] = (str(name), child(groups, name))
    return found


def _reached(root: tuple[Node, ...], definitions: _Definitions) -> set[str]:
    reached: set[str] = set()
    waiting = [root]
    while waiting:
        for node in waiting.pop():
            kind = node.get("type")
            if not isinstance(kind, str) or kind not in definitions or not runs(node):
                continue
            scope_id, graph = definitions[kind]
            if scope_id not in reached:
                reached.add(scope_id)
                waiting.append(nodes_of(graph))
    return reached


def child(graph: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    child = graph.get(key)
    return child if isinstance(child, Mapping) else {}


def rows(graph: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    rows = graph.get(key)
    if isinstance(rows, list):
        yield from (row for row in rows if isinstance(row, Mapping))
