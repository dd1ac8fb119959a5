"""What people do to jobs: the wish in the store first, then what follows from it on the disk."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Job, JobId, JobKind, JobState
from model_keeper.store import JobStore

Discard = Callable[[Job], None]


class JobActions:
    """Pause, resume, cancel, retry, approve, reject and remove, for any host."""

    def __init__(self, store: JobStore, discard: Discard) -> None:
        """``discard`` removes what a local download left in staging."""
        self._store = store
        self._discard = discard

    def pause(self, job_id: JobId) -> Job:
        return self._store.wishes.pause(job_id)

    def resume(self, job_id: JobId) -> Job:
        return self._store.wishes.resume(job_id)

    def retry(self, job_id: JobId) -> Job:
        return self._store.wishes.retry(job_id)

    def approve(self, job_id: JobId) -> Job:
        return self._store.wishes.approve(job_id)

    def cancel(self, job_id: JobId) -> Job:
        """Cancel; a running job is cancelled by its worker, which then removes the bytes."""
        return self._cleaned(self._store.wishes.cancel(job_id))

    def reject(self, job_id: JobId) -> Job:
        """Say no to what the rules left open: nothing is kept."""
        return self._cleaned(self._store.wishes.reject(job_id))

    def remove(self, job_id: JobId) -> None:
        """Take a finished job off the list."""
        job = self._store.jobs.get(job_id)
        self._store.wishes.delete(job_id)
        self._cleaned(job)

    def _cleaned(self, job: Job) -> Job:
        ended = job.state in {JobState.CANCELLED, JobState.FAILED}
        if ended and job.kind is JobKind.DOWNLOAD and job.target == "local":
            with contextlib.suppress(KeeperError):  # held by a worker that lets go in a moment
                self._discard(job)
        return job
