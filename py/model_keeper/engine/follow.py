"""Watching jobs until they rest: from the store, and smoothly from the worker where it answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from model_keeper.domain.jobs import FINISHED, HELD, Job, JobId, JobState, WaitReason
from model_keeper.domain.ports import Clock
from model_keeper.engine.worker_link import WorkerLink
from model_keeper.store import JobStore

_TICK = 0.25
_CHECK_WORKER_EVERY = 8  # ticks


@dataclass(frozen=True)
class Update:
    """A job as the store has it, with live figures while it runs here."""

    job: Job
    live: Mapping[str, Any] | None


class Watch:
    """Follows a set of jobs and keeps a worker alive for them."""

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        ensure_worker: Callable[[], WorkerLink | None],
        *,
        patient: bool,
    ) -> None:
        """``patient``: also wait while a job waits for space that a person has to make."""
        self._store = store
        self._clock = clock
        self._ensure_worker = ensure_worker
        self._patient = patient

    def follow(self, job_ids: Sequence[JobId]) -> Iterator[list[Update]]:
        """The state of every job, a few times a second, until all rest. The last one is final."""
        link = self._ensure_worker()
        tick = 0
        while True:
            live = (link.live() if link else None) or {}
            updates = [Update(self._store.jobs.get(i), live.get(i)) for i in job_ids]
            yield updates
            if all(self._rests(update.job) for update in updates):
                return
            self._clock.sleep(_TICK)
            tick += 1
            if tick % _CHECK_WORKER_EVERY == 0 and not (link and link.health()):
                link = self._ensure_worker()

    def _rests(self, job: Job) -> bool:
        if job.state in FINISHED or job.state in {JobState.REVIEW, JobState.PAUSED}:
            return True
        if job.state is not JobState.PENDING:
            return False
        waits_for_space = job.wait_reason is WaitReason.DISK
        return job.wait_reason in HELD or (waits_for_space and not self._patient)
