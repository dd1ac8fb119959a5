"""What goes into the queue and what can be asked of it: requests, answers and pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from model_keeper.domain.jobs import (
    Counts,
    HistoryEntry,
    Job,
    JobId,
    JobKind,
    JobState,
    NewJob,
    Ownership,
)


@dataclass(frozen=True)
class Enqueued:
    """``job`` is the one that does the work; ``deduplicated`` if it was there already."""

    job: Job
    deduplicated: bool


class Outcome(str, Enum):
    """What became of one request among many."""

    CREATED = "created"
    DEDUPLICATED = "deduplicated"
    BUSY = "busy"  # another source is on its way to the same destination; nothing was enqueued


@dataclass(frozen=True)
class Receipt:
    """``job_id`` is the job that has the destination, whoever asked for it first."""

    job_id: JobId
    outcome: Outcome


@dataclass(frozen=True)
class Child:
    """A member of a batch. ``after``: the index of an earlier one that has to succeed first."""

    new: NewJob
    after: int | None = None


@dataclass(frozen=True)
class EnqueuedBatch:
    """The batch, and one receipt for each child in the order of the request."""

    batch: Job
    receipts: tuple[Receipt, ...]


class Order(str, Enum):
    """``NEWEST`` first enqueued last; ``QUEUE`` is the order in which pending jobs are taken."""

    NEWEST = "newest"
    QUEUE = "queue"


@dataclass(frozen=True)
class JobQuery:
    """Which jobs to show. Empty filters let everything pass.

    ``parent`` lists the members of a batch, shared ones included. ``text`` is looked for in the id,
    the destination and the payload, without regard to ASCII case. ``after`` is the ``next`` of the
    page before.
    """

    states: frozenset[JobState] = frozenset()
    kinds: frozenset[JobKind] = frozenset()
    target: str | None = None
    parent: JobId | None = None
    text: str = ""
    order: Order = Order.NEWEST
    limit: int = 100
    after: str | None = None


@dataclass(frozen=True)
class JobPage:
    """``next`` continues the list, None at its end; ``total`` counts all that pass the filters."""

    items: Sequence[Job]
    next: str | None
    total: int


@dataclass(frozen=True)
class EventPage:
    """Events in the order of their commits; ask again with ``next``."""

    items: Sequence[HistoryEntry]
    next: int


@dataclass(frozen=True)
class QueueCounts:
    """How many jobs are in each live state, and the disjoint counts of what ended or waits."""

    live: Mapping[JobState, int]
    finished: Counts


@dataclass(frozen=True)
class ProgressRow:
    """Where an owned job is, in bytes."""

    ownership: Ownership
    bytes_done: int
    bytes_total: int | None


@dataclass(frozen=True)
class Wish:
    """What people want of a job that a worker owns. ``control``: '', 'pause' or 'cancel'."""

    job_id: JobId
    epoch: int
    control: str
    bandwidth: int | None
    priority: int


class ItemState(str, Enum):
    """States of one row of a job that works through a list."""

    PENDING = "pending"
    SUCCEEDED = "succeeded"
    SKIPPED = "skipped"
    FAILED = "failed"


@dataclass(frozen=True)
class Item:
    """One row of a job that works through a list."""

    job_id: JobId
    idx: int
    key: str
    state: ItemState
    error_code: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ItemResult:
    """What became of the row ``idx``."""

    idx: int
    state: ItemState
    error_code: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Lane:
    """Limits for the jobs of one kind on one target. ``rate`` is in bytes a second."""

    target: str
    kind: JobKind
    max_running: int | None = None
    paused: bool = False
    rate: int | None = None
