"""Upkeep: what a host that stays does by itself, now and then. Losing one look loses nothing.

Several may watch the same store: every time that comes is used once, by one of them.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import Executor
from datetime import tzinfo

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobState, NewJob
from model_keeper.domain.notifications import Notice
from model_keeper.domain.ports import Clock
from model_keeper.domain.schedules import Schedule, Surroundings, armed, awaited, may_run
from model_keeper.engine.space_watch import SpaceWatch
from model_keeper.engine.upkeep_jobs import UpkeepJobs
from model_keeper.store import JobStore

_log = logging.getLogger(__name__)

_EVERY = 15.0  # seconds
_AT_WORK = frozenset({JobState.RUNNING, JobState.VERIFYING})


class Upkeep:
    """Fires schedules that are due, and warns of drives that are nearly full."""

    def __init__(
        self,
        store: JobStore,
        jobs: UpkeepJobs,
        space: SpaceWatch,
        clock: Clock,
        zone: tzinfo,
        *,
        wake_worker: Callable[[], object],
        generating: Callable[[], bool] = lambda: False,
        is_start: bool = True,
    ) -> None:
        """``generating`` tells whether ComfyUI generates and may block.

        ``is_start``: that this program starts is what schedules at the start wait for.
        """
        self._store = store
        self._jobs = jobs
        self._space = space
        self._clock = clock
        self._zone = zone
        self._wake_worker = wake_worker
        self._generating = generating
        self._unarmed = is_start
        self._quiet_since = clock.monotonic()

    async def run(self, pool: Executor | None) -> None:
        """For ever, on threads of ``pool`` or of the loop's own; cancel it to end it."""
        loop = asyncio.get_running_loop()
        while True:
            await loop.run_in_executor(pool, self.look)
            await asyncio.sleep(_EVERY)

    def look(self) -> None:
        """One look at everything. Trouble with the store or a folder is told to the log alone."""
        try:
            around = self._surroundings()
            for schedule in self._store.schedules.all():
                self._tend(schedule, around)
            self._unarmed = False
            self._space.look()
        except KeeperError as error:
            _log.debug("upkeep has to wait: %s", error.message)

    def _surroundings(self) -> Surroundings:
        live = self._store.jobs.counts().live
        generating = self._generating()
        now = self._clock.monotonic()
        if generating or any(live.get(state, 0) for state in _AT_WORK):
            self._quiet_since = now
        return Surroundings(generating, int((now - self._quiet_since) * 1000))

    def _tend(self, schedule: Schedule, around: Surroundings) -> None:
        now = self._clock.now_ms()
        due = awaited(schedule, now, self._zone)
        if self._unarmed:
            due = armed(schedule, now) or due
        if due is None:
            return
        if due != schedule.next_run and not self._store.schedules.plan(
            schedule.name, schedule.next_run, due
        ):
            return  # another watcher was quicker
        if due <= now and may_run(schedule, around):
            self._fire(schedule, due, around)

    def _fire(self, schedule: Schedule, due: int, around: Surroundings) -> None:
        """Use the time ``due`` and move on, whether there is something to do or not."""
        schedules = self._store.schedules
        next_run = schedule.rule.next_after(self._clock.now_ms(), self._zone)
        new = self._wanted(schedule, around)
        if new is None:
            schedules.plan(schedule.name, due, next_run)
            return
        data = {"schedule": schedule.name, "task": schedule.task.value}
        notice = Notice("schedule_fired", data, key=f"schedule:{schedule.name}")
        if schedules.fire(schedule.name, due, next_run, new, notice) is not None:
            _log.info("the schedule %s: %s", schedule.name, schedule.task.value)
            self._wake_worker()

    def _wanted(self, schedule: Schedule, around: Surroundings) -> NewJob | None:
        try:
            return self._jobs.scheduled(schedule, around)
        except KeeperError as error:
            _log.warning("the schedule %s cannot be followed now: %s", schedule.name, error.message)
            return None
