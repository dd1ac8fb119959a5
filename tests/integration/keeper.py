"""A keeper for tests: its own state and models folder, a real worker process, and its queue."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any

from model_keeper.domain.jobs import Job, JobId
from model_keeper.engine.follow import Watch
from model_keeper.engine.intake import Plan, Wishes
from model_keeper.engine.questions import ask_nobody
from model_keeper.engine.summary import job_error
from model_keeper.engine.worker_link import WorkerRecord
from model_keeper.hosts.standalone import StandaloneHost


class Keeper:
    """Gets links and waits for them. Use it in ``with``: the worker ends with it."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str] | None = None, **settings: Any
    ) -> None:
        self.models = folder / "models"
        self.models.mkdir(parents=True, exist_ok=True)
        self._environment = {
            "MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1,localhost",
            "MODEL_KEEPER_CIVITAI_ENDPOINT": "http://127.0.0.1:9",  # nobody
            "MODEL_KEEPER_COMPLETE_DOWNLOADS": "off",
            **(environment or {}),
        }
        self.host = StandaloneHost(state_dir=folder / "state", environment=self._environment)
        self.host.store.settings.change(**{"timeout_seconds": 2.0, "max_retries": 3, **settings})

    def plan(self, link: str, **wishes: Any) -> Plan:
        intake = self.host.intake(self.host.folders(self.models), ask_nobody)
        return intake.from_link(link, Wishes(**{"category": "loras", **wishes}))

    def enqueue(self, link: str, **wishes: Any) -> JobId:
        return self.host.store.queue.enqueue(self.plan(link, **wishes).to_job()).job.id

    def get(self, link: str, **wishes: Any) -> Job:
        """Fetch ``link`` and return the job at rest."""
        return self.wait(self.enqueue(link, **wishes))

    def wait(self, job_id: JobId) -> Job:
        return list(self.watch().follow([job_id]))[-1][0].job

    def wait_until_idle(self) -> None:
        """A worker commits how a job ended, and then removes what is of no use any more."""
        link = self.host.supervisor.running()
        while link is not None and (link.health() or {}).get("busy"):
            self.host.clock.sleep(0.02)

    def watch(self) -> Watch:
        return self.host.watch(patient=False)

    def job(self, job_id: JobId) -> Job:
        return self.host.store.jobs.get(job_id)

    def worker_pid(self) -> int:
        record = WorkerRecord.read(self.host.state)
        assert record is not None
        return record.pid

    def kill_worker(self) -> int:
        """Kill it as a power cut would, without a word."""
        pid = self.worker_pid()
        os.kill(pid, signal.SIGKILL)
        return pid

    def files(self) -> dict[str, int]:
        """Everything below the models folder, with sizes."""
        return {
            path.relative_to(self.models).as_posix(): path.stat().st_size
            for path in sorted(self.models.rglob("*"))
            if path.is_file()
        }

    def __enter__(self) -> Keeper:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        link = self.host.supervisor.running()
        if link is not None:
            link.stop()
        self.host.close()


def outcome(job: Job) -> str:
    """The state, or the code of the error that it rests with."""
    error = job_error(job)
    return error.code if error else job.state.value
