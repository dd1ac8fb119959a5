"""A host that stays sees that work has a worker."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobId, JobKind, NewJob
from model_keeper.engine.attendance import Attendance
from model_keeper.store import JobStore
from tests.doubles import FakeClock
from tests.stores import open_fresh


class Workers:
    """A worker, which may be there or not, and what it was told."""

    def __init__(self, *, there: bool, starts: bool = True) -> None:
        self.there = there
        self.woken = 0
        self.told: list[bool] = []
        self._starts = starts

    def running(self) -> Workers | None:
        return self if self.there else None

    def wake(self) -> None:
        self.woken += 1
        self.there = self._starts

    def tell_generating(self, generating: bool) -> None:
        self.told.append(generating)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JobStore]:
    opened = open_fresh(tmp_path / "keeper.sqlite3", clock=FakeClock())
    yield opened
    opened.close()


def look(store: JobStore, workers: Workers, *, generating: bool = False) -> None:
    with ThreadPoolExecutor(1) as pool:
        attendance = Attendance(store, workers.running, workers.wake, pool)  # type: ignore[arg-type]
        attendance.look(generating)


def enqueued(store: JobStore) -> JobId:
    return store.queue.enqueue(NewJob(JobKind.DOWNLOAD, {}, dest_key="a")).job.id


def test_work_without_a_worker_gets_one(store: JobStore) -> None:
    enqueued(store)
    workers = Workers(there=False)
    look(store, workers, generating=True)
    assert (workers.woken, workers.told) == (1, [True])


def test_a_worker_that_is_there_is_told_and_not_started(store: JobStore) -> None:
    enqueued(store)
    workers = Workers(there=True)
    look(store, workers)
    look(store, workers, generating=True)
    assert (workers.woken, workers.told) == (0, [False, True])


def test_a_worker_that_does_not_come_is_tried_again_next_time(store: JobStore) -> None:
    enqueued(store)
    workers = Workers(there=False, starts=False)
    for _ in range(2):
        look(store, workers)
    assert (workers.woken, workers.told) == (2, [])


@pytest.mark.parametrize("wish", ["pause", "cancel"])
def test_nothing_to_do_needs_no_worker(store: JobStore, wish: str) -> None:
    workers = Workers(there=False)
    look(store, workers)
    getattr(store.wishes, wish)(enqueued(store))
    look(store, workers)
    assert workers.woken == 0


def test_a_database_in_trouble_ends_no_attendance(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise KeeperError("database_unavailable", why="it is locked")

    monkeypatch.setattr(store.jobs, "counts", lost)
    workers = Workers(there=False)
    look(store, workers)
    assert workers.woken == 0
