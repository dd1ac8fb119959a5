"""Batches: many downloads as one, told to whoever waits for them as they go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from model_keeper.domain.batch_callbacks import BatchDownloadCallbacks, BatchReport
from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Job, JobId, JobState
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.resolutions import DownloadErrorContext, DownloadResult
from model_keeper.engine.follow import Update
from model_keeper.engine.intake import Plan
from model_keeper.engine.submission import Submission
from model_keeper.engine.summary import job_error

Follow = Callable[[Sequence[JobId]], Iterator[list[Update]]]
Results = Sequence[tuple[int, DownloadResult]]  # by the index of the item

_RUNS = frozenset({JobState.RUNNING, JobState.VERIFYING})
_RESTS = frozenset({JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.REVIEW})


@dataclass(frozen=True)
class BatchItem:
    """One file of a batch: its download, or why there is none."""

    name: str
    plan: Plan | None = None
    error: KeeperError | None = None

    @classmethod
    def of(cls, name: str, planned: Plan | KeeperError) -> BatchItem:
        """The item of what was planned, or of what stopped that."""
        if isinstance(planned, KeeperError):
            return cls(name, error=planned)
        return cls(planned.download.destination.relative, planned)


@dataclass(frozen=True)
class BatchSummary:
    """What became of a batch. Every item counts once; ``skipped`` were there already.

    ``results`` has one entry an item, in their order; ``paths`` those of the files that are there.
    """

    results: tuple[DownloadResult, ...] = ()
    successful: int = 0
    failed: int = 0
    skipped: int = 0
    paths: tuple[str, ...] = ()


class Batches:
    """Enqueues files as one batch and follows it to its end."""

    def __init__(self, submission: Submission, follow: Follow) -> None:
        self._submission = submission
        self._follow = follow

    def run(
        self,
        items: Sequence[BatchItem],
        callbacks: BatchDownloadCallbacks | None = None,
        *,
        title: str | None = None,
        on_results: Callable[[Results], None] | None = None,
        on_updates: Callable[[Sequence[Update]], None] | None = None,
    ) -> BatchSummary:
        """The summary, once every job rests. A failure ends one item and no other.

        ``on_results`` gets what is there or has failed as soon as that is known, several items at
        once where they end together, before the callbacks hear of it. ``on_updates`` gets the jobs
        themselves, each once, a few times a second. Raises what a callback raises; the jobs go on.
        """
        report = BatchReport(callbacks or BatchDownloadCallbacks(), len(items))
        report.batch_started()
        telling = _Telling(items, report, on_results)
        for index, item in enumerate(items):
            if item.plan is None:
                telling.refused(index, item.error or KeeperError("not_found", what=item.name))
        telling.tell_ended()
        planned = [(index, item.plan) for index, item in enumerate(items) if item.plan]
        if planned:
            submitted = self._submission.all([plan for _, plan in planned], title)
            indices: dict[JobId, list[int]] = {}
            for (index, _), job_id in zip(planned, submitted.job_ids):  # noqa: B905 - one id a plan
                indices.setdefault(job_id, []).append(index)
            for updates in self._follow(tuple(indices)):
                if on_updates is not None:
                    on_updates(updates)
                for update in updates:
                    for index in indices[update.job.id]:
                        telling.update(index, update)
                telling.tell_ended()
            telling.end()
        report.batch_completed()
        return telling.summary()


class _Telling:
    """Turns the states of jobs into callbacks, each thing once."""

    def __init__(
        self,
        items: Sequence[BatchItem],
        report: BatchReport,
        on_results: Callable[[Results], None] | None,
    ) -> None:
        self._items = items
        self._report = report
        self._on_results = on_results
        self._untold: list[tuple[int, DownloadResult]] = []
        self._started: set[int] = set()
        self._last: dict[int, Job] = {}
        self._results: dict[int, DownloadResult] = {}

    def refused(self, index: int, error: KeeperError) -> None:
        self._ended(index, _failure(error, self._items[index].plan))

    def update(self, index: int, update: Update) -> None:
        job = update.job
        self._last[index] = job
        if index in self._results:
            return
        if job.state in _RUNS:
            self._start(index)
            live = update.live or {}
            done = int(live.get("bytes_done", job.bytes_done))
            total = live.get("bytes_total", job.bytes_total)
            self._report.file_progressed(str(index), done, total)
        elif job.state in _RESTS:
            self._ended(index, _result(job, self._items[index].plan))

    def end(self) -> None:
        """Jobs that rest without having ended: they wait for a person."""
        for index, job in self._last.items():
            if index not in self._results:
                self._ended(index, _result(job, self._items[index].plan))
        self.tell_ended()

    def tell_ended(self) -> None:
        """Pass on what has ended since the last time."""
        ended, self._untold = self._untold, []
        if ended and self._on_results is not None:
            self._on_results(ended)
        for index, result in ended:
            self._start(index)
            self._report.file_completed(str(index), succeeded=result.success, error=result.error)

    def summary(self) -> BatchSummary:
        results = tuple(self._results[index] for index in sorted(self._results))
        reused = sum(
            result.success and job.reused
            for index, result in self._results.items()
            if (job := self._last.get(index)) is not None
        )
        good = sum(result.success for result in results)
        return BatchSummary(
            results=results,
            successful=good - reused,
            failed=len(results) - good,
            skipped=reused,
            paths=tuple(result.model.path for result in results if result.model),
        )

    def _start(self, index: int) -> None:
        if index not in self._started:
            self._started.add(index)
            self._report.file_started(str(index), self._items[index].name)

    def _ended(self, index: int, result: DownloadResult) -> None:
        self._results[index] = result
        self._untold.append((index, result))


def _result(job: Job, plan: Plan | None) -> DownloadResult:
    if job.state is not JobState.SUCCEEDED:
        return _failure(job_error(job) or KeeperError("job_waits", id=job.id), plan)
    if plan is None:
        raise AssertionError("a job without a plan")
    destination = plan.download.destination
    root, relative = _place(destination, str(job.result.get("path") or destination.path))
    hashes = {kind: job.result[kind] for kind in ("sha256", "blake3") if job.result.get(kind)}
    model = ModelFile(
        category=destination.category,
        root=root,
        relative=relative,
        size=int(job.result.get("size") or job.bytes_total or 0),
        mtime_ns=int(job.result.get("mtime_ns") or 0),
        hashes=hashes,
    )
    return DownloadResult(success=True, model=model)


def _place(destination: Destination, path: str) -> tuple[str, str]:
    """The root and what is below it: a file that was here already may lie elsewhere."""
    if path == destination.path:
        return destination.root, destination.relative
    inner, root = PurePath(path), PurePath(destination.root)
    if root in inner.parents:
        return str(root), inner.relative_to(root).as_posix()
    return str(inner.parent), inner.name


def _failure(error: KeeperError, plan: Plan | None) -> DownloadResult:
    asset = plan.download.asset if plan else None
    context = DownloadErrorContext.of(
        error, provider=asset.provider if asset else None, url=asset.url if asset else None
    )
    return DownloadResult(success=False, error=error.message, error_context=context)
