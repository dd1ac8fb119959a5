"""Notifications: what a person is told of that happened while they looked elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from model_keeper.domain.jobs import Counts, Job, JobId, JobKind, JobState

#: What is told of the end of a job of a kind; of some tasks other words.
_ENDED: Mapping[JobKind, str] = MappingProxyType(
    {
        JobKind.METADATA: "metadata_finished",
        JobKind.PREVIEW: "previews_finished",
        JobKind.HASH: "hashes_finished",
        JobKind.CHANGE: "changes_finished",
        JobKind.COLLECTION: "collection_finished",
    }
)
_TASKS: Mapping[str, str] = MappingProxyType(
    {"updates": "updates_checked", "purge": "trash_emptied"}
)
#: Work on one model has a person who waits for it.
_MANY = 2


class Level(str, Enum):
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True)
class Notice:
    """Something to tell. ``code`` is stable; ``data`` are the facts of its sentence, flat.

    An unread notification with the same ``key`` is replaced; ``data`` counts that as ``times``.
    """

    code: str
    data: Mapping[str, str | int] = field(default_factory=dict)
    level: Level = Level.INFO
    job: JobId | None = None
    key: str | None = None


@dataclass(frozen=True)
class Notification:
    """A notice as it was kept; ``at`` is ms UTC."""

    id: str
    at: int
    notice: Notice
    read: bool


@dataclass(frozen=True)
class NotificationPage:
    """The newest first. ``total`` and ``unread`` count all pages."""

    items: Sequence[Notification]
    next: str | None
    total: int
    unread: int


def of_end(job: Job) -> Notice | None:
    """What is worth telling of a job that has just ended; downloads tell of themselves."""
    why = job.payload.get("why")
    schedule = str(why.get("schedule") or "") if isinstance(why, Mapping) else ""
    if job.state is JobState.FAILED and (job.kind in _ENDED or schedule):
        data = {"kind": job.kind.value, "error": job.error_code or "internal"}
        key = f"failed:{schedule}" if schedule else None
        return Notice("task_failed", _named(data, schedule), Level.ERROR, job.id, key)
    code = _TASKS.get(str(job.payload.get("task")), _ENDED.get(job.kind))
    if code is None or job.state is not JobState.SUCCEEDED:
        return None
    counts = {
        name: value
        for name, value in job.result.items()
        if isinstance(value, int) and not isinstance(value, bool)
    }
    done = counts.get("hashed", counts.get("done", 0))
    total = counts.get("total", done + counts.get("failed", 0))
    if total < _MANY:
        return None
    level = Level.WARNING if counts.get("failed") else Level.INFO
    return Notice(code, _named({**counts, "total": total}, schedule), level, job.id)


def of_batch(batch: JobId, title: str, counts: Counts) -> Notice | None:
    """What is worth telling of a batch that has just ended."""
    total = counts.succeeded + counts.reused + counts.failed + counts.cancelled
    if total < _MANY or total == counts.cancelled:
        return None
    level = Level.WARNING if counts.failed else Level.INFO
    data: dict[str, str | int] = {
        "title": title,
        "total": total,
        "succeeded": counts.succeeded,
        "reused": counts.reused,
        "failed": counts.failed,
        "cancelled": counts.cancelled,
    }
    return Notice("batch_finished", data, level, batch)


def _named(data: Mapping[str, str | int], schedule: str) -> Mapping[str, str | int]:
    return {**data, "schedule": schedule} if schedule else data
