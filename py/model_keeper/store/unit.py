"""One write transaction: its connection, its moment, who acts, and the history it will leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from model_keeper.domain.jobs import JobId
from model_keeper.store import dialects, schema


class Unit:
    """Handed to the work of a transaction. ``now`` is ms UTC, one moment for the whole unit."""

    def __init__(self, connection: Connection, now: int, actor: str) -> None:
        self.connection = connection
        self.now = now
        self.actor = actor
        self.announced = False
        self._events: list[dict[str, Any]] = []

    def announce(self) -> None:
        """Wake those who wait for changes, once this is committed."""
        self.announced = True

    def record(self, job_id: JobId, event: str, data: Mapping[str, Any] | None = None) -> None:
        """Add a line to the job's history; written with the rest of the transaction or not."""
        self.announced = True
        self._events.append(
            {
                "job_id": job_id,
                "at": self.now,
                "event": event,
                "actor": self.actor,
                "data": dict(data or {}),
            }
        )

    def write_events(self) -> None:
        dialects.insert_all(self.connection, schema.job_event, self._events)
