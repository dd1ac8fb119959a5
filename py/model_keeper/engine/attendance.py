"""A host that stays keeps a worker alive while there is work, and tells it what happens here."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobState
from model_keeper.engine.worker_link import WorkerLink
from model_keeper.store import JobStore

_log = logging.getLogger(__name__)

_EVERY = 2.0  # seconds
_WORK = frozenset({JobState.PENDING, JobState.RUNNING, JobState.VERIFYING})


class Attendance:
    """Looks now and then whether work waits without a worker. Losing one look loses nothing."""

    def __init__(
        self,
        store: JobStore,
        running_worker: Callable[[], WorkerLink | None],
        wake_worker: Callable[[], None],
        pool: Executor,
        *,
        generating: Callable[[], bool] = lambda: False,
    ) -> None:
        self._store = store
        self._running_worker = running_worker
        self._wake_worker = wake_worker
        self._pool = pool
        self._generating = generating

    async def run(self) -> None:
        """For ever; cancel it to end it."""
        loop = asyncio.get_running_loop()
        while True:
            await loop.run_in_executor(self._pool, self.look, self._generating())
            await asyncio.sleep(_EVERY)

    def look(self, generating: bool) -> None:  # noqa: FBT001 - goes through an executor
        """Start a worker where work waits for one, and tell it whether ComfyUI generates."""
        try:
            live = self._store.jobs.counts().live
        except KeeperError as error:
            _log.debug("the queue could not be looked at: %s", error.message)
            return
        if not any(live.get(state, 0) for state in _WORK):
            return
        worker = self._running_worker()
        if worker is None:
            self._wake_worker()
            worker = self._running_worker()
        if worker is not None:
            worker.tell_generating(generating)
