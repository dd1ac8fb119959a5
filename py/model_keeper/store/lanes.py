"""Lanes: limits for the jobs of one kind on one target."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from model_keeper.domain.jobs import JobKind
from model_keeper.domain.queue import Lane
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.schema import lane
from model_keeper.store.unit import Unit


class Lanes:
    """The limits that people set. They hold for all workers together, from the next claim on."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def all(self) -> list[Lane]:
        return list(self._database.read(read).values())

    def put(self, wanted: Lane) -> None:
        row = {**vars(wanted), "kind": wanted.kind.value}

        def work(unit: Unit) -> None:
            upsert(unit.connection, lane, row)
            unit.announce()

        self._database.write(work, actor=self._actor)

    def remove(self, target: str, kind: JobKind) -> None:
        def work(unit: Unit) -> None:
            unit.connection.execute(
                delete(lane).where(lane.c.target == target, lane.c.kind == kind.value)
            )
            unit.announce()

        self._database.write(work, actor=self._actor)


def read(connection: Connection) -> dict[tuple[str, JobKind], Lane]:
    """All lanes by target and kind."""
    rows = connection.execute(select(lane).order_by(lane.c.target, lane.c.kind))
    found = (Lane(**{**row, "kind": JobKind(row["kind"])}) for row in rows.mappings())
    return {(each.target, each.kind): each for each in found}
