"""Jobs that follow others: enqueued in the very transaction that ends what they follow."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select

from model_keeper.domain.jobs import Job, JobId, JobState, NewJob
from model_keeper.store import changes
from model_keeper.store.dialects import insert_all
from model_keeper.store.rows import new_row
from model_keeper.store.schema import job, job_item
from model_keeper.store.unit import Unit

_MOST_TOGETHER = 500

#: What of a payload is put together: a mapping by whatever names one thing to do.
GATHERED = "places"


def follow_up(unit: Unit, chain: Sequence[NewJob]) -> list[JobId]:
    """Enqueue jobs of which each waits for the one before; their ids.

    What waits, has made no list of items yet, and has the same ``source_key`` takes the new job's
    ``places`` up: a hundred downloads that end together are followed by one job of each kind.
    """
    ids: list[JobId] = []
    for new in chain:
        before = ids[-1] if ids else None
        waiting = _waiting(unit, new, before)
        if waiting is None:
            ids.append(_create(unit, new, before))
        else:
            gathered = {**waiting.payload[GATHERED], **new.payload[GATHERED]}
            changes.write(unit, waiting, payload={**waiting.payload, GATHERED: gathered})
            ids.append(waiting.id)
    return ids


def _waiting(unit: Unit, new: NewJob, before: JobId | None) -> Job | None:
    depends: ColumnElement[bool] = job.c.depends_on.is_(None)
    if before is not None:
        depends = job.c.depends_on == before
    found = changes.lock(
        unit,
        job.c.source_key == new.source_key,
        job.c.state == JobState.PENDING.value,
        ~select(job_item.c.idx).where(job_item.c.job_id == job.c.id).exists(),
        depends,
    )
    return next((each for each in found if len(each.payload[GATHERED]) < _MOST_TOGETHER), None)


def _create(unit: Unit, new: NewJob, before: JobId | None) -> JobId:
    row = new_row(new, unit.now, depends_on=before)
    insert_all(unit.connection, job, [row])
    created = JobId(row["id"])
    unit.record(created, "created", {"kind": row["kind"]})
    return created
