"""What a workflow needs, putting right what it names, and getting the rest as one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Status
from model_keeper.domain.references import Location, ModelEntry, Reference
from model_keeper.engine.intake import Plan, Wishes
from model_keeper.engine.needs import Need
from model_keeper.engine.resolving.changes import certain_changes
from model_keeper.engine.resolving.report import resolution_report
from model_keeper.engine.submission import Submission
from model_keeper.web.problems import ProblemView, problem_view
from model_keeper.web.route import Route
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.jobs import BatchAccepted, ItemOutcome
from model_keeper.web.v1.workflow_changes import change_of, change_views
from model_keeper.web.v1.workflow_shapes import (
    Analysis,
    AnalyzeRequest,
    FetchRequest,
    LoaderValue,
    MissingNode,
    ModelRequest,
    ReadWorkflow,
    Relinked,
    RelinkRequest,
    Resolution,
    ResolveRequest,
)
from model_keeper.web.v1.workflow_views import need_view, space_views
from model_keeper.web.views import JobViews
from model_keeper.workflows.patch import patched
from model_keeper.workflows.reader import MAX_BYTES, Workflow, read_workflow

_AREA = "Workflows"
_SOURCE = "The workflow"
_REFUSALS = ("workflow_unreadable", "workflow_unknown_format", "roots_unknown")


class WorkflowsApi:
    """Workflows of the panel and of programs."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        return [
            Route(
                "POST",
                "workflows/analyze",
                self.analyze,
                "Which models a workflow names, which are here, and what the others would take.",
                Analysis,
                _AREA,
                body=AnalyzeRequest,
                errors=_REFUSALS,
                most_bytes=MAX_BYTES,
            ),
            Route(
                "POST",
                "workflows/resolve",
                self.resolve,
                "What became of each place that names a model: what `resolve --json` prints.",
                Resolution,
                _AREA,
                body=ResolveRequest,
                errors=(*_REFUSALS, "workflow_empty"),
                most_bytes=MAX_BYTES,
            ),
            Route(
                "POST",
                "workflows/relink",
                self.relink,
                "Name the files that are here: a patched copy; nothing is written.",
                Relinked,
                _AREA,
                body=RelinkRequest,
                errors=(*_REFUSALS, "workflow_empty", "workflow_changed"),
                most_bytes=MAX_BYTES,
            ),
            Route(
                "POST",
                "workflows/read",
                self.read,
                "The workflow that a file carries: JSON, or a picture or video from ComfyUI.",
                ReadWorkflow,
                _AREA,
                body=bytes,
                errors=("workflow_unreadable", "workflow_unknown_format", "workflow_empty"),
                most_bytes=MAX_BYTES,
            ),
            Route(
                "POST",
                "workflows/fetch",
                self.fetch,
                "Fetch models that a workflow names, as one batch.",
                BatchAccepted,
                _AREA,
                202,
                body=FetchRequest,
                errors=(*_REFUSALS, "workflow_without_links"),
                most_bytes=MAX_BYTES,
            ),
        ]

    def analyze(self, body: AnalyzeRequest) -> Analysis:
        folders = self._backend.model_folders()
        declared = [_entry(model) for model in body.models]
        workflow, stored = _read(body.workflow), _read(body.stored)
        needs = self._backend.workflows.needs(folders, fresh=body.fresh).of(
            workflow,
            entries=[*(stored.entries if stored else ()), *declared],
            values=[_reference(value) for value in body.values],
            explore=body.explore,
        )
        shown = [need for need in needs if need.status is not Status.BUILTIN]
        document = workflow.document if workflow else {}
        views = tuple(need_view(need, document) for need in shown)
        missing = self._backend.workflows.missing_nodes(workflow) if workflow else {}
        nodes = tuple(MissingNode(kind, count) for kind, count in missing.items())
        return Analysis(views, space_views(shown), nodes)

    def resolve(self, body: ResolveRequest) -> dict[str, Any]:
        workflow = read_workflow(body.workflow, source=_SOURCE)
        findings = [need.finding for need in self._needs(workflow, explore=body.search)]
        return resolution_report(body.name, workflow.format.value, findings)

    def relink(self, body: RelinkRequest) -> Relinked:
        workflow = read_workflow(body.workflow, source=_SOURCE)
        if body.changes is not None:
            changes = tuple(change_of(asked) for asked in body.changes)
        else:
            needs = self._needs(workflow, explore=False)
            changes = certain_changes(workflow.document, (need.finding for need in needs))
        return Relinked(patched(body.workflow, changes), change_views(workflow.document, changes))

    def read(self, body: bytes) -> ReadWorkflow:
        workflow = read_workflow(body, source="The file")
        return ReadWorkflow(workflow.document, workflow.format.value)

    def fetch(self, body: FetchRequest) -> BatchAccepted:
        """A model that cannot be fetched says why; the others go on."""
        needs = self._backend.workflows.needs(self._backend.model_folders())
        workflow = _read(body.workflow)
        entries = [_entry(model) for model in body.models] or [
            entry for entry in (workflow.entries if workflow else ()) if entry.url and entry.active
        ]
        if not entries:
            raise KeeperError("workflow_without_links", path=_SOURCE)
        plans: dict[int, Plan] = {}
        errors: dict[int, ProblemView] = {}
        for n, entry in enumerate(entries):
            try:
                plans[n] = needs.plan(_sourced(entry), Wishes())
            except KeeperError as error:
                errors[n] = problem_view(error)
        job, ids = None, {}
        if plans:
            submitted = Submission(self._backend.store).all(list(plans.values()), body.title)
            job = JobViews(self._backend.store).one(submitted.job)
            ids = dict(zip(plans, submitted.job_ids))  # noqa: B905 - one id a plan
            self._backend.wake_worker()
        outcomes = tuple(ItemOutcome(ids.get(n), errors.get(n)) for n in range(len(entries)))
        return BatchAccepted(job, outcomes)

    def _needs(self, workflow: Workflow, *, explore: bool) -> Sequence[Need]:
        folders = self._backend.model_folders()
        return self._backend.workflows.needs(folders).of(workflow, explore=explore)


def _read(document: Mapping[str, Any] | None) -> Workflow | None:
    """None for a canvas without any node, which wants nothing."""
    return read_workflow(document, source=_SOURCE) if document else None


def _entry(model: ModelRequest) -> ModelEntry:
    return ModelEntry(
        name=model.name.replace("\\", "/"),
        url=model.url,
        directory=model.directory,
        sha256=model.sha256.lower() if model.sha256 else None,
    )


def _sourced(entry: ModelEntry) -> ModelEntry:
    if not entry.url:
        raise KeeperError("not_found", what=entry.name)
    return entry


def _reference(value: LoaderValue) -> Reference:
    return Reference(
        node_id=value.node_id,
        node_type=value.node_type or "",
        widget=value.widget or "",
        value=value.value,
        location=Location(value.scope, value.node_id, ()),
        scope=value.scope,
        active=value.active,
    )
