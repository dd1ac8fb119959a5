"""Schedules: what is done again and again, each slot once however many are watching."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, select, update

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import NewJob
from model_keeper.domain.notifications import Notice
from model_keeper.domain.queue import Enqueued
from model_keeper.domain.schedules import Rule, RuleKind, Schedule, Task
from model_keeper.store import notifications
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.queue import enqueue
from model_keeper.store.schema import schedule
from model_keeper.store.unit import Unit


class Schedules:
    """Kept and fired here; whoever lives watches whether one is due."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def all(self) -> list[Schedule]:
        """By name. What only a newer version understands is left out."""

        def work(connection: Connection) -> list[Schedule]:
            rows = connection.execute(select(schedule).order_by(schedule.c.name)).mappings()
            found = (_schedule(row) for row in rows)
            return [each for each in found if each is not None]

        return self._database.read(work)

    def get(self, name: str) -> Schedule:
        """Raises schedule_unknown."""
        known = {each.name: each for each in self.all()}
        if name not in known:
            raise KeeperError("schedule_unknown", name=name, known=", ".join(known) or "-")
        return known[name]

    def put(self, wanted: Schedule) -> None:
        """Add it, or replace the one of its name; when that last ran stays known."""

        def work(unit: Unit) -> None:
            last = unit.connection.scalar(
                select(schedule.c.last_run).where(schedule.c.name == wanted.name)
            )
            row = {**_row(wanted), "last_run": last if wanted.last_run is None else wanted.last_run}
            upsert(unit.connection, schedule, row)
            unit.announce()

        self._database.write(work, actor=self._actor)

    def remove(self, name: str) -> None:
        """Raises schedule_unknown."""
        self.get(name)

        def work(unit: Unit) -> None:
            unit.connection.execute(delete(schedule).where(schedule.c.name == name))

        self._database.write(work, actor=self._actor)

    def plan(self, name: str, before: int | None, next_run: int | None) -> bool:
        """Move the next run, if it is still the one of ``before`` (ms UTC)."""
        unmoved = schedule.c.next_run.is_(None) if before is None else schedule.c.next_run == before

        def work(unit: Unit) -> bool:
            statement = update(schedule).where(schedule.c.name == name, unmoved)
            return bool(unit.connection.execute(statement.values(next_run=next_run)).rowcount)

        return self._database.write(work, actor=self._actor)

    def fire(
        self,
        name: str,
        slot: int,
        next_run: int | None,
        new: NewJob,
        notice: Notice | None = None,
    ) -> Enqueued | None:
        """Enqueue ``new`` for the slot that was due at ``slot`` (ms UTC), and move on.

        All of it, with the notice, or nothing. None if another watcher has fired that slot, or if
        the job of an earlier slot still has the destination: the slot is skipped then.
        """

        def work(unit: Unit) -> Enqueued | None:
            moved = unit.connection.execute(
                update(schedule)
                .where(schedule.c.name == name, schedule.c.next_run == slot)
                .values(next_run=next_run, last_run=unit.now)
            )
            if moved.rowcount == 0:
                return None
            try:
                enqueued = enqueue(unit, new)
            except KeeperError as error:
                if error.code != "destination_busy":
                    raise
                return None
            if notice is not None and not enqueued.deduplicated:
                notifications.put(unit, notice)
            return enqueued

        return self._database.write(work, actor=self._actor)


def _row(wanted: Schedule) -> dict[str, Any]:
    amount = wanted.rule.cron if wanted.rule.kind is RuleKind.CRON else wanted.rule.minutes
    return {
        "name": wanted.name,
        "rule": wanted.rule.kind.value if amount is None else f"{wanted.rule.kind.value} {amount}",
        "kind": wanted.task.value,
        "payload": {
            "enabled": wanted.enabled,
            "not_while_generating": wanted.not_while_generating,
            "only_when_idle": wanted.only_when_idle,
        },
        "next_run": wanted.next_run,
        "last_run": wanted.last_run,
    }


def _schedule(row: RowMapping) -> Schedule | None:
    conditions: Mapping[str, Any] = row["payload"]
    try:
        return Schedule(
            name=row["name"],
            task=Task(row["kind"]),
            rule=_rule(row["rule"]),
            not_while_generating=bool(conditions.get("not_while_generating", True)),
            only_when_idle=bool(conditions.get("only_when_idle", False)),
            enabled=bool(conditions.get("enabled", True)),
            next_run=row["next_run"],
            last_run=row["last_run"],
        )
    except (KeeperError, ValueError):
        return None


def _rule(text: str) -> Rule:
    word, _, amount = text.partition(" ")
    kind = RuleKind(word)
    if kind is RuleKind.CRON:
        return Rule(kind, cron=amount)
    return Rule(kind, minutes=int(amount) if amount else None)
