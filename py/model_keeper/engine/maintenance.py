"""Maintenance: what could be better about the library, and doing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import OWNED, Job
from model_keeper.domain.ports import Clock
from model_keeper.domain.queue import Enqueued, JobQuery
from model_keeper.domain.recommendations import (
    TASKS,
    Code,
    Recommendation,
    recommendations,
)
from model_keeper.domain.schedules import Schedule, awaited
from model_keeper.engine.space_watch import SpaceWatch, Volume
from model_keeper.engine.upkeep_jobs import WHY, UpkeepJobs
from model_keeper.library.census import Census
from model_keeper.library.index import LibraryIndex
from model_keeper.library.summaries import LibrarySummaries
from model_keeper.store import JobStore

_MOST_ACTIVE = 50


@dataclass(frozen=True)
class Activity:
    """A job that runs now. ``schedule`` wanted it, or a person where that is None.

    ``path`` is what it is at, where that is known.
    """

    job: Job
    schedule: str | None
    path: str | None


@dataclass(frozen=True)
class NextRun:
    """``at`` is ms UTC; in the past while it waits for quiet."""

    schedule: str
    at: int


@dataclass(frozen=True)
class Report:
    """``scanned_at``: when folders were last looked at, ms UTC; None for never."""

    scanned_at: int | None
    models: int
    size: int
    recommendations: Sequence[Recommendation]
    volumes: Sequence[Volume]
    next_run: NextRun | None


class Maintenance:
    """Answers from the index and the store, never from the files themselves.

    Raises index_unusable and database_unavailable.
    """

    def __init__(
        self,
        store: JobStore,
        index: LibraryIndex,
        jobs: UpkeepJobs,
        space: SpaceWatch,
        folders: Callable[[], FolderTable],
        clock: Clock,
        zone: tzinfo,
        host: str,
    ) -> None:
        self._store = store
        self._census = Census(index)
        self._summaries = LibrarySummaries(index)
        self._jobs = jobs
        self._space = space
        self._folders = folders
        self._clock = clock
        self._zone = zone
        self._host = host

    def report(self, folders: FolderTable | None = None) -> Report:
        """Of the volumes of ``folders``, where they are not the ones of always."""
        volumes = self._space.volumes(folders)
        counts = self._census.categories()
        low = [(each.room.folder, each.room.free) for each in volumes if each.low]
        expired = [file.size for file in self._store.trash.expired(self._host)]
        return Report(
            scanned_at=self._summaries.scanned_at(),
            models=sum(each.files for each in counts),
            size=sum(each.size for each in counts),
            recommendations=recommendations(
                counts, self._census.surplus(), low, self._updates(), expired
            ),
            volumes=volumes,
            next_run=self._next_run(),
        )

    def activity(self, live: Mapping[str, Mapping[str, Any]]) -> list[Activity]:
        """Why the disks are busy. ``live``: what a worker says of its jobs, by their ids."""
        page = self._store.jobs.page(JobQuery(states=OWNED, limit=_MOST_ACTIVE))
        return [
            Activity(job, _schedule_of(job), _path_of(job, live.get(job.id, {})))
            for job in page.items
        ]

    def apply(self, code: str, category: str | None = None) -> Enqueued:
        """Do what is recommended. Raises recommendation_unknown, recommendation_needs_person."""
        known = {each.value: each for each in Code}
        if code not in known:
            raise KeeperError("recommendation_unknown", what=code, known=", ".join(known))
        task = TASKS.get(known[code])
        if task is None:
            raise KeeperError("recommendation_needs_person", what=code)
        if category is not None:
            self._folders().of(category)
        return self._store.queue.enqueue(self._jobs.asked(task, category))

    def run(self, schedule: Schedule) -> Enqueued:
        """Do now what a schedule does, its own time notwithstanding; every folder is looked at.

        Raises roots_unknown.
        """
        return self._store.queue.enqueue(self._jobs.asked(schedule.task))

    def planned(self, schedule: Schedule) -> int | None:
        """When it is due, ms UTC; None while nobody can say, or it is switched off."""
        return awaited(schedule, self._clock.now_ms(), self._zone)

    def _next_run(self) -> NextRun | None:
        due = [(self.planned(each), each.name) for each in self._store.schedules.all()]
        known = sorted((at, name) for at, name in due if at is not None)
        return NextRun(known[0][1], known[0][0]) if known else None

    def _updates(self) -> int:
        """Models here whose update is neither here nor ignored."""
        rules = self._store.updates.ignored()
        offers = {
            checked.sha256: offer
            for checked in self._store.updates.offered()
            if (offer := checked.judgement.offer)
            and not rules.covers(checked.model_id, offer.version_id)
        }
        hashes = {*offers, *(offer.sha256 for offer in offers.values() if offer.sha256)}
        here = self._census.present(hashes)
        return sum(sha256 in here and offer.sha256 not in here for sha256, offer in offers.items())


def _schedule_of(job: Job) -> str | None:
    why = job.payload.get(WHY)
    return str(why.get("schedule")) if isinstance(why, Mapping) and why.get("schedule") else None


def _path_of(job: Job, live: Mapping[str, Any]) -> str | None:
    if live.get("note"):
        return str(live["note"])
    place = job.payload.get("destination")
    if isinstance(place, Mapping) and place.get("root") and place.get("relative"):
        return f"{place['root']}/{place['relative']}"
    return None
