"""The worker program: the composition root of what does the work.

``python -m model_keeper.hosts.worker --state-dir DIR`` needs the base packages only.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import logging.handlers
import os
import secrets
import signal
import sys
import threading
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from filelock import FileLock, Timeout

from model_keeper import __version__
from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobKind, JobState, WorkerId
from model_keeper.domain.workers import WorkerInfo
from model_keeper.engine.arrivals import TASK as ARRIVALS
from model_keeper.engine.change_jobs import ChangeHandler
from model_keeper.engine.clock import SystemClock, SystemZone
from model_keeper.engine.download import DownloadHandler
from model_keeper.engine.hash_jobs import HashHandler
from model_keeper.engine.job_tasks import TaskHandler
from model_keeper.engine.library_services import LibraryServices
from model_keeper.engine.live import LiveBoard
from model_keeper.engine.metadata_jobs import TASK as REFRESH
from model_keeper.engine.model_folders import model_folders
from model_keeper.engine.network import Network
from model_keeper.engine.presence import Presence
from model_keeper.engine.processes import host_id, lives, start_time
from model_keeper.engine.purging import TASK as PURGE
from model_keeper.engine.purging import PurgeHandler
from model_keeper.engine.running import Handler
from model_keeper.engine.scanning import ScanHandler
from model_keeper.engine.state_folder import StateFolder, default_state_folder
from model_keeper.engine.tasks import TaskOwner
from model_keeper.engine.update_checks import TASK as UPDATES
from model_keeper.engine.upkeep import Upkeep
from model_keeper.engine.worker import Worker
from model_keeper.engine.worker_link import WorkerRecord
from model_keeper.files.durable import boot_id
from model_keeper.library.hub_cache import HubCache
from model_keeper.net.credentials import Credentials
from model_keeper.store import JobStore, open_store
from model_keeper.transfer.publish import Publisher
from model_keeper.verify.failures import FailureLog
from model_keeper.web.worker_control import ControlHooks, WorkerControl

_log = logging.getLogger("model_keeper.worker")

ALREADY_RUNNING = 3
_IDLE_SECONDS = 30.0
_LOOK_SECONDS = 1.0
_WAITING = frozenset({JobState.PENDING, JobState.RUNNING, JobState.VERIFYING})


class WorkerService:
    """Everything a worker is made of. Serves one state folder until it is idle or stopped."""

    def __init__(
        self,
        state: StateFolder,
        *,
        database_url: str | None = None,
        targets: tuple[str, ...] = ("local",),
        idle_seconds: float | None = _IDLE_SECONDS,
    ) -> None:
        self._state = state
        self._database_url = database_url
        self._targets = targets
        self._idle_seconds = idle_seconds
        self._clock = SystemClock()
        self._live = LiveBoard(self._clock)
        self._stop: Callable[[], None] = lambda: None
        self._unwanted = threading.Event()
        self._lock_file: os.stat_result | None = None

    def serve(self) -> None:
        """Work until idle or stopped.

        Raises KeeperError where the store or the state folder cannot be used, and filelock's
        Timeout where another worker serves this folder.
        """
        self._state.create()
        lock = FileLock(self._state.worker_lock)
        lock.acquire(timeout=0)
        self._lock_file = self._state.worker_lock.stat()
        try:
            store = open_store(
                self._database_url or self._state.database,
                clock=self._clock,
                actor=f"worker {os.getpid()}",
                endless=True,
            )
            try:
                asyncio.run(self._serve(store))
            finally:
                store.close()
        finally:
            lock.release()

    def stop(self) -> None:
        """End soon; running jobs go back to the queue. From any thread, at any time."""
        self._unwanted.set()
        self._stop()

    async def _serve(self, store: JobStore) -> None:
        loop = asyncio.get_running_loop()
        credentials = Credentials(self._state.credentials, os.environ)
        network = Network(self._clock, credentials, store.settings.read)
        library = LibraryServices(
            store,
            self._state,
            self._clock,
            partial(model_folders, store),
            network=NetworkSettings.from_environment(os.environ),
            idle=True,
        )
        worker = self._worker(store, network, library)

        def stop() -> None:
            store.stop()  # an outage must not keep the worker
            worker.stop()

        def stop_soon() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: it has ended already
                loop.call_soon_threadsafe(stop)

        self._stop = stop_soon
        if self._unwanted.is_set():  # told before there was a loop to tell it to
            return
        nonce = secrets.token_urlsafe(24)
        control = WorkerControl(self._hooks(worker, credentials, stop), nonce)
        await control.start()
        self._record(worker.info, control.port, nonce)
        _handle_signals(loop, stop)
        _log.info("worker %s %s serves %s", worker.info.id, __version__, self._state.path)
        upkeep = self._upkeep(
            store, library, worker, partial(loop.call_soon_threadsafe, worker.wake)
        )
        try:
            async with TaskOwner() as watch:
                watch.start(self._end_when_idle(store, worker, control), name="idle")
                watch.start(self._end_without_folder(stop), name="folder")
                watch.start(upkeep.run(None), name="upkeep")
                watch.start(_threaded(library.settle_changes), name="settle")
                await worker.run()
        finally:
            self._forget(worker.info)
            await control.close()
            network.close()
            library.close()
            _log.info("worker %s ended", worker.info.id)

    def _hooks(
        self, worker: Worker, credentials: Credentials, stop: Callable[[], None]
    ) -> ControlHooks:
        return ControlHooks(
            live=self._live.snapshot,
            health=lambda: {
                "version": __version__,
                "busy": worker.busy,
                "resting": worker.resting,
                "pid": os.getpid(),
            },
            wake=worker.wake,
            stop=stop,
            share_secrets=credentials.share,
            note_generating=worker.note_generating,
        )

    def _worker(self, store: JobStore, network: Network, library: LibraryServices) -> Worker:
        boot = boot_id()
        download = DownloadHandler(
            store,
            self._clock,
            network,
            Publisher(self._clock),
            FailureLog(self._state.failures_log),
            store.settings.read,
            Presence(store, library.index, HubCache.from_environment(os.environ)),
            library.prechecks(network.keys.known),
            library.replacing,
            library.scanning.arrived,
        )
        arrivals = library.arrival_handlers(network)
        handlers: dict[JobKind, Handler] = {
            JobKind.DOWNLOAD: download,
            JobKind.SCAN: ScanHandler(library.scanning, library.findings.conclude),
            JobKind.HASH: HashHandler(library.hashing, library.index),
            JobKind.METADATA: TaskHandler(
                {
                    UPDATES: library.update_handler(network),
                    REFRESH: library.refresh_handler(network),
                    ARRIVALS: arrivals[JobKind.METADATA],
                }
            ),
            JobKind.PREVIEW: TaskHandler(
                {ARRIVALS: arrivals[JobKind.PREVIEW]}, library.repair_handler(network)
            ),
            JobKind.CHANGE: TaskHandler(
                {PURGE: PurgeHandler(library.changes)}, ChangeHandler(store, library.orders)
            ),
            JobKind.COLLECTION: library.collection_handler,
        }
        pid = os.getpid()
        info = WorkerInfo(
            id=WorkerId(uuid.uuid4().hex),
            host_id=host_id(),
            pid=pid,
            start_time=start_time(pid) or 0.0,
            boot_id=boot or "",
            version=__version__,
            targets=self._targets,
            lock_path=str(self._state.worker_lock),
        )
        return Worker(
            store,
            info,
            handlers,
            self._live,
            self._clock,
            is_alive=partial(lives, boot_id=boot),
        )

    def _upkeep(
        self,
        store: JobStore,
        library: LibraryServices,
        worker: Worker,
        wake: Callable[[], object],
    ) -> Upkeep:
        return Upkeep(
            store,
            library.upkeep_jobs,
            library.space,
            self._clock,
            SystemZone(),
            wake_worker=wake,
            generating=lambda: worker.generating,
            is_start=False,
        )

    def _record(self, info: WorkerInfo, port: int, nonce: str) -> None:
        WorkerRecord(
            id=info.id,
            pid=info.pid,
            start_time=info.start_time,
            version=info.version,
            port=port,
            nonce=nonce,
        ).write(self._state)

    def _forget(self, info: WorkerInfo) -> None:
        """Take our record away, and only ours: the folder may have been made anew for another."""
        record = WorkerRecord.read(self._state)
        if record is None or record.id == info.id:
            self._state.worker_record.unlink(missing_ok=True)

    async def _end_without_folder(self, stop: Callable[[], None]) -> None:
        """Whoever deletes the state folder, or puts another in its place, takes the queue away."""
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if not await loop.run_in_executor(None, self._holds_its_lock):
                _log.warning("the state folder %s is another one now", self._state.path)
                stop()
                return

    def _holds_its_lock(self) -> bool:
        """Whether the lock that another worker would take is the one that is held here."""
        try:
            found = self._state.worker_lock.stat()
        except FileNotFoundError:
            return False
        except OSError:  # out of reach for now, which is not gone
            return True
        return self._lock_file is None or os.path.samestat(found, self._lock_file)

    async def _end_when_idle(self, store: JobStore, worker: Worker, control: WorkerControl) -> None:
        if self._idle_seconds is None:
            return
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(min(_LOOK_SECONDS, self._idle_seconds))
            now = self._clock.monotonic()
            if worker.idle_since is None or now - worker.idle_since < self._idle_seconds:
                continue
            if now - control.last_contact < self._idle_seconds:
                continue
            live = (await loop.run_in_executor(None, store.jobs.counts)).live
            if not any(live.get(state, 0) for state in _WAITING):
                worker.stop()
                return


async def _threaded(call: Callable[[], None]) -> None:
    await asyncio.get_running_loop().run_in_executor(None, call)


class WorkerThread:
    """The same worker on a thread of this process, where a process cannot be had."""

    def __init__(self, service: WorkerService) -> None:
        self._service = service
        self._thread = threading.Thread(target=self._run, name="model-keeper-worker", daemon=True)

    @property
    def works(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._service.stop()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._service.serve()
        except Timeout:
            _log.info("another worker serves this folder already")
        except KeeperError:
            _log.exception("the worker could not start")


def _handle_signals(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> None:
    if threading.current_thread() is not threading.main_thread() or sys.platform == "win32":
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)


def log_to(path: Path) -> None:
    """Keep the log in ``path``, in four files of 2 MiB at the most."""
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=2 << 20, backupCount=3, encoding="utf-8"
    )
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger("model_keeper")
    root.addHandler(handler)
    root.setLevel(logging.INFO)


def main(arguments: list[str] | None = None) -> None:
    """Parse the command line, serve, and end with 0; 3 where another worker is there already."""
    parser = argparse.ArgumentParser(prog="python -m model_keeper.hosts.worker")
    parser.add_argument("--state-dir", type=Path, default=None)
    parser.add_argument("--database-url", default=os.environ.get("MODEL_KEEPER_DATABASE_URL"))
    parser.add_argument("--target", action="append", default=None)
    parser.add_argument(
        "--idle-seconds",
        type=float,
        default=_IDLE_SECONDS,
        help="end after so long without work; 0 serves for ever",
    )
    chosen = parser.parse_args(arguments)
    state = StateFolder(chosen.state_dir or default_state_folder(os.environ))
    service = WorkerService(
        state,
        database_url=chosen.database_url,
        targets=tuple(chosen.target or ("local",)),
        idle_seconds=chosen.idle_seconds or None,
    )
    try:
        state.create()
        log_to(state.worker_log)
        service.serve()
    except Timeout:
        sys.exit(ALREADY_RUNNING)
    except KeeperError as exc:
        _log.error("%s %s", exc.message, exc.hint)
        sys.exit(f"{exc.message} {exc.hint}")


if __name__ == "__main__":
    main()
