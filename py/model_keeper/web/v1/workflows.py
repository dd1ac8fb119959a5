"""What the open workflow needs, and getting it as one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import ModelEntry, merged
from model_keeper.engine.intake import Plan, Wishes
from model_keeper.engine.needs import Need, Needs, NeedState, Place
from model_keeper.engine.submission import Submission
from model_keeper.library.space import planned_space
from model_keeper.web.problems import ProblemView, problem_view
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.jobs import BatchAccepted, ItemOutcome
from model_keeper.web.views import JobViews
from model_keeper.workflows.reader import MAX_BYTES, read_workflow

_AREA = "Workflows"
_MOST_MODELS = 1_000


@dataclass(frozen=True)
class LoaderValue:
    """A value of a loader that the live node definitions do not list."""

    node_id: str
    value: Annotated[str, About(maxLength=1024)]
    node_type: str | None = None
    widget: str | None = None
    scope: Annotated[str, About("The subgraph's id, empty outside all.")] = ""
    active: Annotated[bool, About("Not muted or bypassed.")] = True


@dataclass(frozen=True)
class ModelRequest:
    """A model as a workflow names it."""

    name: Annotated[str, About(maxLength=1024)]
    url: Annotated[str | None, About(maxLength=4096)] = None
    directory: Annotated[str | None, About("A ComfyUI folder.")] = None
    sha256: Annotated[str | None, About(maxLength=64)] = None


@dataclass(frozen=True)
class AnalyzeRequest:
    """The open workflow: as it is on the canvas, and as it was stored."""

    workflow: Annotated[Mapping[str, Any] | None, About("UI or API format.")] = None
    stored: Annotated[
        Mapping[str, Any] | None, About("As it was loaded; ComfyUI may have replaced values since.")
    ] = None
    models: Annotated[
        tuple[ModelRequest, ...],
        About("Models that the host reports as missing.", maxItems=_MOST_MODELS),
    ] = ()
    values: Annotated[
        tuple[LoaderValue, ...], About("Values that no loader lists.", maxItems=_MOST_MODELS)
    ] = ()
    explore: Annotated[bool, About("Ask the providers for sizes and hashes.")] = True


@dataclass(frozen=True)
class PlaceView:
    """A node that wants the file."""

    node_id: str | None
    node_type: str | None
    scope: str
    widget: str | None
    active: bool


@dataclass(frozen=True)
class SourceChoice:
    """One of the files that a workflow names for one name."""

    url: str | None
    category: str | None
    sha256: str | None


@dataclass(frozen=True)
class NeedView:
    """A file that the workflow names."""

    name: str
    state: NeedState
    category: str | None
    root: str | None
    path: Annotated[str | None, About("Where it lies, or would go.")]
    url: str | None
    host: Annotated[
        str | None, About("Who is asked for it: a host, on Hugging Face with its owner.")
    ]
    provider: str | None
    size: int | None
    sha256_published: bool
    approval: Annotated[bool, About("Its host has to be admitted by a person first.")]
    choices: tuple[SourceChoice, ...]
    places: tuple[PlaceView, ...]
    error: ProblemView | None


@dataclass(frozen=True)
class SpaceView:
    """What everything that can be fetched takes on one volume, in bytes."""

    folder: str
    needed: int
    free: int


@dataclass(frozen=True)
class Analysis:
    """What a workflow needs."""

    items: tuple[NeedView, ...]
    space: tuple[SpaceView, ...]


@dataclass(frozen=True)
class FetchRequest:
    """``models`` as the panel shows them, or a whole ``workflow`` for programs."""

    models: Annotated[tuple[ModelRequest, ...], About(maxItems=_MOST_MODELS)] = ()
    workflow: Annotated[Mapping[str, Any] | None, About("UI or API format.")] = None
    title: Annotated[str | None, About("What the batch is called.", maxLength=200)] = None


class WorkflowsApi:
    """Workflows of the panel and of programs."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        refusals = ("workflow_unreadable", "workflow_unknown_format", "roots_unknown")
        return [
            Route(
                "POST",
                "workflows/analyze",
                self.analyze,
                "Which models a workflow names, which are here, and what the others would take.",
                Analysis,
                _AREA,
                body=AnalyzeRequest,
                errors=refusals,
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
                errors=(*refusals, "workflow_without_links"),
                most_bytes=MAX_BYTES,
            ),
        ]

    def analyze(self, body: AnalyzeRequest) -> Analysis:
        folders = self._backend.model_folders()
        entries = [_entry(model) for model in body.models]
        for document in (body.workflow, body.stored):
            entries = [*_declared(document), *entries]
        needs = Needs(self._backend.intake(folders), folders).of(
            merged(entries), [_place(value) for value in body.values], explore=body.explore
        )
        return Analysis(tuple(_need_view(need) for need in needs), _space(needs))

    def fetch(self, body: FetchRequest) -> BatchAccepted:
        """A model that cannot be fetched says why; the others go on."""
        folders = self._backend.model_folders()
        needs = Needs(self._backend.intake(folders), folders)
        entries = [_entry(model) for model in body.models] or [
            entry for entry in _declared(body.workflow) if entry.url and entry.active
        ]
        if not entries:
            raise KeeperError("workflow_without_links", path="The workflow")
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


def _declared(document: Mapping[str, Any] | None) -> tuple[ModelEntry, ...]:
    """What a workflow declares; a canvas without any node declares nothing."""
    if not document:
        return ()
    return read_workflow(document, source="The workflow").entries


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


def _place(value: LoaderValue) -> Place:
    return Place(
        node_id=value.node_id,
        node_type=value.node_type,
        scope=value.scope,
        widget=value.widget,
        value=value.value,
        active=value.active,
    )


def _need_view(need: Need) -> NeedView:
    download = need.plan.download if need.plan else None
    asset = download.asset if download else None
    return NeedView(
        name=need.name,
        state=need.state,
        category=need.category,
        root=download.destination.root if download else None,
        path=need.path or (download.destination.path if download else None),
        url=asset.url if asset else None,
        host=_source(asset) if asset else None,
        provider=asset.provider if asset else None,
        size=need.size,
        sha256_published=bool(download and download.expected_sha256),
        approval=bool(need.plan and need.plan.approval),
        choices=_choices(need),
        places=tuple(
            PlaceView(p.node_id, p.node_type, p.scope, p.widget, p.active) for p in need.places
        ),
        error=problem_view(need.error) if need.error else None,
    )


def _choices(need: Need) -> tuple[SourceChoice, ...]:
    if need.state is not NeedState.CHOOSE:
        return ()
    return tuple(SourceChoice(e.url, e.category, e.sha256) for e in need.entries if e.url)


def _source(asset: Asset) -> str:
    """The owner of a Hugging Face repository, else the host: what tells sources apart."""
    if asset.provider == "huggingface" and asset.title:
        return asset.title.split("/")[0]
    return urlsplit(asset.url).hostname or asset.url


def _space(needs: Sequence[Need]) -> tuple[SpaceView, ...]:
    rows = [
        (Path(need.plan.download.destination.root), need.size or 0)
        for need in needs
        if need.state is NeedState.FETCH and need.plan is not None
    ]
    try:
        volumes = planned_space(rows)
    except OSError:
        return ()
    return tuple(SpaceView(str(v.folder), v.needed, v.free) for v in volumes)
