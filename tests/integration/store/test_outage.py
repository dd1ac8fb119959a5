from __future__ import annotations

import sqlite3
import threading
from contextlib import closing

import pytest
from sqlalchemy import create_engine, text

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import OWNED, Event, Job, JobState, Ownership, WorkerId
from model_keeper.domain.queue import JobQuery, ProgressRow
from model_keeper.store import JobStore, open_store
from tests.doubles import FakeClock
from tests.integration.patience import PATIENCE
from tests.integration.store.scenes import OpenStore, claimed, enqueued, running, worker
from tests.postgres import PostgresServer


class WaitingClock(FakeClock):
    """Tells when somebody waits for the database, and lets it go on when told so."""

    def __init__(self) -> None:
        super().__init__()
        self.waited = threading.Event()

    def sleep(self, seconds: float) -> None:
        super().sleep(seconds)
        self.waited.set()


@pytest.fixture
def clock() -> WaitingClock:
    return WaitingClock()


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_an_owner_outlasts_a_foreign_lock(
    address: str, store: JobStore, clock: WaitingClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = running(store, "a")
    monkeypatch.setattr("model_keeper.store.database._BUSY_SECONDS", 0.01)
    hasty = open_store(address, clock=clock, actor="worker")
    with closing(sqlite3.connect(address, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        ended: list[JobState] = []
        owner = threading.Thread(
            target=lambda: ended.append(hasty.work.advance(Ownership.of(job), Event.SUCCEED).state)
        )
        owner.start()
        assert clock.waited.wait(PATIENCE)
        assert store.jobs.get(job.id).state is JobState.RUNNING  # readers are not held up
        with pytest.raises(KeeperError) as refused:
            hasty.wishes.pause(job.id)
        assert refused.value.code == "database_unavailable"
        foreign.execute("ROLLBACK")
        owner.join()
    hasty.close()
    assert ended == [JobState.SUCCEEDED]


@pytest.mark.postgres
@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_an_owner_outlasts_a_server_that_is_gone(
    store: JobStore, clock: WaitingClock, postgres: PostgresServer
) -> None:
    job = running(store, "a")
    ended: list[JobState] = []
    postgres.stop()
    try:
        with pytest.raises(KeeperError) as refused:
            store.jobs.get(job.id)
        assert refused.value.code == "database_unavailable"
        clock.waited.clear()
        owner = threading.Thread(
            target=lambda: ended.append(store.work.advance(Ownership.of(job), Event.SUCCEED).state)
        )
        owner.start()
        assert clock.waited.wait(PATIENCE)
    finally:
        postgres.start()
    owner.join()
    assert ended == [JobState.SUCCEEDED]


def beat(store: JobStore, name: str, clock: FakeClock, seconds: int) -> None:
    store.workers.heartbeat(WorkerId(name))
    for _ in range(seconds // 15):
        clock.sleep(15)
        store.workers.heartbeat(WorkerId(name))


def running_jobs(store: JobStore) -> list[Job]:
    return list(store.jobs.page(JobQuery(states=OWNED)).items)


def age_heartbeat(address: str, name: str) -> None:
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE worker SET heartbeat_at = heartbeat_at - 100000 WHERE id = :id"),
            {"id": name},
        )
    engine.dispose()


@pytest.mark.postgres
@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_nobody_is_taken_for_dead_because_of_an_outage(
    address: str, opened: OpenStore, clock: WaitingClock, postgres: PostgresServer
) -> None:
    first, second = opened("w1"), opened("w2")
    for store, name in ((first, "w1"), (second, "w2")):
        store.workers.register(worker(name, host=name))
        enqueued(store, name)
        assert len(claimed(store, name, limit=1)) == 1
    beat(first, "w1", clock, 120)
    postgres.stop()
    postgres.start()
    first.work.report([ProgressRow(Ownership.of(job), 1, 2) for job in running_jobs(first)])
    # The other one has not got through yet, and looks as silent as the dead.
    age_heartbeat(address, "w2")
    assert first.workers.recover(WorkerId("w1"), is_alive=lambda _: True) == []
    assert second.workers.heartbeat(WorkerId("w2")).known
    age_heartbeat(address, "w2")
    beat(first, "w1", clock, 105)
    assert len(first.workers.recover(WorkerId("w1"), is_alive=lambda _: True)) == 1
