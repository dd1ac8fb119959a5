"""Scan and hash jobs, each run on the thread of the test."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, JobKind, NewJob, Ownership, WorkerId
from model_keeper.domain.ports import CANCEL, DRAIN, LOST, Progress
from model_keeper.engine.control import JobControl
from model_keeper.engine.hash_jobs import HashHandler, hash_job
from model_keeper.engine.running import Handler, Outcome, Running
from model_keeper.engine.scanning import ScanHandler, scan_job
from model_keeper.library.contents import file_state
from model_keeper.transfer.limits import Bandwidth
from tests.doubles_jobs import job
from tests.unit.engine.shelf import Shelf


class Runner:
    """Runs jobs with a handler and keeps their progress."""

    def __init__(self, shelf: Shelf, handler: Handler) -> None:
        self._shelf = shelf
        self._handler = handler
        self.control = JobControl()
        self.progress: list[Progress] = []

    def run(self, new: NewJob) -> Outcome | None:
        row = job(kind=new.kind, payload=new.payload, worker_id=WorkerId("w"))
        bandwidth = Bandwidth(self._shelf.clock, None)
        running = Running(row, Ownership.of(row), self.control, bandwidth)
        return self._handler.run(running, self.progress.append)

    def result(self, new: NewJob) -> dict[str, Any]:
        outcome = self.run(new)
        assert outcome is not None
        assert outcome.event is Event.SUCCEED
        return dict(outcome.result or {})


@pytest.fixture
def hasher(shelf: Shelf) -> Runner:
    return Runner(shelf, HashHandler(shelf.hashing, shelf.index))


@pytest.fixture
def scanner(shelf: Shelf) -> Runner:
    return Runner(shelf, ScanHandler(shelf.scanning, lambda *_: {"also": 1}))


def test_a_scan_job_carries_the_folders_and_ends_with_counts(shelf: Shelf, scanner: Runner) -> None:
    shelf.add("a.safetensors")

    result = scanner.result(scan_job(shelf.table))

    counts = [result[name] for name in ("files", "added", "removed", "broken", "also")]
    assert counts == [1, 1, 0, 0, 1]
    assert shelf.index.named("a.safetensors")[0].header.format == "safetensors"
    assert {progress.stage for progress in scanner.progress} == {"scan", "headers"}
    assert scanner.progress[-1].extra == {"files": "1"}


@pytest.mark.parametrize("wish", [CANCEL, DRAIN, LOST])
@pytest.mark.parametrize("kind", [JobKind.SCAN, JobKind.HASH])
def test_a_wish_ends_the_job(
    shelf: Shelf, scanner: Runner, hasher: Runner, wish: str, kind: JobKind
) -> None:
    shelf.add("a.safetensors")
    shelf.refresh()
    runner = scanner if kind is JobKind.SCAN else hasher
    runner.control.stop(wish)

    outcome = runner.run(scan_job(shelf.table) if kind is JobKind.SCAN else hash_job())

    expected = {CANCEL: Event.CANCEL, DRAIN: Event.DEFER, LOST: None}
    assert (outcome.event if outcome else None) is expected[wish]


def test_the_whole_library_is_hashed_small_files_first(
    shelf: Shelf, hasher: Runner, passes: list[str]
) -> None:
    shelf.add("large.safetensors", size=9_000)
    shelf.add("small.safetensors", size=3_000)
    known = shelf.add("known.safetensors")
    shelf.refresh()
    shelf.hashing.of(str(known))
    passes.clear()

    result = hasher.result(hash_job())

    assert result == {"hashed": 2, "failed": 0, "problems": []}
    assert passes == ["small.safetensors", "large.safetensors"]
    done = [progress.done for progress in hasher.progress]
    assert done == sorted(done)
    assert hasher.progress[-1].done == hasher.progress[-1].total == 12_000
    assert {progress.stage for progress in hasher.progress} == {"hash"}
    assert hasher.result(hash_job())["hashed"] == 0


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_what_lies_at_two_places_is_hashed_once(
    shelf: Shelf, hasher: Runner, passes: list[str]
) -> None:
    os.link(shelf.add("a.safetensors"), shelf.folder / "b.safetensors")
    shelf.refresh()

    assert hasher.result(hash_job())["hashed"] == 1
    assert len(passes) == 1


def test_the_job_goes_on_where_it_was_stopped(
    shelf: Shelf, hasher: Runner, passes: list[str]
) -> None:
    for number in range(3):
        shelf.add(f"{number}.safetensors", size=3_000 + number)
    shelf.refresh()
    report = hasher.progress.append

    class StopsAtTheSecond(list[Progress]):
        def append(self, progress: Progress) -> None:
            report(progress)
            if progress.done >= 3_000:
                hasher.control.stop(DRAIN)

    hasher.progress = StopsAtTheSecond()
    outcome = hasher.run(hash_job())
    assert outcome is not None
    assert outcome.event is Event.DEFER
    stopped_at = list(passes)
    hasher.control, hasher.progress = JobControl(), []

    hasher.result(hash_job())

    assert len(stopped_at) < 3
    assert sorted(passes) == ["0.safetensors", "1.safetensors", "2.safetensors"]


def test_what_a_killed_run_had_recorded_is_not_counted_again(shelf: Shelf, hasher: Runner) -> None:
    path = shelf.add("a.safetensors")
    shelf.refresh()
    shelf.store.hashes.record("here", file_state(str(path)), {"sha256": "ab" * 32})

    assert hasher.result(hash_job())["hashed"] == 0
    assert shelf.indexed("a.safetensors") == {"sha256": "ab" * 32}


def test_named_files_are_hashed_and_what_failed_is_told(
    shelf: Shelf, hasher: Runner, passes: list[str]
) -> None:
    path = shelf.add("a.safetensors")
    shelf.add("other.safetensors")
    gone = str(shelf.folder / "gone.safetensors")

    result = hasher.result(hash_job([str(path), gone]))

    assert (result["hashed"], result["failed"]) == (1, 1)
    assert result["problems"] == [{"path": gone, "code": "storage_failed"}]
    assert passes == ["a.safetensors"]


def test_a_job_that_brought_nothing_fails_with_the_reason(shelf: Shelf, hasher: Runner) -> None:
    outcome = hasher.run(hash_job([str(shelf.folder / "gone.safetensors")]))

    assert outcome is not None
    assert outcome.event is Event.FAIL
    assert isinstance(outcome.error, KeeperError)
    assert outcome.error.code == "storage_failed"


def test_a_file_that_was_being_written_gets_a_second_chance(
    shelf: Shelf, hasher: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    paths = [str(shelf.add(f"{name}.safetensors")) for name in "ab"]
    asked: list[str] = []
    real = shelf.hashing.of

    def of(path: str, **rest: Any) -> Any:
        asked.append(path)
        if asked == [paths[0]]:
            raise KeeperError("file_changing", path=path)
        return real(path, **rest)

    monkeypatch.setattr(shelf.hashing, "of", of)

    assert hasher.result(hash_job(paths))["hashed"] == 2
    assert asked == [*paths, paths[0]]


def test_a_file_that_is_written_all_the_time_is_told(
    shelf: Shelf, hasher: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = str(shelf.add("a.safetensors"))

    def of(path: str, **_: Any) -> Any:
        raise KeeperError("file_changing", path=path)

    monkeypatch.setattr(shelf.hashing, "of", of)

    outcome = hasher.run(hash_job([path]))

    assert outcome is not None
    assert outcome.event is Event.FAIL
    assert (outcome.result or {})["problems"] == [{"path": path, "code": "file_changing"}]


def test_tensor_hashes_are_only_missed_where_there_can_be_one(
    shelf: Shelf, hasher: Runner, passes: list[str]
) -> None:
    sound = shelf.add("sound.safetensors")
    broken = shelf.add("broken.safetensors")
    broken.write_bytes(b"x" * 100)
    shelf.refresh()
    for path in (sound, broken):
        shelf.scanning.arrived(path, {"sha256": "ab" * 32})

    assert hasher.result(hash_job())["hashed"] == 0
    assert hasher.result(hash_job(wanted=["sha256", "tensors"]))["hashed"] == 1
    assert passes == ["sound.safetensors"]


def test_the_same_request_is_one_job_and_another_one_is_not() -> None:
    assert hash_job(["/a", "/b"]) == hash_job(["/b", "/a", "/b"])
    keys = {hash_job(paths).dest_key for paths in (None, [], ["/a"], ["/a", "/b"])}
    assert len(keys) == 4
    assert hash_job(wanted=["tensors"]).dest_key != hash_job().dest_key


@pytest.mark.skipif(os.name == "nt", reason="names there are always text")
def test_a_name_that_is_no_text_can_be_asked_for(shelf: Shelf, hasher: Runner) -> None:
    path = str(shelf.add(os.fsdecode(b"\xff\xfe \xe7\x8c\xab.safetensors")))
    queued = shelf.store.queue.enqueue(hash_job([path, path + " gone"])).job
    stored = shelf.store.jobs.get(queued.id)
    assert stored.payload["paths"] == [path, path + " gone"]

    result = hasher.result(replace(hash_job(), payload=stored.payload))

    assert (result["hashed"], result["failed"]) == (1, 1)
    assert result["problems"][0]["path"].isprintable()
    assert shelf.hashing.known(path)["sha256"]


def test_requests_join_what_is_under_way(shelf: Shelf) -> None:
    enqueue = shelf.store.queue.enqueue
    first, second = enqueue(scan_job(shelf.table)), enqueue(scan_job(shelf.table))
    assert (second.deduplicated, second.job.id) == (True, first.job.id)
    assert enqueue(hash_job()).deduplicated is False
    assert enqueue(replace(hash_job(), priority=10)).deduplicated is True


def test_a_scan_counts_files_that_turned_out_broken_once(shelf: Shelf, scanner: Runner) -> None:
    shelf.add("a.safetensors").write_bytes(b"no model")
    assert scanner.result(scan_job(shelf.table))["broken"] == 1
    assert scanner.result(scan_job(shelf.table))["broken"] == 0
