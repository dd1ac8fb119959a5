"""Starting, adopting and replacing the worker process of a state folder."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

import model_keeper
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Clock
from model_keeper.engine.processes import start_time
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.worker_link import WorkerLink, WorkerRecord

_log = logging.getLogger(__name__)

_START_SECONDS = 30.0
_DRAIN_SECONDS = 60.0
_STEP = 0.05

Spawn = Callable[[Sequence[str], Path], "subprocess.Popen[bytes]"]


class WorkerSupervisor:
    """Makes sure that one worker of our version lives for a state folder."""

    def __init__(
        self,
        state: StateFolder,
        clock: Clock,
        *,
        arguments: Sequence[str] = (),
        version: str = model_keeper.__version__,
        spawn: Spawn | None = None,
    ) -> None:
        self._state = state
        self._clock = clock
        self._arguments = list(arguments)
        self._version = version
        self._spawn = spawn or spawn_detached

    def running(self) -> WorkerLink | None:
        """The worker that lives now and answers, or None."""
        record = WorkerRecord.read(self._state)
        if record is None or start_time(record.pid) not in {record.start_time, 0.0}:
            return None
        link = WorkerLink(record)
        return link if link.health() is not None else None

    def ensure(self) -> WorkerLink:
        """Adopt the worker that is there, replace one of another version, or start one.

        Raises KeeperError worker_unavailable where a process cannot be had.
        """
        link = self.running()
        if link is not None and link.record.version == self._version:
            return link
        if link is not None:
            _log.info("the worker is of version %s: it is replaced", link.record.version)
            self._retire(link)
        return self._start()

    def _retire(self, link: WorkerLink) -> None:
        link.stop()
        deadline = self._clock.monotonic() + _DRAIN_SECONDS
        while not self._lock_is_free():
            if self._clock.monotonic() >= deadline:
                raise self._unavailable("the one of another version does not end")
            self._clock.sleep(_STEP)

    def _start(self) -> WorkerLink:
        self._state.create()
        try:
            process = self._spawn(self._command(), self._state.worker_start_log)
        except OSError as exc:
            raise self._unavailable((exc.strerror or "no process").lower()) from exc
        deadline = self._clock.monotonic() + _START_SECONDS
        while self._clock.monotonic() < deadline:
            link = self.running()
            if link is not None:
                _reap_when_it_ends(process)
                return link
            if process.poll() is not None and self._lock_is_free():
                raise self._unavailable(self._last_words() or f"it ended with {process.poll()}")
            self._clock.sleep(_STEP)
        raise self._unavailable("it did not answer in time")

    def _command(self) -> list[str]:
        """Our own interpreter and an explicit path: a portable Python ignores PYTHONPATH."""
        source = str(Path(model_keeper.__file__).parent.parent)
        program = (
            f"import sys; sys.path.insert(0, {source!r}); "
            "from model_keeper.hosts.worker import main; main()"
        )
        state = ["--state-dir", str(self._state.path)]
        return [sys.executable, "-c", program, *state, *self._arguments]

    def _lock_is_free(self) -> bool:
        lock = FileLock(self._state.worker_lock)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            return False
        lock.release()
        return True

    def _last_words(self) -> str:
        try:
            text = self._state.worker_start_log.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""
        lines = [line for line in text.splitlines() if line.strip()]
        return lines[-1].strip() if lines else ""

    def _unavailable(self, why: str) -> KeeperError:
        return KeeperError("worker_unavailable", why=why, log=str(self._state.worker_start_log))


def spawn_detached(command: Sequence[str], log: Path) -> subprocess.Popen[bytes]:
    """A process that outlives its parent and gets none of its signals."""
    with log.open("wb") as out:
        return subprocess.Popen(  # noqa: S603 - our own interpreter and program
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env=_environment(os.environ),
            **_detached(sys.platform),
        )


def _reap_when_it_ends(process: subprocess.Popen[bytes]) -> None:
    """A worker that ends before this program must not stay behind as a zombie."""
    threading.Thread(target=process.wait, name="worker-reaper", daemon=True).start()


def _detached(platform: str) -> dict[str, Any]:
    if platform == "win32":
        detached, group = 0x00000008, 0x00000200  # DETACHED_PROCESS, CREATE_NEW_PROCESS_GROUP
        return {"creationflags": detached | group, "close_fds": True}
    return {"start_new_session": True, "close_fds": True}


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    """All of it: tokens, proxies and certificates are the worker's business too."""
    return {**environment, "PYTHONUNBUFFERED": "1"}
