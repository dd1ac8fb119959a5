"""Live node definitions: what a running ComfyUI says about its nodes in ``/object_info``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from model_keeper.domain.categories import NOT_MODELS, category_key
from model_keeper.workflows.graph import child, scopes
from model_keeper.workflows.loaders import Loader, LoaderTable, named
from model_keeper.workflows.names import is_file, is_model_file, is_nothing
from model_keeper.workflows.reader import Workflow, WorkflowFormat

_NESTED = "COMFY_DYNAMICCOMBO_V3"
_VALUES = ("INT", "FLOAT", "STRING", "BOOLEAN", "COMBO", _NESTED)

# Keys that a node pack adds for the same folders under another set of extensions.
_SAME_FOLDERS = MappingProxyType({"unet_gguf": "diffusion_models", "clip_gguf": "text_encoders"})

# Nodes that only the page knows: ComfyUI's own, and those of well-known packs.
_OF_THE_PAGE = frozenset(
    {
        "Note",
        "MarkdownNote",
        "Reroute",
        "PrimitiveNode",
        "SetNode",
        "GetNode",
        "Anything Everywhere",
        "Anything Everywhere3",
        "Anything Everywhere?",
        "Seed Everywhere",
        "Prompts Everywhere",
        "Simple String",
        "mxSlider",
        "mxSlider2D",
        "mxStop",
        "ReroutePrimitive|pysssss",
    }
)
_PAGE_ONLY_WORDS = ("Fast ", "Label", "Bookmark", "Mute", "Reroute", "Node Collector", "Repeater")


@dataclass(frozen=True)
class MissingNode:
    """A node type that is not installed, with the places that use it.

    ``pack`` is the id or the repository of its node pack, where the workflow tells it. Not
    ``active``: only muted or bypassed nodes have it.
    """

    type: str
    nodes: tuple[tuple[str, str], ...]  # (scope, node id)
    active: bool
    pack: str | None = None


def live_loaders(
    object_info: Mapping[str, Any], files: Mapping[str, Sequence[str]], known: LoaderTable
) -> LoaderTable:
    """What ``object_info`` says about which widget lists the files of which category.

    A combo belongs to the category whose ``files`` are its options. Where several categories have
    the same files, or none has any, ``known`` decides, and then the input's name. To be laid over
    ``known`` with :meth:`LoaderTable.below`.
    """
    lists = _Lists(files)
    nodes: dict[str, Loader] = {}
    builtins: dict[str, set[str]] = {}
    for kind, definition in object_info.items():
        if not isinstance(definition, Mapping):
            continue
        inputs: dict[str, str] = {}
        widgets: list[str] = []
        for name, spec in _inputs(definition):
            widgets += [name] if _is_widget(spec) else []
            options = _options(spec)
            if options is None:
                continue
            choices = lists.choices(options)
            category = choices.category(_hint(known, kind, name))
            if category is not None:
                inputs[name] = category
                builtins.setdefault(category, set()).update(choices.others)
        nodes[kind] = Loader(inputs=inputs, widgets=tuple(widgets))
    return LoaderTable(
        nodes, builtins={category: frozenset(names) for category, names in builtins.items()}
    )


@dataclass(frozen=True)
class _Choices:
    """What a combo's options are: files of ``categories``, and choices that are none."""

    categories: tuple[str, ...]
    others: frozenset[str]
    are_files: bool  # or none at all, as in an empty folder

    def category(self, hint: str | None) -> str | None:
        if len(self.categories) == 1:
            return self.categories[0]
        return hint if self.are_files else None


class _Lists:
    """The folders' files, asked by their content. Many nodes list the same long folder."""

    def __init__(self, files: Mapping[str, Sequence[str]]) -> None:
        self._files = {
            category: frozenset(map(_slashes, names))
            for category, names in files.items()
            if category not in NOT_MODELS
        }
        self._all = frozenset(name for names in self._files.values() for name in names)
        self._known: dict[tuple[Any, ...], _Choices] = {}

    def choices(self, options: Sequence[Any]) -> _Choices:
        try:
            key = tuple(options)
            known = self._known.get(key)
        except TypeError:  # choices that are objects
            return self._choices(options)
        if known is None:
            known = self._known[key] = self._choices(options)
        return known

    def _choices(self, options: Sequence[Any]) -> _Choices:
        names = {_slashes(each) for each in options if isinstance(each, str)}
        others = names - self._all
        listed = names & self._all | {each for each in others if is_model_file(each)}
        found = [key for key, files in self._files.items() if listed and listed == files]
        found = found or [key for key, files in self._files.items() if listed and listed < files]
        keys = dict.fromkeys(_SAME_FOLDERS.get(each, category_key(each)) for each in found)
        return _Choices(
            tuple(keys),
            frozenset(
                each.lower() for each in others if not is_file(each) and not is_nothing(each)
            ),
            are_files=bool(listed) or all(map(is_nothing, names)),
        )


def _hint(known: LoaderTable, kind: str, name: str) -> str | None:
    return known.category(kind, name) or named(known.inputs, name)


def _inputs(definition: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The inputs in the order of their widgets."""
    groups = child(definition, "input")
    order = child(definition, "input_order")
    for group in ("required", "optional"):
        specs = child(groups, group)
        listed = order.get(group)
        names = listed if isinstance(listed, list) else list(specs)
        for name in names:
            if isinstance(name, str) and name in specs:
                yield from _with_nested(name, specs[name])


def _with_nested(name: str, spec: Any) -> Iterator[tuple[str, Any]]:
    """An input, and those that a choice of it brings along."""
    yield name, spec
    if _type(spec) == _NESTED:
        choices = _settings(spec).get("options")
        for choice in choices if isinstance(choices, list) else ():
            for inner, inner_spec in child(child(_mapping(choice), "inputs"), "required").items():
                yield f"{name}.{inner}", inner_spec


def _options(spec: Any) -> list[Any] | None:
    """The choices of a combo, in either form; None for anything else."""
    kind = _type(spec)
    options = kind if isinstance(kind, list) else None
    if kind == "COMBO":
        options = _settings(spec).get("options")
    return options if isinstance(options, list) else None


def _is_widget(spec: Any) -> bool:
    kind = _type(spec)
    if _settings(spec).get("forceInput") is True:
        return False
    return isinstance(kind, list) or kind in _VALUES


def _type(spec: Any) -> Any:
    return spec[0] if isinstance(spec, list) and spec else spec


def _settings(spec: Any) -> Mapping[str, Any]:
    return _mapping(spec[1]) if isinstance(spec, list) and len(spec) > 1 else {}


def _slashes(name: str) -> str:
    return name.replace("\\", "/")


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def missing_nodes(workflow: Workflow, live: Mapping[str, Any]) -> tuple[MissingNode, ...]:
    """The node types of ``workflow`` that are not among the ``live`` definitions, in its order.

    Subgraphs, group nodes and nodes that only the page knows are no such types.
    """
    found: dict[str, list[tuple[tuple[str, str], bool, str | None]]] = {}
    for place, kind, active, pack in _types(workflow):
        if kind and kind not in live and not _is_of_the_page(kind):
            found.setdefault(kind, []).append((place, active, pack))
    return tuple(
        MissingNode(
            kind,
            tuple(place for place, _, _ in uses),
            any(active for _, active, _ in uses),
            next((pack for _, _, pack in uses if pack), None),
        )
        for kind, uses in found.items()
    )


def _types(workflow: Workflow) -> Iterator[tuple[tuple[str, str], str, bool, str | None]]:
    if workflow.format is WorkflowFormat.API:
        for node_id, node in workflow.document.items():
            kind = _mapping(node).get("class_type")
            if isinstance(kind, str):
                yield ("", str(node_id)), kind, True, None
        return
    graphs = scopes(workflow.document)
    instances = {kind for scope in graphs for kind in scope.types}
    for scope in graphs:
        for node in scope.nodes:
            kind = node.get("type")
            if isinstance(kind, str) and kind not in instances:
                place = (scope.id, scope.node_id(node))
                yield place, kind, scope.is_active(node), _pack(node)


def _pack(node: Mapping[str, Any]) -> str | None:
    properties = child(node, "properties")
    for key in ("cnr_id", "aux_id"):
        value = properties.get(key)
        if isinstance(value, str) and value:
            return value
    return None


def _is_of_the_page(kind: str) -> bool:
    return kind in _OF_THE_PAGE or (
        kind.endswith("(rgthree)") and kind.startswith(_PAGE_ONLY_WORDS)
    )
