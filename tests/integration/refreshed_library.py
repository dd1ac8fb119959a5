"""A library whose metadata is refreshed from fakes, each run on the thread of the test."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.jobs import Event, Job, JobId, JobKind, Ownership, WorkerId
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.queue import Item, ItemState
from model_keeper.domain.workers import WorkerInfo
from model_keeper.engine.control import JobControl
from model_keeper.engine.library_services import LibraryServices
from model_keeper.engine.network import Network
from model_keeper.engine.running import Outcome, Running
from model_keeper.engine.state_folder import StateFolder
from model_keeper.library.search import Found
from model_keeper.net.credentials import Credentials
from model_keeper.store import open_store
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.transfer.limits import Bandwidth
from tests.doubles import FakeClock

BY_HASH = "/api/v1/model-versions/by-hash"
_LONG_AGO_NS = 1_600_000_000_000_000_000
_WORKER = WorkerInfo(WorkerId("w"), "here", 1, 1.0, "boot", "1")
_BASE_MODELS = {"ss_base_model_version": "sdxl_base_v1-0"}


class RefreshedLibrary:
    """Folders for loras and vae, a Civitai and a Hub, and everything that joins them."""

    def __init__(self, folder: Path, civitai: FakeCivitai, hub: FakeHub) -> None:
        self.civitai = civitai
        self.hub = hub
        self.clock = FakeClock()
        self.models = folder / "models"
        self.table = FolderTable()
        for category in ("loras", "vae"):
            (self.models / category).mkdir(parents=True)
            root = Root(category, str(self.models / category))
            self.table = self.table.with_root(root, (".safetensors",))
        state = StateFolder(folder / "state")
        state.create()
        self.store = open_store(state.database, clock=self.clock, actor="test")
        self.store.settings.change(timeout_seconds=2.0)
        self.network = Network(
            self.clock, Credentials(state.credentials, {}, keyring=False), self.store.settings.read
        )
        self.library = LibraryServices(
            self.store,
            state,
            self.clock,
            lambda: self.table,
            network=NetworkSettings(("127.0.0.1", "localhost"), hub.url, civitai.url),
        )
        self.handler = self.library.refresh_handler(self.network)
        self.store.workers.register(_WORKER)
        self.control = JobControl()

    def close(self) -> None:
        self.library.close()
        self.network.close()
        self.store.close()

    def add(self, name: str, seed: int = 0, category: str = "loras", **metadata: str) -> bytes:
        """A model file of its own content, changed long ago; the content."""
        content = safetensors(600, seed=seed, metadata=metadata or None)
        path = self.models / category / name
        path.write_bytes(content)
        changed = _LONG_AGO_NS + 1_000 * seed  # few files share their moment
        os.utime(path, ns=(changed, changed))
        return content

    def content(self, name: str, category: str = "loras") -> bytes:
        return (self.models / category / name).read_bytes()

    def publish(self, number: int, content: bytes, **fields: Any) -> None:
        """A model on Civitai with everything that one can have."""
        more = {
            "trainedWords": [f"word{number}"],
            "baseModel": "SDXL 1.0",
            "images": [{"url": f"{self.civitai.files.server.url}/{number}.png", "nsfwLevel": 1}],
            **fields,
        }
        about = {"description": f"<p>About {number}</p>", "tags": ["style"]}
        title = f"Model {number}"
        self.civitai.add(
            number, number * 10, {"a.safetensors": content}, title=title, more=more, about=about
        )

    def scan(self) -> None:
        self.library.scanning.refresh(self.table)

    def found(self, name: str) -> Found:
        return next(each for each in self.library.models.walk() if each.file.name == name)

    def metadata(self, name: str) -> ModelMetadata:
        return self.library.records.read(self.found(name).file).metadata

    def names(self, query: str) -> list[str]:
        return [each.file.name for each in self.library.models.walk(query)]

    def sidecar(self, name: str) -> Mapping[str, Any]:
        document: Mapping[str, Any] = json.loads((self.models / name).read_text(encoding="utf-8"))
        return document

    def request(self, names: Sequence[str] | None = None, **wishes: Any) -> JobId:
        ids = None if names is None else [self.found(name).id for name in names]
        return self.library.refreshes.request(ids, **wishes).job.id

    def refresh(self, names: Sequence[str] | None = None, **wishes: Any) -> Job:
        """Scan, refresh until the job rests, and answer with the job."""
        self.scan()
        job_id = self.request(names, **wishes)
        return self.run(job_id)

    def run(self, job_id: JobId) -> Job:
        while (job := self.store.jobs.get(job_id)).live:
            self.clock.sleep(max(0, job.run_after - self.clock.now_ms()) / 1000)
            self.step(job_id)
        return job

    def step(self, job_id: JobId) -> Job:
        """One run of the job, and what it comes to rest with."""
        [job] = self.store.work.claim(
            _WORKER.id, targets=["local"], kinds=[JobKind.METADATA], limit=1
        )
        assert job.id == job_id
        self.control = JobControl()
        running = Running(job, Ownership.of(job), self.control, Bandwidth(self.clock, None))
        outcome = self.handler.run(running, lambda _: None)
        assert outcome is not None
        return self._commit(running, outcome)

    def items(self, job_id: JobId) -> dict[str, Item]:
        """By the model's name, or by the key where it is not known."""
        return {
            item.data.get("name", item.key): item
            for item in self.store.items.page(job_id, limit=10_000)
        }

    def failed(self, job_id: JobId) -> dict[str, str | None]:
        return {
            name: item.error_code
            for name, item in self.items(job_id).items()
            if item.state is ItemState.FAILED
        }

    def _commit(self, running: Running, outcome: Outcome) -> Job:
        columns: dict[str, Any] = {"wait_reason": outcome.wait_reason}
        if outcome.result is not None:
            columns["result"] = dict(outcome.result)
        if outcome.error is not None:
            columns["error_code"] = outcome.error.code
            columns["error_details"] = outcome.error.details
        if outcome.delay:
            columns["run_after"] = self.clock.now_ms() + int(outcome.delay * 1000)
        return self.store.work.advance(running.ownership, outcome.event, **columns)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def give_back(library: RefreshedLibrary, job_id: JobId) -> None:
    """What becomes of the job of a worker that was killed."""
    job = library.store.jobs.get(job_id)
    library.store.work.advance(Ownership.of(job), Event.RECOVER)
