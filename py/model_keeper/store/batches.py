"""Batches: parents whose state follows their members'. Nobody claims a batch."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, case, func, select, update

from model_keeper.domain.jobs import FINISHED, LIVE, OWNED, Counts, Job, JobId, JobState
from model_keeper.domain.notifications import of_batch
from model_keeper.store import notifications
from model_keeper.store.schema import batch_member, job
from model_keeper.store.unit import Unit


def batch_state(members: Mapping[JobState, int]) -> JobState:
    """The state of a batch with so many members in each state."""
    present = {state for state, number in members.items() if number}
    if not present & LIVE:
        for worst in (JobState.FAILED, JobState.CANCELLED):
            if worst in present:
                return worst
        return JobState.SUCCEEDED
    if present & OWNED:
        return JobState.RUNNING
    if JobState.PENDING in present:
        return JobState.RUNNING if present & FINISHED else JobState.PENDING
    # Nothing goes on before a person acts.
    return JobState.REVIEW if JobState.REVIEW in present else JobState.PAUSED


def counts_from(members: Mapping[JobState, int], reused: int) -> Counts:
    return Counts(
        succeeded=members.get(JobState.SUCCEEDED, 0) - reused,
        reused=reused,
        review=members.get(JobState.REVIEW, 0),
        failed=members.get(JobState.FAILED, 0),
        cancelled=members.get(JobState.CANCELLED, 0),
    )


def members_of(connection: Connection, batch_id: JobId) -> tuple[dict[JobState, int], int]:
    """How many members are in each state, and how many of them ended as reused."""
    rows = connection.execute(
        select(
            job.c.state,
            func.count(),
            func.sum(case((job.c.reused, 1), else_=0)),
        )
        .join(batch_member, batch_member.c.job_id == job.c.id)
        .where(batch_member.c.batch_id == batch_id)
        .group_by(job.c.state)
    ).all()
    return (
        {JobState(state): int(number) for state, number, _ in rows},
        sum(int(reused or 0) for _, _, reused in rows),
    )


def follow(unit: Unit, member: Job) -> None:
    """Bring the batches of ``member`` to the state that follows from its change."""
    batch_ids = unit.connection.scalars(
        select(batch_member.c.batch_id)
        .where(batch_member.c.job_id == member.id)
        .order_by(batch_member.c.batch_id)
    ).all()
    for batch_id in batch_ids:
        settle(unit, JobId(batch_id), member)


def settle(unit: Unit, batch_id: JobId, member: Job | None = None) -> None:
    """Bring a batch to the state of its members.

    ``member`` is the one that just changed; it spares counting them all where another one shows
    that the batch simply goes on.
    """
    # The lock makes two members that end at once see each other's end.
    state = unit.connection.scalar(
        select(job.c.state).where(job.c.id == batch_id).with_for_update()
    )
    if state == JobState.RUNNING.value and member and _goes_on(unit, batch_id, member):
        return
    members, reused = members_of(unit.connection, batch_id)
    now_is = batch_state(members)
    if now_is.value == state:
        return
    counts = counts_from(members, reused)
    finished = now_is in FINISHED
    values: dict[str, object] = {
        "state": now_is.value,
        "updated_at": unit.now,
        "finished_at": unit.now if finished else None,
        "started_at": func.coalesce(job.c.started_at, unit.now),
        "result": {"counts": vars(counts)} if finished else {},
    }
    unit.connection.execute(update(job).where(job.c.id == batch_id).values(**values))
    unit.record(batch_id, "batch", {"state": now_is.value, **vars(counts)})
    if finished:
        payload = unit.connection.scalar(select(job.c.payload).where(job.c.id == batch_id)) or {}
        notifications.put_any(unit, of_batch(batch_id, str(payload.get("title") or ""), counts))


def _goes_on(unit: Unit, batch_id: JobId, member: Job) -> bool:
    """Whether some other member keeps a running batch running, and nothing has to be written."""
    if member.state in OWNED:
        return True
    active = OWNED | {JobState.PENDING} if member.state in FINISHED else OWNED
    other = unit.connection.scalar(
        # Members tend to end in their order: the search from the last one is short.
        select(batch_member.c.idx)
        .join(job, job.c.id == batch_member.c.job_id)
        .where(
            batch_member.c.batch_id == batch_id,
            job.c.state.in_([state.value for state in active]),
        )
        .order_by(batch_member.c.idx.desc())
        .limit(1)
    )
    return other is not None
