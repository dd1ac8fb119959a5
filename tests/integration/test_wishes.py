"""What people do to jobs from the command line, while a worker is at them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.jobs import Job, JobId, JobState
from model_keeper.testing import pickles
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.keeper import Keeper, outcome
from tests.integration.patience import BEARS_SILENCE, HELD
from tests.integration.terminal import Terminal, objects

FILE = safetensors(3_000_000, seed=41)
HOSTILE = next(iter(pickles.hostile("os", "system").values()))


@pytest.fixture
def origin() -> Iterator[Origin]:
    with Origin() as made:
        yield made


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    with Keeper(tmp_path, timeout_seconds=BEARS_SILENCE) as made:
        yield made


@pytest.fixture
def terminal(keeper: Keeper, tmp_path: Path) -> Terminal:
    """A terminal on the keeper's own state folder."""
    return Terminal(tmp_path)


def test_what_arrived_before_a_pause_is_not_fetched_again(
    keeper: Keeper, terminal: Terminal, origin: Origin
) -> None:
    url = origin.add("a.safetensors", FILE, **HELD)
    job_id = keeper.enqueue(url)
    _start_and_pause(keeper, terminal, job_id)
    before = origin.sent()
    assert 0 < before < len(FILE)
    assert _partials(keeper)

    origin.served("a.safetensors").gate.set()
    done = terminal.run("jobs", "resume", job_id)
    job = keeper.wait(job_id)

    assert done.returncode == 0, done.stderr
    assert outcome(job) == "succeeded"
    assert 0 < job.result["resumed_from"] <= before
    assert origin.sent() <= 1.02 * len(FILE)
    assert (keeper.models / "loras" / "a.safetensors").read_bytes() == FILE
    keeper.wait_until_idle()
    assert _partials(keeper) == []


def test_asking_for_a_paused_file_again_lets_it_go_on(
    keeper: Keeper, terminal: Terminal, origin: Origin
) -> None:
    url = origin.add("a.safetensors", FILE, **HELD)
    job_id = keeper.enqueue(url)
    _start_and_pause(keeper, terminal, job_id)

    origin.served("a.safetensors").gate.set()
    done = terminal.run(*terminal.get(url, "--json"))

    summary = objects(done.stdout)[-1]
    assert done.returncode == 0, done.stderr
    assert [job["id"] for job in summary["jobs"]] == [job_id]
    assert origin.sent() <= 1.02 * len(FILE)


def test_a_cancelled_job_leaves_nothing_behind(
    keeper: Keeper, terminal: Terminal, origin: Origin
) -> None:
    job_id = keeper.enqueue(origin.add("a.safetensors", FILE, **HELD))
    for job in _until_bytes_come(keeper, job_id):
        assert job.state is JobState.RUNNING
        assert terminal.run("jobs", "cancel", job_id).returncode == 0

    assert outcome(keeper.wait(job_id)) == "cancelled"
    keeper.wait_until_idle()
    assert keeper.files() == {}
    assert origin.sent() < len(FILE)


def test_a_higher_priority_goes_first(keeper: Keeper, terminal: Terminal, origin: Origin) -> None:
    keeper.host.store.settings.change(concurrency=1)
    names = ["first", "second", "last"]
    jobs = {
        name: keeper.enqueue(
            origin.add(f"{name}.safetensors", safetensors(4_000, seed=number)),
            name=f"{name}.safetensors",
        )
        for number, name in enumerate(names)
    }
    assert terminal.run("jobs", "priority", jobs["last"], "high").returncode == 0
    assert terminal.run("jobs", "priority", jobs["first"], "-5").returncode == 0
    refused = terminal.run("jobs", "priority", jobs["first"], "soon")

    list(keeper.watch().follow(list(jobs.values())))

    assert refused.returncode == 2
    started = sorted(jobs, key=lambda name: keeper.job(jobs[name]).started_at or 0)
    assert started == ["last", "second", "first"]
    assert all(outcome(keeper.job(job)) == "succeeded" for job in jobs.values())


def test_an_approved_pickle_is_kept_without_fetching_it_again(
    keeper: Keeper, terminal: Terminal, origin: Origin
) -> None:
    held = keeper.get(origin.add("a.pkl", HOSTILE))
    assert held.state is JobState.REVIEW
    assert outcome(held) == "review_pickle"
    assert not (keeper.models / "loras" / "a.pkl").exists()
    before = origin.sent()

    assert terminal.run("jobs", "approve", held.id).returncode == 0
    job = keeper.wait(held.id)

    assert outcome(job) == "succeeded"
    assert job.result["sha256"] == hashlib.sha256(HOSTILE).hexdigest()
    assert (keeper.models / "loras" / "a.pkl").read_bytes() == HOSTILE
    assert origin.sent() == before


def test_a_rejected_pickle_is_removed(keeper: Keeper, terminal: Terminal, origin: Origin) -> None:
    held = keeper.get(origin.add("a.pkl", HOSTILE))
    assert _partials(keeper)

    assert terminal.run("jobs", "reject", held.id).returncode == 0

    job = keeper.job(held.id)
    assert job.state is JobState.FAILED
    assert job.error_code == "rejected_by_person"
    assert keeper.files() == {}
    assert terminal.run("jobs", "approve", held.id).returncode == 1, "it was decided"


def test_the_summary_has_the_documented_fields(terminal: Terminal, origin: Origin) -> None:
    good, bad = origin.add("a.safetensors", FILE), origin.add("b.safetensors", b"", "404")

    done = terminal.run(*terminal.get(good, bad, "--json"))

    summary = objects(done.stdout)[-1]
    assert done.returncode == 5, "the one that failed was not found"
    assert summary["event"] == "summary"
    assert (summary["succeeded"], summary["failed"], summary["reused"]) == (1, 1, 0)
    fields = {"id", "state", "path", "sha256", "bytes_fetched", "error"}
    assert all(fields <= set(job) for job in summary["jobs"])
    fetched, missing = summary["jobs"]
    assert fetched["state"] == "succeeded"
    assert fetched["path"] == str(terminal.models / "loras" / "a.safetensors")
    assert fetched["sha256"] == hashlib.sha256(FILE).hexdigest()
    assert fetched["bytes_fetched"] == len(FILE)
    assert fetched["error"] is None
    assert missing["state"] == "failed"
    assert (missing["path"], missing["sha256"], missing["bytes_fetched"]) == (None, None, 0)
    assert set(missing["error"]) == {"code", "message", "hint"}
    assert missing["error"]["code"] == "not_found"


def _until_bytes_come(keeper: Keeper, job_id: JobId) -> Iterator[Job]:
    """The job once, when its first bytes are here."""
    for updates in keeper.watch().follow([job_id]):
        live = updates[0].live
        if live is not None and live["bytes_done"] > 0:
            yield keeper.job(job_id)
            return
    pytest.fail("no bytes came")


def _start_and_pause(keeper: Keeper, terminal: Terminal, job_id: JobId) -> None:
    for _ in _until_bytes_come(keeper, job_id):
        assert terminal.run("jobs", "pause", job_id).returncode == 0
    assert keeper.wait(job_id).state is JobState.PAUSED


def _partials(keeper: Keeper) -> list[str]:
    return [name for name in keeper.files() if ".part" in name]
