"""Changes of a workflow, as the panel asks for them and shows them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from model_keeper.domain.patches import Change
from model_keeper.domain.references import Location
from model_keeper.engine.resolving.changes import Document
from model_keeper.web.v1.workflow_shapes import ChangeRequest, EditView
from model_keeper.workflows.patch import differences


def change_views(document: Document, changes: Sequence[Change]) -> tuple[EditView, ...]:
    """The changes as people review them."""
    return tuple(_views(document, changes)) if document else ()


def change_of(asked: ChangeRequest) -> Change:
    location = Location(asked.scope, asked.node_id, asked.path)
    return Change(location, asked.old, asked.new, asked.kind, asked.widget or "")


def _views(document: Document, changes: Sequence[Change]) -> Iterator[EditView]:
    distinct = tuple(dict.fromkeys(changes))
    for change, shown in zip(distinct, differences(document, distinct)):  # noqa: B905 - one each
        yield EditView(
            scope=shown.scope,
            node_id=shown.node_id,
            node_type=shown.node_type or None,
            title=shown.title,
            widget=shown.widget or None,
            path=change.location.path,
            old=shown.old,
            new=shown.new,
            kind=change.kind,
        )
