"""The worker: claims jobs, runs each on a thread of its own, and answers people's wishes.

Its control runs on an event loop; the store is used from threads. Wake-ups are hints: everything
is looked at again every few seconds without any.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, TypeVar

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, Job, JobId, JobKind, Ownership, OwnershipLost
from model_keeper.domain.ports import DRAIN, LOST, Clock, Progress
from model_keeper.domain.queue import ProgressRow
from model_keeper.domain.workers import HEARTBEAT_MS, WorkerInfo
from model_keeper.engine.control import JobControl
from model_keeper.engine.live import LiveBoard
from model_keeper.engine.processes import host_id
from model_keeper.engine.running import GIVES_WAY, Handler, Outcome, Running
from model_keeper.engine.tasks import TaskOwner
from model_keeper.store import JobStore
from model_keeper.transfer.limits import Bandwidth

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_SAFETY_SCAN = 2.0  # seconds
_REPORT_EVERY = 2.0
_TIDY_EVERY = 3_600.0
_DAY_MS = 86_400_000
_MOST_JOBS = 64
#: Each keeps a disk busy by itself.
_ONE_AT_A_TIME = {JobKind.SCAN: 1, JobKind.HASH: 1, JobKind.CHANGE: 1}
_GIVES_WAY_SECONDS = 60.0
_BELIEVED = 10.0  # seconds: a host that was killed while it generated tells nothing any more


class Worker:
    """One worker of a store. Run it once."""

    def __init__(
        self,
        store: JobStore,
        info: WorkerInfo,
        handlers: Mapping[JobKind, Handler],
        live: LiveBoard,
        clock: Clock,
        *,
        is_alive: Callable[[WorkerInfo], bool],
    ) -> None:
        self._store = store
        self.info = info
        self._handlers = handlers
        self._live = live
        self._clock = clock
        self._is_alive = is_alive
        self._running: dict[JobId, Running] = {}
        self._database = ThreadPoolExecutor(3, thread_name_prefix="store")
        self._jobs = ThreadPoolExecutor(_MOST_JOBS, thread_name_prefix="job")
        self._awake = asyncio.Event()
        self._stopping = False
        self._poll = _SAFETY_SCAN
        self._last_end = -math.inf
        self._generating_until = -math.inf
        self._resting = False
        self.idle_since: float | None = None

    @property
    def busy(self) -> int:
        """How many jobs run now."""
        return len(self._running)

    @property
    def resting(self) -> bool:
        """Whether nothing is done because ComfyUI generates, as the settings wish."""
        return self._resting

    @property
    def generating(self) -> bool:
        """Whether ComfyUI generates, as far as anybody told."""
        return self._clock.monotonic() < self._generating_until

    def note_generating(self, generating: bool) -> None:  # noqa: FBT001 - a fact, not a mode
        """ComfyUI generates now, or not. Call it on the worker's loop."""
        self._generating_until = self._clock.monotonic() + _BELIEVED if generating else -math.inf
        self._awake.set()

    def stop(self) -> None:
        """End soon: running jobs are given back to the queue. Call it on the worker's loop."""
        self._stopping = True
        self._awake.set()

    async def run(self) -> None:
        """Work until :meth:`stop` or until the store says drain. Running jobs are given back."""
        loop = asyncio.get_running_loop()
        await self._in_store(self._store.workers.register, self.info)

        def wake() -> None:
            loop.call_soon_threadsafe(self._awake.set)

        unsubscribe = self._store.wakeups.subscribe(wake)
        self._store.wakeups.start()
        try:
            async with TaskOwner() as jobs, TaskOwner(on_failure=self.stop) as duties:
                duties.start(self._beat(), name="heartbeat")
                duties.start(self._report(), name="report")
                duties.start(self._tidy(), name="tidy")
                await self._recover()
                while not self._stopping:
                    await self._look(jobs)
                    await self._sleep_until_awake()
                await self._drain(jobs)
        finally:
            unsubscribe()
            await self._in_store(self._store.workers.unregister, self.info.id)
            self._jobs.shutdown(wait=True)
            self._database.shutdown(wait=True)

    def wake(self) -> None:
        """Look at the queue now. Call it on the worker's loop."""
        self._awake.set()

    async def _look(self, jobs: TaskOwner) -> None:
        await self._obey()
        claimed = await self._in_store(self._claim)
        if self.generating:
            self._give_way(all_of_them=self._resting)
        for job in claimed:
            self.idle_since = None
            jobs.start(self._work(job), name=f"job {job.id}")
        if self._running or len(jobs):
            self.idle_since = None
        elif self.idle_since is None:
            self.idle_since = self._clock.monotonic()

    def _claim(self) -> list[Job]:
        settings = self._store.settings.read()
        self._poll = settings.poll_interval_seconds
        now = self._clock.monotonic()
        self._resting = settings.wait_for_generation and self.generating
        if self._resting or now < self._last_end + settings.delay_between_downloads:
            return []
        room = _MOST_JOBS - len(self._running)
        return self._store.work.claim(
            self.info.id,
            targets=self.info.targets,
            kinds=tuple(self._handlers),
            limit=room,
            concurrency={JobKind.DOWNLOAD: settings.concurrency, **_ONE_AT_A_TIME},
        )

    async def _sleep_until_awake(self) -> None:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._awake.wait(), min(self._poll, _SAFETY_SCAN))
        self._awake.clear()

    async def _work(self, job: Job) -> None:
        running = Running(
            job, Ownership.of(job), JobControl(), Bandwidth(self._clock, job.bandwidth)
        )
        self._running[job.id] = running
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(self._jobs, self._run_one, running)
        finally:
            self._running.pop(job.id, None)
            self._last_end = self._clock.monotonic()
            self._live.forget(job.id)
            self._awake.set()

    def _run_one(self, running: Running) -> None:
        """A job from claim to commit, on its own thread. Nothing it raises ends the worker."""
        job = running.job
        handler = self._handlers[job.kind]
        try:
            outcome = self._outcome(handler, running)
        except OwnershipLost:
            _log.warning("the job %s belongs to another worker now", job.id)
            return
        except Exception as exc:  # noqa: BLE001 - the worker's boundary: one job must not end it
            _log.exception("the job %s failed for a reason that is not known", job.id)
            outcome = Outcome(
                Event.FAIL, error=KeeperError("internal", why=type(exc).__name__, log="worker.log")
            )
        if outcome is None:
            return
        try:
            self._commit(running, outcome)
        except OwnershipLost:
            return
        if outcome.discard or outcome.event is Event.CANCEL:
            self._discard(handler, job)

    def _outcome(self, handler: Handler, running: Running) -> Outcome | None:
        if self._rests(running.job):
            return Outcome(Event.DEFER)
        return handler.run(running, partial(self._live.report, running.job.id))

    def _rests(self, job: Job) -> bool:
        """Whether it has to wait until ComfyUI has done what it does."""
        return self.generating and bool(job.payload.get(GIVES_WAY))

    def _commit(self, running: Running, outcome: Outcome) -> None:
        ownership, delay = running.ownership, outcome.delay
        changes: dict[str, Any] = {"wait_reason": outcome.wait_reason}
        if outcome.result is not None:
            changes["result"] = dict(outcome.result)
        if outcome.error is not None:
            changes["error_code"] = outcome.error.code
            changes["error_details"] = outcome.error.details
        if outcome.event is Event.DEFER and self._rests(running.job):
            delay = max(delay, _GIVES_WAY_SECONDS)
            changes["attempts"] = running.job.attempts - 1  # it was none
        if delay:
            changes["run_after"] = self._clock.now_ms() + int(delay * 1000)
        progress = self._live.progress().get(ownership.job_id)
        if progress is not None:
            changes["bytes_done"] = progress.done
            changes["bytes_total"] = progress.total
        self._store.work.advance(ownership, outcome.event, then=outcome.then, **changes)

    def _discard(self, handler: Handler, job: Job) -> None:
        try:
            handler.discard(job)
        except KeeperError as exc:
            _log.warning("what the job %s left could not be removed: %s", job.id, exc)

    async def _obey(self) -> None:
        """Pass on what people want of the jobs that run here."""
        if not self._running:
            return
        wishes = {
            wish.job_id: wish
            for wish in await self._in_store(self._store.work.wishes, self.info.id)
        }
        for job_id, running in list(self._running.items()):
            wish = wishes.get(job_id)
            if wish is None or wish.epoch != running.ownership.epoch:
                continue  # it has just ended, or a commit will find out
            running.bandwidth.rate = wish.bandwidth
            if wish.control:
                running.control.stop(wish.control)

    async def _beat(self) -> None:
        while True:
            orders = await self._in_store(self._store.workers.heartbeat, self.info.id)
            if not orders.known:
                await self._start_over()
            elif orders.draining:
                self.stop()
            await asyncio.sleep(HEARTBEAT_MS / 1000)
            await self._recover()

    async def _start_over(self) -> None:
        """Others took this worker for dead, and its jobs are theirs now."""
        _log.warning("this worker was taken for dead; it lets go of its jobs and starts again")
        for running in list(self._running.values()):
            running.control.stop(LOST)
        await self._in_store(self._store.workers.register, self.info)

    async def _recover(self) -> None:
        recovered = await self._in_store(
            partial(self._store.workers.recover, self.info.id, is_alive=self._is_alive)
        )
        for job in recovered:
            _log.info("the job %s of a dead worker is back in the queue", job.id)

    async def _report(self) -> None:
        """Bring coarse progress to the store: one transaction for all jobs, now and then."""
        last: dict[JobId, Progress] = {}
        while True:
            await asyncio.sleep(_REPORT_EVERY)
            current = self._live.progress()
            rows = [
                ProgressRow(self._running[job_id].ownership, progress.done, progress.total)
                for job_id, progress in current.items()
                if job_id in self._running and last.get(job_id) != progress
            ]
            last = current
            if rows:
                for job_id in await self._in_store(self._store.work.report, rows):
                    if job_id in self._running:
                        self._running[job_id].control.stop(LOST)

    async def _tidy(self) -> None:
        """Forget old jobs and changes: the store must not grow for ever."""
        while True:
            await self._in_store(self._prune)
            await asyncio.sleep(_TIDY_EVERY)

    def _prune(self) -> None:
        settings = self._store.settings.read()
        max_age_ms = settings.keep_finished_days * _DAY_MS
        self._store.retention.prune(max_age_ms=max_age_ms, max_jobs=settings.keep_finished_jobs)
        self._store.file_changes.prune(host_id(), max_age_ms=max_age_ms)

    def _give_way(self, *, all_of_them: bool) -> None:
        """What runs goes back to the queue with its bytes; or what gives way to ComfyUI alone."""
        for running in self._running.values():
            if all_of_them or self._rests(running.job):
                running.control.stop(DRAIN)

    async def _drain(self, jobs: TaskOwner) -> None:
        self._give_way(all_of_them=True)
        await jobs.join()

    async def _in_store(self, function: Callable[..., _T], *args: object) -> _T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._database, partial(function, *args))
