"""The database: its engine, its transactions, and where SQLite and PostgreSQL differ."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Clock
from model_keeper.store import dialects
from model_keeper.store.patience import Patience
from model_keeper.store.unit import Unit

T = TypeVar("T")

_BUSY_SECONDS = 2.0
_PERSON_WAITS_SECONDS = 5.0
_POOL_SIZE = 8

_log = logging.getLogger("model_keeper.store")


class Database:
    """Transactions over one database, retried as its caller can bear.

    A unit of work may run more than once: it must have no effect but on its connection.
    """

    def __init__(self, engine: Engine, clock: Clock, *, endless: bool = False) -> None:
        self.engine = engine
        self.clock = clock
        self.where = engine.url.database or str(engine.url)
        self.patience = Patience(clock, self.where, endless=endless)
        self._listeners: list[Callable[[], None]] = []
        # SQLite has one writer at a time: threads of one process queue here, not in its busy loop.
        self._writing: AbstractContextManager[Any] = (
            threading.Lock() if self.is_sqlite else nullcontext()
        )

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    def on_commit(self, callback: Callable[[], None]) -> None:
        """Call ``callback`` in the writing thread after every commit that announced a change."""
        self._listeners.append(callback)

    def read(self, work: Callable[[Connection], T]) -> T:
        """Run ``work`` on one consistent view. Raises database_unavailable after some seconds."""

        def attempt() -> T:
            with self.engine.connect() as connection:
                return work(connection)

        return self.patience.briefly(attempt, _PERSON_WAITS_SECONDS)

    def write(self, work: Callable[[Unit], T], *, actor: str) -> T:
        """Run ``work`` in one write transaction for a person who waits for the answer.

        Raises database_unavailable after some seconds.
        """
        return self.patience.briefly(lambda: self._write(work, actor), _PERSON_WAITS_SECONDS)

    def persist(self, work: Callable[[Unit], T], *, actor: str) -> T:
        """Like :meth:`write`, but for a worker: never gives up before it is told to stop."""
        return self.patience.forever(lambda: self._write(work, actor))

    def _write(self, work: Callable[[Unit], T], actor: str) -> T:
        with self._writing, self._transaction() as connection:
            unit = Unit(connection, self.clock.now_ms(), actor)
            outcome = work(unit)
            if unit.announced:
                dialects.order_events(connection)
                unit.write_events()
        if unit.announced:
            for listener in self._listeners:
                listener()
        return outcome

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with self.engine.connect() as connection:
            if self.is_sqlite:
                connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
            with connection.begin():
                yield connection

    def heartbeat_now(self, connection: Connection) -> int:
        """Ms UTC on the clock that heartbeats are compared on: the server's, where there is one."""
        moment = dialects.server_now(connection)
        return self.clock.now_ms() if moment is None else moment

    def close(self) -> None:
        self.patience.stop()
        self.engine.dispose()


def database_url(url_or_path: str | Path) -> URL:
    """The address of the database. Raises invalid_request for one that cannot be used."""
    given = str(url_or_path)
    if "://" not in given:
        return URL.create("sqlite", database=given)
    try:
        url = make_url(given)
    except ArgumentError as error:
        raise KeeperError("invalid_request", what="The database address is unreadable.") from error
    if url.get_backend_name() == "sqlite":
        return url.set(drivername="sqlite")
    if url.get_backend_name() == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    raise KeeperError(
        "invalid_request",
        what="The database address must begin with sqlite:/// or postgresql+psycopg://.",
    )


def sqlite_file(url: URL) -> Path:
    """The file that an address of SQLite names, by its path or by a URI."""
    given = url.database or ":memory:"
    if "uri" not in url.query:
        return Path(given)
    path = unquote(urlsplit(given).path)
    after_slash = Path(path[1:])  # file:/C:/folder names a drive
    return after_slash if after_slash.drive else Path(path)


def connect(url: URL) -> Engine:
    """An engine whose connections are set up; nothing is opened yet.

    Raises dependency_missing where PostgreSQL's driver is not installed.
    """
    if url.get_backend_name() == "sqlite":
        engine = create_engine(
            url, pool_size=_POOL_SIZE, connect_args={"timeout": _BUSY_SECONDS}, pool_timeout=10
        )
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(
            url,
            pool_size=_POOL_SIZE,
            pool_timeout=10,
            connect_args={
                "connect_timeout": 5,
                # A plan that was made for a small table must not be kept while the table grows.
                "options": "-c plan_cache_mode=force_custom_plan",
            },
        )
    except ImportError as error:
        raise KeeperError(
            "dependency_missing",
            what="A PostgreSQL database",
            package="psycopg",
            command="pip install 'psycopg[binary]'",
        ) from error


def choose_journal(engine: Engine) -> None:
    """Switch a SQLite file to write-ahead logging, or warn where its volume cannot do that."""
    with engine.connect() as connection:
        # The mode cannot be changed inside a transaction.
        connection.execution_options(sqlite_begin=None)
        mode = connection.exec_driver_sql("PRAGMA journal_mode=WAL").scalar_one()
        if mode != "wal":
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    if mode == "wal":
        return
    _log.warning(
        "The database %s is on a volume without write-ahead logging: use it from one process only.",
        engine.url.database,
    )


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    # Transactions are begun by _begin_sqlite; the driver's own way begins them too late.
    connection.isolation_level = None
    for pragma in ("synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    statement = connection.get_execution_options().get("sqlite_begin", "BEGIN")
    if statement:
        connection.exec_driver_sql(statement)
