"""Follows the queue for the panel: tells it of its tasks, and settles what came along with them."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobId, JobState
from model_keeper.store import JobStore
from model_keeper.web.changes import ChangeFeed, Changes
from model_keeper.web.legacy.companions import Companions
from model_keeper.web.legacy.scans import Scans
from model_keeper.web.legacy.tasks import is_task, task_view, unfinished_tasks
from model_keeper.web.views import JobView, JobViews

_log = logging.getLogger(__name__)

Message = tuple[str, Any]
Send = Callable[[str, Any], None]


class TaskMessages:
    """Changes of the queue in the panel's words. Every method may block."""

    def __init__(self, store: JobStore, companions: Companions) -> None:
        self._store = store
        self._companions = companions
        self._running: dict[str, JobView] = {}  # as last seen: their figures need the rest

    def of(self, changes: Changes) -> list[Message]:
        """What the panel has to hear: its whole list where the cursor was of another time."""
        if changes.resync:
            tasks = unfinished_tasks(self._store, changes.live, self._companions)
            return [("fetch_download_task_list", tasks)]
        created = {event.job_id for event in changes.events if event.event == "created"}
        told = {job.id: job for job in changes.jobs if is_task(job)}
        self._remember(changes, told)
        messages = [self._message(job, changes, new=job.id in created) for job in told.values()]
        figures = [
            self._message(job, changes, new=False)
            for job_id, job in self._running.items()
            if job_id in changes.live and job_id not in told
        ]
        gone = [("delete_download_task", job_id) for job_id in changes.gone]
        return [*messages, *figures, *gone]

    def _remember(self, changes: Changes, told: dict[str, JobView]) -> None:
        unseen = [JobId(job_id) for job_id in changes.live if job_id not in self._running]
        seen = JobViews(self._store).of(self._store.jobs.several(unseen))
        known = {**self._running, **{job.id: job for job in seen if is_task(job)}, **told}
        self._running = {job_id: known[job_id] for job_id in changes.live if job_id in known}

    def _message(self, job: JobView, changes: Changes, *, new: bool) -> Message:
        if job.state is JobState.SUCCEEDED:
            return "complete_download_task", job.id
        if job.state is JobState.CANCELLED:
            return "delete_download_task", job.id
        preview = self._companions.preview_name(job.id)
        task = task_view(job, changes.live.get(job.id), preview)
        return ("create_download_task" if new else "update_download_task"), task


class LegacyRelay:
    """Runs beside the API of one host. ``send`` is None where there is no socket of ComfyUI."""

    def __init__(
        self,
        store: JobStore,
        feed: ChangeFeed,
        companions: Companions,
        scans: Scans,
        pool: Executor,
    ) -> None:
        self._store = store
        self._scans = scans
        self._feed = feed
        self._companions = companions
        self._pool = pool
        self._messages = TaskMessages(store, companions)

    async def run(self, used: Callable[[], Any], send: Send | None) -> None:
        """From the first use by a panel on; earlier where downloads of an earlier one are open."""
        if not await self._threaded(self._companions.job_ids):
            await used()
        await self._threaded(self._settle, None)
        async for changes in self._feed.follow():
            for event, data in await self._threaded(self._digest, changes):
                if send is not None:
                    send(event, data)

    def _digest(self, changes: Changes) -> list[Message]:
        """What an outage of the store hides now, the next look tells."""
        try:
            messages = [*self._messages.of(changes), *self._scans.told(changes)]
        except KeeperError as exc:
            _log.debug("the panel was not told of a change: %s", exc)
            messages = []
        self._settle({job.id for job in changes.jobs} | set(changes.gone))
        return messages

    def _settle(self, job_ids: set[str] | None) -> None:
        kept = self._companions.job_ids()
        for job_id in kept if job_ids is None else kept & job_ids:
            try:
                found = self._store.jobs.several([job_id])
                self._companions.settle(found[0] if found else None, job_id)
            except (KeeperError, OSError) as exc:
                _log.warning("What was kept beside download %s stays for now: %s", job_id, exc)

    async def _threaded(self, call: Callable[..., Any], *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._pool, call, *args)
