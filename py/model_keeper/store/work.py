"""A worker's side: take jobs, advance those it owns, tell their progress, hear of wishes.

The writes never give up: a job whose worker lives must not be left behind by a busy database.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, update

from model_keeper.domain.jobs import (
    HELD,
    OWNED,
    Event,
    Job,
    JobId,
    JobKind,
    JobState,
    NewJob,
    Ownership,
    OwnershipLost,
    WaitReason,
    WorkerId,
    allowed,
)
from model_keeper.domain.queue import Lane, ProgressRow, Wish
from model_keeper.store import changes, dialects, lanes
from model_keeper.store.database import Database
from model_keeper.store.following import follow_up
from model_keeper.store.rows import JOB_COLUMNS, job_from
from model_keeper.store.schema import job, job_event, worker
from model_keeper.store.unit import Unit

OWNED_STATES = tuple(sorted(state.value for state in OWNED))
_OWNER_MAY_CHANGE = frozenset(
    {
        "result",
        "payload",
        "error_code",
        "error_details",
        "bytes_done",
        "bytes_total",
        "run_after",
        "wait_reason",
        "attempts",
        "max_attempts",
    }
)


class Work:
    """What a worker asks of the store. All writes go on until they succeed or the store stops."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def claim(
        self,
        worker_id: WorkerId,
        *,
        targets: Collection[str],
        kinds: Collection[JobKind],
        limit: int,
        concurrency: Mapping[JobKind, int] | None = None,
    ) -> list[Job]:
        """Take up to ``limit`` jobs that are due, in the order of the queue.

        ``concurrency`` is the most jobs of a kind that may run on one target, all workers
        together, where no lane says otherwise. A worker that is unknown or draining gets none.
        """
        wanted = [(t, k) for t in sorted(targets) for k in sorted(kinds) if k is not JobKind.BATCH]

        def take(unit: Unit) -> list[Job]:
            if not _may_claim(unit.connection, worker_id):
                return []
            dialects.lock_lanes(unit.connection, [f"{t}/{k.value}" for t, k in wanted])
            known = lanes.read(unit.connection)
            due: list[Job] = []
            for target, kind in wanted:
                default = Lane(target, kind, (concurrency or {}).get(kind))
                room = _room(unit.connection, known.get((target, kind), default), default, limit)
                due += _due(unit, target, kind, room)
            due.sort(key=lambda each: (-each.priority, each.rank, each.seq))
            return [_take(unit, each, worker_id) for each in due[:limit]]

        return self._database.persist(take, actor=self._actor)

    def advance(
        self,
        ownership: Ownership,
        event: Event,
        *,
        data: Mapping[str, Any] | None = None,
        then: Sequence[NewJob] = (),
        **columns: Any,
    ) -> Job:
        """Let ``event`` happen to an owned job, together with changes of its columns.

        Columns: result, payload, error_code, error_details, bytes_done, bytes_total, run_after,
        wait_reason, attempts, max_attempts. ``data`` are further facts for the history. An event
        that means nothing in the job's state changes nothing. ``then`` follows the event, all or
        nothing; see :func:`follow_up`. Raises OwnershipLost.
        """
        unknown = columns.keys() - _OWNER_MAY_CHANGE
        if unknown:
            raise TypeError(f"an owner cannot change {', '.join(sorted(unknown))}")
        if isinstance(columns.get("wait_reason"), WaitReason):
            columns["wait_reason"] = columns["wait_reason"].value

        def step(unit: Unit) -> Job:
            owned = lock_owned(unit, ownership)
            if not allowed(owned.state, event):
                return owned
            advanced = changes.apply(unit, owned, event, data=data, **columns)
            if then:
                unit.record(owned.id, "followed", {"jobs": follow_up(unit, then)})
            return advanced

        return self._database.persist(step, actor=self._actor)

    def note(self, ownership: Ownership, event: str, data: Mapping[str, Any]) -> None:
        """Add a line to the history of an owned job. Raises OwnershipLost."""

        def write(unit: Unit) -> None:
            unit.record(lock_owned(unit, ownership).id, event, data)

        self._database.persist(write, actor=self._actor)

    def progressed(self, ownership: Ownership, done: int) -> None:
        """Note where a job goes on, if that is further than ever before. Raises OwnershipLost."""

        def write(unit: Unit) -> None:
            owned = lock_owned(unit, ownership)
            before = unit.connection.execute(
                select(job_event.c.data)
                .where(job_event.c.job_id == owned.id, job_event.c.event == "progressed")
                .order_by(job_event.c.n.desc())
            ).scalar()
            if done > (before or {}).get("done", 0):
                unit.record(owned.id, "progressed", {"done": done})

        self._database.persist(write, actor=self._actor)

    def report(self, rows: Sequence[ProgressRow]) -> list[JobId]:
        """Write the progress of all running jobs in one transaction, without history.

        Returns the jobs that are not owned any longer: their work has to stop at once.
        """

        def write(unit: Unit) -> list[JobId]:
            lost = []
            for row in sorted(rows, key=lambda each: each.ownership.job_id):
                changed = unit.connection.execute(
                    update(job)
                    .where(*still_owned(row.ownership))
                    .values(
                        bytes_done=row.bytes_done,
                        bytes_total=row.bytes_total,
                        updated_at=unit.now,
                    )
                )
                if changed.rowcount == 0:
                    lost.append(row.ownership.job_id)
            return lost

        return self._database.persist(write, actor=self._actor)

    def wishes(self, worker_id: WorkerId) -> list[Wish]:
        """What people want of every job that this worker owns."""
        columns = (job.c.id, job.c.epoch, job.c.control, job.c.bandwidth, job.c.priority)

        def work(connection: Connection) -> list[Wish]:
            rows = connection.execute(
                select(*columns)
                .where(job.c.worker_id == worker_id, job.c.state.in_(OWNED_STATES))
                .order_by(job.c.seq)
            )
            return [Wish(JobId(row[0]), *row[1:]) for row in rows]

        return self._database.read(work)


def still_owned(ownership: Ownership) -> tuple[ColumnElement[bool], ...]:
    """The fence: a write under it reaches the row only while the claim is the newest one."""
    return (
        job.c.id == ownership.job_id,
        job.c.epoch == ownership.epoch,
        job.c.worker_id == ownership.worker_id,
        job.c.state.in_(OWNED_STATES),
    )


def lock_owned(unit: Unit, ownership: Ownership) -> Job:
    """The owned job, held until the unit ends. Raises OwnershipLost."""
    found = changes.lock(unit, *still_owned(ownership))
    if not found:
        raise OwnershipLost(ownership.job_id)
    return found[0]


def _may_claim(connection: Connection, worker_id: WorkerId) -> bool:
    draining = connection.scalar(select(worker.c.draining).where(worker.c.id == worker_id))
    return draining is not None and not draining


def _room(connection: Connection, lane: Lane, default: Lane, limit: int) -> int:
    """How many more jobs may start in the lane now."""
    if lane.paused:
        return 0
    most = lane.max_running if lane.max_running is not None else default.max_running
    if most is None:
        return limit
    running = connection.scalar(
        select(func.count())
        .select_from(job)
        .where(
            job.c.state.in_(OWNED_STATES),
            job.c.target == lane.target,
            job.c.kind == lane.kind.value,
        )
    )
    return max(0, min(limit, most - (running or 0)))


def _due(unit: Unit, target: str, kind: JobKind, room: int) -> list[Job]:
    if room <= 0:
        return []
    needed = job.alias("needed")
    unmet = (
        select(needed.c.seq)
        .where(needed.c.id == job.c.depends_on, needed.c.state != JobState.SUCCEEDED.value)
        .exists()
    )
    rows = unit.connection.execute(
        select(*JOB_COLUMNS)
        .where(
            job.c.state == JobState.PENDING.value,
            job.c.target == target,
            job.c.kind == kind.value,
            job.c.run_after <= unit.now,
            or_(
                job.c.wait_reason.is_(None),
                job.c.wait_reason.not_in([reason.value for reason in HELD]),
            ),
            or_(job.c.depends_on.is_(None), ~unmet),
        )
        .order_by(job.c.priority.desc(), job.c.rank, job.c.seq)
        .limit(room)
        .with_for_update(skip_locked=True, of=job)
    )
    return [job_from(row) for row in rows.mappings()]


def _take(unit: Unit, pending: Job, worker_id: WorkerId) -> Job:
    return changes.apply(
        unit,
        pending,
        Event.CLAIM,
        worker_id=worker_id,
        epoch=pending.epoch + 1,
        attempts=pending.attempts + 1,
        control="",
        started_at=pending.started_at or unit.now,
    )
