"""Every place in a workflow that names a model file, each once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from model_keeper.domain.references import Location, Reference, ReferenceKind
from model_keeper.workflows.graph import child
from model_keeper.workflows.loaders import Loader, LoaderTable
from model_keeper.workflows.names import is_file, is_model_file, is_nothing
from model_keeper.workflows.nodes import GraphNode, api_nodes, ui_nodes
from model_keeper.workflows.prompts import embedding_names, lora_tags
from model_keeper.workflows.reader import Workflow, WorkflowFormat
from model_keeper.workflows.supplies import Supplies, Supply
from model_keeper.workflows.widgets import NAMED_VALUES, Widget

_EMBEDDINGS, _LORAS = "embeddings", "loras"
_TAG_READERS = ("lora", "wildcard")  # in the name of a node type that nobody knows
_IN_TEXTS = frozenset({ReferenceKind.LORA_TAG, ReferenceKind.EMBEDDING})


def references(workflow: Workflow, loaders: LoaderTable) -> tuple[Reference, ...]:
    """The references of ``workflow`` in the order of its nodes.

    The node of a reference is the one that loads the file. Its value and its first location are
    what runs: where a subgraph's instance or a linked node says another name than the loader
    itself, theirs. Instances that say different names make one reference each. A place that shows
    the value as well, and a loader's own value that another one stands in for, is among the copies.
    """
    is_ui = workflow.format is WorkflowFormat.UI
    document = workflow.document
    nodes = list(ui_nodes(document, loaders) if is_ui else api_nodes(document))
    reader = _Reader(nodes, Supplies(nodes, document if is_ui else None), loaders)
    return reader.references()


@dataclass(frozen=True)
class _Held:
    """A value that a widget has when it runs, and every place that shows it."""

    value: str
    place: Location
    active: bool
    copies: tuple[Location, ...] = ()


class _Reader:
    def __init__(self, nodes: list[GraphNode], supplies: Supplies, loaders: LoaderTable) -> None:
        self._nodes = nodes
        self._by_id = {(node.scope, node.id): node for node in nodes}
        self._supplies = supplies
        self._loaders = loaders
        self._readers = self._tag_readers()

    def references(self) -> tuple[Reference, ...]:
        kept: dict[tuple[str, str, str, str], Reference] = {}
        for reference in _each_place_once(list(self._of_loaders())):
            key = (reference.scope, reference.node_id, reference.widget, reference.value)
            kept.setdefault(key, reference)
        return tuple(self._with_instances(_with_switches(list(kept.values()))))

    def _of_loaders(self) -> Iterator[Reference]:
        for node in self._nodes:
            if not self._supplies.is_instance(node) and not self._loaders.is_silent(node.type):
                yield from self._of_node(node)

    def _of_node(self, node: GraphNode) -> Iterator[Reference]:
        reads_tags = (node.scope, node.id) in self._readers
        named = {widget.name for widget in node.widgets}
        for widget in node.widgets:
            for held in self._held(node, widget):
                yield from self._referring(node, widget, held, reads_tags=reads_tags)
        for name in node.links:
            if name not in named and self._loaders.loader(node.type).lists(name):
                widget = Widget(name, ("inputs", name), "", name)
                for supply in self._supplies.of_input(node, name):
                    if supply.value is not None and supply.place is not None:
                        held = _Held(supply.value, supply.place, node.active and supply.active)
                        yield from self._referring(node, widget, held, reads_tags=False)

    def _referring(
        self, node: GraphNode, widget: Widget, held: _Held, *, reads_tags: bool
    ) -> Iterator[Reference]:
        judged = list(self._judged(node, widget, held.value, reads_tags=reads_tags))
        copies = (*held.copies, *self._by_name(node, held)) if judged else ()
        for kind, value, category in judged:
            yield Reference(
                node_id=node.id,
                node_type=node.type,
                widget=widget.label,
                value=value,
                location=held.place,
                category=category,
                scope=node.scope,
                active=held.active,
                kind=kind,
                copies=copies,
                title=node.title,
            )

    def _held(self, node: GraphNode, widget: Widget) -> Iterator[_Held]:
        own = node.at(widget.path)
        active = node.active and widget.on
        supplies = self._supplies.of(node, widget)
        if supplies is None:
            if is_model_file(widget.value):
                yield _Held(widget.value, own, active=False)
            return
        if not supplies:
            yield _Held(widget.value, own, active)
            return
        by_value: dict[str, list[Supply]] = {}
        for supply in supplies:
            value = widget.value if supply.value is None else supply.value
            by_value.setdefault(value, []).append(supply)
        for value, given in by_value.items():
            places = [supply.place for supply in given if supply.place is not None]
            if value == widget.value:
                places.insert(0, own)
            elif len(by_value) == 1:
                places.append(own)
            runs = node.active and widget.on and any(supply.active for supply in given)
            yield _Held(value, places[0], runs, tuple(dict.fromkeys(places[1:])))

    def _judged(
        self, node: GraphNode, widget: Widget, text: str, *, reads_tags: bool
    ) -> Iterator[tuple[ReferenceKind, str, str | None]]:
        """What ``text`` names: (kind, name, category)."""
        value = text.strip()
        if is_nothing(value):
            return
        category = self._category(node, widget, value)
        loader = self._loaders.loader(node.type)
        if self._loaders.is_builtin(category, value):
            yield ReferenceKind.BUILTIN, text, category
        elif _is_stem(widget, loader) and not is_model_file(value):
            yield ReferenceKind.STEM, text, category
        elif is_model_file(value) or (category is not None and is_file(value)):
            fetched = self._loaders.fetches(node.type)
            kind = ReferenceKind.SELF_FETCHED if fetched else ReferenceKind.FILE
            yield kind, text, category
        elif not _is_remainder(widget, loader):
            for name in embedding_names(text):
                yield ReferenceKind.EMBEDDING, name, _EMBEDDINGS
            for name in lora_tags(text) if reads_tags else ():
                yield ReferenceKind.LORA_TAG, name, _LORAS

    def _category(self, node: GraphNode, widget: Widget, value: str) -> str | None:
        known = self._loaders.category(node.type, widget.name)
        if known is None and widget.key != widget.name:
            known = self._loaders.category(node.type, widget.key)
        return known or node.declared.get(value.replace("\\", "/").rpartition("/")[2])

    def _by_name(self, node: GraphNode, held: _Held) -> Iterator[Location]:
        """Where a node's second list of its values, by name, shows what is held as well."""
        for place in (held.place, *held.copies):
            holder = self._by_id.get((place.scope, place.node_id), node)
            named = child(holder.raw, NAMED_VALUES)
            widget = next((each for each in holder.widgets if each.path == place.path), None)
            if widget and widget.name and len(widget.path) == 2 and widget.name in named:
                yield holder.at((NAMED_VALUES, widget.name))

    def _tag_readers(self) -> frozenset[tuple[str, str]]:
        """The nodes whose ``<lora:…>`` are loaded: by themselves, or where their texts lead."""
        feeders: dict[tuple[str, str], list[tuple[str, str]]] = {}
        for node in self._nodes:
            for target in node.feeds:
                feeders.setdefault((node.scope, target), []).append((node.scope, node.id))
        waiting = [
            (node.scope, node.id)
            for node in self._nodes
            if self._loaders.loader(node.type).lora_tags
            or any(word in node.type.lower() for word in _TAG_READERS)
        ]
        reached = set(waiting)
        while waiting:
            for feeder in feeders.get(waiting.pop(), ()):
                if feeder not in reached:
                    reached.add(feeder)
                    waiting.append(feeder)
        return frozenset(reached)

    def _with_instances(self, found: list[Reference]) -> list[Reference]:
        """What instances show besides: a copy where a loader within says the same."""
        shown = {place for reference in found for place in (reference.location, *reference.copies)}
        by_name: dict[tuple[str, str], list[int]] = {}
        for index, reference in enumerate(found):
            by_name.setdefault((reference.scope, reference.value), []).append(index)
        for node in self._nodes:
            if not self._supplies.is_instance(node):
                continue
            for widget in node.widgets:
                place = node.at(widget.path)
                if place in shown or not is_model_file(widget.value):
                    continue
                within = by_name.get((self._supplies.scope_of(node), widget.value), ())
                for index in within:
                    copies = (*found[index].copies, place)
                    found[index] = replace(found[index], copies=copies)
                if not within and not self._supplies.is_given_on(node, widget):
                    found.append(_unknown(node, widget))
        return found


def _is_stem(widget: Widget, loader: Loader) -> bool:
    return loader.stems and len(widget.path) > 2 and (widget.key or "") in loader.inputs


def _is_remainder(widget: Widget, loader: Loader) -> bool:
    """Whether it is behind the last of the node's known widgets: a text that nobody reads."""
    index = widget.path[1]
    return bool(loader.widgets) and isinstance(index, int) and index >= len(loader.widgets)


def _each_place_once(found: list[Reference]) -> list[Reference]:
    """Where a loader takes the name from another node, only one of the two refers to the file.

    That is the other node where it is known to list such files, else the loader.
    """
    files = [each for each in found if each.category is not None and each.kind not in _IN_TEXTS]
    own = {each.location: each for each in files if _is_own(each)}
    taken = {
        place
        for each in files
        if not _is_own(each) or each.copies
        for place in (each.location, *each.copies)
    }
    kept = []
    for each in found:
        if each.category is None and each.location in taken:
            continue
        if any(own.get(place, each) is not each for place in (each.location, *each.copies)):
            continue
        kept.append(each)
    return kept


def _is_own(reference: Reference) -> bool:
    place = reference.location
    return (place.scope, place.node_id) == (reference.scope, reference.node_id)


def _with_switches(found: list[Reference]) -> list[Reference]:
    """A tag is off where the list beside it says so: the node loads what the list says."""
    listed: dict[tuple[str, str, str], bool] = {}
    for each in found:
        if each.kind is ReferenceKind.STEM:
            key = (each.scope, each.node_id, each.value)
            listed[key] = listed.get(key, False) or each.active
    return [
        replace(each, active=listed.get((each.scope, each.node_id, each.value), each.active))
        if each.kind is ReferenceKind.LORA_TAG
        else each
        for each in found
    ]


def _unknown(node: GraphNode, widget: Widget) -> Reference:
    return Reference(
        node_id=node.id,
        node_type=node.type,
        widget=widget.label,
        value=widget.value,
        location=node.at(widget.path),
        scope=node.scope,
        active=node.active,
        title=node.title,
    )
