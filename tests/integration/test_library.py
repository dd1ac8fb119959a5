"""The library in the worker process: scans, hashes that survive a kill, and arrivals."""

from __future__ import annotations

import json
import struct
from pathlib import Path

from model_keeper.domain.hashes import HashEvidence
from model_keeper.domain.jobs import Job, JobId, JobState, NewJob
from model_keeper.domain.model_files import ModelFile
from model_keeper.engine.hash_jobs import hash_job
from model_keeper.engine.processes import host_id
from model_keeper.library.roots import comfyui_tree
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from model_keeper.transfer.hashing import hash_file
from tests.integration.keeper import Keeper
from tests.integration.old_files import age

MANY = 40


def add(keeper: Keeper, name: str, size: int = 4_000) -> Path:
    """A finished lora; its weights are zeros, which take no room on the disk."""
    path = keeper.models / "loras" / name
    path.parent.mkdir(exist_ok=True)
    header = json.dumps({"w": {"dtype": "U8", "shape": [size], "data_offsets": [0, size]}})
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header.encode())
        file.truncate(file.tell() + size)
    age(path)
    return path


def add_many(keeper: Keeper) -> None:
    """Enough that hashing them takes longer than seeing that the first is done."""
    for number in range(MANY):
        add(keeper, f"{number}.safetensors", 20_000_000 + number)


def enqueue(keeper: Keeper, new: NewJob) -> JobId:
    return keeper.host.store.queue.enqueue(new).job.id


def scan(keeper: Keeper) -> Job:
    return keeper.wait(keeper.host.library.models.request_scan(comfyui_tree(keeper.models)).job.id)


def evidence(keeper: Keeper) -> list[HashEvidence]:
    return keeper.host.store.hashes.since(host_id(), 0)


def wait_for_the_first_hash(keeper: Keeper) -> None:
    while not evidence(keeper):
        pass


def shown(keeper: Keeper, name: str) -> ModelFile:
    [file] = keeper.host.library.index.named(name)
    return file


def test_the_worker_scans_and_everybody_sees_it(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        add(keeper, "a.safetensors")
        add(keeper, "b.safetensors")

        job = scan(keeper)

        assert job.state is JobState.SUCCEEDED
        assert (job.result["files"], job.result["added"]) == (2, 2)
        assert shown(keeper, "a.safetensors").header.format == "safetensors"


def test_a_download_is_in_the_index_with_its_hashes_when_it_has_succeeded(tmp_path: Path) -> None:
    with Origin() as origin, Keeper(tmp_path) as keeper:
        scan(keeper)
        job = keeper.get(origin.add("new.safetensors", safetensors(5_000)))

        file = shown(keeper, "new.safetensors")
        assert file.path == job.result["path"]
        assert file.sha256 == job.result["sha256"]
        assert file.hashes["blake3"] == job.result["blake3"]
        assert file.header.tensors
        known = keeper.host.library.hashing.known(file.path)
        assert known == file.hashes
        assert keeper.wait(enqueue(keeper, hash_job())).result["hashed"] == 0


def test_a_killed_hash_job_goes_on_without_what_it_had_done(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        add_many(keeper)
        scan(keeper)
        job = enqueue(keeper, hash_job())
        wait_for_the_first_hash(keeper)
        keeper.kill_worker()
        before = evidence(keeper)

        ended = keeper.wait(job)

        assert 0 < len(before) < MANY
        assert ended.result["hashed"] == MANY - len(before)  # in the second run
        assert evidence(keeper)[: len(before)] == before
        last = shown(keeper, f"{MANY - 1}.safetensors")
        assert last.sha256 == hash_file(Path(last.path))[0]


def test_a_running_hash_job_is_cancelled(tmp_path: Path) -> None:
    with Keeper(tmp_path) as keeper:
        add_many(keeper)
        scan(keeper)
        job = enqueue(keeper, hash_job())
        wait_for_the_first_hash(keeper)

        keeper.host.actions.cancel(job)

        assert keeper.wait(job).state is JobState.CANCELLED
        assert shown(keeper, f"{MANY - 1}.safetensors").hashes == {}


def test_hashing_rests_while_comfyui_generates(tmp_path: Path) -> None:
    with Keeper(tmp_path, wait_for_generation=True) as keeper:
        add_many(keeper)
        scan(keeper)
        job = enqueue(keeper, hash_job())
        wait_for_the_first_hash(keeper)
        link = keeper.host.supervisor.running()
        assert link is not None

        while keeper.job(job).state is not JobState.PENDING:
            link.tell_generating(True)
        done = len(evidence(keeper))
        link.tell_generating(False)

        assert keeper.wait(job).result["hashed"] == MANY - done
        assert done < MANY
