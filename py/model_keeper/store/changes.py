"""The one way in which a job changes: locked, by the transition function, with its history."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, select, update

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import FINISHED, OWNED, Event, Job, JobId, JobKind, transition
from model_keeper.domain.jobs import JobState as S
from model_keeper.domain.notifications import of_end
from model_keeper.store import batches, notifications
from model_keeper.store.rows import JOB_COLUMNS, job_from
from model_keeper.store.schema import job
from model_keeper.store.unit import Unit


def lock(unit: Unit, *conditions: ColumnElement[bool]) -> list[Job]:
    """The jobs that meet the conditions, held against other writers until the unit ends."""
    rows = unit.connection.execute(
        # In one order for everybody, so that two units never wait for each other.
        select(*JOB_COLUMNS).where(*conditions).order_by(job.c.seq).with_for_update()
    )
    return [job_from(row) for row in rows.mappings()]


def lock_one(unit: Unit, job_id: JobId) -> Job:
    """The job, held until the unit ends. Raises job_not_found."""
    found = lock(unit, job.c.id == job_id)
    if not found:
        raise KeeperError("job_not_found", id=job_id)
    return found[0]


def apply(
    unit: Unit,
    before: Job,
    event: Event,
    *,
    data: Mapping[str, Any] | None = None,
    **changes: Any,
) -> Job:
    """Let ``event`` happen to a locked job and write what follows from it.

    ``changes`` are columns that change with it, ``data`` further facts for the history. The job
    that comes back is the row as it now is.
    """
    state = transition(before.state, event)
    columns = {"state": state.value, **_consequences(unit, before, state), **changes}
    after = write(unit, before, **columns)
    facts = {"state": state.value, **_told(after), **(data or {})}
    unit.record(before.id, event.value, facts)
    if state in FINISHED and before.state not in FINISHED:
        notifications.put_any(unit, of_end(after))
    if state in FINISHED and state is not S.SUCCEEDED:
        _fail_dependents(unit, after)
    if before.kind is not JobKind.BATCH:
        batches.follow(unit, after)
    return after


def write(unit: Unit, before: Job, **changes: Any) -> Job:
    """Change columns of a locked job, without history."""
    if "result" in changes:
        changes["sha256"] = changes["result"].get("sha256")
        changes["reused"] = bool(changes["result"].get("reused"))
    unit.connection.execute(
        update(job).where(job.c.id == before.id).values(updated_at=unit.now, **changes)
    )
    row = unit.connection.execute(select(*JOB_COLUMNS).where(job.c.id == before.id))
    return job_from(row.mappings().one())


def _consequences(unit: Unit, before: Job, state: S) -> dict[str, Any]:
    """The columns that a state decides."""
    columns: dict[str, Any] = {}
    if state not in OWNED:
        columns.update(worker_id=None, control="")
    if state is not S.PENDING:
        columns.update(wait_reason=None)
    if state in FINISHED:
        columns.update(finished_at=unit.now)
    elif before.state in FINISHED:
        columns.update(finished_at=None)
    if state is S.SUCCEEDED:
        columns.update(error_code=None, error_details={})
    return columns


def _told(after: Job) -> dict[str, Any]:
    """The facts that make a line of history understandable by itself."""
    facts: dict[str, Any] = {}
    if after.error_code and after.state in {S.FAILED, S.REVIEW, S.PENDING}:
        facts["error"] = after.error_code
    if after.wait_reason:
        facts["wait_reason"] = after.wait_reason.value
    if after.state is S.RUNNING:
        facts["worker"] = after.worker_id
        facts["attempt"] = after.attempts
    return facts


def fail_if_unmet(unit: Unit, waiting: Job) -> Job:
    """The pending job, failed if what it needs has ended without success meanwhile."""
    if waiting.depends_on is None:
        return waiting
    state = unit.connection.scalar(select(job.c.state).where(job.c.id == waiting.depends_on))
    if state not in {S.FAILED.value, S.CANCELLED.value}:
        return waiting
    return _fail_unmet(unit, waiting, waiting.depends_on)


def _fail_dependents(unit: Unit, prerequisite: Job) -> None:
    """Without its result they would wait for ever."""
    waiting = lock(unit, job.c.depends_on == prerequisite.id, job.c.state == S.PENDING.value)
    for dependent in waiting:
        _fail_unmet(unit, dependent, prerequisite.id)


def _fail_unmet(unit: Unit, dependent: Job, prerequisite: JobId) -> Job:
    return apply(
        unit,
        dependent,
        Event.FAIL,
        error_code="prerequisite_failed",
        error_details={"job": prerequisite},
    )
