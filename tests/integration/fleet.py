"""Several worker processes and an enqueuer on one database, all of which can be killed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

from model_keeper.domain.jobs import JobId
from model_keeper.engine.clock import SystemClock
from model_keeper.store import JobStore, open_store
from tests.integration.patience import PATIENCE

_STEP = 0.02

ENQUEUER = """
import json, sys
from pathlib import Path
from model_keeper.engine.intake import Wishes
from model_keeper.engine.questions import ask_nobody
from model_keeper.hosts.standalone import StandaloneHost

database, folder, urls = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
environment = {"MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1", "MODEL_KEEPER_COMPLETE_DOWNLOADS": "off"}
with StandaloneHost(state_dir=folder / "host", database_url=database, environment=environment) as h:
    intake = h.intake(h.folders(folder / "models"), ask_nobody)
    for url in urls:
        job = h.store.queue.enqueue(intake.from_link(url, Wishes(category="loras")).to_job()).job
        print(json.dumps([url, job.id]), flush=True)
"""


class Fleet:
    """``count`` workers, each with a state folder of its own. Use it in ``with``."""

    def __init__(self, folder: Path, database: str, count: int) -> None:
        self.models = folder / "models"
        self.models.mkdir()
        self.database = database
        self._folder = folder
        self._workers: list[subprocess.Popen[bytes]] = []
        self._clock = SystemClock()
        self.store: JobStore = open_store(database, clock=self._clock, actor="test")
        self._workers = [self._start(number) for number in range(count)]

    def __len__(self) -> int:
        return len(self._workers)

    def kill_worker(self, number: int) -> None:
        """Kill one as a power cut would, and start another in its place at once."""
        self._workers[number].send_signal(signal.SIGKILL)
        self._workers[number].wait()
        self._workers[number] = self._start(number)

    def enqueue(self, urls: list[str], *, kill_after: int | None = None) -> dict[str, JobId]:
        """Enqueue from another process, which is killed after so many acknowledgements.

        Returns the acknowledged ones: whatever happens, these must succeed.
        """
        process = subprocess.Popen(
            [sys.executable, "-c", ENQUEUER, self.database, str(self._folder), json.dumps(urls)],
            stdout=subprocess.PIPE,
            text=True,
        )
        acknowledged: dict[str, JobId] = {}
        assert process.stdout is not None
        with process.stdout as lines:
            for line in lines:
                url, job_id = json.loads(line)
                acknowledged[url] = JobId(job_id)
                if len(acknowledged) == kill_after:
                    process.send_signal(signal.SIGKILL)
                    break
        process.wait()
        return acknowledged

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Wait for a condition. Fails the test at a deadline that nothing comes near to."""
        deadline = self._clock.monotonic() + PATIENCE
        while not condition():
            assert self._clock.monotonic() < deadline, f"{what} did not happen"
            for worker in self._workers:
                assert worker.poll() is None, f"a worker ended with {worker.returncode}"
            self._clock.sleep(_STEP)

    def logs(self) -> str:
        return "\n".join(p.read_text() for p in sorted(self._folder.glob("worker-*/worker.log")))

    def __enter__(self) -> Fleet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.kill()
            worker.wait()
        self.store.close()

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                *(sys.executable, "-m", "model_keeper.hosts.worker"),
                *("--state-dir", str(self._folder / f"worker-{number}")),
                *("--database-url", self.database),
                *("--idle-seconds", "0"),
            ],
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
