"""What two transactions do to each other on PostgreSQL; SQLite runs one write at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Engine, create_engine, text

from model_keeper.domain.jobs import Event, Job, JobKind, JobState, transition
from model_keeper.domain.queue import JobQuery
from model_keeper.store import changes, dialects
from tests.integration.store.scenes import OpenStore, claimed, download, enqueued, worker

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.parametrize("address", ["postgresql"], indirect=True),
]


@pytest.fixture
def watch(address: str) -> Iterator[Engine]:
    engine = create_engine(address)
    yield engine
    engine.dispose()


def ended_or_waiting(watch: Engine, thread: threading.Thread) -> None:
    """Returns when the thread has ended or its transaction waits for a lock."""
    with watch.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while thread.is_alive():
            waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted"
            if connection.scalar(text(waiting)):
                return


def in_the_middle(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Acts once, inside the next transaction that changes a job, before it writes."""
    left = [act]

    def interrupted(state: JobState, event: Event) -> JobState:
        if left:
            left.pop()()
        return transition(state, event)

    monkeypatch.setattr(changes, "transition", interrupted)


def test_a_job_that_is_being_cancelled_is_not_claimed(
    opened: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, other = opened(), opened()
    other.workers.register(worker())
    job = enqueued(person, "a")
    taken: list[Job] = []
    in_the_middle(monkeypatch, lambda: taken.extend(claimed(other)))
    assert person.wishes.cancel(job.id).state is JobState.CANCELLED
    assert taken == []


def test_two_wishes_for_one_job_come_one_after_the_other(
    opened: OpenStore, monkeypatch: pytest.MonkeyPatch, watch: Engine
) -> None:
    person, other = opened(), opened("other")
    job = enqueued(person, "a")
    second = threading.Thread(target=lambda: other.wishes.cancel(job.id))

    def let_the_other_try() -> None:
        second.start()
        ended_or_waiting(watch, second)

    in_the_middle(monkeypatch, let_the_other_try)
    person.wishes.pause(job.id)
    second.join()
    told = [(entry.event, entry.data.get("state")) for entry in person.jobs.history(job.id)]
    assert told[1:] == [("pause", "paused"), ("cancel", "cancelled")]
    assert person.jobs.get(job.id).state is JobState.CANCELLED


def test_two_claims_in_one_lane_hold_its_limit_together(
    opened: OpenStore, monkeypatch: pytest.MonkeyPatch, watch: Engine
) -> None:
    first, second = opened(), opened()
    first.workers.register(worker("w1"))
    second.workers.register(worker("w2"))
    first.queue.enqueue_many(download(str(i)) for i in range(3))
    one = {JobKind.DOWNLOAD: 1}
    taken: list[Job] = []
    rival = threading.Thread(target=lambda: taken.extend(claimed(second, "w2", concurrency=one)))

    def let_the_rival_try() -> None:
        rival.start()
        ended_or_waiting(watch, rival)

    in_the_middle(monkeypatch, let_the_rival_try)
    assert len(claimed(first, "w1", concurrency=one)) == 1
    rival.join()
    assert taken == []


def test_two_enqueues_for_one_destination_make_one_job(
    opened: OpenStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = opened(), opened("other")
    insert = dialects.insert_or_ignore
    came_first: list[Job] = []

    def after_the_other(*args: Any) -> None:
        monkeypatch.setattr(dialects, "insert_or_ignore", insert)
        came_first.append(enqueued(second, "a"))
        insert(*args)

    monkeypatch.setattr(dialects, "insert_or_ignore", after_the_other)
    answer = first.queue.enqueue(download("a"))
    assert (answer.deduplicated, [answer.job.id]) == (True, [job.id for job in came_first])
    assert first.jobs.page(JobQuery()).total == 1
