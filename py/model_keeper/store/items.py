"""Items: the rows of one job that works through a long list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, func, select, update

from model_keeper.domain.jobs import JobId, Ownership
from model_keeper.domain.queue import Item, ItemResult, ItemState
from model_keeper.store.database import Database
from model_keeper.store.dialects import insert_all
from model_keeper.store.schema import job_item
from model_keeper.store.unit import Unit
from model_keeper.store.work import lock_owned


class Items:
    """Rows are numbered from 0 in the order in which they were listed."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def list_once(self, ownership: Ownership, keys: Sequence[str]) -> None:
        """Make the rows of a job that has none, all in one transaction. Raises OwnershipLost."""

        def work(unit: Unit) -> None:
            lock_owned(unit, ownership)
            listed = select(job_item.c.idx).where(job_item.c.job_id == ownership.job_id).limit(1)
            if unit.connection.scalar(listed) is None:
                insert_all(unit.connection, job_item, _rows(ownership.job_id, keys))

        self._database.persist(work, actor=self._actor)

    def page(
        self,
        job_id: JobId,
        *,
        states: Collection[ItemState] = (),
        limit: int = 100,
        after: int = -1,
    ) -> list[Item]:
        """Rows behind number ``after``, in their order; all states where none is named."""

        def work(connection: Connection) -> list[Item]:
            statement = select(job_item).where(job_item.c.job_id == job_id, job_item.c.idx > after)
            if states:
                statement = statement.where(job_item.c.state.in_([s.value for s in states]))
            rows = connection.execute(statement.order_by(job_item.c.idx).limit(limit)).mappings()
            return [Item(**{**row, "state": ItemState(row["state"])}) for row in rows]

        return self._database.read(work)

    def mark(self, ownership: Ownership, results: Sequence[ItemResult]) -> None:
        """Write what became of rows, in one transaction. Raises OwnershipLost."""

        def work(unit: Unit) -> None:
            lock_owned(unit, ownership)
            for result in results:
                unit.connection.execute(
                    update(job_item)
                    .where(job_item.c.job_id == ownership.job_id, job_item.c.idx == result.idx)
                    .values(
                        state=result.state.value,
                        error_code=result.error_code,
                        data=dict(result.data),
                    )
                )

        self._database.persist(work, actor=self._actor)

    def counts(self, job_id: JobId) -> dict[ItemState, int]:
        """How many rows are in each state; every state is named."""

        def work(connection: Connection) -> dict[ItemState, int]:
            rows = connection.execute(
                select(job_item.c.state, func.count())
                .where(job_item.c.job_id == job_id)
                .group_by(job_item.c.state)
            )
            found = {ItemState(state): int(number) for state, number in rows}
            return {state: found.get(state, 0) for state in ItemState}

        return self._database.read(work)


def _rows(job_id: JobId, keys: Sequence[str]) -> list[dict[str, Any]]:
    return [
        {
            "job_id": job_id,
            "idx": idx,
            "key": key,
            "state": ItemState.PENDING.value,
            "error_code": None,
            "data": {},
        }
        for idx, key in enumerate(keys)
    ]
