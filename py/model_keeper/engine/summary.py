"""What became of a set of jobs: disjoint counts, one record a job, one exit code. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from model_keeper.domain.errors import ERRORS, Family, KeeperError
from model_keeper.domain.jobs import Job, JobState, WaitReason

_DONE, _FAILED, _USAGE, _CREDENTIALS, _REVIEW, _NOT_FOUND = 0, 1, 2, 3, 4, 5


def job_error(job: Job) -> KeeperError | None:
    """The error that a job ended or waits with."""
    if job.error_code is None:
        return None
    code = job.error_code if job.error_code in ERRORS else "internal"
    return KeeperError(code, **{"id": job.id, **job.error_details})


def job_record(job: Job) -> dict[str, Any]:
    """One job as ``get --json`` prints it."""
    error = job_error(job)
    return {
        "id": job.id,
        "state": job.state.value,
        "path": job.result.get("path"),
        "sha256": job.result.get("sha256"),
        "bytes_fetched": int(job.result.get("bytes_fetched", 0)),
        "reused": job.reused,
        "wait_reason": job.wait_reason.value if job.wait_reason else None,
        "error": None
        if error is None
        else {"code": error.code, "message": error.message, "hint": error.hint},
    }


def summary(jobs: Iterable[Job]) -> dict[str, Any]:
    """The closing object of ``get --json``: succeeded and reused count apart."""
    rows = list(jobs)
    return {
        "event": "summary",
        "succeeded": sum(j.state is JobState.SUCCEEDED and not j.reused for j in rows),
        "failed": sum(j.state is JobState.FAILED for j in rows),
        "reused": sum(j.reused for j in rows),
        "review": sum(j.state is JobState.REVIEW for j in rows),
        "cancelled": sum(j.state is JobState.CANCELLED for j in rows),
        "jobs": [job_record(j) for j in rows],
    }


def exit_code(jobs: Iterable[Job]) -> int:
    """0 done; else the first of 1 failed, 3 credentials, 4 review, 5 not found that occurred."""
    codes = {_job_code(job) for job in jobs} - {_DONE}
    return next((code for code in (_FAILED, _CREDENTIALS, _REVIEW, _NOT_FOUND) if code in codes), 0)


def error_code(error: KeeperError) -> int:
    """The exit code of a command that ended with ``error``."""
    return _BY_FAMILY.get(error.family, _FAILED)


_BY_FAMILY: Mapping[Family, int] = {
    Family.REQUEST: _USAGE,
    Family.CONFLICT: _FAILED,
    Family.CREDENTIALS: _CREDENTIALS,
    Family.REVIEW: _REVIEW,
    Family.NOT_FOUND: _NOT_FOUND,
}

_FAILURES: Mapping[Family, int] = {
    Family.CREDENTIALS: _CREDENTIALS,
    Family.NOT_FOUND: _NOT_FOUND,
}


def _job_code(job: Job) -> int:
    if job.state is JobState.SUCCEEDED:
        return _DONE
    if job.state is JobState.REVIEW or job.wait_reason is WaitReason.APPROVAL:
        return _REVIEW
    error = job_error(job)
    if job.state is JobState.FAILED and error is not None:
        return _FAILURES.get(error.family, _FAILED)
    return _FAILED
