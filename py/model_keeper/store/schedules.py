"""Schedules: jobs that are enqueued again and again, each slot once however many are watching."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobKind, NewJob
from model_keeper.domain.queue import Enqueued, Schedule
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.queue import enqueue
from model_keeper.store.schema import schedule
from model_keeper.store.unit import Unit


class Schedules:
    """The rules themselves are read by whoever watches; here they are kept and fired."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def all(self) -> list[Schedule]:
        def work(connection: Connection) -> list[Schedule]:
            rows = connection.execute(select(schedule).order_by(schedule.c.name)).mappings()
            return [Schedule(**{**row, "kind": JobKind(row["kind"])}) for row in rows]

        return self._database.read(work)

    def put(self, wanted: Schedule) -> None:
        """Add it, or replace the one of its name."""
        row = {**vars(wanted), "kind": wanted.kind.value, "payload": dict(wanted.payload)}

        def work(unit: Unit) -> None:
            upsert(unit.connection, schedule, row)
            unit.announce()

        self._database.write(work, actor=self._actor)

    def remove(self, name: str) -> None:
        def work(unit: Unit) -> None:
            unit.connection.execute(delete(schedule).where(schedule.c.name == name))

        self._database.write(work, actor=self._actor)

    def fire(self, name: str, slot: int, next_run: int | None, new: NewJob) -> Enqueued | None:
        """Enqueue ``new`` for the slot that was due at ``slot`` (ms UTC), and move on.

        None if another watcher has fired that slot, or if the job of an earlier slot still has
        the destination: the slot is skipped then.
        """

        def work(unit: Unit) -> Enqueued | None:
            moved = unit.connection.execute(
                update(schedule)
                .where(schedule.c.name == name, schedule.c.next_run == slot)
                .values(next_run=next_run, last_run=slot)
            )
            if moved.rowcount == 0:
                return None
            try:
                return enqueue(unit, new)
            except KeeperError as error:
                if error.code != "destination_busy":
                    raise
                return None

        return self._database.write(work, actor=self._actor)
