"""What people wish of jobs. Never in the way of an owner: a job that runs is only told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import delete, update

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import (
    FINISHED,
    HELD,
    OWNED,
    Event,
    Job,
    JobId,
    JobKind,
    JobState,
    WaitReason,
    allowed,
)
from model_keeper.domain.queue import ItemState
from model_keeper.store import changes, ranks
from model_keeper.store.database import Database
from model_keeper.store.schema import is_live, job, job_event, job_item
from model_keeper.store.unit import Unit

T = TypeVar("T")

_ACTIONS = {
    Event.PAUSE: "paused",
    Event.RESUME: "resumed",
    Event.CANCEL: "cancelled",
    Event.RETRY: "retried",
    Event.APPROVE: "approved",
    Event.REJECT: "rejected",
}


class Wishes:
    """Each method answers with the job as it then is.

    Raises job_not_found, and not_possible_now where the wish makes no sense in the job's state. A
    wish about a batch reaches those of its own children for which it makes sense.
    """

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def pause(self, job_id: JobId) -> Job:
        """Stop it until it is resumed; its owner, if there is one, is asked to."""
        return self._wish(job_id, Event.PAUSE, _pause_or_cancel)

    def resume(self, job_id: JobId) -> Job:
        """Let a paused job, or one that was just asked to pause, go on."""
        return self._wish(job_id, Event.RESUME, _resume)

    def cancel(self, job_id: JobId) -> Job:
        """End it; its owner, if there is one, is asked to."""
        return self._wish(job_id, Event.CANCEL, _pause_or_cancel)

    def retry(self, job_id: JobId) -> Job:
        """Let it be tried again, or at once if it waits for its next attempt.

        If another live job has its destination meanwhile, the answer is that job. What it needs
        is retried with it, and so is what failed only for want of it.
        """
        return self._wish(job_id, Event.RETRY, _retry)

    def approve(self, job_id: JobId) -> Job:
        """Say yes to what the rules left open: it runs again, and this decides."""
        return self._wish(job_id, Event.APPROVE, _approve)

    def reject(self, job_id: JobId) -> Job:
        """Say no to what the rules left open: it fails as rejected_by_person."""
        return self._wish(job_id, Event.REJECT, _reject)

    def set_priority(self, job_id: JobId, priority: int) -> Job:
        """Higher goes first. Changes the order of those that wait, not those that run."""
        return self._change(job_id, "priority", priority)

    def set_bandwidth(self, job_id: JobId, rate: int | None) -> Job:
        """Limit it to ``rate`` bytes a second, None for no limit of its own; while it runs too."""
        return self._change(job_id, "bandwidth", rate)

    def set_rank(
        self, job_id: JobId, *, before: JobId | None = None, after: JobId | None = None
    ) -> Job:
        """Put it next to another live job in the queue, with that one's priority."""
        neighbour_id = before or after
        if neighbour_id is None or (before and after) or neighbour_id == job_id:
            raise KeeperError("invalid_request", what="Name one other job to put it next to.")

        def work(unit: Unit) -> Job:
            moved = _live(unit, job_id, "moved")
            neighbour = _live(unit, neighbour_id, "a place in the queue")
            placed = ranks.place(unit, moved, neighbour, ahead=before is not None)
            unit.record(job_id, "rank", {"priority": placed.priority, "next_to": neighbour_id})
            return placed

        return self._write(work)

    def release(self, reason: WaitReason, target: str | None = None) -> int:
        """Make all jobs due that wait for ``reason``; how many there were."""

        def work(unit: Unit) -> int:
            conditions = [
                job.c.state == JobState.PENDING.value,
                job.c.wait_reason == reason.value,
            ]
            if target is not None:
                conditions.append(job.c.target == target)
            waiting = changes.lock(unit, *conditions)
            for each in waiting:
                changes.write(unit, each, wait_reason=None, run_after=0)
                unit.record(each.id, "released", {"from": reason.value})
            return len(waiting)

        return self._write(work)

    def delete(self, job_id: JobId) -> None:
        """Forget a finished job; of a batch, its own children too."""

        def work(unit: Unit) -> None:
            gone = changes.lock_one(unit, job_id)
            if gone.state not in FINISHED:
                raise _impossible(gone, "deleted")
            children = changes.lock(unit, job.c.parent_id == job_id, ~is_live())
            forget(unit, [gone, *children])

        self._write(work)

    def _wish(
        self, job_id: JobId, event: Event, follow: Callable[[Unit, Job, Event], Job | None]
    ) -> Job:
        def work(unit: Unit) -> Job:
            wanted = changes.lock_one(unit, job_id)
            if wanted.kind is JobKind.BATCH:
                return _wish_of_batch(unit, wanted, event, follow)
            answer = follow(unit, wanted, event)
            if answer is None:
                raise _impossible(wanted, _ACTIONS[event])
            return answer

        return self._write(work)

    def _change(self, job_id: JobId, column: str, value: int | None) -> Job:
        def work(unit: Unit) -> Job:
            live = _live(unit, job_id, f"given another {column}")
            own = [live]
            if live.kind is JobKind.BATCH:
                own += changes.lock(unit, job.c.parent_id == job_id, is_live())
            for each in own:
                changes.write(unit, each, **{column: value})
                unit.record(each.id, column, {"from": getattr(each, column), "to": value})
            return changes.lock_one(unit, job_id)

        return self._write(work)

    def _write(self, work: Callable[[Unit], T]) -> T:
        return self._database.write(work, actor=self._actor)


def forget(unit: Unit, gone: list[Job]) -> None:
    """Delete finished jobs with their histories; one last event tells followers."""
    for each in gone:
        unit.connection.execute(delete(job_event).where(job_event.c.job_id == each.id))
        unit.connection.execute(delete(job).where(job.c.id == each.id))
        unit.record(each.id, "deleted", {"kind": each.kind.value})


def _wish_of_batch(
    unit: Unit, batch: Job, event: Event, follow: Callable[[Unit, Job, Event], Job | None]
) -> Job:
    children = changes.lock(unit, job.c.parent_id == batch.id)
    if event is Event.CANCEL:
        # Those that need others come last: cancelled first, they do not fail for want of them.
        children.reverse()
    answers = [follow(unit, changes.lock_one(unit, child.id), event) for child in children]
    if not any(answers):
        raise _impossible(batch, _ACTIONS[event])
    unit.record(batch.id, f"{event.value}_requested", {"reached": sum(map(bool, answers))})
    return changes.lock_one(unit, batch.id)


def _pause_or_cancel(unit: Unit, wanted: Job, event: Event) -> Job | None:
    if not allowed(wanted.state, event):
        return None
    if wanted.state not in OWNED:
        return changes.apply(unit, wanted, event)
    if wanted.control in {event.value, Event.CANCEL.value}:
        return wanted  # asked already, or to be cancelled anyway
    unit.record(wanted.id, f"{event.value}_requested", {"state": wanted.state.value})
    return changes.write(unit, wanted, control=event.value)


def _resume(unit: Unit, wanted: Job, event: Event) -> Job | None:
    if wanted.state in OWNED and wanted.control == Event.PAUSE.value:
        unit.record(wanted.id, "resume_requested", {"state": wanted.state.value})
        return changes.write(unit, wanted, control="")
    if not allowed(wanted.state, event):
        return None
    return changes.fail_if_unmet(unit, changes.apply(unit, wanted, event, run_after=0))


def _retry(unit: Unit, wanted: Job, event: Event) -> Job | None:
    if wanted.state is JobState.PENDING:
        waits = wanted.run_after > unit.now or wanted.wait_reason is not None
        if not waits or wanted.wait_reason in HELD:
            return None
        return changes.apply(unit, wanted, event, run_after=0, wait_reason=None)
    if not allowed(wanted.state, event):
        return None
    holder = _holder(unit, wanted)
    if holder is not None:
        return holder
    _retry_prerequisite(unit, wanted)
    revived = _revive(unit, wanted)
    dependents = changes.lock(
        unit,
        job.c.depends_on == wanted.id,
        job.c.state == JobState.FAILED.value,
        job.c.error_code == "prerequisite_failed",
    )
    for dependent in dependents:
        if _holder(unit, dependent) is None:
            _revive(unit, dependent)
    return revived


def _retry_prerequisite(unit: Unit, wanted: Job) -> None:
    if wanted.depends_on is None:
        return
    for prerequisite in changes.lock(unit, job.c.id == wanted.depends_on):
        if prerequisite.state in FINISHED and allowed(prerequisite.state, Event.RETRY):
            if _holder(unit, prerequisite) is not None:
                raise _impossible(wanted, _ACTIONS[Event.RETRY])
            _retry_prerequisite(unit, prerequisite)
            _revive(unit, prerequisite)


def _revive(unit: Unit, ended: Job) -> Job:
    """Pending again, and with it the items that failed."""
    unit.connection.execute(
        update(job_item)
        .where(job_item.c.job_id == ended.id, job_item.c.state == ItemState.FAILED.value)
        .values(state=ItemState.PENDING.value, error_code=None, data={})
    )
    return changes.apply(
        unit, ended, Event.RETRY, attempts=0, run_after=0, error_code=None, error_details={}
    )


def _holder(unit: Unit, ended: Job) -> Job | None:
    """The live job that has the destination of an ended one."""
    if ended.dest_key is None:
        return None
    found = changes.lock(unit, job.c.dest_key == ended.dest_key, is_live())
    return found[0] if found else None


def _approve(unit: Unit, wanted: Job, event: Event) -> Job | None:
    if not _waits_for_a_person(wanted):
        return None
    return changes.apply(
        unit,
        wanted,
        event,
        approved=True,
        run_after=0,
        wait_reason=None,
        error_code=None,
        error_details={},
    )


def _reject(unit: Unit, wanted: Job, event: Event) -> Job | None:
    if not _waits_for_a_person(wanted):
        return None
    return changes.apply(
        unit, wanted, event, approved=False, error_code="rejected_by_person", error_details={}
    )


def _waits_for_a_person(wanted: Job) -> bool:
    return wanted.state is JobState.REVIEW or (
        wanted.state is JobState.PENDING and wanted.wait_reason in HELD
    )


def _live(unit: Unit, job_id: JobId, action: str) -> Job:
    found = changes.lock_one(unit, job_id)
    if not found.live:
        raise _impossible(found, action)
    return found


def _impossible(wanted: Job, action: str) -> KeeperError:
    return KeeperError("not_possible_now", state=wanted.state.value, action=action, id=wanted.id)
