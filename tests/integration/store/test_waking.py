from __future__ import annotations

import threading
from collections.abc import Callable

import pytest

from model_keeper.domain.jobs import JobKind, Ownership
from model_keeper.domain.queue import Lane, ProgressRow
from model_keeper.store import JobStore
from tests.integration.patience import PATIENCE
from tests.integration.store.scenes import (
    OpenStore,
    claimed,
    enqueued,
    running,
    worker,
)
from tests.postgres import PostgresServer


def watch_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "store-wakeups"]


@pytest.mark.parametrize(
    "change",
    [
        lambda store: enqueued(store, "b"),
        lambda store: store.settings.change(concurrency=9),
        lambda store: store.lanes.put(Lane("local", JobKind.DOWNLOAD, paused=True)),
        lambda store: store.workers.drain(worker().id),
    ],
    ids=["job", "setting", "lane", "drain"],
)
def test_a_change_wakes_this_process_and_others(
    opened: OpenStore, change: Callable[[JobStore], object]
) -> None:
    store, other = opened(), opened()
    store.workers.register(worker())
    here, there, ready = threading.Event(), threading.Event(), threading.Event()
    store.wakeups.subscribe(here.set)
    unsubscribe = other.wakeups.subscribe(ready.set)
    other.wakeups.start()
    # A hint is never owed before the watch stands: knock until it does.
    while not ready.wait(0.05):
        enqueued(store)
    unsubscribe()
    other.wakeups.subscribe(there.set)
    here.clear()
    change(store)
    assert here.is_set()
    assert there.wait(PATIENCE)


def test_what_changes_nothing_for_others_wakes_nobody_here(store: JobStore) -> None:
    job = running(store, "a")
    calls: list[int] = []
    store.wakeups.subscribe(lambda: calls.append(1))
    assert claimed(store) == []
    store.work.report([ProgressRow(Ownership.of(job), 1, 2)])
    store.workers.heartbeat(worker().id)
    assert calls == []


def test_the_thread_ends_with_the_stop(store: JobStore) -> None:
    before = len(watch_threads())
    store.wakeups.start()
    store.wakeups.start()
    assert len(watch_threads()) == before + 1
    store.wakeups.stop()
    assert len(watch_threads()) == before
    store.wakeups.stop()


def test_closing_ends_the_thread(opened: OpenStore) -> None:
    store = opened()
    store.wakeups.start()
    store.close()
    assert watch_threads() == []


def test_one_who_left_is_not_called(store: JobStore) -> None:
    calls: list[int] = []
    leave = store.wakeups.subscribe(lambda: calls.append(1))
    leave()
    leave()
    enqueued(store, "a")
    assert calls == []


@pytest.mark.postgres
@pytest.mark.parametrize("address", ["postgresql"], indirect=True)
def test_listening_goes_on_after_the_server_came_back(
    opened: OpenStore, postgres: PostgresServer
) -> None:
    store, other = opened(), opened()
    woken = threading.Event()
    other.wakeups.subscribe(woken.set)
    other.wakeups.start()
    postgres.stop()
    postgres.start()
    assert woken.wait(PATIENCE)  # something may have been missed
    woken.clear()
    while not woken.wait(0.05):
        enqueued(store)
