"""Workers: who they are, and what the store tells them."""

from __future__ import annotations

from collections.abc import Iterable
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


#: Workers that a job may lose in a row before it is taken for the cause. Within an hour: a machine
#: may be switched off every evening. For a minute at least: whoever kills workers at will is no
#: reason to give a job up.
MOST_LOST = 3
LOST_WITHIN_MS = 3_600_000
LOST_FOR_MS = 60_000

#: What happens to a job between two losses without saying that it came any further.
_NO_PROGRESS = frozenset({"claim", "checked", "verify"})


def lost_too_often(history: Iterable[tuple[str, int]], now: int) -> bool:
    """Whether a job that is losing its worker now has lost too many.

    ``history`` are its events with their moments (ms UTC), the newest first.
    """
    lost = [now]
    for event, at in history:
        if event == "recover" and at > now - LOST_WITHIN_MS:
            lost.append(at)
        elif event not in _NO_PROGRESS:
            break
    return len(lost) >= MOST_LOST and now - lost[-1] >= LOST_FOR_MS
