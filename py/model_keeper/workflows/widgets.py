"""The texts in a node's widgets, in any shape that ComfyUI and its node packs give them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model_keeper.workflows.graph import rows

_DEPTH = 6  # rows of objects in a list are 3 deep; nobody writes a name deeper
NAMED_VALUES = "widgets_values_named"
_SWITCHES = ("on", "active", "enabled", "enable")
_CONTROLS = ("fixed", "increment", "decrement", "randomize")


@dataclass(frozen=True)
class Widget:
    """One text. ``path`` leads to it from the node; ``name`` is its input's, where it is known.

    ``key`` is the name that says what it means: within a row of an object the row's own key. Not
    ``on``: the row it stands in is switched off.
    """

    name: str | None
    path: tuple[str | int, ...]
    value: str
    key: str | None = None
    on: bool = True

    @property
    def label(self) -> str:
        if self.name is not None and len(self.path) == 2:
            return self.name
        return "/".join(str(step) for step in self.path[1:])


def widgets(
    values: Any, root: str, names: Mapping[int | str, str] | None = None
) -> Iterator[Widget]:
    """The texts in ``values``, which is the list or the object that a node has below ``root``."""
    for step, value in _steps(values):
        name = step if isinstance(step, str) else (names or {}).get(step)
        yield from _within(value, (root, step), name, _DEPTH)


def _within(
    value: Any, path: tuple[str | int, ...], name: str | None, depth: int, *, on: bool = True
) -> Iterator[Widget]:
    if isinstance(value, str):
        inner = path[-1]
        key = name if len(path) == 2 else inner if isinstance(inner, str) else name
        yield Widget(name, path, value, key, on)
    elif depth:
        switched = on and not _is_off(value)
        for step, inner_value in _steps(value):
            yield from _within(inner_value, (*path, step), name, depth - 1, on=switched)


def _steps(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        yield from ((str(key), inner) for key, inner in value.items())
    elif isinstance(value, Sequence) and not isinstance(value, str | bytes):
        yield from enumerate(value)


def _is_off(row: Any) -> bool:
    return isinstance(row, Mapping) and any(row.get(switch) is False for switch in _SWITCHES)


def own_names(node: Mapping[str, Any]) -> dict[int | str, str]:
    """The input names of a node's list of widget values, by index, as its file tells them.

    The newest frontends write a second list by name; newer ones name every widget among the node's
    ``inputs``. Older ones name only those that were turned into sockets, which tells no index.
    """
    values = node.get("widgets_values")
    if not isinstance(values, list):
        return {}
    named = node.get(NAMED_VALUES)
    if isinstance(named, Mapping) and len(named) == len(values):
        return {index: str(name) for index, name in enumerate(named)}
    inputs = [each for each in rows(node, "inputs") if _widget_of(each) is not None]
    placed, count = placed_names([_widget_of(each) or "" for each in inputs], values)
    all_listed = count == len(values) or any(
        "localized_name" in each and each.get("link") is None for each in inputs
    )
    return placed if all_listed and len(placed) == len(inputs) else {}


def placed_names(names: Sequence[str], values: Sequence[Any]) -> tuple[dict[int | str, str], int]:
    """Each name at its index, and how many values that took.

    A seed's value is followed by the choice of what happens to it after a run, which has no input.
    """
    placed: dict[int | str, str] = {}
    index = 0
    for name in names:
        if index >= len(values):
            break
        placed[index] = name
        index += 1
        if "seed" in name and index < len(values) and values[index] in _CONTROLS:
            index += 1
    return placed, index


def _widget_of(entry: Mapping[str, Any]) -> str | None:
    widget = entry.get("widget")
    name = widget.get("name") if isinstance(widget, Mapping) else None
    return name if isinstance(name, str) else None
