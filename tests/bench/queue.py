"""The queue: a hundred thousand jobs, and a page among them."""

from __future__ import annotations

import time
from pathlib import Path

from model_keeper.domain.jobs import JobKind, JobState, NewJob
from model_keeper.domain.queue import JobQuery
from model_keeper.engine.clock import SystemClock
from model_keeper.store import open_store
from tests.bench.measure import Run
from tests.bench.report import Limit, Table

JOBS = 100_000


def measure(work: Path, table: Table) -> None:
    """The queue rows of the table."""
    store = open_store(work / "queue.sqlite3", clock=SystemClock(), actor="bench")
    try:
        begun, cpu = time.perf_counter(), time.process_time()
        store.queue.enqueue_many(
            NewJob(JobKind.DOWNLOAD, {"n": n}, dest_key=f"/models/loras/{n}", source_key=str(n))
            for n in range(JOBS)
        )
        run = Run(time.perf_counter() - begun, time.process_time() - cpu)
        table.fact("100,000 jobs enqueued", run)
        table.limit(Limit("100,000 jobs enqueued, seconds", run.wall, 10))
        query = JobQuery(states=frozenset({JobState.PENDING}), limit=100)
        after = store.jobs.page(query).next
        pages = [_page(lambda: store.jobs.page(query)) for _ in range(20)]
        later = JobQuery(states=frozenset({JobState.PENDING}), limit=100, after=after)
        pages += [_page(lambda: store.jobs.page(later)) for _ in range(20)]
        table.limit(Limit("a page of 100 among them, milliseconds", min(pages) * 1000, 10))
    finally:
        store.close()


def _page(read: object) -> float:
    assert callable(read)
    begun = time.perf_counter()
    read()
    return time.perf_counter() - begun
