"""A job in the words of older queues, so that their clients keep reading. Pure.

``service``: the download service's job with its history. ``remote``: the status list of a
per-instance queue. ``refresh``: a metadata refresh task.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from enum import Enum
from types import MappingProxyType
from typing import Any

from model_keeper.domain.errors import ERRORS, KeeperError
from model_keeper.domain.jobs import HistoryEntry, Job, JobKind, JobState, Priority, WaitReason

_S = JobState


class Vocabulary(str, Enum):
    SERVICE = "service"
    REMOTE = "remote"
    REFRESH = "refresh"


STATES: Mapping[Vocabulary, Mapping[JobState, str]] = MappingProxyType(
    {
        Vocabulary.SERVICE: {
            _S.PENDING: "PENDING",
            _S.PAUSED: "PENDING",
            _S.RUNNING: "DOWNLOADING",
            _S.VERIFYING: "VERIFYING",
            _S.REVIEW: "FAILED",
            _S.SUCCEEDED: "SUCCESS",
            _S.FAILED: "FAILED",
            _S.CANCELLED: "FAILED",
        },
        Vocabulary.REMOTE: {
            _S.PENDING: "PENDING",
            _S.PAUSED: "PENDING",
            _S.RUNNING: "RUNNING",
            _S.VERIFYING: "RUNNING",
            _S.REVIEW: "FAILED",
            _S.SUCCEEDED: "COMPLETE",
            _S.FAILED: "FAILED",
            _S.CANCELLED: "FAILED",
        },
        Vocabulary.REFRESH: {
            _S.PENDING: "pending",
            _S.PAUSED: "pending",
            _S.RUNNING: "running",
            _S.VERIFYING: "running",
            _S.REVIEW: "failed",
            _S.SUCCEEDED: "completed",
            _S.FAILED: "failed",
            _S.CANCELLED: "failed",
        },
    }
)


def described(job: Job, history: Sequence[HistoryEntry], vocabulary: Vocabulary) -> dict[str, Any]:
    """``job`` with every field that ``vocabulary`` has."""
    if vocabulary is Vocabulary.SERVICE:
        return _service(job, history)
    if vocabulary is Vocabulary.REMOTE:
        return _remote(job)
    return _refresh(job)


def status(job: Job, vocabulary: Vocabulary) -> str:
    """The state's word; a remote job that waits for a host key has one of its own."""
    if vocabulary is Vocabulary.REMOTE and job.wait_reason is WaitReason.HOST_KEY:
        return "HOST_VERIFICATION_NEEDED"
    return STATES[vocabulary][job.state]


def _service(job: Job, history: Sequence[HistoryEntry]) -> dict[str, Any]:
    asset: Mapping[str, Any] = job.payload.get("asset") or {}
    destination: Mapping[str, Any] = job.payload.get("destination") or {}
    described_job: dict[str, Any] = {
        "job_id": job.id,
        "status": status(job, Vocabulary.SERVICE),
        "added_at": _iso(job.created_at),
        "attempts": job.attempts,
        "model_info": {
            "expected_filename": str(destination.get("relative", "")).rpartition("/")[2],
            "model_type": destination.get("category"),
            "download_url": asset.get("url"),
            "source": asset.get("provider"),
        },
        "history": [{"timestamp": _iso(entry.at), "event": entry.event} for entry in history],
    }
    reason = _reason(job)
    if reason is not None:
        described_job["reason"] = reason
    return described_job


def _remote(job: Job) -> dict[str, Any]:
    payload = job.payload
    destination: Mapping[str, Any] = payload.get("destination") or {}
    name = str(destination.get("relative", "")).rpartition("/")[2]
    needs_key = job.wait_reason is WaitReason.HOST_KEY
    return {
        "id": job.id,
        "instance_id": job.target,
        "added_at": _iso(job.created_at),
        "status": status(job, Vocabulary.REMOTE),
        "total_commands": int(payload.get("total_commands", 1)),
        "command_index": int(payload.get("command_index", int(job.state is not _S.PENDING))),
        "progress": _progress(job, name),
        "error": _reason(job),
        "host_verification_needed": needs_key,
        "host": payload.get("host"),
        "port": payload.get("port"),
        "updated_at": _iso(job.updated_at),
        "commands": list(payload.get("commands", ())),
        "resource_paths": list(payload.get("resource_paths", ())),
        "ssh_connection": payload.get("ssh_connection"),
        "ui_home": payload.get("ui_home"),
        "display_name": payload.get("display_name", name),
        "variant_tag": payload.get("variant_tag"),
    }


def _progress(job: Job, name: str) -> dict[str, Any]:
    done, total = job.bytes_done, job.bytes_total
    return {
        "type": "progress",
        "stage": "verify" if job.state is _S.VERIFYING else "model",
        "percent": None if not total else min(100, done * 100 // total),
        "downloaded": _mebibytes(done),
        "total": None if total is None else _mebibytes(total),
        "speed": None,
        "elapsed": _clock(job),
        "remaining": None,
        "eta": None,
        "name": name,
    }


def _refresh(job: Job) -> dict[str, Any]:
    kinds = {JobKind.METADATA: "metadata", JobKind.PREVIEW: "preview"}
    destination: Mapping[str, Any] = job.payload.get("destination") or {}
    models = job.payload.get("models") or [destination.get("relative", "")]
    if job.state is _S.SUCCEEDED:
        progress = 1.0
    else:
        progress = job.bytes_done / job.bytes_total if job.bytes_total else 0.0
    return {
        "id": job.id,
        "type": kinds.get(job.kind, "full"),
        "models": [str(model) for model in models],
        "priority": _priority(job.priority),
        "progress": progress,
        "status": status(job, Vocabulary.REFRESH),
        "error": _reason(job),
    }


def _priority(priority: int) -> str:
    if priority == Priority.NORMAL:
        return "normal"
    return "high" if priority > Priority.NORMAL else "low"


def _reason(job: Job) -> str | None:
    if job.error_code in ERRORS:
        return KeeperError(str(job.error_code), **job.error_details).message
    if job.state is _S.CANCELLED:
        return "It was cancelled."
    return job.error_code


def _iso(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, timezone.utc).isoformat(timespec="milliseconds")


def _mebibytes(count: int) -> str:
    return f"{count / (1 << 20):.1f}MiB"


def _clock(job: Job) -> str | None:
    if job.started_at is None:
        return None
    seconds = max(0, (job.finished_at or job.updated_at) - job.started_at) // 1000
    return f"{seconds // 60:02d}:{seconds % 60:02d}"
