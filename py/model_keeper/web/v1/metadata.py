"""Metadata of models: shown, edited, taken back, refreshed."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.queue import Enqueued
from model_keeper.engine.metadata_records import MetadataRecords, Record
from model_keeper.library.index_text import as_text
from model_keeper.library.search import Found
from model_keeper.web.problems import problem_view
from model_keeper.web.route import Route
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.jobs import Accepted, priority_of
from model_keeper.web.v1.metadata_shapes import (
    FormerValueView,
    MetadataHistoryList,
    MetadataHistoryQuery,
    MetadataPatch,
    MetadataView,
    RefreshRequest,
    RestoreRequest,
)
from model_keeper.web.views import JobViews

_AREA = "Metadata"
_FIELDS = {"page_url": "source_url"}
_NAMES = {field: name for name, field in _FIELDS.items()}


class MetadataApi:
    """What is written beside models."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def _records(self) -> MetadataRecords:
        return self._backend.library.records

    def routes(self) -> list[Route]:
        where = "library/{id}/metadata"
        found = ("model_not_in_library", "storage_failed")
        writes = (*found, "invalid_request", "sidecar_unreadable", "file_locked")
        queries = ("query_key_unknown", "query_value_wrong", "query_too_long")
        return [
            Route("GET", where, self.show, "What is known of a model.", MetadataView, _AREA,
                  errors=found),
            Route("PATCH", where, self.edit, "Say something of a model, or leave it to the"
                  " providers again.", MetadataView, _AREA, body=MetadataPatch, errors=writes),
            Route("GET", f"{where}/history", self.history, "What its fields said before.",
                  MetadataHistoryList, _AREA, query=MetadataHistoryQuery, errors=found),
            Route("POST", f"{where}/restore", self.restore, "Say again what a field said before.",
                  MetadataView, _AREA, body=RestoreRequest, errors=writes),
            Route("POST", "metadata/refresh", self.refresh, "Ask the providers about models.",
                  Accepted, _AREA, 202, body=RefreshRequest,
                  errors=("model_not_in_library", *queries)),
        ]  # fmt: skip

    def show(self, id: str) -> MetadataView:  # noqa: A002 - the name in the path
        found = self._backend.library.models.get(id)
        return metadata_view(found, self._records.read(found.file))

    def edit(self, id: str, body: MetadataPatch) -> MetadataView:  # noqa: A002 - the name in the path
        found = self._backend.library.models.get(id)
        reset = [_FIELDS.get(name, name) for name in body.reset]
        self._records.edit(found, _said(body), reset)
        return self.show(id)

    def history(self, id: str, query: MetadataHistoryQuery) -> MetadataHistoryList:  # noqa: A002 - the name in the path
        file = self._backend.library.models.get(id).file
        page = self._records.history(file, limit=query.limit, after=query.after)
        items = tuple(
            FormerValueView(
                field=_NAMES.get(each.field, each.field),
                value=each.value,
                owner=each.origin.owner,
                source=each.origin.name,
                said_at=each.origin.at,
                at=each.at,
            )
            for each in page.items
        )
        return MetadataHistoryList(items, page.next, page.total)

    def restore(self, id: str, body: RestoreRequest) -> MetadataView:  # noqa: A002 - the name in the path
        found = self._backend.library.models.get(id)
        self._records.restore(found, _FIELDS.get(body.field, body.field), body.at)
        return self.show(id)

    def refresh(self, body: RefreshRequest) -> Accepted:
        return self._accepted(
            self._backend.library.refreshes.request(
                body.ids,
                body.query,
                category=body.category,
                without=body.without,
                only_incomplete=body.only_incomplete,
                fresh=body.fresh,
                priority=priority_of(body.priority),
            )
        )

    def _accepted(self, enqueued: Enqueued) -> Accepted:
        self._backend.wake_worker()
        view = JobViews(self._backend.store).one(enqueued.job)
        return Accepted(view, enqueued.deduplicated)


def _said(patch: MetadataPatch) -> dict[str, Any]:
    """What the patch names, by the names of the fields, as JSON has it."""
    said = {n: v for n, v in asdict(patch).items() if v is not None and n != "reset"}
    return {_FIELDS.get(n, n): list(v) if isinstance(v, tuple) else v for n, v in said.items()}


def metadata_view(found: Found, record: Record) -> MetadataView:
    said = record.metadata
    return MetadataView(
        id=found.id,
        name=said.name,
        version_name=said.version_name,
        description=said.description,
        trained_words=said.trained_words,
        base_model=said.base_model,
        type=found.file.category,
        source=said.source,
        page_url=said.source_url,
        download_url=said.download_url,
        creator=said.creator,
        licence=said.licence,
        tags=said.tags,
        notes=said.notes,
        hashes={**said.hashes, **found.file.hashes},
        preview=tuple(each.url for each in said.preview),
        completeness=found.completeness,
        missing=found.missing,
        last_updated=said.last_updated,
        owners=_by_field(said, "owner"),
        sources=_by_field(said, "name"),
        gone_upstream=bool(said.gone),
        sidecar=None if record.sidecar is None else as_text(str(record.sidecar)),
        foreign=tuple(map(as_text, record.foreign)),
        problems=tuple(map(problem_view, record.problems)),
    )


def _by_field(said: ModelMetadata, what: str) -> dict[str, Any]:
    return {
        _NAMES.get(name, name): getattr(origin, what)
        for name, origin in sorted(said.provenance.items())
    }
