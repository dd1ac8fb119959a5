"""Retention: finished jobs and their histories are kept for a while, not for ever."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, delete, exists, func, or_, select

from model_keeper.domain.jobs import FINISHED
from model_keeper.store import changes
from model_keeper.store.database import Database
from model_keeper.store.schema import batch_member, is_live, job, job_event
from model_keeper.store.unit import Unit
from model_keeper.store.wishes import forget

_FINISHED_STATES = tuple(sorted(state.value for state in FINISHED))
#: Jobs forgotten in one transaction.
_CHUNK = 500


class Retention:
    """Forgets what is old. Whatever a live job or a live batch needs stays."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def prune(self, *, max_age_ms: int, max_jobs: int, max_events_per_job: int = 1_000) -> int:
        """Forget finished jobs that ended longer ago than ``max_age_ms`` or are too many.

        Of each job that stays, the newest ``max_events_per_job`` lines of history are kept.
        Returns the number of jobs forgotten. Committed in chunks.
        """
        forgotten = 0
        while True:
            number = self._database.write(
                lambda unit: _forget_some(unit, max_age_ms, max_jobs), actor=self._actor
            )
            forgotten += number
            if number == 0:
                break
        self._database.write(
            lambda unit: _shorten_histories(unit, max_age_ms, max_events_per_job),
            actor=self._actor,
        )
        return forgotten


def _forget_some(unit: Unit, max_age_ms: int, max_jobs: int) -> int:
    """Whole families: a batch goes with its own children, a child only with its batch."""
    head = and_(job.c.state.in_(_FINISHED_STATES), job.c.parent_id.is_(None))
    too_old = job.c.finished_at <= unit.now - max_age_ms
    surplus = _beyond_the_newest(unit, head, max_jobs)
    chosen = (
        select(job.c.seq)
        .where(head, too_old if surplus is None else or_(too_old, surplus), ~_needed())
        .order_by(job.c.seq)
        .limit(_CHUNK)
    )
    heads = changes.lock(unit, job.c.seq.in_(chosen))
    for each in heads:
        children = changes.lock(unit, job.c.parent_id == each.id, ~_needed())
        forget(unit, [each, *children])
    return len(heads)


def _beyond_the_newest(
    unit: Unit, head: ColumnElement[bool], number: int
) -> ColumnElement[bool] | None:
    """The condition for those that ended before the newest ``number``; None if there are none."""
    first = unit.connection.execute(
        select(job.c.finished_at, job.c.seq)
        .where(head)
        .order_by(job.c.finished_at.desc(), job.c.seq.desc())
        .offset(number)
        .limit(1)
    ).first()
    if first is None:
        return None
    ended, seq = first
    # Many may have ended in the same millisecond.
    return or_(job.c.finished_at < ended, and_(job.c.finished_at == ended, job.c.seq <= seq))


def _needed() -> ColumnElement[bool]:
    """Whether the job is live, or something live looks at it."""
    other, batch = job.alias(), job.alias()
    waits = exists().where(other.c.depends_on == job.c.id, is_live(other))
    shared = exists().where(
        batch_member.c.job_id == job.c.id,
        batch.c.id == batch_member.c.batch_id,
        is_live(batch),
    )
    return or_(is_live(), waits, shared)


def _shorten_histories(unit: Unit, max_age_ms: int, most: int) -> None:
    long = unit.connection.execute(
        select(job_event.c.job_id, func.count())
        .group_by(job_event.c.job_id)
        .having(func.count() > most)
    ).all()
    for job_id, number in long:
        first_kept = unit.connection.scalar(
            select(job_event.c.n)
            .where(job_event.c.job_id == job_id)
            .order_by(job_event.c.n)
            .offset(number - most)
            .limit(1)
        )
        unit.connection.execute(
            delete(job_event).where(job_event.c.job_id == job_id, job_event.c.n < first_kept)
        )
    # The last words of deleted jobs.
    unit.connection.execute(
        delete(job_event).where(
            and_(job_event.c.event == "deleted", job_event.c.at < unit.now - max_age_ms)
        )
    )
