"""One worker takes over from another, and a thread does where no process can be had."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

import model_keeper
from model_keeper.domain.jobs import Job, JobState
from model_keeper.engine.clock import SystemClock
from model_keeper.engine.supervisor import WorkerSupervisor
from model_keeper.engine.worker_link import WorkerRecord
from model_keeper.hosts.worker import WorkerThread
from model_keeper.testing.model_files import SyntheticSafetensors, safetensors
from model_keeper.testing.origin import Origin
from tests.integration.keeper import Keeper, outcome
from tests.integration.patience import PATIENCE

SIZE = 6_000_000

OLDER_WORKER = """
import sys
import model_keeper
model_keeper.__version__ = "0.0.1"
from model_keeper.hosts.worker import main
main(sys.argv[1:])
"""


def test_a_worker_of_another_version_hands_its_job_over(tmp_path: Path) -> None:
    content = SyntheticSafetensors(SIZE, seed=7)
    with (
        Origin(rate=SIZE // 3) as origin,
        Keeper(tmp_path) as keeper,
        _older_worker(keeper) as older,
    ):
        job_id = keeper.enqueue(origin.add("a.safetensors", content))
        _await(lambda: origin.sent() > SIZE // 4, "the older worker's first bytes")
        assert older.poll() is None
        assert _record(keeper).version == "0.0.1"

        job = keeper.wait(job_id)

        assert older.wait(PATIENCE) == 0
        assert _record(keeper).version == model_keeper.__version__
        assert outcome(job) == "succeeded"
        assert job.result["sha256"] == content.sha256()
        assert origin.sent() <= 1.02 * SIZE, "what had arrived was kept"


def test_without_a_process_the_work_is_done_by_a_thread(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    content = safetensors(100_000, seed=8)
    with Origin() as origin, Keeper(tmp_path) as keeper:
        _forbid_processes(keeper)

        job = keeper.get(origin.add("a.safetensors", content))

        assert outcome(job) == "succeeded"
        assert keeper.worker_pid() == os.getpid()
    assert "It works inside this program instead." in caplog.text
    assert not keeper.host.state.worker_record.exists(), "closing the host ended it"


def test_a_thread_gives_an_unfinished_job_back(tmp_path: Path) -> None:
    content = SyntheticSafetensors(SIZE, seed=9)
    with Origin(rate=SIZE // 3) as origin:
        with Keeper(tmp_path) as first:
            _forbid_processes(first)
            job_id = first.enqueue(origin.add("a.safetensors", content))
            first.host.ensure_worker()
            _await(lambda: origin.sent() > SIZE // 4, "the thread's first bytes")
        with Keeper(tmp_path) as second:
            given_back: Job = second.job(job_id)
            assert given_back.state is JobState.PENDING

            job = second.wait(job_id)

            assert outcome(job) == "succeeded"
            assert job.result["sha256"] == content.sha256()
            assert origin.sent() <= 1.02 * SIZE


def test_a_thread_that_is_stopped_at_once_or_twice_ends(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        for _ in range(3):
            thread = WorkerThread(keeper.host.worker_service(("local",), None))
            thread.start()
            thread.stop()
            thread.stop()

        assert keeper.host.supervisor.running() is None


@contextmanager
def _older_worker(keeper: Keeper) -> Iterator[subprocess.Popen[bytes]]:
    state = ["--state-dir", str(keeper.host.state.path)]
    process = subprocess.Popen([sys.executable, "-c", OLDER_WORKER, *state])
    try:
        _await(lambda: keeper.host.supervisor.running() is not None, "the older worker")
        yield process
    finally:
        process.kill()
        process.wait()


def _forbid_processes(keeper: Keeper) -> None:
    def refused(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
        raise PermissionError(1, "Operation not permitted")

    keeper.host.supervisor = WorkerSupervisor(keeper.host.state, SystemClock(), spawn=refused)


def _record(keeper: Keeper) -> WorkerRecord:
    record = WorkerRecord.read(keeper.host.state)
    assert record is not None
    return record


def _await(condition: Callable[[], bool], what: str) -> None:
    clock = SystemClock()
    deadline = clock.monotonic() + PATIENCE
    while not condition():
        assert clock.monotonic() < deadline, f"{what} did not come"
        clock.sleep(0.02)
