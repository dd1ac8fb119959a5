"""Repairs of previews in a worker: many models, counts, troubles of one, and what is killed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.jobs import Job, JobId, JobState
from model_keeper.domain.queue import ItemState
from model_keeper.engine.preview_jobs import preview_job
from model_keeper.library.search import Found
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.server import Bytes, Reply
from tests.integration.keeper import Keeper
from tests.integration.picture_host import PAGE, PictureHost
from tests.unit.library.preview_pictures import bomb, picture

RED = picture(colour="red")


class Repairs(Keeper):
    """A keeper whose models have addresses of pictures."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        super().__init__(folder, environment, models_dir=str(folder / "models"))

    def add(self, name: str, *addresses: str, seed: int | None = None) -> Path:
        path = self.models / "loras" / f"{name}.safetensors"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(safetensors(3_000, seed=len(name) if seed is None else seed))
        if addresses:
            rows = [{"url": address} for address in addresses]
            said = {"name": name, "preview": rows, "completeness": "partial"}
            path.with_suffix(".info").write_text(json.dumps(said), encoding="utf-8")
        return path

    def scan(self) -> None:
        """The library as it is now, scanned and known to the worker."""
        folders = self.host.folders(self.models)
        job = self.host.library.models.request_scan(folders).job
        assert self.wait(job.id).state is JobState.SUCCEEDED

    def repair(self, *, max_attempts: int = 1, **asked: Any) -> Job:
        return self.wait(self.ask(max_attempts=max_attempts, **asked))

    def ask(self, *, max_attempts: int = 1, **asked: Any) -> JobId:
        """``max_attempts``: nobody is waited for, unless told."""
        settings = NetworkSettings.from_environment(self._environment)
        new = replace(preview_job(settings, **asked), max_attempts=max_attempts)
        return self.host.store.queue.enqueue(new).job.id

    def models_found(self, query: str = "") -> dict[str, Found]:
        found = self.host.library.models.walk(query)
        return {each.file.name.removesuffix(".safetensors"): each for each in found}

    def items(self, job: Job) -> Mapping[str, tuple[str, str | None]]:
        names = {each.id: name for name, each in self.models_found().items()}
        return {
            names[item.key]: (item.state.value, item.error_code or item.data.get("outcome"))
            for item in self.host.store.items.page(job.id, limit=1000)
        }

    def shown(self) -> set[str]:
        return {path.name.split(".preview")[0] for path in self.models.rglob("*.preview.*")}


@pytest.fixture(scope="module")
def host() -> Iterator[PictureHost]:
    with PictureHost() as made:
        yield made


@pytest.fixture
def repairs(tmp_path: Path) -> Iterator[Repairs]:
    made = Repairs(tmp_path)
    with made:
        yield made


def test_a_repair_gives_each_model_its_preview_and_tells_what_went_wrong(
    repairs: Repairs, host: PictureHost
) -> None:
    good = host.add("good", RED)
    refused = {"forbidden": "403", "not_found": "404", "gone": "410", "rate_limited": "429",
               "server_error": "500", "server_busy": "503"}  # fmt: skip
    for code, path in refused.items():
        repairs.add(code, f"{host.server.url}/{path}")
    repairs.add("page", host.add("page", PAGE))
    repairs.add("bomb", host.add("bomb", bomb(60_000, 60_000)))
    repairs.add("good", good)
    repairs.add("two", f"{host.server.url}/404", good)
    repairs.add("nobody")
    repairs.add("has", good).with_suffix(".png").write_bytes(RED)
    repairs.scan()
    job = repairs.repair(query="missing:preview")
    assert job.state is JobState.SUCCEEDED, (job.error_code, job.error_details)
    assert repairs.items(job) == {
        **{code: ("failed", code) for code in refused},
        "page": ("failed", "picture_unusable"),
        "bomb": ("failed", "picture_unusable"),
        "good": ("succeeded", "changed"),
        "two": ("succeeded", "changed"),
        "nobody": ("skipped", "unknown"),
    }
    assert job.result == {
        "total": 11, "done": 11, "changed": 2, "unchanged": 0, "unknown": 1, "failed": 8,
    }  # fmt: skip
    assert repairs.shown() == {"good", "two"}
    assert set(repairs.models_found("-missing:preview")) == {"good", "two", "has"}


def test_a_repair_goes_on_where_it_was_killed_and_does_nothing_twice(
    repairs: Repairs, host: PictureHost
) -> None:
    gate = threading.Event()
    held = Reply(200, {}, Bytes(RED), stall_after=50, gate=gate)
    names = [f"m{number:02}" for number in range(40)]
    for number, name in enumerate(names):
        address = host.add(f"kill/{name}", RED)
        repairs.add(name, host.answers("kill/held", held) if number == 39 else address)
    repairs.scan()
    ids = [found.id for _, found in sorted(repairs.models_found().items())]
    job_id = repairs.ask(ids=ids, max_attempts=5)
    repairs.host.ensure_worker()
    while "/kill/held" not in host.asked():
        repairs.host.clock.sleep(0.02)
    pid = repairs.worker_pid()
    while repairs.host.store.items.counts(job_id)[ItemState.SUCCEEDED] < 25:
        repairs.host.clock.sleep(0.02)
    assert repairs.kill_worker() == pid
    host.add("kill/held", RED)
    gate.set()
    job = repairs.wait(job_id)
    assert (job.state, job.result["done"], job.result["failed"]) == ("succeeded", 40, 0)
    assert job.result["changed"] + job.result["unchanged"] == 40, "some were done and not marked"
    assert repairs.shown() == set(names)
    asked = [path for path in host.asked() if path.startswith("/kill/m")]
    assert len(asked) < 40 + 25, "what was marked is not asked for again"


def test_a_repair_can_be_cancelled_while_a_host_is_slow(
    repairs: Repairs, host: PictureHost
) -> None:
    gate = threading.Event()
    slow = Reply(200, {}, Bytes(RED), stall_after=50, gate=gate)
    repairs.add("slow", host.answers("slow", slow))
    repairs.scan()
    job_id = repairs.ask()
    repairs.host.ensure_worker()
    while "/slow" not in host.asked():
        repairs.host.clock.sleep(0.02)
    repairs.host.actions.cancel(job_id)
    assert repairs.wait(job_id).state is JobState.CANCELLED
    gate.set()
    assert repairs.shown() == set()


def test_who_is_known_by_its_hash_alone_is_asked_about(tmp_path: Path, host: PictureHost) -> None:
    with FakeCivitai() as civitai:
        environment = {"MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url, "HF_ENDPOINT": civitai.url}
        repairs = Repairs(tmp_path, environment)
        with repairs:
            path = repairs.add("ink", seed=7)
            repairs.add("unhashed", seed=8)
            version = civitai.add(1, 2, {"ink.safetensors": path.read_bytes()})
            strong = {"url": host.add("strong", PAGE), "nsfwLevel": 16, "type": "image"}
            mild = {"url": host.add("mild", RED), "nsfwLevel": 1, "type": "image"}
            version.data["images"] = [strong, mild]
            repairs.scan()
            hashed = repairs.host.library.models.request_hashes([repairs.models_found()["ink"].id])
            assert repairs.wait(hashed.job.id).state is JobState.SUCCEEDED
            job = repairs.repair()
            assert repairs.items(job) == {
                "ink": ("succeeded", "changed"),
                "unhashed": ("skipped", "unknown"),
            }
            found = repairs.models_found()["ink"]
            assert (found.has_preview, found.preview_nsfw_level) == (True, 1)
            assert "/strong" not in host.asked()
            assert repairs.repair(ids=[found.id]).result["unchanged"] == 1


def test_the_same_request_joins_the_one_that_waits(repairs: Repairs) -> None:
    request = repairs.host.library.repairs.request
    first = request(query="base:sdxl")
    assert request(query="base:sdxl").job.id == first.job.id
    assert request(query="base:sdxl", only_missing=False).job.id != first.job.id
    assert first.job.payload["query"] == "missing:preview base:sdxl"
