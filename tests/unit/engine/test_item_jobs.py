"""Jobs with items, each run on the thread of the test."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, Job, JobKind, NewJob, Ownership, WaitReason, WorkerId
from model_keeper.domain.ports import CANCEL, DRAIN, LOST, PAUSE, Control, Progress
from model_keeper.domain.queue import Item, ItemResult, ItemState
from model_keeper.domain.workers import WorkerInfo
from model_keeper.engine.control import JobControl
from model_keeper.engine.item_jobs import (
    ItemHandler,
    Postponed,
    failed,
    item_error,
    skipped,
    succeeded,
)
from model_keeper.engine.running import Outcome, Running
from model_keeper.transfer.limits import Bandwidth
from tests.unit.engine.shelf import Shelf

_WORKER = WorkerInfo(WorkerId("w"), "here", 1, 1.0, "boot", "1")


class Killed(BaseException):
    """Nothing behind this line was run."""


class Counting:
    """Counts to the length of its list; ``troubles`` happen instead of an item's result."""

    stage = "counting"
    outcomes = ("changed", "unknown")
    together = 40

    def __init__(self, *keys: str) -> None:
        self.list = keys
        self.troubles: dict[str, BaseException | str] = {}
        self.seen: list[str] = []
        self.control = JobControl()

    def keys(self, job: Job) -> Sequence[str]:
        assert job.kind is JobKind.METADATA
        return self.list

    def work(self, job: Job, items: Sequence[Item], control: Control) -> Iterator[ItemResult]:
        assert len(items) <= self.together
        for item in items:
            control.check()
            trouble = self.troubles.get(item.key)
            if isinstance(trouble, str):
                self.control.stop(trouble)
            elif isinstance(trouble, KeeperError):
                self.seen.append(item.key)
                yield failed(item, trouble, name=item.key)
                continue
            elif trouble is not None:
                raise trouble
            self.seen.append(item.key)
            unknown = item.key.startswith("?")
            yield skipped(item, "unknown") if unknown else succeeded(item, "changed", job=job.id)


class Run:
    """One job of a store, run as often as it is wished."""

    def __init__(self, shelf: Shelf, work: Counting) -> None:
        self.store = shelf.store
        self._shelf = shelf
        self.work = work
        self.progress: list[Progress] = []
        self.store.workers.register(_WORKER)
        self.id = self.store.queue.enqueue(NewJob(JobKind.METADATA, {})).job.id

    def run(self) -> Outcome | None:
        [job] = self.store.work.claim(
            _WORKER.id, targets=["local"], kinds=[JobKind.METADATA], limit=1
        )
        self.work.control = JobControl()
        running = Running(
            job, Ownership.of(job), self.work.control, Bandwidth(self._shelf.clock, None)
        )
        handler = ItemHandler(self.store, self._shelf.clock, self.work)
        return handler.run(running, self.progress.append)

    def give_back(self) -> None:
        """What becomes of the job of a worker that died."""
        job = self.store.jobs.get(self.id)
        self.store.work.advance(Ownership.of(job), Event.RECOVER)

    def marked(self) -> list[str]:
        done = set(ItemState) - {ItemState.PENDING}
        return [item.key for item in self.store.items.page(self.id, states=done)]


def run_of(shelf: Shelf, *keys: str) -> Run:
    return Run(shelf, Counting(*keys))


def test_every_item_has_a_result_and_the_job_has_counts(shelf: Shelf) -> None:
    job = run_of(shelf, "a", "?b", "c")
    job.work.troubles["c"] = KeeperError("file_changing", path="/c")

    outcome = job.run()

    assert outcome == Outcome(
        Event.SUCCEED, {"total": 3, "done": 3, "failed": 1, "changed": 1, "unknown": 1}
    )
    a, b, c = job.store.items.page(job.id)
    assert (a.state, a.data) == (ItemState.SUCCEEDED, {"job": job.id, "outcome": "changed"})
    assert b.state is ItemState.SKIPPED
    assert (c.state, c.error_code, c.data["name"]) == (ItemState.FAILED, "file_changing", "c")
    error = item_error(c)
    assert error is not None
    assert "/c" in error.message
    assert item_error(a) is None


def test_progress_counts_items(shelf: Shelf) -> None:
    job = run_of(shelf, "a", "b")
    job.run()
    assert [(p.done, p.total, p.stage) for p in job.progress] == [
        (0, 2, "counting"),
        (1, 2, "counting"),
        (2, 2, "counting"),
    ]


def test_a_job_with_nothing_to_do_is_done(shelf: Shelf) -> None:
    outcome = run_of(shelf).run()
    assert outcome is not None
    assert (outcome.event, (outcome.result or {})["total"]) == (Event.SUCCEED, 0)


def test_a_killed_job_goes_on_with_what_is_not_marked(shelf: Shelf) -> None:
    keys = [f"{number:03}" for number in range(100)]
    job = run_of(shelf, *keys)
    job.work.troubles["057"] = Killed()
    with pytest.raises(Killed):
        job.run()
    marked = job.marked()
    job.give_back()
    job.work.seen.clear()
    job.work.troubles.clear()
    job.work.list = ("the list is made once",)

    outcome = job.run()

    assert marked == keys[: len(marked)]
    assert len(marked) >= 50
    assert job.work.seen == keys[len(marked) :]
    assert outcome is not None
    assert outcome.result == {"total": 100, "done": 100, "failed": 0, "changed": 100, "unknown": 0}
    assert job.progress[-1].fetched == 100 - len(marked)


@pytest.mark.parametrize(
    ("wish", "event"),
    [(PAUSE, Event.PAUSE), (CANCEL, Event.CANCEL), (DRAIN, Event.DEFER), (LOST, None)],
)
def test_a_wish_is_followed_between_items(shelf: Shelf, wish: str, event: Event | None) -> None:
    job = run_of(shelf, "a", "b", "c")
    job.work.troubles["b"] = wish

    outcome = job.run()

    assert (outcome.event if outcome else None) is event
    assert job.marked() == ["a", "b"]


def test_a_job_that_cannot_go_on_now_waits_with_what_is_left(shelf: Shelf) -> None:
    job = run_of(shelf, "a", "b")
    error = KeeperError("unreachable", host="example.org")
    job.work.troubles["b"] = Postponed(error, 60.0, WaitReason.OFFLINE)

    outcome = job.run()

    assert outcome is not None
    assert (outcome.event, outcome.delay) == (Event.DEFER, 60.0)
    assert (outcome.wait_reason, outcome.error) == (WaitReason.OFFLINE, error)
    assert job.marked() == ["a"]


def test_a_job_of_which_every_item_failed_has_failed(shelf: Shelf) -> None:
    job = run_of(shelf, "a", "b")
    for key in job.work.list:
        job.work.troubles[key] = KeeperError("storage_failed", path=key, why="broken")

    outcome = job.run()

    assert outcome is not None
    assert outcome.event is Event.FAIL
    assert outcome.error is not None
    assert outcome.error.details == {"path": "a", "why": "broken"}
    assert (outcome.result or {})["failed"] == 2


def test_an_item_without_a_result_is_a_mistake_that_is_told(shelf: Shelf) -> None:
    class Forgetful(Counting):
        def work(self, job: Job, items: Sequence[Item], control: Control) -> Iterator[ItemResult]:
            return super().work(job, items[1:], control)

    job = Run(shelf, Forgetful("a", "b"))
    with pytest.raises(RuntimeError, match="no result"):
        job.run()
    assert job.marked() == ["b"]
