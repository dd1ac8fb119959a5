"""Nodes as both formats have them: their texts, and where their linked inputs come from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from model_keeper.domain.categories import category_key
from model_keeper.domain.references import Location
from model_keeper.workflows.graph import Node, Scope, child, rows, scopes
from model_keeper.workflows.loaders import Loader, LoaderTable
from model_keeper.workflows.names import is_model_file
from model_keeper.workflows.switches import switched
from model_keeper.workflows.widgets import Widget, own_names, placed_names, widgets

Origin = tuple[str, int]
SUBGRAPH_INPUT = "-10"  # the id that links have for the inputs of the subgraph they are in

_TEXT_LINKS = frozenset({"STRING", "*"})


@dataclass(frozen=True)
class GraphNode:
    """One node. ``links`` lead from the name of an input to the node and output that feed it.

    ``feeds`` are the ids of the nodes that take its texts. ``declared`` are the categories that it
    states itself, by the name of the file. ``raw`` is its JSON.
    """

    scope: str
    id: str
    type: str
    active: bool
    widgets: tuple[Widget, ...]
    links: Mapping[str, Origin] = field(default_factory=dict)
    feeds: tuple[str, ...] = ()
    declared: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    raw: Node = field(default_factory=dict)

    def at(self, path: tuple[str | int, ...]) -> Location:
        return Location(self.scope, self.id, path)


def ui_nodes(document: Mapping[str, Any], loaders: LoaderTable) -> Iterator[GraphNode]:
    """The nodes of every graph of a workflow in UI format."""
    for scope in scopes(document):
        links = _Links(scope)
        for node in scope.nodes:
            yield _ui_node(scope, node, links, loaders)


def _ui_node(scope: Scope, node: Node, links: _Links, loaders: LoaderTable) -> GraphNode:
    kind = _text(node.get("type")) or ""
    inputs = tuple(rows(node, "inputs"))
    values = node.get("widgets_values")
    names = own_names(node) or _known_names(values, loaders.loader(kind))
    node_id = scope.node_id(node)
    return GraphNode(
        scope=scope.id,
        id=node_id,
        type=kind,
        active=scope.is_active(node),
        widgets=switched(widgets(values, "widgets_values", names), _by_name(values, names)),
        links=links.into(inputs),
        feeds=links.texts_from(node_id),
        declared=_declared(node),
        title=_title(node.get("title"), kind),
        raw=node,
    )


def _by_name(values: Any, names: Mapping[int | str, str]) -> dict[str, Any]:
    if isinstance(values, Mapping):
        return {str(name): value for name, value in values.items()}
    return {name: values[index] for index, name in names.items() if isinstance(index, int)}


def _known_names(values: Any, loader: Loader) -> dict[int | str, str]:
    """The names in the order of the node's type, unless the values are those of another version."""
    if not isinstance(values, list) or not loader.widgets:
        return {}
    names, _ = placed_names(loader.widgets, values)
    moved = loader.loads and any(
        isinstance(value, str) and is_model_file(value) and not loader.lists(names.get(index, ""))
        for index, value in enumerate(values)
        if index in names
    )
    return {} if moved else names


class _Links:
    """The links of one graph."""

    def __init__(self, scope: Scope) -> None:
        self._origins: dict[int | str, Origin] = {}
        self._texts: dict[str, list[str]] = {}
        listed = scope.graph.get("links")
        for row in listed if isinstance(listed, list) else ():
            link = _link(row)
            if link is None:
                continue
            link_id, origin, target, kind = link
            self._origins[link_id] = origin
            if kind in _TEXT_LINKS:
                self._texts.setdefault(origin[0], []).append(target)

    def into(self, inputs: Iterable[Node]) -> dict[str, Origin]:
        found: dict[str, Origin] = {}
        for each in inputs:
            link = each.get("link")
            origin = self._origins.get(link) if isinstance(link, int | str) else None
            name = _text(child(each, "widget").get("name")) or _text(each.get("name")) or ""
            if origin is not None:
                found[name] = origin
        return found

    def texts_from(self, node_id: str) -> tuple[str, ...]:
        return tuple(self._texts.get(node_id, ()))


def _link(row: Any) -> tuple[int | str, Origin, str, Any] | None:
    """(id, origin, target's id, type) of a link: a list in the root graph, an object in others."""
    if isinstance(row, Mapping):
        keys = ("id", "origin_id", "origin_slot", "target_id", "type")
        parts = [row.get(key) for key in keys]
    elif isinstance(row, list) and len(row) >= 6:
        parts = [row[0], row[1], row[2], row[3], row[5]]
    else:
        return None
    link_id, origin, slot, target, kind = parts
    if not isinstance(link_id, int | str):
        return None
    return (
        link_id,
        (str(origin), slot if isinstance(slot, int) else 0),
        str(target),
        (kind if isinstance(kind, str) else None),
    )


def api_nodes(document: Mapping[str, Any]) -> Iterator[GraphNode]:
    """The nodes of a workflow in API format."""
    links = {
        str(node_id): _api_links(child(node, "inputs"))
        for node_id, node in document.items()
        if isinstance(node, Mapping)
    }
    feeds: dict[str, list[str]] = {}
    for node_id, origins in links.items():
        for origin, _ in origins.values():
            feeds.setdefault(origin, []).append(node_id)
    for key, node in document.items():
        kind = _text(node.get("class_type")) if isinstance(node, Mapping) else None
        if kind is None:
            continue
        values = {
            str(name): value
            for name, value in child(node, "inputs").items()
            if name not in links[str(key)]
        }
        yield GraphNode(
            scope="",
            id=str(key),
            type=kind,
            active=True,
            widgets=switched(widgets(values, "inputs"), values),
            links=links[str(key)],
            feeds=tuple(feeds.get(str(key), ())),
            title=_title(child(node, "_meta").get("title"), kind),
            raw=node,
        )


def _api_links(inputs: Mapping[str, Any]) -> dict[str, Origin]:
    return {
        str(name): (value[0], value[1])
        for name, value in inputs.items()
        if isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], str)
        and isinstance(value[1], int)
    }


def _declared(node: Node) -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows(child(node, "properties"), "models"):
        name, directory = _text(row.get("name")), _text(row.get("directory"))
        if name and directory:
            found[name.replace("\\", "/").rpartition("/")[2]] = category_key(directory)
    return found


def _title(title: Any, kind: str) -> str | None:
    text = _text(title)
    return text if text and text != kind else None


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
