"""Decisions as they stand in TOML: between its plain values and the types of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model_keeper.domain.manifests import (
    SHA256_MARK,
    Criticality,
    IntentStatus,
    ManifestModel,
    ManifestWorkflowModel,
    WorkflowNodeWidgetRef,
    default_criticality,
    sha256_of,
)

OURS = "model-keeper"
NAMESPACES = (OURS, "comfygit", "comfydock")

Place = tuple["str | int", ...]


class MisshapenError(Exception):
    """A value of our tables has another type than it must have. ``place`` leads to it."""

    def __init__(self, place: Place, why: str) -> None:
        super().__init__(why)
        self.place = place
        self.why = why


Rows = Mapping[str, tuple[ManifestWorkflowModel, ...]]


def read_rows(data: Mapping[str, Any], namespace: str) -> Rows:
    """The decisions below ``[tool.<namespace>]`` by workflow. Raises MisshapenError."""
    place, tables = _workflows(data, namespace)
    return {
        name: tuple(_read_row(row, at) for at, row in _models(tables, place, name))
        for name in tables
    }


def read_foreign_rows(data: Mapping[str, Any], namespace: str) -> Rows:
    """The same of another tool, whose shape may change: what cannot be read is passed over."""
    found: dict[str, tuple[ManifestWorkflowModel, ...]] = {}
    try:
        place, tables = _workflows(data, namespace)
    except MisshapenError:
        return found
    for name in tables:
        rows = []
        try:
            for at, row in _models(tables, place, name):
                rows.append(_read_row(row, at))
        except MisshapenError:
            pass
        found[name] = tuple(rows)
    return found


def read_known(data: Mapping[str, Any], namespace: str) -> Mapping[str, ManifestModel]:
    """The global table by SHA256; rows under another tool's hash are not in it."""
    base: Place = ("tool", namespace, "models")
    tables = _table(_table(_table(data, (), "tool"), ("tool",), namespace), base[:2], "models")
    found = {}
    for mark in tables:
        sha256 = sha256_of(mark)
        if sha256 is not None:
            found[sha256] = _read_known(sha256, _table(tables, base, mark), (*base, mark))
    return found


def row_values(row: ManifestWorkflowModel) -> dict[str, Any]:
    """The plain values of a decision, in the order in which they are written."""
    values: dict[str, Any] = {
        "filename": row.filename,
        "category": row.category,
        "criticality": row.criticality.value,
        "status": row.status.value,
        "hash": row.hash,
        "expected": f"{SHA256_MARK}{row.expected}" if row.expected else None,
        "sources": list(row.sources) or None,
        "relative_path": row.relative_path,
        "nodes": [_node_values(node) for node in row.nodes] or None,
        "declared_by": row.declared_by,
    }
    return {key: value for key, value in values.items() if value is not None}


def known_values(model: ManifestModel) -> dict[str, Any]:
    return {
        "filename": model.filename,
        "size": model.size,
        "relative_path": model.relative_path,
        "category": model.category,
        "sources": list(model.sources),
    }


def _workflows(data: Mapping[str, Any], namespace: str) -> tuple[Place, Mapping[str, Any]]:
    tool = _table(data, (), "tool")
    own = _table(tool, ("tool",), namespace)
    return ("tool", namespace, "workflows"), _table(own, ("tool", namespace), "workflows")


def _models(
    tables: Mapping[str, Any], at: Place, name: str
) -> list[tuple[Place, Mapping[str, Any]]]:
    return _list_of_tables(_table(tables, at, name), (*at, name), "models")


def _read_row(row: Mapping[str, Any], at: Place) -> ManifestWorkflowModel:
    category = _text(row, at, "category")
    criticality = _text(row, at, "criticality", default_criticality(category).value)
    status = _text(row, at, "status", IntentStatus.UNRESOLVED.value)
    if criticality not in {item.value for item in Criticality}:
        raise MisshapenError((*at, "criticality"), f"“{criticality}” is no criticality")
    if status not in {item.value for item in IntentStatus}:
        raise MisshapenError((*at, "status"), f"“{status}” is no status")
    return ManifestWorkflowModel(
        filename=_text(row, at, "filename"),
        category=category,
        criticality=Criticality(criticality),
        status=IntentStatus(status),
        hash=_text(row, at, "hash", "") or None,
        sources=_texts(row, at, "sources"),
        relative_path=_text(row, at, "relative_path", "") or None,
        nodes=tuple(_read_node(node, place) for place, node in _list_of_tables(row, at, "nodes")),
        expected=sha256_of(_text(row, at, "expected", "")),
        declared_by=_text(row, at, "declared_by", "") or None,
    )


def _read_known(sha256: str, row: Mapping[str, Any], at: Place) -> ManifestModel:
    size = row.get("size", 0)
    if not isinstance(size, int):
        raise MisshapenError((*at, "size"), "size is no number")
    return ManifestModel(
        sha256=sha256,
        filename=_text(row, at, "filename", ""),
        size=size,
        relative_path=_text(row, at, "relative_path", ""),
        category=_text(row, at, "category", ""),
        sources=_texts(row, at, "sources"),
    )


def _read_node(node: Mapping[str, Any], at: Place) -> WorkflowNodeWidgetRef:
    index = node.get("widget_idx", 0)
    return WorkflowNodeWidgetRef(
        node_id=_text(node, at, "node_id"),
        node_type=_text(node, at, "node_type", ""),
        widget_index=index if isinstance(index, (int, str)) else 0,
        widget_value=_text(node, at, "widget_value", ""),
    )


def _node_values(node: WorkflowNodeWidgetRef) -> dict[str, Any]:
    return {
        "node_id": node.node_id,
        "node_type": node.node_type,
        "widget_idx": node.widget_index,
        "widget_value": node.widget_value,
    }


def _table(owner: Mapping[str, Any], at: Place, key: str) -> Mapping[str, Any]:
    value = owner.get(key, {})
    if not isinstance(value, Mapping):
        raise MisshapenError((*at, key), f"{key} is no table")
    return value


def _list_of_tables(
    owner: Mapping[str, Any], at: Place, key: str
) -> list[tuple[Place, Mapping[str, Any]]]:
    place: Place = (*at, key)
    value = owner.get(key, [])
    if not isinstance(value, list):
        raise MisshapenError(place, f"{place[-1]} is no list of tables")
    for index, row in enumerate(value):
        if not isinstance(row, Mapping):
            raise MisshapenError((*place, index), f"{place[-1]} is no list of tables")
    return [((*place, index), row) for index, row in enumerate(value)]


def _text(row: Mapping[str, Any], at: Place, key: str, default: str | None = None) -> str:
    value = row.get(key, default)
    if isinstance(value, str):
        return value
    if value is None:
        raise MisshapenError(at, f"a model without {key}")
    raise MisshapenError((*at, key), f"{key} is no text")


def _texts(row: Mapping[str, Any], at: Place, key: str) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise MisshapenError((*at, key), f"{key} is no list of texts")
    return tuple(value)
