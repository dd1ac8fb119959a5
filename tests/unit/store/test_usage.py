"""How often models ran."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.store import JobStore
from model_keeper.store.usage import Use
from tests.doubles import FakeClock
from tests.stores import open_fresh


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def store(tmp_path: Path, clock: FakeClock) -> Iterator[JobStore]:
    opened = open_fresh(tmp_path / "keeper.sqlite3", clock=clock)
    yield opened
    opened.close()


def test_every_run_counts_once_for_each_file(store: JobStore, clock: FakeClock) -> None:
    assert store.usage.all() == []
    store.usage.count(["/m/a", "/m/b", "/m/a"])
    before = clock.now_ms()
    clock.sleep(5)
    store.usage.count(path for path in ["/m/b"])
    assert store.usage.all() == [Use("/m/b", 2, before + 5_000), Use("/m/a", 1, before)]


def test_counting_nothing_changes_nothing(store: JobStore) -> None:
    store.usage.count([])
    assert store.usage.all() == []


def test_counting_wakes_nobody(store: JobStore) -> None:
    before = store.jobs.last_event()
    store.usage.count(["/m/a"])
    assert store.jobs.last_event() == before
