"""kill -9 of workers and of the enqueuer: nothing is lost, nothing is doubled."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from model_keeper.domain.downloads import Download
from model_keeper.domain.jobs import Event, Job, JobKind, JobState, Ownership, WorkerId
from model_keeper.domain.queue import JobQuery
from model_keeper.domain.workers import WorkerInfo
from model_keeper.engine.processes import host_id
from model_keeper.engine.staging import staging_path
from model_keeper.files.durable import boot_id
from model_keeper.testing.model_files import SyntheticSafetensors
from model_keeper.testing.origin import Origin
from tests.integration.fleet import Fleet
from tests.integration.keeper import Keeper
from tests.postgres import PostgresServer

SEED = int(os.environ.get("MODEL_KEEPER_SEED", "0")) or random.SystemRandom().randrange(1 << 32)
KILLS = 6
FILES, SIZE, RATE = 30, 600_000, 1_500_000
LEGAL = {JobState.PENDING, JobState.RUNNING, JobState.VERIFYING, JobState.SUCCEEDED}


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def test_nothing_is_lost_and_nothing_doubled(
    kind: str, workers: int, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    chance = random.Random(f"{SEED} {kind} {workers}")
    print(f"MODEL_KEEPER_SEED={SEED}")
    contents = {f"{n}.safetensors": SyntheticSafetensors(SIZE + n, seed=n) for n in range(FILES)}
    with (
        Origin(rate=RATE) as origin,
        Fleet(tmp_path, _database(kind, request, tmp_path), workers) as fleet,
    ):
        urls = {origin.add(name, content): name for name, content in contents.items()}
        acknowledged = fleet.enqueue(list(urls), kill_after=FILES // 3)
        left = [url for url in urls if url not in acknowledged]
        for _ in range(KILLS):
            _await_bytes(fleet, origin, chance.randrange(50_000, 700_000))
            fleet.kill_worker(chance.randrange(len(fleet)))
            _nothing_unproven_has_a_name(fleet, contents)
            _states_are_legal(fleet)
            if left:
                more = fleet.enqueue(left, kill_after=chance.randrange(4, 9))
                acknowledged |= more
                left = [url for url in urls if url not in acknowledged]
        acknowledged |= fleet.enqueue(left) if left else {}
        fleet.wait(
            lambda: all(_job(fleet, i).state is JobState.SUCCEEDED for i in acknowledged.values()),
            "the end",
        )

        assert set(acknowledged) == set(urls), "every request was acknowledged in the end"
        _every_file_is_there_once(fleet, contents)
        for job_id in acknowledged.values():
            events = [entry.event for entry in fleet.store.jobs.history(job_id)]
            assert events.count("succeed") == 1, f"doubled: {events}"
            assert _job(fleet, job_id).result["verdict"]["verdict"] == "VERIFIED"
        assert "Traceback" not in fleet.logs()


def test_a_killed_gigabyte_is_read_hardly_twice(tmp_path: Path) -> None:
    size = 1 << 30
    content = SyntheticSafetensors(size, seed=99)
    # slow enough that a busy machine does not leave much in the sockets of a killed worker
    with Origin(rate=10_000_000) as origin, Keeper(tmp_path, timeout_seconds=60.0) as keeper:
        job_id = keeper.enqueue(origin.add("large.safetensors", content))
        mark = random.Random(SEED).randrange(size // 4, size // 2)
        killed = False
        for updates in keeper.watch().follow([job_id]):
            live = updates[0].live
            if not killed and live is not None and live["bytes_done"] > mark:
                keeper.kill_worker()
                killed = True

        job = keeper.job(job_id)
        assert killed
        assert job.state is JobState.SUCCEEDED
        assert job.result["sha256"] == content.sha256()
        assert origin.sent() <= 1.02 * size


def test_killed_between_publishing_and_saying_so(tmp_path: Path) -> None:
    content = SyntheticSafetensors(SIZE, seed=7)
    with Origin() as origin, Keeper(tmp_path) as keeper:
        job_id = keeper.enqueue(origin.add("x.safetensors", content))
        store = keeper.host.store
        dead = WorkerInfo(WorkerId("dead"), host_id(), _dead_pid(), 1.0, boot_id() or "", "0")
        store.workers.register(dead)
        (job,) = store.work.claim(
            dead.id, targets=("local",), kinds=(JobKind.DOWNLOAD,), limit=1, concurrency={}
        )
        known = {"sha256": content.sha256(), "size": SIZE, "bytes_fetched": SIZE}
        store.work.advance(Ownership.of(job), Event.VERIFY, result=known)
        published = keeper.models / "loras" / "x.safetensors"
        published.parent.mkdir()
        published.write_bytes(content.read_at(0, SIZE))
        staging = staging_path(Download.from_payload(job.payload))
        for ending in (".json", ".lock"):
            staging.with_name(staging.name + ending).touch()

        ended = keeper.wait(job_id)

        assert ended.state is JobState.SUCCEEDED
        assert not ended.reused
        assert ended.result["verdict"]["verdict"] == "VERIFIED"
        assert origin.sent() == 0
        assert list(published.parent.iterdir()) == [published], "it is tidied up as well"


def _dead_pid() -> int:
    with subprocess.Popen([sys.executable, "-c", ""]) as child:
        return child.pid


def _database(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    if kind == "sqlite":
        return f"sqlite:///{folder / 'keeper.sqlite3'}"
    server: PostgresServer = request.getfixturevalue("postgres")
    return server.new_database()


def _await_bytes(fleet: Fleet, origin: Origin, more: int) -> None:
    """Let the workers get on by so many bytes, or until all that is queued is done."""
    mark = origin.sent() + more

    def reached() -> bool:
        return origin.sent() >= mark or not _pending(fleet)

    fleet.wait(reached, f"{more} more bytes")


def _pending(fleet: Fleet) -> bool:
    live = frozenset({JobState.PENDING, JobState.RUNNING, JobState.VERIFYING})
    return bool(fleet.store.jobs.page(JobQuery(states=live, limit=1)).items)


def _job(fleet: Fleet, job_id: str) -> Job:
    return fleet.store.jobs.get(job_id)


def _states_are_legal(fleet: Fleet) -> None:
    page = fleet.store.jobs.page(JobQuery(limit=1000))
    assert {job.state for job in page.items} <= LEGAL


def _named(fleet: Fleet) -> dict[str, Path]:
    files = (path for path in fleet.models.rglob("*") if path.is_file())
    return {path.name: path for path in files if ".part" not in path.name}


def _nothing_unproven_has_a_name(fleet: Fleet, contents: dict[str, SyntheticSafetensors]) -> None:
    for name, path in _named(fleet).items():
        content = contents[name]
        assert path.read_bytes() == content.read_at(0, content.size)


def _every_file_is_there_once(fleet: Fleet, contents: dict[str, SyntheticSafetensors]) -> None:
    _nothing_unproven_has_a_name(fleet, contents)
    assert set(_named(fleet)) == set(contents)
    leftovers = [path.name for path in fleet.models.rglob("*.part*")]
    assert leftovers == []
