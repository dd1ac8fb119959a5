"""Changes of the queue, for those who watch: durable events, and live figures between them."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import HistoryEntry, JobState
from model_keeper.domain.notifications import Level, Notification
from model_keeper.store import JobStore
from model_keeper.store.notifications import SUBJECT
from model_keeper.web.shapes import About
from model_keeper.web.views import CountsView, HistoryView, JobView, JobViews, counts_view
from model_keeper.web.views import history_view as history

_PAGE = 200
_LIVE_EVERY = 0.5  # seconds: figures are read, not followed by eye
_COALESCE = 0.25
_SAFETY = 25.0
_AFTER_TROUBLE = 2.0


@dataclass(frozen=True)
class LiveView:
    """Where a running job is; from its worker, not from the store."""

    bytes_done: int
    bytes_total: int | None
    bytes_per_second: int
    seconds_left: float | None
    stage: str
    connections: int
    note: str


@dataclass(frozen=True)
class NotificationView:
    """Something that happened while nobody looked."""

    id: str
    at: Annotated[int, About("Ms UTC.")]
    level: Level
    code: Annotated[str, About("Stable; docs/maintenance.md lists them.")]
    data: Annotated[Mapping[str, Any], About("The facts of its sentence: texts and numbers.")]
    job: Annotated[str | None, About("The job that it is about.")]
    read: bool


@dataclass(frozen=True)
class Changes:
    """What happened after a cursor."""

    events: tuple[HistoryView, ...]
    next: Annotated[int, About("The cursor to ask with again.")]
    since: Annotated[int, About("The cursor that was asked with.")]
    jobs: Annotated[
        tuple[JobView, ...], About("The jobs that changed, as they are now, with their batches.")
    ]
    gone: Annotated[tuple[str, ...], About("Jobs that were taken off the list.")]
    live: Annotated[Mapping[str, LiveView], About("Every job that runs now.")]
    counts: CountsView
    notifications: Annotated[tuple[NotificationView, ...], About("What is new to tell.")]
    unread: Annotated[int | None, About("Unread notifications, where that changed; else null.")]
    resync: Annotated[bool, About("The cursor is of another time: read the lists again.")]

    @property
    def silent(self) -> bool:
        """Whether there is nothing durable in it."""
        return not self.events and not self.resync and self.unread is None


class ChangeFeed:
    """Tells what changed, to any number of followers. Belongs to one event loop."""

    def __init__(
        self,
        store: JobStore,
        live: Callable[[], Mapping[str, Mapping[str, Any]]],
        pool: Executor,
    ) -> None:
        self._store = store
        self._live = live
        self._pool = pool
        self._changed = asyncio.Event()
        self._end: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Listen to the store. Call it on the loop."""
        loop = asyncio.get_running_loop()

        def wake() -> None:
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody follows any more
                loop.call_soon_threadsafe(self._wake)

        self._end = self._store.wakeups.subscribe(wake)
        self._store.wakeups.start()

    def stop(self) -> None:
        self._end()

    async def after(self, since: int | None, wait: float = 0.0) -> Changes:
        """The changes after ``since``, at once where there are some, else within ``wait`` seconds.

        While jobs run it answers twice a second, for their figures. None begins now. Raises
        KeeperError database_unavailable.
        """
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while True:
            changed = self._changed
            found = await loop.run_in_executor(self._pool, partial(self._collect, since))
            since = found.since
            left = deadline - loop.time()
            if not found.silent or left <= 0:
                return found
            running = bool(found.live)
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(changed.wait(), min(left, _LIVE_EVERY) if running else left)
            if running:
                deadline = 0.0  # the next look is the answer, whatever it finds

    async def follow(self) -> AsyncIterator[Changes]:
        """Where now is, then every change, at most four times a second. An outage is waited out."""
        since: int | None = None
        while True:
            try:
                found = await self.after(since, 0.0 if since is None else _SAFETY)
            except KeeperError:
                await asyncio.sleep(_AFTER_TROUBLE)
                continue
            yield found
            since = found.next
            await asyncio.sleep(_COALESCE)

    def _wake(self) -> None:
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _collect(self, since: int | None) -> Changes:
        jobs = self._store.jobs
        newest = jobs.last_event()
        if since is None:
            since = newest
        resync = since > newest
        page = jobs.events_since(newest if resync else since, _PAGE)
        told = [entry for entry in page.items if entry.job_id == SUBJECT]
        events = [entry for entry in page.items if entry.job_id != SUBJECT]
        ids = dict.fromkeys(entry.job_id for entry in events)
        changed = jobs.several(list(ids))
        known = {job.id for job in changed}
        batches = {job.parent_id for job in changed if job.parent_id} - known
        changed += jobs.several(sorted(batches))
        counts = jobs.counts()
        running = counts.live.get(JobState.RUNNING, 0) + counts.live.get(JobState.VERIFYING, 0)
        return Changes(
            events=tuple(history(entry) for entry in events),
            next=page.next,
            since=since,
            jobs=JobViews(self._store).of(changed),
            gone=tuple(job_id for job_id in ids if job_id not in known),
            live=live_views(self._live()) if running else {},
            counts=counts_view(counts),
            notifications=self._notifications(told),
            unread=self._store.notifications.unread() if told else None,
            resync=resync,
        )

    def _notifications(self, told: Sequence[HistoryEntry]) -> tuple[NotificationView, ...]:
        ids = {int(entry.data["id"]) for entry in told if "id" in entry.data}
        return tuple(map(notification_view, self._store.notifications.several(ids)))


def notification_view(told: Notification) -> NotificationView:
    notice = told.notice
    return NotificationView(
        id=told.id,
        at=told.at,
        level=notice.level,
        code=notice.code,
        data=notice.data,
        job=notice.job,
        read=told.read,
    )


def live_views(board: Mapping[str, Mapping[str, Any]]) -> dict[str, LiveView]:
    return {
        job_id: LiveView(
            bytes_done=int(row["bytes_done"]),
            bytes_total=row["bytes_total"],
            bytes_per_second=int(row["bytes_per_second"]),
            seconds_left=row["seconds_left"],
            stage=str(row["stage"]),
            connections=int(row["connections"]),
            note=str(row.get("note") or ""),
        )
        for job_id, row in board.items()
    }
