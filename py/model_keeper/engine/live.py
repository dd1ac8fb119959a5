"""The live board: where every running job is, several times a second, never through the store."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from model_keeper.domain.jobs import JobId
from model_keeper.domain.ports import Clock, Progress

_SPEED_SECONDS = 5.0


@dataclass
class _Entry:
    progress: Progress
    samples: deque[tuple[float, int]] = field(default_factory=lambda: deque(maxlen=256))


class LiveBoard:
    """The newest progress of each running job, with its speed. Safe for threads."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._entries: dict[JobId, _Entry] = {}

    def report(self, job_id: JobId, progress: Progress) -> None:
        now = self._clock.monotonic()
        with self._lock:
            entry = self._entries.setdefault(job_id, _Entry(progress))
            entry.progress = progress
            if not entry.samples or now - entry.samples[-1][0] >= 0.1:
                entry.samples.append((now, progress.fetched))

    def forget(self, job_id: JobId) -> None:
        with self._lock:
            self._entries.pop(job_id, None)

    def progress(self) -> dict[JobId, Progress]:
        with self._lock:
            return {job_id: entry.progress for job_id, entry in self._entries.items()}

    def snapshot(self) -> dict[str, Mapping[str, object]]:
        """For a view: bytes, bytes a second, seconds left, stage. A stall shows speed 0."""
        now = self._clock.monotonic()
        with self._lock:
            return {job_id: _view(entry, now) for job_id, entry in self._entries.items()}


def _view(entry: _Entry, now: float) -> Mapping[str, object]:
    progress = entry.progress
    recent = [sample for sample in entry.samples if now - sample[0] <= _SPEED_SECONDS]
    speed = 0.0
    if recent and now > recent[0][0]:
        speed = (progress.fetched - recent[0][1]) / (now - recent[0][0])
    left = None
    if progress.total is not None and speed > 0:
        left = max(0.0, (progress.total - progress.done) / speed)
    return {
        "bytes_done": progress.done,
        "bytes_total": progress.total,
        "bytes_per_second": round(speed),
        "seconds_left": None if left is None else round(left, 1),
        "stage": progress.stage,
        "connections": progress.connections,
        "note": progress.note,
    }
