"""The database is gone for ten seconds while two workers are at work."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_keeper.domain.jobs import JobState
from model_keeper.engine.clock import SystemClock
from model_keeper.testing.model_files import SyntheticSafetensors
from model_keeper.testing.origin import Origin
from tests.integration.fleet import Fleet
from tests.postgres import PostgresServer

OUTAGE = 10.0
FILES, SIZE, RATE = 12, 1_500_000, 1_000_000


@pytest.mark.postgres
def test_every_job_ends_right_and_none_runs_twice(tmp_path: Path, postgres: PostgresServer) -> None:
    contents = {f"{n}.safetensors": SyntheticSafetensors(SIZE, seed=n) for n in range(FILES)}
    with Origin(rate=RATE) as origin, Fleet(tmp_path, postgres.new_database(), 2) as fleet:
        urls = [origin.add(name, content) for name, content in contents.items()]
        jobs = fleet.enqueue(urls)
        fleet.wait(lambda: origin.sent() > SIZE, "the first bytes")

        postgres.stop()
        try:
            SystemClock().sleep(OUTAGE)  # the length of the outage, not a wait for anything
        finally:
            postgres.start()

        def all_done() -> bool:
            states = {fleet.store.jobs.get(job).state for job in jobs.values()}
            return states == {JobState.SUCCEEDED}

        fleet.wait(all_done, "the end")
        for name, content in contents.items():
            path = fleet.models / "loras" / name
            assert path.read_bytes() == content.read_at(0, SIZE)
        for job in jobs.values():
            events = [entry.event for entry in fleet.store.jobs.history(job)]
            assert events.count("claim") == events.count("succeed") == 1, events
        assert origin.sent() <= 1.02 * FILES * SIZE
        logs = fleet.logs()
        assert "Traceback" not in logs
