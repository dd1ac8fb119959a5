"""Small pieces of scenes that the tests of the store share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from model_keeper.domain.jobs import Event, Job, JobKind, NewJob, Ownership, WorkerId
from model_keeper.domain.workers import WorkerInfo
from model_keeper.store import JobStore

OpenStore = Callable[..., JobStore]


def download(name: str | None = None, **fields: Any) -> NewJob:
    """A download to the destination ``name`` from a source of that name."""
    fields.setdefault("dest_key", f"/models/{name}" if name else None)
    fields.setdefault("source_key", f"url:https://example.org/{name}" if name else None)
    fields.setdefault("payload", {"name": name})
    return NewJob(kind=fields.pop("kind", JobKind.DOWNLOAD), **fields)


def batch() -> NewJob:
    return NewJob(kind=JobKind.BATCH, payload={})


def worker(name: str = "w1", host: str = "here", pid: int = 100) -> WorkerInfo:
    return WorkerInfo(
        id=WorkerId(name), host_id=host, pid=pid, start_time=1.5, boot_id="boot", version="1"
    )


def enqueued(store: JobStore, name: str | None = None, **fields: Any) -> Job:
    return store.queue.enqueue(download(name, **fields)).job


def claimed(store: JobStore, worker_id: str = "w1", **limits: Any) -> list[Job]:
    limits.setdefault("targets", ["local"])
    limits.setdefault("kinds", list(JobKind))
    limits.setdefault("limit", 10)
    return store.work.claim(WorkerId(worker_id), **limits)


def running(store: JobStore, name: str | None = None, **fields: Any) -> Job:
    """A job that was just claimed by ``w1``, which is registered if need be."""
    store.workers.register(worker())
    job = enqueued(store, name, **fields)
    return next(each for each in claimed(store) if each.id == job.id)


def finished(store: JobStore, event: Event = Event.SUCCEED, name: str = "a", **result: Any) -> Job:
    job = running(store, name)
    if event is Event.FAIL:
        return store.work.advance(Ownership.of(job), event, error_code="stalled")
    return store.work.advance(Ownership.of(job), event, result=result)


def events(store: JobStore, job: Job) -> list[str]:
    return [entry.event for entry in store.jobs.history(job.id)]
