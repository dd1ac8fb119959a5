"""Putting plans into the queue: alone, or as a batch that stands for what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from model_keeper.domain.jobs import Job, JobId, JobKind, JobState, NewJob
from model_keeper.domain.queue import Child, Outcome
from model_keeper.engine.intake import Plan
from model_keeper.store import JobStore


@dataclass(frozen=True)
class Submitted:
    """``job`` is what to look at: the batch, or the only job.

    ``job_ids`` has one entry for each plan, in their order; equal plans share one.
    """

    job: Job
    job_ids: tuple[JobId, ...]
    deduplicated: bool = False


class Submission:
    """Enqueues; a plan that is on its way already is joined, and woken if it was paused."""

    def __init__(self, store: JobStore) -> None:
        self._store = store

    def one(self, plan: Plan) -> Submitted:
        """What belongs to the file waits for it. Raises KeeperError destination_busy."""
        enqueued = self._store.queue.enqueue(plan.to_job())
        if plan.related:
            self.all([plan], plan.download.destination.relative)  # joins what was just enqueued
        job = self._wake(enqueued.job, plan)
        return Submitted(job, (job.id,), enqueued.deduplicated)

    def all(
        self, plans: Sequence[Plan], title: str | None = None, *, last: NewJob | None = None
    ) -> Submitted:
        """One job stays one, several become a batch with ``title``.

        ``last`` is a job that follows the downloads beside it.
        """
        if last is None and len(plans) == 1 and not plans[0].related:
            return self.one(plans[0])
        if last is not None and not plans:
            enqueued = self._store.queue.enqueue(last)
            return Submitted(enqueued.job, (), enqueued.deduplicated)
        payload = {"files": len(plans), **({"title": title} if title else {})}
        batch = NewJob(kind=JobKind.BATCH, payload=payload)
        children = [Child(plan.to_job()) for plan in plans]
        children += [Child(last)] if last else []
        children += [
            Child(each.to_job(), after=index)
            for index, plan in enumerate(plans)
            for each in plan.related
        ]
        created = self._store.queue.enqueue_batch(batch, children)
        receipts = created.receipts[: len(plans)]
        for receipt, plan in zip(receipts, plans):  # noqa: B905 - both have one entry for each plan
            if receipt.outcome is not Outcome.CREATED:
                self._wake(self._store.jobs.get(receipt.job_id), plan)
        return Submitted(created.batch, tuple(receipt.job_id for receipt in receipts))

    def _wake(self, job: Job, plan: Plan) -> Job:
        """Asking again is a newer wish than an earlier pause."""
        wishes = self._store.wishes
        if job.state is JobState.PAUSED:
            return wishes.resume(job.id)
        allowed = plan.download.allow_pickle and job.error_code == "review_pickle"
        if job.state is JobState.REVIEW and allowed:
            return wishes.approve(job.id)
        return job
