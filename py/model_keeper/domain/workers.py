"""Workers: who they are, and what the store tells them."""

from __future__ import annotations

from dataclasses import dataclass

from model_keeper.domain.jobs import WorkerId

HEARTBEAT_MS = 15_000
LEASE_MS = 60_000


@dataclass(frozen=True)
class WorkerInfo:
    """A worker as it introduces itself.

    ``pid`` and ``start_time`` (as the system gives it) name the process together: pids are used
    again. ``boot_id`` changes when the machine starts. ``lock_path`` is held while it lives.
    """

    id: WorkerId
    host_id: str
    pid: int
    start_time: float
    boot_id: str
    version: str
    targets: tuple[str, ...] = ("local",)
    lock_path: str | None = None


@dataclass(frozen=True)
class WorkerRow:
    """A worker as the store knows it. ``heartbeat_at`` is in ms UTC of the heartbeat clock."""

    info: WorkerInfo
    heartbeat_at: int
    draining: bool


@dataclass(frozen=True)
class Orders:
    """The answer to a heartbeat. Not ``known``: taken for dead meanwhile; stop, then register."""

    known: bool
    draining: bool
