"""Rows and the domain's types: the only place that knows both."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from sqlalchemy import RowMapping

from model_keeper.domain.jobs import (
    HistoryEntry,
    Job,
    JobId,
    JobKind,
    JobState,
    NewJob,
    WaitReason,
    WorkerId,
)
from model_keeper.domain.workers import WorkerInfo, WorkerRow
from model_keeper.store.schema import job

#: What a Job is read from: without the columns that only repeat parts of ``result``.
JOB_COLUMNS = tuple(c for c in job.c if c.name not in {"sha256", "reused"})


def job_from(row: RowMapping) -> Job:
    fields: dict[str, Any] = dict(row)
    fields["id"] = JobId(row["id"])
    fields["kind"] = JobKind(row["kind"])
    fields["state"] = JobState(row["state"])
    fields["wait_reason"] = WaitReason(row["wait_reason"]) if row["wait_reason"] else None
    return Job(**fields)


def new_row(new: NewJob, now: int, *, depends_on: JobId | None = None) -> dict[str, Any]:
    """The row of a job that was just asked for, with an id of its own.

    Ids are random, so that a person can name a job by its first characters; ``seq`` has the order.
    """
    return {
        "id": str(uuid4()),
        "kind": new.kind.value,
        "target": new.target,
        "state": JobState.PENDING.value,
        "wait_reason": new.wait_reason.value if new.wait_reason else None,
        "priority": int(new.priority),
        "rank": 0.0,
        "run_after": new.run_after,
        "dest_key": new.dest_key,
        "source_key": new.source_key,
        "parent_id": new.parent_id,
        "depends_on": depends_on,
        "payload": dict(new.payload),
        "result": {},
        "sha256": None,
        "reused": False,
        "attempts": 0,
        "max_attempts": new.max_attempts,
        "epoch": 0,
        "worker_id": None,
        "control": "",
        "approved": False,
        "bandwidth": new.bandwidth,
        "bytes_done": 0,
        "bytes_total": new.bytes_total,
        "error_code": None,
        "error_details": {},
        "created_at": now,
        "updated_at": now,
        "started_at": None,
        "finished_at": None,
    }


def history_from(row: RowMapping) -> HistoryEntry:
    return HistoryEntry(
        n=row["n"],
        job_id=JobId(row["job_id"]),
        at=row["at"],
        event=row["event"],
        actor=row["actor"],
        data=row["data"],
    )


def worker_from(row: RowMapping) -> WorkerRow:
    info = WorkerInfo(
        id=WorkerId(row["id"]),
        host_id=row["host_id"],
        pid=row["pid"],
        start_time=row["start_time"],
        boot_id=row["boot_id"],
        version=row["version"],
        targets=tuple(row["targets"]),
        lock_path=row["lock_path"],
    )
    return WorkerRow(info=info, heartbeat_at=row["heartbeat_at"], draining=row["draining"])
