"""The text of a loader table: JSON that people write too: faults name their place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from model_keeper.domain.categories import category_key
from model_keeper.domain.errors import KeeperError

_FLAGS = ("fetches", "stems", "lora_tags", "silent")


@dataclass(frozen=True)
class TableText:
    """The parts of a table: a node's row has the names of :class:`~.loaders.Loader`'s fields."""

    nodes: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    inputs: Mapping[str, str] = field(default_factory=dict)
    builtins: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fetching: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()


def parsed_table(text: str, source: str) -> TableText:
    """The table in ``text``, a JSON object of :class:`TableText`'s parts; each may be missing.

    Raises KeeperError loader_table_unreadable, with ``source`` and where in it the fault is.
    """
    try:
        document = json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as exc:
        raise unreadable_table(source, f"line {exc.lineno}", "is not valid JSON") from exc
    except RecursionError as exc:
        raise unreadable_table(source, "line 1", "is nested too deeply") from exc
    try:
        return _table(document)
    except _Fault as fault:
        raise unreadable_table(source, fault.where, fault.why) from fault


class _Fault(Exception):  # noqa: N818 - it describes a file, not a fault of this program
    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where} {why}")
        self.where = where
        self.why = why


def unreadable_table(source: str, where: str, why: str) -> KeeperError:
    """The error that says where in ``source`` something is wrong, as two parts of a sentence."""
    return KeeperError("loader_table_unreadable", path=source, where=where, why=why)


def _table(document: Any) -> TableText:
    parts = _mapping(document, "the whole")
    _known(parts, ("about", "nodes", "inputs", "builtins", "fetching", "silent"), "")
    nodes = {
        kind: _row(_mapping(row, f"nodes.{kind}"), f"nodes.{kind}")
        for kind, row in _mapping(parts.get("nodes", {}), "nodes").items()
    }
    builtins = {
        category_key(category): frozenset(
            name.lower() for name in _texts(names, f"builtins.{category}")
        )
        for category, names in _mapping(parts.get("builtins", {}), "builtins").items()
    }
    inputs = _categories(parts.get("inputs", {}), "inputs")
    fetching = _texts(parts.get("fetching", []), "fetching")
    return TableText(nodes, inputs, builtins, fetching, _texts(parts.get("silent", []), "silent"))


def _row(row: Mapping[str, Any], where: str) -> dict[str, Any]:
    _known(row, ("inputs", "widgets", "category", *_FLAGS), f"{where}.")
    loader: dict[str, Any] = {}
    if "inputs" in row:
        loader["inputs"] = _categories(row["inputs"], f"{where}.inputs")
    if "widgets" in row:
        loader["widgets"] = _texts(row["widgets"], f"{where}.widgets")
    if "category" in row:
        loader["category"] = category_key(_text(row["category"], f"{where}.category"))
    for flag in _FLAGS:
        if flag in row:
            if not isinstance(row[flag], bool):
                raise _Fault(f"{where}.{flag}", "is not true or false")
            loader[flag] = row[flag]
    return loader


def _categories(value: Any, where: str) -> dict[str, str]:
    return {
        name: category_key(_text(category, f"{where}.{name}"))
        for name, category in _mapping(value, where).items()
    }


def _known(mapping: Mapping[str, Any], keys: tuple[str, ...], where: str) -> None:
    for key in mapping:
        if key not in keys:
            raise _Fault(f"{where}{key}", f"is unknown; known are {', '.join(keys)}")


def _mapping(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _Fault(where, "is not an object")
    return value


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise _Fault(where, "is not a list")
    return tuple(_text(each, f"{where}[{index}]") for index, each in enumerate(value))


def _text(value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise _Fault(where, "is not a text")
    return value
