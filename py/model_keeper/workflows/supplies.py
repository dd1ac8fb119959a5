"""Where the value of a linked widget comes from: a subgraph's instance, or a node that holds it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model_keeper.domain.references import Location
from model_keeper.workflows.graph import Scope, child, rows, scopes
from model_keeper.workflows.names import is_model_file
from model_keeper.workflows.nodes import SUBGRAPH_INPUT, GraphNode, Origin
from model_keeper.workflows.widgets import Widget, placed_names

_ITSELF = "-1"  # the id of the subgraph itself among those whose widgets it shows
_STEPS = 64  # nested subgraphs and reroutes on one way; a longer one is a loop


@dataclass(frozen=True)
class Supply:
    """A value that a widget gets from elsewhere. No ``value``: the widget's own holds."""

    value: str | None
    place: Location | None
    active: bool = True


_Inner = tuple[str, str]  # a widget in a subgraph: its node's id and its name or its label


@dataclass(frozen=True)
class _Instance:
    """A node that stands for a subgraph, with the values it gives to the subgraph's inputs."""

    node: GraphNode
    by_slot: Mapping[int, Widget]
    by_widget: Mapping[_Inner, Widget]  # of widgets that are shown from within
    slots: Sequence[str]  # the inputs' names


class Supplies:
    """Answers for the nodes of one workflow."""

    def __init__(self, nodes: Sequence[GraphNode], document: Mapping[str, Any] | None) -> None:
        self._nodes = {(node.scope, node.id): node for node in nodes}
        self._instances: dict[str, list[_Instance]] = {}
        self._types: dict[str, Scope] = {}
        self._given: dict[tuple[str, int], list[Supply]] = {}
        if document is not None:
            graphs = scopes(document)
            self._types = {kind: scope for scope in graphs for kind in scope.types}
            self._find_instances(nodes)

    def _find_instances(self, nodes: Sequence[GraphNode]) -> None:
        for node in nodes:
            scope = self._types.get(node.type)
            if scope is not None:
                instance = _instance(node, scope, self._nodes)
                self._instances.setdefault(scope.id, []).append(instance)

    def is_instance(self, node: GraphNode) -> bool:
        return node.type in self._types

    def is_given_on(self, instance: GraphNode, widget: Widget) -> bool:
        """Whether it is known which widget within the subgraph takes the one on its instance."""
        scope = self._types[instance.type].id
        known = next(each for each in self._instances[scope] if each.node is instance)
        return widget in (*known.by_slot.values(), *known.by_widget.values())

    def of(self, node: GraphNode, widget: Widget) -> list[Supply] | None:
        """What ``widget`` gets from elsewhere: nothing where its own value holds.

        None where it is linked to something that says its value only when it runs.
        """
        if len(widget.path) != 2:
            return []
        origin = node.links.get(widget.name) if widget.name is not None else None
        if origin is not None:
            return self._from(node.scope, origin, _STEPS)
        return self._shown(node, widget)

    def of_input(self, node: GraphNode, name: str) -> list[Supply]:
        """What an input gets that is linked and has no widget of its own."""
        return self._from(node.scope, node.links[name], _STEPS) or []

    def scope_of(self, instance: GraphNode) -> str:
        return self._types[instance.type].id

    def _shown(self, node: GraphNode, widget: Widget) -> list[Supply]:
        found = []
        for instance in self._instances.get(node.scope, ()):
            outer = instance.by_widget.get((node.id, widget.label))
            supply = Supply(None, None, instance.node.active)
            found.append(_given(instance.node, outer) if outer is not None else supply)
        return found if any(supply.value is not None for supply in found) else []

    def _from(self, scope: str, origin: Origin, steps: int) -> list[Supply] | None:
        if steps == 0:
            return None
        origin_id, slot = origin
        if origin_id == SUBGRAPH_INPUT:
            return self._from_instances(scope, slot, steps)
        node = self._nodes.get((scope, origin_id))
        if node is None or node.type in self._types:
            return None
        texts = [widget for widget in node.widgets if is_model_file(widget.value)]
        if len(texts) == 1 and texts[0].name not in node.links:
            return [_given(node, texts[0])]
        if not node.widgets and len(node.links) == 1:  # a reroute
            return self._from(scope, next(iter(node.links.values())), steps - 1)
        return None

    def _from_instances(self, scope: str, slot: int, steps: int) -> list[Supply]:
        """Each distinct supply once, however many ways lead to it through nested subgraphs."""
        known = self._given.get((scope, slot))
        if known is None:
            self._given[scope, slot] = []  # subgraphs that hold each other end here
            found = self._each_instance(scope, slot, steps)
            known = self._given[scope, slot] = list(dict.fromkeys(found))
        return known

    def _each_instance(self, scope: str, slot: int, steps: int) -> Iterator[Supply]:
        for instance in self._instances.get(scope, ()):
            node = instance.node
            name = instance.slots[slot] if 0 <= slot < len(instance.slots) else ""
            widget = instance.by_slot.get(slot)
            if name in node.links:
                given = self._from(node.scope, node.links[name], steps - 1)
                yield from given if given is not None else [Supply(None, None, active=False)]
            elif widget is not None:
                yield _given(node, widget)
            else:
                yield Supply(None, None, node.active)


def _given(node: GraphNode, widget: Widget) -> Supply:
    return Supply(widget.value, node.at(widget.path), node.active)


def _instance(
    node: GraphNode, scope: Scope, nodes: Mapping[tuple[str, str], GraphNode]
) -> _Instance:
    if scope.is_group:
        return _Instance(node, {}, _by_order(node, scope, nodes), ())
    slots = [str(each.get("name", "")) for each in rows(scope.graph, "inputs")]
    texts = {widget.path[1]: widget for widget in node.widgets if len(widget.path) == 2}
    values = node.raw.get("widgets_values")
    if not isinstance(values, list):
        return _Instance(node, {}, {}, slots)
    shown = list(_shown_widgets(node.raw))
    if shown and len(shown) == len(values):
        places = [(place, texts[index]) for index, place in enumerate(shown) if index in texts]
        by_slot = {
            slots.index(name): widget
            for (inner, name), widget in places
            if inner == _ITSELF and name in slots
        }
        return _Instance(node, by_slot, {k: v for k, v in places if k[0] != _ITSELF}, slots)
    order = _widget_slots(scope, nodes)
    names, _ = placed_names([slots[slot] for slot in order], values)
    if len(names) != len(order):
        return _Instance(node, {}, {}, slots)
    by_slot = {slot: texts[at] for slot, at in zip(order, names, strict=True) if at in texts}
    return _Instance(node, by_slot, {}, slots)


def _by_order(
    node: GraphNode, scope: Scope, nodes: Mapping[tuple[str, str], GraphNode]
) -> dict[_Inner, Widget]:
    """A group node shows the widgets of its nodes in their order, but not all of them."""
    inner = [
        (each.id, widget.label)
        for row in scope.nodes
        if (each := nodes.get((scope.id, scope.node_id(row)))) is not None
        for widget in each.widgets
        if is_model_file(widget.value)
    ]
    outer = [widget for widget in node.widgets if is_model_file(widget.value)]
    return dict(zip(inner, outer, strict=True)) if len(inner) == len(outer) else {}


def _shown_widgets(node: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    shown = child(node, "properties").get("proxyWidgets")
    for row in shown if isinstance(shown, list) else ():
        if isinstance(row, list) and len(row) >= 2:
            yield str(row[0]), str(row[1])


def _widget_slots(scope: Scope, nodes: Mapping[tuple[str, str], GraphNode]) -> list[int]:
    """The subgraph's inputs that are widgets: those that lead to a widget within."""
    found: set[int] = set()
    for inner in scope.nodes:
        place = nodes.get((scope.id, scope.node_id(inner)))
        for each in rows(inner, "inputs"):
            name = child(each, "widget").get("name")
            if place is not None and isinstance(name, str):
                origin, slot = place.links.get(name, ("", 0))
                if origin == SUBGRAPH_INPUT:
                    found.add(slot)
    count = len(list(rows(scope.graph, "inputs")))
    return sorted(slot for slot in found if slot < count)
