"""The worker's event loop is never held up: its threads do what blocks."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.engine.actions import JobActions
from model_keeper.hosts.worker import WorkerThread
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.keeper import Keeper, outcome


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    """A keeper whose worker is on a thread of this process, where it can be watched."""
    with Keeper(tmp_path) as made:
        thread = WorkerThread(made.host.worker_service(("local",), None))
        thread.start()
        while made.host.supervisor.running() is None:
            made.host.clock.sleep(0.01)
        yield made
        thread.stop()


@pytest.fixture
def watched(keeper: Keeper, blocking_refused: None) -> Keeper:
    """Watched from when its worker serves: what it does before and after holds up nobody."""
    return keeper


def test_downloads_wishes_and_questions_hold_nothing_up(
    watched: Keeper, caplog: pytest.LogCaptureFixture
) -> None:
    with Origin() as origin, caplog.at_level(logging.ERROR):
        fetched = watched.get(origin.add("a.safetensors", safetensors(100_000)))
        stalled = watched.enqueue(origin.add("b.safetensors", safetensors(4_000), "stall"))
        JobActions.cancel(watched.host.actions, stalled)
        link = watched.host.supervisor.running()

        assert link is not None
        link.wake()
        assert link.live() is not None
        assert outcome(fetched) == "succeeded"
        assert outcome(watched.wait(stalled)) == "cancelled"

    assert [record.getMessage() for record in caplog.records] == []
