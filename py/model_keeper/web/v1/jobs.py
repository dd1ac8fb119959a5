"""The queue: list, add, act, forget."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Annotated

from model_keeper.domain.downloads import Collision
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Job, JobId, JobKind, JobState, Priority
from model_keeper.domain.queue import Enqueued, JobQuery, Order
from model_keeper.engine.intake import Plan, Wishes
from model_keeper.engine.lookups import Answer, looked_up
from model_keeper.engine.submission import Submission
from model_keeper.web.problems import ProblemView, problem_view
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend
from model_keeper.web.views import CountsView, JobDetail, JobView, JobViews, counts_view

_AREA = "Jobs"
ACTIONS = ("pause", "resume", "cancel", "retry", "approve", "reject")
_MOST_ITEMS = 500


@dataclass(frozen=True)
class JobListQuery:
    """Which jobs to list; empty filters let everything pass."""

    state: Annotated[tuple[JobState, ...], About("Any of these, by commas.")] = ()
    kind: Annotated[tuple[JobKind, ...], About("Any of these, by commas.")] = ()
    target: Annotated[str | None, About("The machine the job is for.")] = None
    batch: Annotated[str | None, About("Members of this batch.")] = None
    q: Annotated[str, About("A part of the name, the path or the address.", maxLength=500)] = ""
    order: Annotated[Order, About("newest, or the order of the queue.")] = Order.NEWEST
    limit: Annotated[int, About("Rows of a page.", minimum=1, maximum=1000)] = 100
    after: Annotated[str | None, About("`next` of the page before.")] = None


@dataclass(frozen=True)
class JobList:
    """A page of jobs."""

    items: tuple[JobView, ...]
    next: str | None
    total: int
    counts: Annotated[CountsView, About("Of the whole queue, whatever the filters.")]


@dataclass(frozen=True)
class JobRequest:
    """A download: one of ``url``, ``sha256`` and ``air`` says of what."""

    url: Annotated[
        str | None,
        About("A link to a file or to its page, `hf://`, or a Civitai address.", maxLength=4096),
    ] = None
    sha256: Annotated[
        str | None,
        About("The hash: alone what to look for, with a link what it must have.", maxLength=80),
    ] = None
    air: Annotated[str | None, About("An AIR name.", maxLength=500)] = None
    category: Annotated[str | None, About("The ComfyUI folder, such as loras.")] = None
    root: Annotated[str | None, About("Which folder of the category.")] = None
    name: Annotated[str | None, About("The file's name, also with a sub-folder.")] = None
    priority: Annotated[int | str, About("low, normal, high, or a number.")] = 0
    collision: Annotated[Collision, About("What to do where another file has the name.")] = (
        Collision.FAIL
    )
    allow_pickle: Annotated[bool, About("Accept a file that can run code when it is loaded.")] = (
        False
    )


@dataclass(frozen=True)
class Accepted:
    """``deduplicated``: it was on its way already, and was joined."""

    job: JobView
    deduplicated: bool


@dataclass(frozen=True)
class BatchRequest:
    """Several downloads at once."""

    items: Annotated[tuple[JobRequest, ...], About(maxItems=_MOST_ITEMS)]
    title: Annotated[str | None, About("What the batch is called.", maxLength=200)] = None


@dataclass(frozen=True)
class ItemOutcome:
    """What became of one entry: a job, or the reason why there is none."""

    job_id: str | None
    error: ProblemView | None


@dataclass(frozen=True)
class BatchAccepted:
    """``job`` is the batch, or the only job; None where no entry could be taken."""

    job: JobView | None
    items: Annotated[tuple[ItemOutcome, ...], About("In the order of the request.")]


@dataclass(frozen=True)
class JobPatch:
    """Only what is named is changed."""

    priority: Annotated[int | str | None, About("low, normal, high, or a number.")] = None
    before: Annotated[str | None, About("Put it in front of this job.")] = None
    after: Annotated[str | None, About("Put it behind this job.")] = None
    bandwidth: Annotated[
        int | None, About("Bytes a second; 0 for no limit of its own.", minimum=0, maximum=2**50)
    ] = None


@dataclass(frozen=True)
class Removed:
    """What was taken off the list."""

    id: str


class JobsApi:
    """Jobs and batches."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        act = "Pauses, resumes, cancels, retries, approves or rejects; of a batch its members too."
        found = ("job_not_found",)
        refusals = ("link_unreadable", "category_needed", "choice_needed", "name_needed")
        return [
            Route("GET", "jobs", self.list, "Jobs, a page at a time.", JobList, _AREA,
                  query=JobListQuery),
            Route("POST", "jobs", self.add, "Enqueue a download.", Accepted, _AREA, 202,
                  body=JobRequest,
                  errors=(*refusals, "destination_busy", "not_found", "roots_unknown")),
            Route("GET", "jobs/{id}", self.get, "A job with its history.", JobDetail, _AREA,
                  errors=found),
            Route("PATCH", "jobs/{id}", self.change, "Change its place, priority or bandwidth.",
                  JobView, _AREA, body=JobPatch, errors=(*found, "not_possible_now")),
            *(
                Route("POST", f"jobs/{{id}}/{name}", partial(self.act, name), act, JobView, _AREA,
                      errors=(*found, "not_possible_now"))
                for name in ACTIONS
            ),
            Route("DELETE", "jobs/{id}", self.remove, "Take a finished job off the list.", Removed,
                  _AREA, errors=(*found, "not_possible_now")),
            Route("POST", "batches", self.add_batch, "Enqueue several downloads.", BatchAccepted,
                  "Batches", 202, body=BatchRequest, errors=("roots_unknown",)),
            Route("GET", "batches/{id}", self.get, "A batch with its history.", JobDetail,
                  "Batches", errors=found),
            *(
                Route("POST", f"batches/{{id}}/{name}", partial(self.act, name), act, JobView,
                      "Batches", errors=(*found, "not_possible_now"))
                for name in ACTIONS
            ),
            Route("DELETE", "batches/{id}", self.remove, "Take a finished batch off the list.",
                  Removed, "Batches", errors=(*found, "not_possible_now")),
        ]  # fmt: skip

    def list(self, query: JobListQuery) -> JobList:
        store = self._backend.store
        page = store.jobs.page(
            JobQuery(
                states=frozenset(query.state),
                kinds=frozenset(query.kind),
                target=query.target,
                parent=JobId(query.batch) if query.batch else None,
                text=query.q,
                order=query.order,
                limit=query.limit,
                after=query.after,
            )
        )
        return JobList(
            items=JobViews(store).of(page.items),
            next=page.next,
            total=page.total,
            counts=counts_view(store.jobs.counts()),
        )

    def add(self, body: JobRequest) -> Accepted:
        intake = self._backend.intake(self._backend.model_folders())
        plan = intake.from_link(link_of(body), wishes_of(body))
        submitted = Submission(self._backend.store).one(plan)
        self._backend.wake_worker()
        return Accepted(JobViews(self._backend.store).one(submitted.job), submitted.deduplicated)

    def add_batch(self, body: BatchRequest) -> BatchAccepted:
        """An entry that cannot be taken says why; the others go on."""
        intake = self._backend.intake(self._backend.model_folders())
        planned = looked_up(
            lambda item: intake.from_link(link_of(item), wishes_of(item)), body.items
        )
        return accept_batch(self._backend, planned, body.title)

    def get(self, id: str) -> JobDetail:  # noqa: A002 - the name in the path
        store = self._backend.store
        return JobViews(store).detail(store.jobs.get(id))

    def act(self, action: str, id: str) -> JobView:  # noqa: A002 - the name in the path
        actions = self._backend.actions
        does: dict[str, Callable[[JobId], Job]] = {
            "pause": actions.pause,
            "resume": actions.resume,
            "cancel": actions.cancel,
            "retry": actions.retry,
            "approve": actions.approve,
            "reject": actions.reject,
        }
        job = does[action](JobId(id))
        self._backend.wake_worker()
        return JobViews(self._backend.store).one(job)

    def change(self, id: str, body: JobPatch) -> JobView:  # noqa: A002 - the name in the path
        wishes, job_id = self._backend.store.wishes, JobId(id)
        job = self._backend.store.jobs.get(job_id)
        if body.priority is not None:
            job = wishes.set_priority(job_id, priority_of(body.priority))
        if body.before is not None or body.after is not None:
            job = wishes.set_rank(
                job_id,
                before=JobId(body.before) if body.before else None,
                after=JobId(body.after) if body.after else None,
            )
        if body.bandwidth is not None:
            job = wishes.set_bandwidth(job_id, body.bandwidth or None)
        return JobViews(self._backend.store).one(job)

    def remove(self, id: str) -> Removed:  # noqa: A002 - the name in the path
        self._backend.actions.remove(JobId(id))
        return Removed(id)


def accepted(backend: Backend, enqueued: Enqueued) -> Accepted:
    """See that a worker looks at what was just enqueued, and tell of it."""
    backend.wake_worker()
    return Accepted(JobViews(backend.store).one(enqueued.job), enqueued.deduplicated)


def accept_batch(
    backend: Backend, planned: Sequence[Answer[Plan]], title: str | None
) -> BatchAccepted:
    """Enqueue what could be planned, and tell of each entry what became of it."""
    plans = [plan for plan in planned if isinstance(plan, Plan)]
    submitted = Submission(backend.store).all(plans, title) if plans else None
    ids = iter(submitted.job_ids if submitted else ())
    outcomes = tuple(
        ItemOutcome(next(ids), None)
        if isinstance(entry, Plan)
        else ItemOutcome(None, problem_view(entry))
        for entry in planned
    )
    if submitted is None:
        return BatchAccepted(None, outcomes)
    backend.wake_worker()
    return BatchAccepted(JobViews(backend.store).one(submitted.job), outcomes)


def link_of(request: JobRequest) -> str:
    """What the request wants fetched. Raises invalid_request."""
    link = request.url or request.air or request.sha256
    if not link:
        raise KeeperError("invalid_request", what="Name a url, an air or a sha256.")
    return link


def wishes_of(request: JobRequest) -> Wishes:
    named = request.sha256 if request.url or request.air else None
    return Wishes(
        category=request.category,
        root=request.root,
        name=request.name,
        sha256=named.lower().removeprefix("sha256:") if named else None,
        allow_pickle=request.allow_pickle,
        collision=request.collision,
        priority=priority_of(request.priority),
    )


def priority_of(given: int | str) -> int:
    """A number, or one of the named priorities. Raises invalid_request."""
    if isinstance(given, int):
        return max(-(2**31), min(given, 2**31 - 1))
    named = {level.name.lower(): level.value for level in Priority}
    if given.lower() not in named:
        raise KeeperError(
            "invalid_request", what="“priority” must be low, normal, high or a number."
        )
    return named[given.lower()]
