"""The models that a workflow declares: its ``models`` and its nodes' ``properties.models``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from model_keeper.domain.references import ModelEntry, merged
from model_keeper.workflows.bundle import bundled_entries
from model_keeper.workflows.graph import scopes

_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def declared_models(document: Mapping[str, Any]) -> tuple[ModelEntry, ...]:
    """The entries of a workflow in UI format, merged where they agree.

    A row without a name says nothing and is passed over; everything else in a row may be missing.
    What a bundle carries counts as well.
    """
    own = tuple(_entries(document))
    return merged([*own, *bundled_entries(document, own)])


def _entries(document: Mapping[str, Any]) -> Iterator[ModelEntry]:
    for row in _rows(document):
        yield _entry(row)
    for scope in scopes(document):
        for node in scope.nodes:
            for row in _rows(node.get("properties")):
                yield _entry(
                    row,
                    node_id=str(node.get("id", "")),
                    node_type=str(node.get("type", "")),
                    scope=scope.id,
                    active=scope.is_active(node),
                )


def _rows(owner: Any) -> Iterator[Mapping[str, Any]]:
    rows = owner.get("models") if isinstance(owner, Mapping) else None
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, Mapping) and _text(row, "name"):
            yield row


def _entry(row: Mapping[str, Any], **place: Any) -> ModelEntry:
    return ModelEntry(
        name=(_text(row, "name") or "").replace("\\", "/"),
        url=_text(row, "url"),
        directory=_text(row, "directory"),
        sha256=_sha256(row),
        **place,
    )


def _sha256(row: Mapping[str, Any]) -> str | None:
    value = _text(row, "hash") or ""
    kind = (_text(row, "hash_type") or "").upper().replace("-", "")
    return value.lower() if kind == "SHA256" and _SHA256.fullmatch(value) else None


def _text(row: Mapping[str, Any], key: str) -> str | None:
    value = row.get(key)
    return value.strip() or None if isinstance(value, str) else None
