"""Workers: who is alive, and giving the jobs of the dead back to the queue."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

from sqlalchemy import Connection, delete, select, update

from model_keeper.domain.jobs import OWNED, Event, Job, JobState, WorkerId
from model_keeper.domain.workers import (
    LEASE_MS,
    Orders,
    WorkerInfo,
    WorkerRow,
    lost_too_often,
)
from model_keeper.store import changes
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.rows import worker_from
from model_keeper.store.schema import job, job_event, worker
from model_keeper.store.unit import Unit

T = TypeVar("T")

_OWNED_STATES = tuple(sorted(state.value for state in OWNED))
_EVENTS_LOOKED_AT = 50
#: How long, in leases, the database must have answered before silence of others means death.
_GUARD_LEASES = 1.5


class Workers:
    """Registration, heartbeats and recovery. Writes go on until they succeed or the store stops."""

    def __init__(self, database: Database, actor: str, lease_ms: int = LEASE_MS) -> None:
        self._database = database
        self._actor = actor
        self._lease_ms = lease_ms
        self._calm = _Calm(database, lease_ms / 1000)

    def register(self, info: WorkerInfo) -> None:
        """Make the worker known, or known again, with a fresh heartbeat and not draining."""

        def work(unit: Unit) -> None:
            row = {
                **vars(info),
                "targets": list(info.targets),
                "heartbeat_at": self._database.heartbeat_now(unit.connection),
                "draining": False,
            }
            upsert(unit.connection, worker, row)

        self._persist(work)

    def unregister(self, worker_id: WorkerId) -> list[Job]:
        """Forget a worker that ends; jobs it still owns go back to the queue, and are returned."""

        def work(unit: Unit) -> list[Job]:
            unit.connection.execute(delete(worker).where(worker.c.id == worker_id))
            return _give_back(unit, [worker_id])

        return self._persist(work)

    def heartbeat(self, worker_id: WorkerId) -> Orders:
        """Say that the worker lives; every 15 s. The answer is what it has to do.

        A worker that could not beat for a whole lease must stop its jobs before it beats again.
        """

        def work(unit: Unit) -> Orders:
            now = self._database.heartbeat_now(unit.connection)
            unit.connection.execute(
                update(worker).where(worker.c.id == worker_id).values(heartbeat_at=now)
            )
            draining = unit.connection.scalar(
                select(worker.c.draining).where(worker.c.id == worker_id)
            )
            return Orders(known=draining is not None, draining=bool(draining))

        orders = self._persist(work)
        self._calm.beat()
        return orders

    def drain(self, worker_id: WorkerId) -> None:
        """Ask a worker to claim no more and to end; it learns of it with its next heartbeat."""

        def work(unit: Unit) -> None:
            unit.connection.execute(
                update(worker).where(worker.c.id == worker_id).values(draining=True)
            )
            unit.announce()

        self._database.write(work, actor=self._actor)

    def all(self) -> list[WorkerRow]:
        def work(connection: Connection) -> list[WorkerRow]:
            rows = connection.execute(select(worker).order_by(worker.c.id))
            return [worker_from(row) for row in rows.mappings()]

        return self._database.read(work)

    def recover(self, worker_id: WorkerId, *, is_alive: Callable[[WorkerInfo], bool]) -> list[Job]:
        """Give the jobs of dead workers back to the queue, and forget those workers.

        A job that lost one worker after the other fails with workers_lost instead.

        Workers on the host of ``worker_id``, who asks, are dead when ``is_alive`` says so. Others
        are dead when they were silent for a lease, but only after this process itself has beaten
        without trouble for 1.5 leases: after an outage everybody else looks silent.
        """

        def work(unit: Unit) -> list[Job]:
            rows = unit.connection.execute(select(worker).with_for_update()).mappings()
            known = [worker_from(row) for row in rows]
            host = next((row.info.host_id for row in known if row.info.id == worker_id), None)
            if host is None:
                return []
            oldest = self._database.heartbeat_now(unit.connection) - self._lease_ms
            trusted = self._calm.lasted(_GUARD_LEASES)
            dead = [
                row.info.id
                for row in known
                if row.info.id != worker_id
                and (
                    not is_alive(row.info)
                    if row.info.host_id == host
                    else trusted and row.heartbeat_at < oldest
                )
            ]
            if dead:
                unit.connection.execute(delete(worker).where(worker.c.id.in_(dead)))
            return _give_back(unit, dead + _strangers(unit), judge=True)

        return self._persist(work)

    def _persist(self, work: Callable[[Unit], T]) -> T:
        return self._database.persist(work, actor=self._actor)


class _Calm:
    """For how long this process has beaten without trouble of the database."""

    def __init__(self, database: Database, lease: float) -> None:
        self._database = database
        self._lease = lease
        self._lock = threading.Lock()
        self._since: float | None = None
        self._last = 0.0

    def beat(self) -> None:
        now = self._database.clock.monotonic()
        with self._lock:
            # A gap of a lease is trouble too: this machine slept.
            if self._since is None or now - self._last > self._lease:
                self._since = now
            self._last = now

    def lasted(self, leases: float) -> bool:
        now = self._database.clock.monotonic()
        trouble = self._database.patience.last_trouble
        with self._lock:
            if self._since is None or now - self._last > self._lease:
                return False
            since = self._since if trouble is None else max(self._since, trouble)
            return now - since >= leases * self._lease


def _strangers(unit: Unit) -> list[WorkerId]:
    """Owners of running jobs that are no known workers."""
    owners = unit.connection.scalars(
        select(job.c.worker_id)
        .where(job.c.state.in_(_OWNED_STATES), job.c.worker_id.not_in(select(worker.c.id)))
        .distinct()
    )
    return [WorkerId(owner) for owner in owners if owner]


def _give_back(unit: Unit, owners: Iterable[WorkerId], *, judge: bool = False) -> list[Job]:
    """``judge``: the owners are dead, and a job that may be to blame does not go on."""
    left = changes.lock(unit, job.c.worker_id.in_(list(owners)), job.c.state.in_(_OWNED_STATES))
    return [
        _end(unit, each) if judge and _is_poison(unit, each) else _recover(unit, each)
        for each in left
    ]


def _is_poison(unit: Unit, left: Job) -> bool:
    rows = unit.connection.execute(
        select(job_event.c.event, job_event.c.at)
        .where(job_event.c.job_id == left.id)
        .order_by(job_event.c.n.desc())
        .limit(_EVENTS_LOOKED_AT)
    )
    return lost_too_often([(row.event, row.at) for row in rows], unit.now)


def _end(unit: Unit, left: Job) -> Job:
    return changes.apply(
        unit,
        left,
        Event.FAIL,
        data={"worker": left.worker_id},
        error_code="workers_lost",
        error_details={"id": left.id},
    )


def _recover(unit: Unit, left: Job) -> Job:
    """Back to the queue, and then what a person wished of its owner."""
    recovered = changes.apply(unit, left, Event.RECOVER, data={"worker": left.worker_id})
    if left.control and recovered.state is JobState.PENDING:
        return changes.apply(unit, recovered, Event(left.control))
    return recovered
