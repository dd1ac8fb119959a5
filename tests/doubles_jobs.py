"""Jobs for tests that need no store."""

from __future__ import annotations

from typing import Any

from model_keeper.domain.jobs import Job, JobId, JobKind, JobState

_BLANK: dict[str, Any] = {
    "id": JobId("0190-job"),
    "seq": 1,
    "kind": JobKind.DOWNLOAD,
    "target": "local",
    "state": JobState.PENDING,
    "wait_reason": None,
    "priority": 0,
    "rank": 0.0,
    "run_after": 0,
    "dest_key": None,
    "source_key": None,
    "parent_id": None,
    "payload": {},
    "result": {},
    "attempts": 0,
    "max_attempts": 5,
    "epoch": 0,
    "worker_id": None,
    "control": "",
    "approved": False,
    "bytes_done": 0,
    "bytes_total": None,
    "error_code": None,
    "error_details": {},
    "created_at": 1_700_000_000_000,
    "updated_at": 1_700_000_000_000,
    "started_at": None,
    "finished_at": None,
}


def job(**values: Any) -> Job:
    """A pending job with some other values."""
    return Job(**{**_BLANK, **values})
