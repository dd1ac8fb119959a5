"""Jobs and their states: one pure transition function, the same meaning everywhere."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, NewType

JobId = NewType("JobId", str)
WorkerId = NewType("WorkerId", str)


class JobKind(str, Enum):
    DOWNLOAD = "download"
    METADATA = "metadata"
    PREVIEW = "preview"
    SCAN = "scan"
    HASH = "hash"
    CHANGE = "change"
    COLLECTION = "collection"
    REMOTE = "remote"
    BATCH = "batch"


class JobState(str, Enum):
    PENDING = "pending"
    PAUSED = "paused"  # a person's wish only
    RUNNING = "running"
    VERIFYING = "verifying"
    REVIEW = "review"  # bytes kept, a person decides
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE = frozenset(
    {
        JobState.PENDING,
        JobState.PAUSED,
        JobState.RUNNING,
        JobState.VERIFYING,
        JobState.REVIEW,
    }
)
OWNED = frozenset({JobState.RUNNING, JobState.VERIFYING})
FINISHED = frozenset(JobState) - LIVE


class WaitReason(str, Enum):
    """Why a pending job waits, where it does."""

    RETRY = "retry"
    DISK = "disk"
    LANE = "lane"
    LOCKED = "locked"
    CREDENTIALS = "credentials"
    APPROVAL = "approval"
    HOST_KEY = "host_key"
    OFFLINE = "offline"


#: Waits that time does not end: a person has to answer.
HELD = frozenset({WaitReason.APPROVAL, WaitReason.HOST_KEY})

#: Waits that end without anybody.
PASSING = frozenset({WaitReason.RETRY, WaitReason.LOCKED, WaitReason.OFFLINE})


class Event(str, Enum):
    """What can happen to a job."""

    CLAIM = "claim"  # a worker takes it
    VERIFY = "verify"  # the bytes are here and are being judged
    SUCCEED = "succeed"
    FAIL = "fail"
    HOLD = "hold"  # the rules leave it open: a person decides
    DEFER = "defer"  # the worker gives it back, to be tried later
    RECOVER = "recover"  # its worker died
    PAUSE = "pause"
    RESUME = "resume"
    CANCEL = "cancel"
    RETRY = "retry"
    APPROVE = "approve"
    REJECT = "reject"


_S, _E = JobState, Event

_TRANSITIONS: Mapping[tuple[JobState, Event], JobState] = MappingProxyType(
    {
        (_S.PENDING, _E.CLAIM): _S.RUNNING,
        (_S.PENDING, _E.PAUSE): _S.PAUSED,
        (_S.PENDING, _E.CANCEL): _S.CANCELLED,
        (_S.PENDING, _E.FAIL): _S.FAILED,
        (_S.PENDING, _E.APPROVE): _S.PENDING,  # it waited for approval of its host
        (_S.PENDING, _E.REJECT): _S.FAILED,
        (_S.PENDING, _E.RETRY): _S.PENDING,  # it waited for its next attempt: not any longer
        (_S.PAUSED, _E.RESUME): _S.PENDING,
        (_S.PAUSED, _E.CANCEL): _S.CANCELLED,
        (_S.RUNNING, _E.VERIFY): _S.VERIFYING,
        (_S.RUNNING, _E.SUCCEED): _S.SUCCEEDED,
        (_S.RUNNING, _E.FAIL): _S.FAILED,
        (_S.RUNNING, _E.HOLD): _S.REVIEW,
        (_S.RUNNING, _E.DEFER): _S.PENDING,
        (_S.RUNNING, _E.RECOVER): _S.PENDING,
        (_S.RUNNING, _E.PAUSE): _S.PAUSED,
        (_S.RUNNING, _E.CANCEL): _S.CANCELLED,
        (_S.VERIFYING, _E.SUCCEED): _S.SUCCEEDED,
        (_S.VERIFYING, _E.FAIL): _S.FAILED,
        (_S.VERIFYING, _E.HOLD): _S.REVIEW,
        (_S.VERIFYING, _E.DEFER): _S.PENDING,
        (_S.VERIFYING, _E.RECOVER): _S.PENDING,
        (_S.VERIFYING, _E.PAUSE): _S.PAUSED,
        (_S.VERIFYING, _E.CANCEL): _S.CANCELLED,
        (_S.REVIEW, _E.APPROVE): _S.PENDING,  # runs again, and its approval decides
        (_S.REVIEW, _E.REJECT): _S.FAILED,
        (_S.REVIEW, _E.CANCEL): _S.CANCELLED,
        (_S.FAILED, _E.RETRY): _S.PENDING,
        (_S.CANCELLED, _E.RETRY): _S.PENDING,
    }
)


def transition(state: JobState, event: Event) -> JobState:
    """The state after ``event``. A pair that means nothing changes nothing."""
    return _TRANSITIONS.get((state, event), state)


def allowed(state: JobState, event: Event) -> bool:
    """Whether ``event`` means anything to a job in ``state``."""
    return (state, event) in _TRANSITIONS


class Priority(int, Enum):
    """The named priorities. Any other whole number is allowed too; higher goes first."""

    LOW = -10
    NORMAL = 0
    HIGH = 10


@dataclass(frozen=True)
class NewJob:
    """A job to be enqueued.

    ``dest_key`` names the destination: at most one live job has it. ``source_key`` names what is
    to arrive there; two requests with equal keys are one job. ``payload`` holds no secrets.
    """

    kind: JobKind
    payload: Mapping[str, Any]
    target: str = "local"
    dest_key: str | None = None
    source_key: str | None = None
    priority: int = Priority.NORMAL
    max_attempts: int = 5
    parent_id: JobId | None = None
    run_after: int = 0
    wait_reason: WaitReason | None = None
    bytes_total: int | None = None
    bandwidth: int | None = None


def request_key(name: str, request: object) -> str:
    """Equal for equal requests of one name: those have equal representations.

    As ``dest_key`` and ``source_key`` it lets a request join a live job of the same.
    """
    return f"{name}:{hashlib.sha256(repr(request).encode()).hexdigest()[:32]}"


@dataclass(frozen=True)
class Job:
    """A row of the queue as it was read. Times are milliseconds UTC, sizes bytes.

    ``depends_on`` names a job that has to succeed first. ``bandwidth`` is in bytes a second.
    """

    id: JobId
    seq: int
    kind: JobKind
    target: str
    state: JobState
    wait_reason: WaitReason | None
    priority: int
    rank: float
    run_after: int
    dest_key: str | None
    source_key: str | None
    parent_id: JobId | None
    payload: Mapping[str, Any]
    result: Mapping[str, Any]
    attempts: int
    max_attempts: int
    epoch: int
    worker_id: WorkerId | None
    control: str  # '' | 'pause' | 'cancel': a wish for the owner
    approved: bool  # a person said yes to what the rules left open
    bytes_done: int
    bytes_total: int | None
    error_code: str | None
    error_details: Mapping[str, Any]
    created_at: int
    updated_at: int
    started_at: int | None
    finished_at: int | None
    depends_on: JobId | None = None
    bandwidth: int | None = None

    @property
    def live(self) -> bool:
        return self.state in LIVE

    @property
    def reused(self) -> bool:
        """Whether it succeeded with a file that was there already."""
        return self.state is JobState.SUCCEEDED and bool(self.result.get("reused"))


@dataclass(frozen=True)
class Ownership:
    """The right to write a job: valid while the row still has this epoch."""

    job_id: JobId
    epoch: int
    worker_id: WorkerId

    @classmethod
    def of(cls, job: Job) -> Ownership:
        """The ownership that a claim of ``job`` gave. Raises ValueError if nobody owns it."""
        if job.worker_id is None:
            raise ValueError(f"nobody owns {job.id}")
        return cls(job.id, job.epoch, job.worker_id)


@dataclass(frozen=True)
class HistoryEntry:
    """One line of a job's history: when (ms UTC), what, by whom, with which facts."""

    n: int
    job_id: JobId
    at: int
    event: str
    actor: str
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Counts:
    """Disjoint counts of finished work."""

    succeeded: int = 0
    reused: int = 0
    review: int = 0
    failed: int = 0
    cancelled: int = 0


class OwnershipLost(Exception):  # noqa: N818 - nothing failed: another worker has the job now
    """A write by an owner found another epoch: stop touching the file at once."""

    def __init__(self, job_id: JobId) -> None:
        self.job_id = job_id
        super().__init__(job_id)
