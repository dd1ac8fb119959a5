"""What the API shows of jobs: rows of the queue in the words of the people who look at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import urlsplit

from model_keeper.domain.jobs import HistoryEntry, Job, JobId, JobKind, JobState, WaitReason
from model_keeper.domain.queue import QueueCounts
from model_keeper.engine.summary import job_error
from model_keeper.store import JobStore
from model_keeper.web.problems import ProblemView, problem_view
from model_keeper.web.shapes import About


@dataclass(frozen=True)
class BatchView:
    """How the members of a batch stand, those included that another batch brought in."""

    total: int
    live: Annotated[Mapping[str, int], About("Members by live state.")]
    succeeded: int
    reused: int
    failed: int
    cancelled: int


@dataclass(frozen=True)
class JobView:
    """A job. Times are milliseconds UTC, sizes bytes, speeds bytes a second."""

    id: str
    seq: Annotated[int, About("The order in which jobs were enqueued.")]
    kind: JobKind
    target: str
    state: JobState
    wait_reason: Annotated[WaitReason | None, About("Why a pending job waits.")]
    control: Annotated[str, About("A wish its worker has not followed yet: pause or cancel.")]
    name: Annotated[str, About("The file's name; of a batch its title, perhaps empty.")]
    category: str | None
    root: Annotated[str | None, About("The model folder.")]
    relative: Annotated[str | None, About("The path below it, with forward slashes.")]
    path: Annotated[str | None, About("Where the file lies, or will lie.")]
    provider: str | None
    title: Annotated[str | None, About("What the provider calls the model.")]
    page: Annotated[str | None, About("The model's page at its provider.")]
    host: Annotated[str | None, About("The host that is asked for the file.")]
    sha256: Annotated[str | None, About("Computed where it succeeded, else what was published.")]
    sha256_published: Annotated[bool, About("Whether a published sha256 is compared.")]
    bytes_done: int
    bytes_total: int | None
    bandwidth: int | None
    priority: int
    rank: float
    attempts: int
    max_attempts: int
    run_after: Annotated[int, About("Not before this time.")]
    reused: Annotated[bool, About("It succeeded with a file that was here already.")]
    error: Annotated[ProblemView | None, About("What it ended or waits with.")]
    parent_id: Annotated[str | None, About("The batch that it was enqueued with.")]
    batch: Annotated[BatchView | None, About("Of a batch only.")]
    created_at: int
    updated_at: int
    started_at: int | None
    finished_at: int | None


@dataclass(frozen=True)
class HistoryView:
    """One line of a job's history."""

    n: Annotated[int, About("Grows with every event; the cursor of `events`.")]
    job_id: str
    at: int
    event: str
    actor: str
    data: Mapping[str, Any]


@dataclass(frozen=True)
class JobDetail:
    """A job with its source and its history."""

    job: JobView
    url: Annotated[str | None, About("The address that is fetched; never signed, without a token.")]
    result: Annotated[Mapping[str, Any], About("What was found out about the file.")]
    history: tuple[HistoryView, ...]


@dataclass(frozen=True)
class CountsView:
    """How many jobs there are, in all."""

    live: Annotated[Mapping[str, int], About("By live state.")]
    succeeded: int
    reused: int
    failed: int
    cancelled: int


class JobViews:
    """Makes views of jobs; batches need a look at their members."""

    def __init__(self, store: JobStore) -> None:
        self._store = store

    def of(self, jobs: Sequence[Job]) -> tuple[JobView, ...]:
        return tuple(self.one(job) for job in jobs)

    def one(self, job: Job) -> JobView:
        batch = self._batch(job.id) if job.kind is JobKind.BATCH else None
        return job_view(job, batch)

    def detail(self, job: Job) -> JobDetail:
        return JobDetail(
            job=self.one(job),
            url=_of(job.payload, "asset").get("url"),
            result=job.result,
            history=tuple(history_view(entry) for entry in self._store.jobs.history(job.id)),
        )

    def _batch(self, batch_id: JobId) -> BatchView:
        counts = counts_view(self._store.jobs.counts(batch_id))
        ended = counts.succeeded + counts.reused + counts.failed + counts.cancelled
        return BatchView(
            total=sum(counts.live.values()) + ended,
            live=counts.live,
            succeeded=counts.succeeded,
            reused=counts.reused,
            failed=counts.failed,
            cancelled=counts.cancelled,
        )


def job_view(job: Job, batch: BatchView | None = None) -> JobView:
    asset, place = _of(job.payload, "asset"), _of(job.payload, "destination")
    error = job_error(job)
    published = job.payload.get("expected_sha256") or asset.get("sha256")
    relative = place.get("relative")
    root = place.get("root")
    return JobView(
        id=job.id,
        seq=job.seq,
        kind=job.kind,
        target=job.target,
        state=job.state,
        wait_reason=job.wait_reason,
        control=job.control,
        name=_name(job, relative),
        category=place.get("category"),
        root=root,
        relative=relative,
        path=job.result.get("path") or (f"{root}/{relative}" if root and relative else None),
        provider=asset.get("provider"),
        title=asset.get("title"),
        page=asset.get("page"),
        host=_host(asset.get("url")),
        sha256=job.result.get("sha256") or published,
        sha256_published=bool(published),
        bytes_done=job.bytes_done,
        bytes_total=job.bytes_total,
        bandwidth=job.bandwidth,
        priority=job.priority,
        rank=job.rank,
        attempts=job.attempts,
        max_attempts=job.max_attempts,
        run_after=job.run_after,
        reused=job.reused,
        error=problem_view(error) if error else None,
        parent_id=job.parent_id,
        batch=batch,
        created_at=job.created_at,
        updated_at=job.updated_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
    )


def history_view(entry: HistoryEntry) -> HistoryView:
    return HistoryView(
        n=entry.n,
        job_id=entry.job_id,
        at=entry.at,
        event=entry.event,
        actor=entry.actor,
        data=entry.data,
    )


def counts_view(counts: QueueCounts) -> CountsView:
    ended = counts.finished
    return CountsView(
        live={state.value: n for state, n in counts.live.items() if n},
        succeeded=ended.succeeded,
        reused=ended.reused,
        failed=ended.failed,
        cancelled=ended.cancelled,
    )


def _of(payload: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = payload.get(key)
    return found if isinstance(found, Mapping) else {}


def _name(job: Job, relative: str | None) -> str:
    if job.kind is JobKind.BATCH:
        return str(job.payload.get("title") or "")
    return (relative or "").rsplit("/", 1)[-1]


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None
