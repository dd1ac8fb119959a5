from __future__ import annotations

import multiprocessing
import os
import signal
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.jobs import Event, JobState, Ownership, WorkerId
from model_keeper.domain.queue import JobQuery
from model_keeper.engine.clock import SystemClock
from model_keeper.store import JobStore, open_store
from tests.integration.store.scenes import OpenStore, claimed, download, worker

SPAWN = multiprocessing.get_context("spawn")
JOBS = 60


def _work(address: str, name: str, gate: Any) -> None:
    """Claims and finishes until nothing is left; notes every start in a file of its own."""
    store = open_store(address, clock=SystemClock(), actor=name)
    store.workers.register(worker(name, pid=os.getpid()))
    gate.wait()
    while store.jobs.counts().live[JobState.PENDING]:
        for job in claimed(store, name, limit=3):
            store.work.advance(Ownership.of(job), Event.SUCCEED)
    store.close()


def test_two_processes_start_every_job_once(address: str, store: JobStore) -> None:
    store.queue.enqueue_many(download(str(i)) for i in range(JOBS))
    gate = SPAWN.Barrier(2)
    processes = [SPAWN.Process(target=_work, args=(address, f"w{i}", gate)) for i in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert [process.exitcode for process in processes] == [0, 0]
    jobs = store.jobs.page(JobQuery(limit=1000)).items
    assert [job.state for job in jobs] == [JobState.SUCCEEDED] * JOBS
    assert {job.attempts for job in jobs} == {1}
    for job in jobs:
        happened = [entry.event for entry in store.jobs.history(job.id)]
        assert happened == ["created", "claim", "succeed"]


def _claim_and_hang(address: str, ready: Any) -> None:
    store = open_store(address, clock=SystemClock(), actor="victim")
    store.workers.register(worker("victim", pid=os.getpid()))
    taken = claimed(store, "victim", limit=2)
    store.work.advance(Ownership.of(taken[0]), Event.VERIFY)
    ready.send(len(taken))
    ready.recv()  # for ever


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows kills otherwise")
def test_jobs_of_a_killed_process_are_not_lost(address: str, opened: OpenStore) -> None:
    store = opened()
    store.queue.enqueue_many(download(str(i)) for i in range(3))
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=_claim_and_hang, args=(address, there))
    process.start()
    assert here.recv() == 2
    process.kill()
    process.join()
    store.workers.register(worker("me"))
    recovered = store.workers.recover(WorkerId("me"), is_alive=lambda _: process.is_alive())
    assert len(recovered) == 2
    assert {job.state for job in store.jobs.page(JobQuery()).items} == {JobState.PENDING}
    assert len(claimed(store, "me")) == 3


def _enqueue_until_killed(address: str, ready: Any) -> None:
    store = open_store(address, clock=SystemClock(), actor="victim")
    for number in range(10_000):
        ready.send(store.queue.enqueue(download(str(number))).job.id)


@pytest.mark.parametrize("address", ["sqlite"], indirect=True)
def test_an_acknowledged_job_survives_the_death_of_who_asked(address: str, tmp_path: Path) -> None:
    assert Path(address).parent == tmp_path
    here, there = SPAWN.Pipe(duplex=False)
    process = SPAWN.Process(target=_enqueue_until_killed, args=(address, there))
    process.start()
    acknowledged = [here.recv() for _ in range(20)]
    process.kill()
    process.join()
    there.close()
    while True:
        try:
            acknowledged.append(here.recv())
        except (EOFError, OSError):
            break
    store = open_store(address, clock=SystemClock(), actor="test")
    ids = {job.id for job in store.jobs.page(JobQuery(limit=10_000)).items}
    store.close()
    assert set(acknowledged) <= ids
