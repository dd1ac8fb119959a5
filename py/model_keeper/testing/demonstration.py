"""The main job on this machine alone: real workflows, a loopback hub, a cut and a kill."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from model_keeper.domain.jobs import Job, JobId
from model_keeper.engine.follow import Update
from model_keeper.engine.summary import exit_code, job_record
from model_keeper.engine.worker_link import WorkerRecord
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import SyntheticSafetensors
from model_keeper.testing.workflows import Show, shows

MIB = 1 << 20
_SMALL, _LARGE = 3 * MIB, 48 * MIB
_RATE = 24 * MIB
_KILL_AFTER = 8 * MIB
_MARK = "demo-record.json"


@dataclass
class Record:
    """What happened: enough to check the demo afterwards."""

    workflows: list[dict[str, Any]] = field(default_factory=list)
    files: list[dict[str, Any]] = field(default_factory=list)
    manifest: dict[str, dict[str, Any]] = field(default_factory=dict)
    workers: list[int] = field(default_factory=list)
    killed: int | None = None
    requests: list[dict[str, Any]] = field(default_factory=list)
    exit_code: int = 1

    def to_json(self) -> dict[str, Any]:
        return vars(self)


class Demonstration:
    """One run in a folder of its own."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder = folder
        self._tell = tell
        self._record = Record()

    @property
    def record_path(self) -> Path:
        return self._folder / _MARK

    def run(self, show_updates: Callable[[Sequence[Update]], None]) -> Record:
        """Fetch everything; the record is also returned where something failed."""
        self._prepare()
        chosen = shows(self._folder / "workflows")
        with FakeHub() as hub:
            self._stock(hub, chosen)
            environment = {
                "HF_ENDPOINT": hub.url,
                "MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1,localhost",
                "MODEL_KEEPER_COMPLETE_DOWNLOADS": "off",
            }
            host = StandaloneHost(state_dir=self._folder / "state", environment=environment)
            with closing(host):
                self._fetch(host, chosen, show_updates)
            self._record.manifest = hub.manifest()
            self._record.requests = [
                vars(row) for row in (*hub.server.records(), *hub.files.requests())
            ]
        return self._record

    def _prepare(self) -> None:
        """An earlier run's folder is made new; a folder of anything else is left alone."""
        if self._folder.exists() and any(self._folder.iterdir()):
            if not self.record_path.exists():
                raise FileExistsError(f"{self._folder} is not empty and no earlier demo")
            shutil.rmtree(self._folder)
        self._folder.mkdir(parents=True, exist_ok=True)
        self.record_path.write_text("{}", encoding="utf-8")

    def _stock(self, hub: FakeHub, chosen: Sequence[Show]) -> None:
        """Files of the right names in the right repositories; the first is large and slow."""
        for number, model in enumerate(model for show in chosen for model in show.models):
            content = SyntheticSafetensors(_LARGE if number == 0 else _SMALL + number, seed=number)
            options: dict[str, Any] = {}
            if number == 0:
                options = {"rate": _RATE}
            elif number == 1:
                options = {"fault": "cut_once", "after": MIB}
            hub.add(model.repo, model.path, content, **options)

    def _fetch(
        self,
        host: StandaloneHost,
        chosen: Sequence[Show],
        show_updates: Callable[[Sequence[Update]], None],
    ) -> None:
        models = self._folder / "models"
        models.mkdir()
        engine = host.workflows.engine(host.folders(models), search=False)
        jobs: list[JobId] = []
        for show in chosen:
            prepared = engine.prepare([engine.resolve(show.path)])
            plans = [each.item.plan for each in prepared if each.item.plan is not None]
            nested = " with subgraphs" if show.subgraphs else ""
            self._tell(f"{show.path.stem}: a workflow{nested} that needs {len(plans)} models")
            self._record.workflows.append(
                {"name": show.path.stem, "subgraphs": show.subgraphs, "models": len(plans)}
            )
            jobs += [host.store.queue.enqueue(plan.to_job()).job.id for plan in plans]
        rows: list[Job] = []
        for updates in host.watch(patient=False).follow(jobs):
            rows = [update.job for update in updates]
            self._note_worker(host)
            show_updates(updates)
            self._kill_once(updates)
        self._record.files = [_described(job) for job in rows]
        self._record.exit_code = exit_code(rows)
        link = host.supervisor.running()
        if link is not None:
            link.stop()

    def _note_worker(self, host: StandaloneHost) -> None:
        record = WorkerRecord.read(host.state)
        if record is not None and record.pid not in self._record.workers:
            self._record.workers.append(record.pid)

    def _kill_once(self, updates: Sequence[Update]) -> None:
        """Kill the worker in the middle of the large file, as a power cut would."""
        done = max((u.live["bytes_done"] for u in updates if u.live is not None), default=0)
        if self._record.killed is None and done > _KILL_AFTER:
            self._record.killed = self._record.workers[-1]
            os.kill(self._record.killed, signal.SIGKILL)
            self._tell("The worker is killed in the middle; a new one goes on where it was.")


def _described(job: Job) -> dict[str, Any]:
    verdict: Mapping[str, Any] = job.result.get("verdict") or {}
    source: Mapping[str, Any] = job.payload["asset"]
    return {
        **job_record(job),
        "size": job.result.get("size"),
        "verdict": verdict.get("verdict"),
        "why": [reason["code"] for reason in verdict.get("reasons", ())],
        "source": source["url"],
    }
