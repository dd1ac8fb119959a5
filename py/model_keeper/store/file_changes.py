"""The journal of file changes: what was about to be done, what was done, and how to undo it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, select

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import (
    Change,
    ChangeItem,
    ChangeKind,
    ItemState,
    Step,
    TrashedFile,
)
from model_keeper.store.chunks import chunks
from model_keeper.store.database import Database
from model_keeper.store.dialects import insert_all
from model_keeper.store.schema import file_change, file_change_item, model_use
from model_keeper.store.trash import forget_slots, put_trashed, used_slots
from model_keeper.store.unit import Unit

_CHUNK = 500
_PRUNED_AT_ONCE = 50


@dataclass(frozen=True)
class Effects:
    """What the rest of the store learns of a finished item, in the same transaction.

    ``thrown`` came into the trash, ``taken_out`` are slots that are empty now, ``renamed`` the old
    and new paths of models, whose use is counted on.
    """

    thrown: Sequence[TrashedFile] = ()
    taken_out: Sequence[str] = ()
    renamed: Sequence[tuple[str, str]] = ()


class FileChanges:
    """Of one machine each (``host``). Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def begin(self, host: str, change: Change) -> Change:
        """Write down everything that is about to be done; with its time and actor."""

        def work(unit: Unit) -> Change:
            unit.connection.execute(
                file_change.insert().values(
                    id=change.id,
                    host=host,
                    kind=change.kind.value,
                    actor=unit.actor,
                    at=unit.now,
                    undoes=change.undoes,
                    closed=False,
                )
            )
            rows = [{"change_id": change.id, **_item_row(item)} for item in change.items]
            insert_all(unit.connection, file_change_item, rows)
            return _read(unit.connection, change.id)

        return self._database.write(work, actor=self._actor)

    def plan_again(self, change_id: str, item: ChangeItem) -> None:
        """Other steps for an item of which nothing is done."""
        self._database.write(lambda unit: _put_item(unit, change_id, item), actor=self._actor)

    def settle(
        self, host: str, change_id: str, item: ChangeItem, effects: Effects | None = None
    ) -> None:
        """Write down how an item ended, with everything that follows from it."""
        found = effects or Effects()

        def work(unit: Unit) -> None:
            _put_item(unit, change_id, item)
            forget_slots(unit.connection, host, found.taken_out)
            put_trashed(unit, host, found.thrown)
            for old, new in found.renamed:
                _carry_use(unit.connection, old, new)
            if item.state is ItemState.DONE:
                _mark_undone(unit.connection, change_id, item.index)

        self._database.write(work, actor=self._actor)

    def close(self, change_id: str) -> Change:
        """Nothing of the change is under way any more."""

        def work(unit: Unit) -> Change:
            unit.connection.execute(
                file_change.update().where(file_change.c.id == change_id).values(closed=True)
            )
            return _read(unit.connection, change_id)

        return self._database.write(work, actor=self._actor)

    def get(self, change_id: str) -> Change:
        """Raises KeeperError change_unknown."""
        return self._database.read(lambda connection: _read(connection, change_id))

    def open(self, host: str) -> list[Change]:
        """Those that are under way or were cut, oldest first."""
        condition = (file_change.c.host == host) & ~file_change.c.closed
        query = select(file_change).where(condition).order_by(file_change.c.n)
        return self._database.read(lambda connection: _all(connection, query))

    def some(self, change_ids: Collection[str]) -> list[Change]:
        """Those of them that were begun, oldest first."""
        query = (
            select(file_change).where(file_change.c.id.in_(change_ids)).order_by(file_change.c.n)
        )
        return self._database.read(lambda connection: _all(connection, query))

    def latest(self, host: str, limit: int = 100, *, before: str | None = None) -> list[Change]:
        """What was changed, newest first; ``before`` is the id of the last one of another page."""
        query = select(file_change).where(file_change.c.host == host)
        if before is not None:
            older = select(file_change.c.n).where(file_change.c.id == before).scalar_subquery()
            query = query.where(file_change.c.n < older)
        query = query.order_by(file_change.c.n.desc()).limit(limit)
        return self._database.read(lambda connection: _all(connection, query))

    def count(self, host: str) -> int:
        """How many changes are remembered."""
        query = select(func.count()).select_from(file_change).where(file_change.c.host == host)
        return self._database.read(lambda connection: int(connection.scalar(query) or 0))

    def prune(self, host: str, *, max_age_ms: int) -> int:
        """Forget what was changed longer ago than ``max_age_ms`` and cannot be undone any more.

        What a remembered change took back stays with it. Returns the number of changes forgotten.
        """
        begun = self._database.clock.now_ms() - max_age_ms
        old = (file_change.c.host == host) & file_change.c.closed & (file_change.c.at <= begun)
        ids = select(file_change.c.id).where(old).order_by(file_change.c.n.desc())
        read, forgotten = self._database.read, 0
        trash = read(lambda connection: used_slots(connection, host))
        for some in chunks(read(lambda connection: connection.scalars(ids).all()), _PRUNED_AT_ONCE):
            changes = self.some(some)
            final = [change.id for change in changes if not change.can_be_undone_with(trash)]
            # An undo is younger than what it took back, and goes before it.
            work = partial(_forget, change_ids=final[::-1])
            forgotten += self._database.write(work, actor=self._actor) if final else 0
        return forgotten


def _all(connection: Connection, query: Select[Any]) -> list[Change]:
    rows = connection.execute(query).mappings().all()
    items: dict[str, list[ChangeItem]] = {row["id"]: [] for row in rows}
    for chunk in chunks(items, _CHUNK):
        found = connection.execute(
            select(file_change_item)
            .where(file_change_item.c.change_id.in_(chunk))
            .order_by(file_change_item.c.idx)
        )
        for each in found.mappings():
            items[each["change_id"]].append(_item(each))
    return [_change(row, items[row["id"]]) for row in rows]


def _read(connection: Connection, change_id: str) -> Change:
    found = _all(connection, select(file_change).where(file_change.c.id == change_id))
    if not found:
        raise KeeperError("change_unknown", id=change_id)
    return found[0]


def _change(row: RowMapping, items: Sequence[ChangeItem]) -> Change:
    return Change(
        id=row["id"],
        kind=ChangeKind(row["kind"]),
        at=row["at"],
        actor=row["actor"],
        items=tuple(items),
        undoes=row["undoes"],
        closed=row["closed"],
    )


def _item(row: RowMapping) -> ChangeItem:
    return ChangeItem(
        index=row["idx"],
        subject=row["subject"],
        steps=tuple(map(Step.from_json, row["steps"])),
        state=ItemState(row["state"]),
        error_code=row["error_code"],
        error_details=row["error_details"],
    )


def _item_row(item: ChangeItem) -> dict[str, Any]:
    return {
        "idx": item.index,
        "subject": item.subject,
        "steps": [step.to_json() for step in item.steps],
        "state": item.state.value,
        "error_code": item.error_code,
        "error_details": dict(item.error_details),
    }


def _put_item(unit: Unit, change_id: str, item: ChangeItem) -> None:
    mine = (file_change_item.c.change_id == change_id) & (file_change_item.c.idx == item.index)
    unit.connection.execute(file_change_item.update().where(mine).values(**_item_row(item)))


def _forget(unit: Unit, change_ids: Sequence[str]) -> int:
    forgotten = 0
    for change_id in change_ids:
        taken_back = select(file_change.c.id).where(file_change.c.undoes == change_id).limit(1)
        if unit.connection.scalar(taken_back) is None:
            unit.connection.execute(file_change.delete().where(file_change.c.id == change_id))
            forgotten += 1
    return forgotten


def _mark_undone(connection: Connection, change_id: str, index: int) -> None:
    """Where the change takes another one back: that one's item is undone now."""
    undone = connection.scalar(select(file_change.c.undoes).where(file_change.c.id == change_id))
    if undone is not None:
        mine = (file_change_item.c.change_id == undone) & (file_change_item.c.idx == index)
        connection.execute(
            file_change_item.update().where(mine).values(state=ItemState.UNDONE.value)
        )


def _carry_use(connection: Connection, old: str, new: str) -> None:
    """How often a model ran follows its name."""
    used = connection.execute(select(model_use).where(model_use.c.path == old)).first()
    if used is None:
        return
    there = connection.execute(select(model_use).where(model_use.c.path == new)).first()
    if there is None:
        connection.execute(model_use.update().where(model_use.c.path == old).values(path=new))
