"""A full disk, a folder without rights, a broken database, a worker too many: said, not lost."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from model_keeper.domain.jobs import Job, JobState, WaitReason
from model_keeper.engine.clock import SystemClock
from model_keeper.engine.summary import job_error
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.keeper import Keeper, outcome
from tests.integration.patience import PATIENCE
from tests.integration.terminal import Terminal

MIB = 1 << 20
WAITS_AT_MOST = 30_000  # ms until a job that waits for space looks again by itself


class Volume:
    """A small volume of memory at ``path``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def mount(self, size: int) -> None:
        self.path.mkdir()
        self._run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(self.path))

    def read_only(self) -> None:
        self._run("mount", "-o", "remount,ro", str(self.path))

    def unmount(self) -> None:
        self._run("umount", "--lazy", str(self.path))

    @staticmethod
    def _run(*command: str) -> None:
        subprocess.run(command, check=True, capture_output=True, timeout=PATIENCE)


@pytest.fixture
def volume(tmp_path: Path) -> Iterator[Callable[[int], Volume]]:
    """Makes a small volume where a keeper below ``tmp_path`` has its models."""
    made: list[Volume] = []

    def mount(size: int) -> Volume:
        volume = Volume(tmp_path / "models")
        try:
            volume.mount(size)
        except (OSError, subprocess.CalledProcessError):
            pytest.skip("mounting a small volume needs root and Linux")
        made.append(volume)
        return volume

    yield mount
    for each in made:
        each.unmount()


def test_without_space_it_waits_and_goes_on_after_space_was_made(
    tmp_path: Path, volume: Callable[[int], Volume]
) -> None:
    filler = volume(160 * MIB).path / "filler"
    filler.write_bytes(bytes(100 * MIB))
    content = safetensors(8 * MIB, seed=1)
    with Origin() as origin, Keeper(tmp_path) as keeper:
        job = keeper.get(origin.add("big.safetensors", content))

        _waits_for_space(job)
        assert origin.sent() < MIB, "what does not fit is not begun"

        filler.unlink()
        keeper.host.actions.retry(job.id)
        assert outcome(keeper.wait(job.id)) == "succeeded"
        assert (keeper.models / "loras" / "big.safetensors").read_bytes() == content


def test_a_disk_that_fills_up_on_the_way_is_waited_for_too(
    tmp_path: Path, volume: Callable[[int], Volume]
) -> None:
    filler = volume(24 * MIB).path / "filler"
    filler.write_bytes(bytes(20 * MIB))
    content = safetensors(8 * MIB, seed=2)
    with Origin() as origin, Keeper(tmp_path) as keeper:
        job = keeper.get(origin.add("unsized.safetensors", content, "no_length"))

        _waits_for_space(job)
        assert not (keeper.models / "loras" / "unsized.safetensors").exists()

        filler.unlink()
        keeper.host.actions.retry(job.id)
        job = keeper.wait(job.id)
        assert outcome(job) == "succeeded"
        assert job.result["sha256"] == hashlib.sha256(content).hexdigest()
        assert set(keeper.files()) == {"loras/unsized.safetensors"}


def test_a_folder_that_became_read_only_is_named(
    tmp_path: Path, volume: Callable[[int], Volume]
) -> None:
    small = volume(MIB)
    with Origin() as origin, Keeper(tmp_path) as keeper:
        (keeper.models / "loras").mkdir()
        job_id = keeper.enqueue(origin.add("a.safetensors", safetensors(4_000)))
        small.read_only()

        job = keeper.wait(job_id)

        assert outcome(job) == "folder_read_only"
        assert str(keeper.models / "loras") in _message(job)


def test_a_read_only_folder_is_refused_before_anything_is_queued(
    tmp_path: Path, volume: Callable[[int], Volume]
) -> None:
    small = volume(MIB)
    (small.path / "loras").mkdir()
    small.read_only()
    terminal = Terminal(tmp_path)
    with Origin() as origin:
        done = terminal.run(*terminal.get(origin.add("a.safetensors", safetensors(4_000))))

        assert done.returncode == 1
        assert f"{small.path / 'loras'} cannot be written to." in done.stderr
        assert "Choose another folder with --root" in done.stderr


@pytest.mark.parametrize(
    "wish",
    [
        ["--name", "../above.safetensors"],
        ["--name", "deep/../../../above.safetensors"],
        ["--name", "/tmp/absolute.safetensors"],
        ["--name", "C:\\above.safetensors"],
        ["--name", "..\\above.safetensors"],
        ["--name", "..."],
        ["--root", "/tmp"],
        ["--to", "../loras"],
    ],
    ids=lambda wish: repr(wish[1][:20]),
)
def test_a_place_outside_or_a_hostile_name_is_refused(wish: list[str], tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    with Origin() as origin:
        url = origin.add("a.safetensors", safetensors(4_000))

        done = terminal.run(*terminal.get(url), *wish)

    assert done.returncode == 2, done.stdout + done.stderr
    assert len(done.stderr.strip().splitlines()) == 2, "what is wrong, and what to do"
    assert _files_outside_state(tmp_path) == []
    assert "The queue is empty." in terminal.run("jobs", "list").stdout


@pytest.mark.parametrize(
    ("name", "repaired"),
    [
        ("turned\u202eledom.safetensors", "turnedledom.safetensors"),
        ("bell\x07.safetensors", "bell.safetensors"),
        ("n" * 300 + ".safetensors", "n" * 243 + ".safetensors"),
        ("CON.safetensors", "_CON.safetensors"),
    ],
    ids=["bidi", "control", "long", "device"],
)
def test_a_name_that_would_trouble_is_repaired(name: str, repaired: str, tmp_path: Path) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        plan = keeper.plan(origin.add("a.safetensors", safetensors(4_000)), name=name)

        assert plan.download.destination.relative == repaired


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "2130706433"])
def test_a_private_address_is_not_even_asked(host: str, tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, environment={})
    with Origin() as origin:
        url = origin.add("a.safetensors", safetensors(4_000)).replace("127.0.0.1", host)

        done = terminal.run(*terminal.get(url))

        assert origin.requests() == []
    assert done.returncode == 2, done.stdout + done.stderr
    assert "MODEL_KEEPER_ALLOW_HOSTS" in done.stderr, "the one thing to do"
    assert _files_outside_state(tmp_path) == []


def _damaged(path: Path) -> None:
    """Nothing that was ever a database."""
    path.write_bytes(b"not a database" * 1000)


def _torn(path: Path) -> None:
    """A real one whose first page was lost."""
    _newer(path)
    content = path.read_bytes()
    path.write_bytes(content[:100] + bytes(3_996) + content[4096:])


def _newer(path: Path) -> None:
    Keeper(path.parent.parent).host.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = '9999' WHERE key = 'schema_version'")
    connection.close()


BROKEN = [(_damaged, "is damaged"), (_torn, "is damaged"), (_newer, "newer version")]


@pytest.mark.parametrize(("breakage", "says"), BROKEN, ids=["damaged", "torn", "newer"])
def test_a_database_that_cannot_be_used_is_said_and_left_as_it_is(
    breakage: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    terminal = Terminal(tmp_path)
    terminal.state.mkdir()
    path = terminal.state / "keeper.sqlite3"
    breakage(path)
    before = path.read_bytes()

    listed = terminal.run("jobs", "list")
    worked = subprocess.run(
        [sys.executable, "-m", "model_keeper.hosts.worker", "--state-dir", str(terminal.state)],
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )

    for done in (listed, worked):
        assert done.returncode == 1
        assert says in done.stderr
        assert "Traceback" not in done.stderr
    assert path.read_bytes() == before


def test_a_second_worker_of_a_state_folder_ends_with_3(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        first = keeper.host.supervisor.ensure()
        bare = [sys.executable, "-m", "model_keeper.hosts.worker"]
        second = subprocess.run(
            [*bare, "--state-dir", str(keeper.host.state.path)], timeout=PATIENCE, check=False
        )
        in_terminal = Terminal(tmp_path).run("worker")

        assert second.returncode == 3
        assert in_terminal.returncode == 3
        assert "Another worker serves this folder already." in in_terminal.stderr
        assert keeper.worker_pid() == first.record.pid
        assert first.health() is not None


def _waits_for_space(job: Job) -> None:
    assert job.state is JobState.PENDING
    assert job.wait_reason is WaitReason.DISK
    assert "not enough space" in _message(job)
    now = SystemClock().now_ms()
    assert job.run_after <= now + WAITS_AT_MOST, "it goes on by itself"


def _message(job: Job) -> str:
    error = job_error(job)
    assert error is not None
    return error.message


def _files_outside_state(folder: Path) -> list[str]:
    below = (Path(root) / name for root, _, names in os.walk(folder) for name in names)
    return [str(path) for path in below if "state" not in path.relative_to(folder).parts]
