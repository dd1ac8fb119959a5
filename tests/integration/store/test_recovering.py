from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import create_engine, text

from model_keeper.domain.jobs import Event, JobState, Ownership, OwnershipLost, WorkerId
from model_keeper.domain.workers import LEASE_MS, Orders, WorkerInfo
from model_keeper.store import JobStore
from tests.doubles import FakeClock
from tests.integration.store.scenes import (
    OpenStore,
    claimed,
    enqueued,
    events,
    running,
    worker,
)

ME, W1 = WorkerId("me"), WorkerId("w1")


def nobody_lives(_: WorkerInfo) -> bool:
    return False


def all_live(_: WorkerInfo) -> bool:
    return True


@pytest.fixture
def silence(address: str) -> Callable[[WorkerId, int], None]:
    """Makes a worker's last heartbeat older by so many milliseconds."""
    url = address if "://" in address else f"sqlite:///{address}"

    def age(worker_id: WorkerId, by_ms: int) -> None:
        engine = create_engine(url)
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE worker SET heartbeat_at = heartbeat_at - :by WHERE id = :id"),
                {"by": by_ms, "id": worker_id},
            )
        engine.dispose()

    return age


def beat_calmly(store: JobStore, clock: FakeClock, seconds: float) -> None:
    """Heartbeats of ``me`` for so long."""
    store.workers.heartbeat(ME)
    for _ in range(int(seconds / 15)):
        clock.sleep(15)
        store.workers.heartbeat(ME)


def test_jobs_of_a_dead_process_on_this_host_return_at_once(store: JobStore) -> None:
    job = running(store, "a")
    store.workers.register(worker("me", pid=200))
    asked: list[WorkerInfo] = []

    def is_alive(info: WorkerInfo) -> bool:
        asked.append(info)
        return False

    [back] = store.workers.recover(ME, is_alive=is_alive)
    assert asked == [worker("w1")]
    assert (back.id, back.state, back.worker_id) == (job.id, JobState.PENDING, None)
    assert [row.info.id for row in store.workers.all()] == ["me"]
    assert events(store, job)[-1] == "recover"
    with pytest.raises(OwnershipLost):
        store.work.advance(Ownership.of(job), Event.SUCCEED)
    assert store.workers.heartbeat(W1) == Orders(known=False, draining=False)
    [again] = claimed(store, "me")
    assert again.epoch == job.epoch + 1


def test_jobs_of_a_living_process_on_this_host_stay_however_silent(
    store: JobStore, clock: FakeClock, silence: Callable[[WorkerId, int], None]
) -> None:
    running(store, "a")
    store.workers.register(worker("me"))
    silence(W1, 100 * LEASE_MS)
    beat_calmly(store, clock, 120)
    assert store.workers.recover(ME, is_alive=all_live) == []


def test_jobs_of_a_silent_worker_elsewhere_return_after_the_lease(
    store: JobStore, clock: FakeClock, silence: Callable[[WorkerId, int], None]
) -> None:
    job = running(store, "a")
    store.workers.register(worker("me", host="there"))
    beat_calmly(store, clock, 120)
    store.workers.heartbeat(W1)
    silence(W1, LEASE_MS - 5_000)
    assert store.workers.recover(ME, is_alive=nobody_lives) == []
    silence(W1, 10_000)
    assert [back.id for back in store.workers.recover(ME, is_alive=all_live)] == [job.id]


def test_nobody_is_taken_for_dead_before_one_has_watched_for_long_enough(
    store: JobStore, clock: FakeClock, silence: Callable[[WorkerId, int], None]
) -> None:
    job = running(store, "a")
    store.workers.register(worker("me", host="there"))
    silence(W1, 100 * LEASE_MS)
    beat_calmly(store, clock, 75)
    assert store.workers.recover(ME, is_alive=nobody_lives) == []
    beat_calmly(store, clock, 15)
    assert [back.id for back in store.workers.recover(ME, is_alive=nobody_lives)] == [job.id]


def test_a_gap_in_ones_own_heartbeats_starts_the_watch_again(
    store: JobStore, clock: FakeClock, silence: Callable[[WorkerId, int], None]
) -> None:
    running(store, "a")
    store.workers.register(worker("me", host="there"))
    silence(W1, 100 * LEASE_MS)
    beat_calmly(store, clock, 120)
    clock.sleep(61)  # the machine slept
    assert store.workers.recover(ME, is_alive=nobody_lives) == []
    store.workers.heartbeat(ME)
    assert store.workers.recover(ME, is_alive=nobody_lives) == []
    beat_calmly(store, clock, 90)
    assert len(store.workers.recover(ME, is_alive=nobody_lives)) == 1


def test_a_stranger_recovers_nothing(store: JobStore) -> None:
    running(store, "a")
    assert store.workers.recover(WorkerId("stranger"), is_alive=nobody_lives) == []


def test_jobs_without_a_known_owner_return(store: JobStore, opened: OpenStore) -> None:
    job = running(store, "a")
    store.workers.register(worker("me"))
    store.workers.recover(ME, is_alive=nobody_lives)
    [again] = claimed(store, "me")
    assert again.id == job.id
    store.workers.register(worker("third"))
    opened().workers.unregister(ME)
    assert store.jobs.get(job.id).state is JobState.PENDING


@pytest.mark.parametrize(
    ("wish", "state"), [("pause", JobState.PAUSED), ("cancel", JobState.CANCELLED)]
)
def test_what_was_wished_of_a_dead_owner_is_done(
    store: JobStore, wish: str, state: JobState
) -> None:
    job = running(store, "a")
    getattr(store.wishes, wish)(job.id)
    store.workers.register(worker("me"))
    [back] = store.workers.recover(ME, is_alive=nobody_lives)
    assert (back.state, back.control) == (state, "")
    assert events(store, job)[-2:] == ["recover", wish]


def test_a_worker_that_ends_gives_its_jobs_back(store: JobStore) -> None:
    job = running(store, "a")
    other = enqueued(store, "b")
    assert [back.id for back in store.workers.unregister(W1)] == [job.id]
    assert store.jobs.get(other.id).state is JobState.PENDING
    assert store.workers.all() == []


def test_a_worker_learns_that_it_shall_drain(store: JobStore) -> None:
    store.workers.register(worker())
    assert store.workers.heartbeat(W1) == Orders(known=True, draining=False)
    store.workers.drain(W1)
    assert store.workers.heartbeat(W1) == Orders(known=True, draining=True)
    store.workers.register(worker())
    assert store.workers.heartbeat(W1) == Orders(known=True, draining=False)


def test_a_worker_is_read_as_it_introduced_itself(store: JobStore) -> None:
    info = WorkerInfo(
        id=W1,
        host_id="here",
        pid=2**33,
        start_time=1_700_000_000.25,
        boot_id="b",
        version="1.2",
        targets=("local", "pod"),
        lock_path="/x/ü.lock",
    )
    store.workers.register(info)
    [row] = store.workers.all()
    assert (row.info, row.draining) == (info, False)


def test_a_job_that_loses_one_worker_after_the_other_does_not_go_on(
    store: JobStore, clock: FakeClock
) -> None:
    poison = enqueued(store, "a")
    for number in range(3):
        store.workers.register(worker(f"w{number}"))
        assert [job.id for job in claimed(store, f"w{number}")] == [poison.id]
        clock.sleep(30)
        store.workers.register(worker("me", pid=200))
        store.workers.recover(ME, is_alive=nobody_lives)
    ended = store.jobs.get(poison.id)
    assert (ended.state, ended.error_code, ended.worker_id) == (
        JobState.FAILED,
        "workers_lost",
        None,
    )
    assert claimed(store, "me") == []

    store.wishes.retry(poison.id)  # a person wants to know
    [again] = claimed(store, "me")
    store.workers.register(worker("w9"))
    [back] = store.workers.recover(WorkerId("w9"), is_alive=nobody_lives)
    assert (back.id, back.state) == (again.id, JobState.PENDING)


def test_a_job_that_gets_further_with_every_worker_goes_on(
    store: JobStore, clock: FakeClock
) -> None:
    slow = enqueued(store, "a")
    for number in range(6):
        clock.sleep(30)
        store.workers.register(worker(f"w{number}"))
        [job] = claimed(store, f"w{number}")
        for done in (number, number):  # the same is told once
            store.work.progressed(Ownership.of(job), done)
        store.workers.register(worker("me", pid=200))
        store.workers.recover(ME, is_alive=nobody_lives)
    assert store.jobs.get(slow.id).state is JobState.PENDING
    assert events(store, slow).count("progressed") == 5
