"""Putting jobs into the queue: at most one live job for a destination."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import LIVE, Job, JobId, JobState, NewJob
from model_keeper.domain.queue import Child, Enqueued, EnqueuedBatch, Outcome, Receipt
from model_keeper.store import batches, dialects
from model_keeper.store.chunks import chunks
from model_keeper.store.database import Database
from model_keeper.store.rows import JOB_COLUMNS, job_from, new_row
from model_keeper.store.schema import batch_member, is_live, job
from model_keeper.store.unit import Unit

#: Rows in one transaction: few enough that other writers get in between.
_CHUNK = 2_000
#: Values in one IN list, below the limit of old SQLite versions.
_LOOKUP = 500

T = TypeVar("T")
Row = dict[str, Any]

_log = logging.getLogger("model_keeper.store")


class Queue:
    """The entrance. Every method commits before it returns."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def enqueue(self, new: NewJob) -> Enqueued:
        """The job that will do ``new``: a new one, or the live one that does the same.

        Raises destination_busy if another source is on its way to the same destination.
        """

        def work(unit: Unit) -> Enqueued:
            return enqueue(unit, new)

        return self._database.write(work, actor=self._actor)

    def enqueue_many(self, new: Iterable[NewJob]) -> list[Receipt]:
        """One receipt for each request, in their order.

        Committed in chunks: after an error, those before the failing chunk are in the queue.
        """
        receipts: list[Receipt] = []
        for chunk in chunks(new, _CHUNK):
            receipts += self._write(partial(self._insert_new, chunk))
            if len(chunk) == _CHUNK:
                self._write(lambda unit: dialects.refresh_statistics(unit.connection, job))
        return receipts

    def enqueue_batch(self, batch: NewJob, children: Sequence[Child]) -> EnqueuedBatch:
        """A batch and its members, all or nothing.

        A child that is on its way already becomes a shared member. One whose destination is taken
        by another source is no member; its receipt says so, and who has the destination.
        """

        def work(unit: Unit) -> EnqueuedBatch:
            row = new_row(batch, unit.now)
            batch_id = JobId(row["id"])
            dialects.insert_all(unit.connection, job, [row])
            unit.record(batch_id, "created", {"kind": row["kind"], "children": len(children)})
            receipts = self._insert(unit, _children_rows(batch_id, children, unit.now))
            _join(unit, batch_id, receipts)
            batches.settle(unit, batch_id)
            return EnqueuedBatch(_read(unit, batch_id), tuple(receipts))

        return self._write(work)

    def _write(self, work: Callable[[Unit], T]) -> T:
        """Write; once more if another process took a destination between look and insert."""
        while True:
            try:
                return self._database.write(work, actor=self._actor)
            except IntegrityError:
                _log.debug("A destination was taken meanwhile: looking again.")

    def _insert_new(self, new: Sequence[NewJob], unit: Unit) -> list[Receipt]:
        return self._insert(unit, [new_row(one, unit.now) for one in new])

    def _insert(self, unit: Unit, rows: list[Row]) -> list[Receipt]:
        """Insert what is new; ``depends_on`` may hold the index of an earlier row."""
        taken = _live_jobs(unit, [row["dest_key"] for row in rows if row["dest_key"]])
        receipts: list[Receipt] = []
        created: list[Row] = []
        for row in rows:
            holder = taken.get(row["dest_key"]) if row["dest_key"] else None
            if isinstance(row["depends_on"], int):
                prerequisite = receipts[row["depends_on"]]
                row["depends_on"] = prerequisite.job_id
                if prerequisite.outcome is Outcome.BUSY:
                    # What it needs will not arrive there.
                    receipts.append(prerequisite)
                    continue
            if holder is None:
                created.append(row)
                holder = row
                if row["dest_key"]:
                    taken[row["dest_key"]] = row
            receipts.append(_receipt(row, holder))
        if created:
            self._insert_created(unit, created)
        return receipts

    def _insert_created(self, unit: Unit, created: list[Row]) -> None:
        dialects.insert_all(unit.connection, job, created)
        for row in created:
            unit.record(JobId(row["id"]), "created", {"kind": row["kind"]})


def enqueue(unit: Unit, new: NewJob) -> Enqueued:
    """Enqueue inside a transaction that does more. Raises destination_busy."""
    row = new_row(new, unit.now)
    while True:
        holder = _live_at(unit, new.dest_key)
        if holder is not None:
            if holder.source_key != new.source_key or new.source_key is None:
                raise KeeperError("destination_busy", job=holder.id, path=destination_of(holder))
            return Enqueued(holder, deduplicated=True)
        dialects.insert_or_ignore(unit.connection, job, row)
        # The row count after a conflict means nothing on PostgreSQL: only the row itself does.
        created = _find(unit, JobId(row["id"]))
        if created is not None:
            unit.record(created.id, "created", {"kind": created.kind.value})
            return Enqueued(created, deduplicated=False)


def destination_of(holder: Job) -> str:
    """The path that a job is on its way to, in a form for a person."""
    destination = holder.payload.get("destination")
    if isinstance(destination, dict) and destination.get("root"):
        return f"{destination['root']}/{destination.get('relative', '')}"
    return holder.dest_key or ""


def _children_rows(batch_id: JobId, children: Sequence[Child], now: int) -> list[Row]:
    rows = []
    for index, child in enumerate(children):
        if child.after is not None and not 0 <= child.after < index:
            raise KeeperError(
                "invalid_request", what=f"Item {index} can only wait for one that comes before it."
            )
        row = new_row(child.new, now)
        row["parent_id"] = batch_id
        row["depends_on"] = child.after
        rows.append(row)
    return rows


def _join(unit: Unit, batch_id: JobId, receipts: Sequence[Receipt]) -> None:
    members = dict.fromkeys(r.job_id for r in receipts if r.outcome is not Outcome.BUSY)
    rows = [
        {"batch_id": batch_id, "idx": idx, "job_id": member} for idx, member in enumerate(members)
    ]
    dialects.insert_all(unit.connection, batch_member, rows)


def _receipt(row: Row, holder: Row) -> Receipt:
    if holder is row:
        outcome = Outcome.CREATED
    elif row["source_key"] is not None and row["source_key"] == holder["source_key"]:
        outcome = Outcome.DEDUPLICATED
    else:
        outcome = Outcome.BUSY
    return Receipt(JobId(holder["id"]), outcome)


def _live_jobs(unit: Unit, dest_keys: list[str]) -> dict[str, Row]:
    """The live jobs by their destinations."""
    found: dict[str, Row] = {}
    for chunk in chunks(dest_keys, _LOOKUP):
        # Live ones are picked here: while a table grows, PostgreSQL takes a condition on the
        # state for the rarer one and reads all live jobs instead of the few destinations.
        rows = unit.connection.execute(
            select(job.c.id, job.c.dest_key, job.c.source_key, job.c.state)
            .where(job.c.dest_key.in_(chunk))
            .order_by(job.c.seq)
        )
        for row in rows.mappings():
            if JobState(row["state"]) in LIVE:
                found[row["dest_key"]] = dict(row)
    return found


def _live_at(unit: Unit, dest_key: str | None) -> Job | None:
    if dest_key is None:
        return None
    rows = unit.connection.execute(
        select(*JOB_COLUMNS).where(job.c.dest_key == dest_key, is_live())
    )
    row = rows.mappings().first()
    return job_from(row) if row else None


def _find(unit: Unit, job_id: JobId) -> Job | None:
    row = unit.connection.execute(select(*JOB_COLUMNS).where(job.c.id == job_id)).mappings().first()
    return job_from(row) if row else None


def _read(unit: Unit, job_id: JobId) -> Job:
    found = _find(unit, job_id)
    if found is None:
        raise KeeperError("job_not_found", id=job_id)
    return found
