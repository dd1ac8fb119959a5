"""The worker process: one for a state folder, found again, and gone when nothing is to be done."""

from __future__ import annotations

import http.client
import json
import os
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock

from model_keeper.domain.file_changes import Change, ChangeItem, ChangeKind
from model_keeper.domain.queue import JobQuery
from model_keeper.engine.processes import host_id
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.worker_link import WorkerLink, WorkerRecord
from model_keeper.store import open_store
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.doubles import FakeClock
from tests.integration.keeper import Keeper
from tests.integration.patience import PATIENCE

WORKER = [sys.executable, "-m", "model_keeper.hosts.worker"]


def test_a_second_host_adopts_the_worker_that_is_there(tmp_path: Path) -> None:
    with Keeper(tmp_path) as first, Keeper(tmp_path) as second:
        pids = {keeper.host.supervisor.ensure().record.pid for keeper in (first, second, first)}

        assert len(pids) == 1


def test_it_ends_by_itself_when_idle_and_leaves_no_record(tmp_path: Path) -> None:
    command = [*WORKER, "--state-dir", str(tmp_path), "--idle-seconds", "0.3"]

    done = subprocess.run(command, timeout=PATIENCE, check=False)

    assert done.returncode == 0
    assert not (tmp_path / "worker.json").exists()
    assert "ended" in (tmp_path / "worker.log").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="a folder in use cannot be moved there")
def test_it_ends_when_its_folder_is_taken_away_and_leaves_the_next_one_alone(
    tmp_path: Path,
) -> None:
    state = StateFolder(tmp_path / "state")
    command = [*WORKER, "--state-dir", str(state.path), "--idle-seconds", "0"]
    with killed_at_the_end(command) as first:
        await_record(state, first)
        state.path.rename(tmp_path / "away")
        with killed_at_the_end(command) as second:
            record = await_record(state, second)

            assert first.wait(PATIENCE) == 0
            assert WorkerRecord.read(state) == record


@contextmanager
def killed_at_the_end(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(command) as program:
        try:
            yield program
        finally:
            program.kill()


def await_record(state: StateFolder, worker: subprocess.Popen[bytes]) -> WorkerRecord:
    """What the worker says of itself once it serves."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        record = WorkerRecord.read(state)
        if record is not None and record.pid == worker.pid:
            return record
        time.sleep(0.02)
    raise AssertionError("the worker does not serve")


def test_when_it_starts_it_forgets_finished_jobs_that_are_too_many_and_old_changes(
    tmp_path: Path,
) -> None:
    with Keeper(tmp_path, keep_finished_jobs=0) as keeper:
        with Origin() as origin:
            keeper.get(origin.add("a.safetensors", safetensors(4_000)))
        keeper.host.supervisor.ensure().stop()
        with FileLock(keeper.host.state.worker_lock, timeout=PATIENCE):
            pass  # it has ended
    store = open_store(tmp_path / "state" / "keeper.sqlite3", clock=FakeClock(), actor="long ago")
    failed = Change("old", ChangeKind.MOVE, 0, "", (ChangeItem(0, "/m/a"),))
    store.file_changes.close(store.file_changes.begin(host_id(), failed).id)
    store.close()
    command = [*WORKER, "--state-dir", str(tmp_path / "state"), "--idle-seconds", "0.3"]

    subprocess.run(command, timeout=PATIENCE, check=True)

    with Keeper(tmp_path) as keeper:
        assert keeper.host.store.jobs.page(JobQuery()).total == 0
        assert keeper.host.library.changes.count() == 0
        assert keeper.files() != {}


def test_it_needs_the_base_packages_only(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "for name in ('typer', 'rich', 'platformdirs', 'psycopg', 'python_socks', 'keyring',"
        " 'blake3', 'tomlkit', 'aiofiles', 'huggingface_hub', 'psutil'):\n"
        "    sys.modules[name] = None\n"
        "from model_keeper.hosts.worker import main\n"
        f"main(['--state-dir', {str(tmp_path)!r}, '--idle-seconds', '0.3'])\n"
    )

    done = subprocess.run([sys.executable, "-c", program], timeout=PATIENCE, check=False)

    assert done.returncode == 0


def test_its_record_is_private_and_its_port_wants_the_nonce(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        link = keeper.host.supervisor.ensure()
        path = keeper.host.state.worker_record
        record = WorkerRecord.read(keeper.host.state)
        assert record is not None

        if os.name == "posix":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
        stranger = WorkerRecord(**{**json.loads(path.read_text()), "nonce": "guessed"})
        assert WorkerLink(stranger).live() is None
        connection = http.client.HTTPConnection("127.0.0.1", record.port, timeout=PATIENCE)
        connection.request("POST", "/stop")
        assert connection.getresponse().status == 403
        connection.close()
        assert link.live() == {}


def test_a_stale_record_of_a_dead_worker_is_no_worker(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        dead = keeper.host.supervisor.ensure().record
        keeper.kill_worker()

        link = keeper.host.supervisor.ensure()

        assert link.record.pid != dead.pid
        assert link.health() is not None


def test_live_progress_comes_several_times_a_second_and_not_through_the_store(
    tmp_path: Path,
) -> None:
    with Origin(rate=400_000) as origin, Keeper(tmp_path) as keeper:
        job = keeper.enqueue(origin.add("x.safetensors", safetensors(600_000)))
        lives = [updates[0].live for updates in keeper.watch().follow([job])]
        seen = [int(live["bytes_done"]) for live in lives if live]

        assert len(set(seen)) >= 2
        assert seen == sorted(seen)


@pytest.mark.parametrize("argument", ["--help"])
def test_its_command_line_explains_itself(argument: str) -> None:
    done = subprocess.run([*WORKER, argument], capture_output=True, text=True, check=True)

    assert "--idle-seconds" in done.stdout
