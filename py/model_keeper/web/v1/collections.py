"""Collections: what is known of the library to be kept or shared, and restored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from model_keeper import __version__
from model_keeper.domain.collection_json import (
    CollectionReading,
    RefusedModel,
    from_json,
    pieces,
)
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.collection_export import ExportWish
from model_keeper.engine.collection_plans import CollectionPlan, PlannedModel
from model_keeper.engine.collections import Applied, CheckedModel
from model_keeper.library.index_text import as_text
from model_keeper.web.content import Content
from model_keeper.web.problems import problem_view
from model_keeper.web.route import Route
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.collection_shapes import (
    AppliedModelView,
    ApplyRequest,
    BundleRequest,
    BundleView,
    CheckedModelView,
    CollectedModelView,
    CollectionApplied,
    CollectionCheckView,
    CollectionPlanView,
    CollectionRequest,
    ExportQuery,
    RefusedModelView,
)
from model_keeper.web.v1.workflow_shapes import NeededRoomView
from model_keeper.web.views import JobViews
from model_keeper.workflows.reader import read_workflow

_AREA = "Collections"
_SOURCE = "The workflow"
MADE_BY = f"comfyui-model-keeper {__version__}"
#: Of a document, both ways. The terminal reads and writes larger ones.
_MOST_BYTES = 64 << 20


class CollectionsApi:
    """Documents are answered and asked for as a whole, up to a limit."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        unreadable = ("collection_unreadable", "collection_newer", "collection_too_large")
        asked = (*unreadable, "body_too_large", "roots_unknown", "index_unusable")
        found = ("query_key_unknown", "query_value_wrong", "query_too_long", "model_not_in_library")
        too_large = ("collection_too_large", "collection_too_big")
        return [
            Route("GET", "library/export", self.export, "What is known of models, as a document to"
                  " keep or to share.", Content, _AREA, query=ExportQuery,
                  errors=(*found, *too_large, "roots_unknown", "index_unusable")),
            Route("POST", "collections/plan", self.plan, "What is here of a collection, what can be"
                  " fetched, and what not.", CollectionPlanView, _AREA, body=CollectionRequest,
                  errors=asked, most_bytes=_MOST_BYTES),
            Route("POST", "collections/apply", self.apply, "Fetch what is missing of a collection,"
                  " and restore what is known of its models, as one batch.", CollectionApplied,
                  _AREA, 202, body=ApplyRequest, errors=(*asked, "storage_failed"),
                  most_bytes=_MOST_BYTES),
            Route("POST", "collections/verify", self.verify, "Which models of a collection are here"
                  " and equal.", CollectionCheckView, _AREA, body=CollectionRequest, errors=asked,
                  most_bytes=_MOST_BYTES),
            Route("POST", "workflows/bundle", self.bundle, "A workflow with what is known of each"
                  " of its models, to be shared.", BundleView, "Workflows", body=BundleRequest,
                  errors=("workflow_unreadable", "workflow_unknown_format", "workflow_empty",
                          "workflow_cannot_carry", "roots_unknown"),
                  most_bytes=_MOST_BYTES),
        ]  # fmt: skip

    def export(self, query: ExportQuery) -> Content:
        collections = self._backend.library.collections
        wish = ExportWish(
            query=query.q,
            category=query.category,
            ids=query.ids or None,
            without=query.without,
            personal=query.personal,
            previews=query.previews,
        )
        models = collections.export(wish, self._backend.model_folders())
        document = bytearray()
        for piece in pieces(collections.head(MADE_BY), models):
            document += piece
            if len(document) > _MOST_BYTES:
                raise KeeperError("collection_too_big", limit=_MOST_BYTES >> 20)
        attached = {"Content-Disposition": 'attachment; filename="models.json"'}
        return Content(bytes(document), "application/json", headers=attached)

    def plan(self, body: CollectionRequest) -> CollectionPlanView:
        return plan_view(self._planned(body.document))

    def apply(self, body: ApplyRequest) -> CollectionApplied:
        plan = self._planned(body.document)
        if body.only is not None:
            plan = plan.only(body.only)
        folders = self._backend.model_folders()
        applied = self._backend.library.collections.apply(plan, folders)
        if applied.job is not None:
            self._backend.wake_worker()
        return self._applied_view(applied)

    def verify(self, body: CollectionRequest) -> CollectionCheckView:
        reading = from_json(body.document)
        rows = self._backend.library.collections.verify(
            reading.collection, self._backend.model_folders()
        )
        return check_view(rows, reading.refused)

    def bundle(self, body: BundleRequest) -> BundleView:
        """Nobody is asked: what is not known here stays unknown."""
        folders = self._backend.model_folders()
        workflow = read_workflow(body.workflow, source=_SOURCE)
        needs = self._backend.workflows.needs(folders).of(workflow, explore=False)
        library = self._backend.library
        bundle = library.bundles.bundle(
            workflow,
            [need.finding for need in needs],
            folders,
            library.collections.head(MADE_BY, body.title),
            source=_SOURCE,
        )
        models = tuple(model.key for model in bundle.models)
        return BundleView(bundle.document, models, bundle.lacking)

    def _planned(self, document: Mapping[str, Any]) -> CollectionPlan:
        reading: CollectionReading = from_json(document)
        folders = self._backend.model_folders()
        intake = self._backend.intake(folders)
        return self._backend.library.collections.plan(reading, folders, intake)

    def _applied_view(self, applied: Applied) -> CollectionApplied:
        jobs = JobViews(self._backend.store)
        fetched = [AppliedModelView(key, job, None) for key, job in applied.downloads.items()]
        refused = [
            AppliedModelView(key, None, problem_view(error))
            for key, error in applied.errors.items()
        ]
        job = None if applied.job is None else jobs.one(applied.job)
        return CollectionApplied(job, (*fetched, *refused))


def plan_view(plan: CollectionPlan) -> CollectionPlanView:
    return CollectionPlanView(
        title=plan.title,
        items=tuple(map(_model_view, plan.rows)),
        total=len(plan.rows),
        counts={standing.value: count for standing, count in plan.counts.items()},
        refused=_refused_views(plan.refused),
        volumes=tuple(
            NeededRoomView(str(each.folder), each.needed, each.free) for each in plan.volumes
        ),
    )


def _model_view(row: PlannedModel) -> CollectedModelView:
    model, download = row.model, row.download
    return CollectedModelView(
        key=model.key,
        category=model.category,
        path=model.relative,
        size=model.size,
        state=row.standing,
        model=row.found.id if row.found else None,
        place=_place(row),
        approval=download is not None and download.approval,
        fields=row.difference.fields,
        marks=row.difference.marks,
        preview=row.difference.preview,
        error=problem_view(row.error) if row.error else None,
    )


def _place(row: PlannedModel) -> str | None:
    if row.found is not None:
        return as_text(row.found.file.path)
    return row.download.download.destination.path if row.download else None


def check_view(
    rows: Sequence[CheckedModel], refused: Sequence[RefusedModel]
) -> CollectionCheckView:
    counts = Counter(row.standing.value for row in rows)
    items = tuple(map(_checked_view, rows))
    return CollectionCheckView(items, len(items), dict(counts), _refused_views(refused))


def _checked_view(row: CheckedModel) -> CheckedModelView:
    found = row.found
    return CheckedModelView(
        row.model.key,
        row.standing,
        found.id if found else None,
        as_text(found.file.path) if found else None,
    )


def _refused_views(refused: Sequence[RefusedModel]) -> tuple[RefusedModelView, ...]:
    return tuple(
        RefusedModelView(each.position, each.name, problem_view(each.error)) for each in refused
    )
