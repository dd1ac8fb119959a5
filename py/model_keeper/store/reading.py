"""What people read: jobs, pages, histories, counts. Every answer is one consistent view."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import merge
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    String,
    and_,
    func,
    literal,
    or_,
    select,
    true,
    tuple_,
    type_coerce,
)

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import LIVE, HistoryEntry, Job, JobId, JobState
from model_keeper.domain.queue import EventPage, JobPage, JobQuery, Order, QueueCounts
from model_keeper.store import batches
from model_keeper.store.chunks import chunks
from model_keeper.store.database import Database
from model_keeper.store.rows import JOB_COLUMNS, history_from, job_from
from model_keeper.store.schema import batch_member, is_live, job, job_event

_SHORTEST_PREFIX = 4
_LARGEST_PAGE = 10_000
_SEVERAL = 500  # well below what a statement may bind
#: Beyond every sequence number, and still a number for every database.
_FAR = 2.0**62


class Jobs:
    """The reading side. Every method raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, job_id: str) -> Job:
        """The job with exactly this id. Raises job_not_found."""
        found = self._select(job.c.id == job_id)
        if not found:
            raise KeeperError("job_not_found", id=job_id)
        return found[0]

    def several(self, job_ids: Sequence[str]) -> list[Job]:
        """Those of the jobs that are still there, in no particular order."""
        return [
            found for ids in chunks(job_ids, _SEVERAL) for found in self._select(job.c.id.in_(ids))
        ]

    def find(self, prefix: str) -> Job:
        """The one job whose id begins with ``prefix``, of at least four characters.

        Raises job_not_found, or choice_needed if there are several.
        """
        if len(prefix) < _SHORTEST_PREFIX:
            raise KeeperError("job_not_found", id=prefix)
        found = self._select(job.c.id.startswith(prefix.lower(), autoescape=True))
        if not found:
            raise KeeperError("job_not_found", id=prefix)
        if len(found) > 1:
            raise KeeperError(
                "choice_needed",
                what=f"The id {prefix}",
                choices=", ".join(candidate.id for candidate in found[:5]),
                how="Give more characters of the id.",
            )
        return found[0]

    def page(self, query: JobQuery) -> JobPage:
        """One page of a list. Raises invalid_request for a bad limit or another list's cursor."""
        if not 1 <= query.limit <= _LARGEST_PAGE:
            raise KeeperError("invalid_request", what=f"A page holds 1 to {_LARGEST_PAGE} jobs.")
        conditions = _filters(query)
        turn = _Turn(query.order)
        after = turn.parse(query.after)

        def work(connection: Connection) -> JobPage:
            states = query.states or frozenset(JobState)
            total = _count(connection, states, conditions)
            # One short read of an index for each state: a single statement would sort them all.
            streams = [
                turn.rows(connection, state, conditions, after, query.limit + 1) for state in states
            ]
            found = list(islice(merge(*streams, key=turn.key), query.limit + 1))
            items = found[: query.limit]
            more = len(found) > query.limit
            return JobPage(items, turn.cursor(items[-1]) if more else None, total)

        return self._database.read(work)

    def history(self, job_id: str) -> list[HistoryEntry]:
        """What happened to the job, oldest first; of a deleted one, only that."""

        def work(connection: Connection) -> list[HistoryEntry]:
            rows = connection.execute(
                select(job_event).where(job_event.c.job_id == job_id).order_by(job_event.c.n)
            )
            return [history_from(row) for row in rows.mappings()]

        return self._database.read(work)

    def events_since(self, cursor: int, limit: int = 500) -> EventPage:
        """Events after ``cursor`` (0: from the oldest that is kept), in the order of commits."""

        def work(connection: Connection) -> EventPage:
            rows = connection.execute(
                select(job_event).where(job_event.c.n > cursor).order_by(job_event.c.n).limit(limit)
            )
            items = [history_from(row) for row in rows.mappings()]
            return EventPage(items, items[-1].n if items else cursor)

        return self._database.read(work)

    def last_event(self) -> int:
        """The cursor behind everything that has happened so far."""

        def work(connection: Connection) -> int:
            return connection.scalar(select(func.max(job_event.c.n))) or 0

        return self._database.read(work)

    def counts(self, parent: JobId | None = None) -> QueueCounts:
        """Disjoint counts of the members of a batch, else of all jobs that are no batches."""

        def work(connection: Connection) -> QueueCounts:
            if parent is not None:
                states, reused = batches.members_of(connection, parent)
            else:
                states, reused = _all_states(connection)
            return QueueCounts(
                live={state: states.get(state, 0) for state in JobState if state in LIVE},
                finished=batches.counts_from(states, reused),
            )

        return self._database.read(work)

    def finished_with(self, sha256: str) -> list[Job]:
        """Jobs that succeeded with this content, the newest first."""
        found = self._select(job.c.sha256 == sha256, job.c.state == JobState.SUCCEEDED.value)
        return found[::-1]

    def finished_at(self, dest_key: str) -> Job | None:
        """The last job that succeeded at this destination."""
        found = self._select(job.c.dest_key == dest_key, job.c.state == JobState.SUCCEEDED.value)
        return found[-1] if found else None

    def live_at(self, dest_key: str) -> Job | None:
        """The job that is on its way to this destination."""
        found = self._select(job.c.dest_key == dest_key, is_live())
        return found[-1] if found else None

    def arriving(self, source_key: str) -> list[Job]:
        """Live jobs that bring this content, to any destination, the oldest first."""
        return self._select(job.c.source_key == source_key, is_live())

    def _select(self, *conditions: ColumnElement[bool]) -> list[Job]:
        def work(connection: Connection) -> list[Job]:
            rows = connection.execute(select(*JOB_COLUMNS).where(*conditions).order_by(job.c.seq))
            return [job_from(row) for row in rows.mappings()]

        return self._database.read(work)


class _Turn:
    """An order of the list: its sort key, its cursors and its index reads."""

    def __init__(self, order: Order) -> None:
        self._by_queue = order is Order.QUEUE

    def key(self, item: Job) -> tuple[float, ...]:
        if self._by_queue:
            return (-item.priority, item.rank, item.seq)
        return (-item.seq,)

    def cursor(self, item: Job) -> str:
        return ",".join(map(repr, self.key(item)))

    def parse(self, cursor: str | None) -> tuple[float, ...] | None:
        if cursor is None:
            return None
        try:
            parts = tuple(float(part) for part in cursor.split(","))
        except ValueError:
            parts = ()
        if len(parts) != (3 if self._by_queue else 1) or not all(abs(p) < _FAR for p in parts):
            raise KeeperError("invalid_request", what="The cursor “after” is of another list.")
        return parts

    def rows(
        self,
        connection: Connection,
        state: JobState,
        conditions: Sequence[ColumnElement[bool]],
        after: tuple[float, ...] | None,
        limit: int,
    ) -> list[Job]:
        statement = select(*JOB_COLUMNS).where(job.c.state == state.value, *conditions)
        if after is not None:
            statement = statement.where(self._beyond(after))
        statement = statement.order_by(*self._columns()).limit(limit)
        return [job_from(row) for row in connection.execute(statement).mappings()]

    def _columns(self) -> tuple[ColumnElement[Any], ...]:
        if self._by_queue:
            return (job.c.priority.desc(), job.c.rank, job.c.seq)
        return (job.c.seq.desc(),)

    def _beyond(self, after: tuple[float, ...]) -> ColumnElement[bool]:
        if not self._by_queue:
            return job.c.seq < -int(after[0])
        priority, rank, seq = -int(after[0]), after[1], int(after[2])
        # The first condition repeats the second for the index's sake.
        return and_(
            job.c.priority <= priority,
            or_(
                job.c.priority < priority,
                tuple_(job.c.rank, job.c.seq) > tuple_(literal(rank), literal(seq)),
            ),
        )


def _filters(query: JobQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.kinds:
        conditions.append(job.c.kind.in_([kind.value for kind in query.kinds]))
    if query.target is not None:
        conditions.append(job.c.target == query.target)
    if query.parent is not None:
        members = select(batch_member.c.job_id).where(batch_member.c.batch_id == query.parent)
        conditions.append(job.c.id.in_(members))
    if query.text:
        columns = (job.c.id, job.c.dest_key, type_coerce(job.c.payload, String))
        conditions.append(or_(*(c.icontains(query.text, autoescape=True) for c in columns)))
    return conditions


def _count(
    connection: Connection,
    states: frozenset[JobState],
    conditions: Sequence[ColumnElement[bool]],
) -> int:
    everything = select(func.count()).select_from(job).where(*conditions)
    if states != frozenset(JobState):
        everything = everything.where(job.c.state.in_([state.value for state in states]))
    return connection.scalar(everything) or 0


def _all_states(connection: Connection) -> tuple[dict[JobState, int], int]:
    from_batches = job.c.kind == "batch"
    rows = connection.execute(select(job.c.state, func.count()).group_by(job.c.state))
    states = {JobState(state): int(number) for state, number in rows}
    rows = connection.execute(
        select(job.c.state, func.count()).where(from_batches).group_by(job.c.state)
    )
    for state, number in rows:
        states[JobState(state)] -= int(number)
    reused = connection.scalar(select(func.count()).select_from(job).where(job.c.reused == true()))
    return states, reused or 0
