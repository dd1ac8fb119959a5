"""Where SQLite and PostgreSQL differ within a transaction. Everything else is one code path."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, insert, text
from sqlalchemy.dialects import postgresql, sqlite

NOTIFY_CHANNEL = "model_keeper"

# Any numbers that no other program on the same server is likely to lock.
_EVENTS_LOCK = 0x6B656570_0001
_MIGRATION_LOCK = 0x6B656570_0000
_LANE_LOCKS = 0x6B65


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


def insert_all(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert the rows; none is fine too."""
    if rows:
        connection.execute(insert(table), rows)


def insert_or_ignore(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the row unless it meets a unique key.

    The row count would not tell: on PostgreSQL it is not 0 after a conflict. Read the row again.
    """
    dialect = sqlite if is_sqlite(connection) else postgresql
    connection.execute(dialect.insert(table).values(**row).on_conflict_do_nothing())


def upsert(connection: Connection, table: Table, row: Mapping[str, Any]) -> None:
    """Insert the row, or replace the one with its primary key."""
    keys = [column.name for column in table.primary_key]
    rest = {name: value for name, value in row.items() if name not in keys}
    dialect = sqlite if is_sqlite(connection) else postgresql
    statement = dialect.insert(table).values(**row)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=rest))


def order_events(connection: Connection) -> None:
    """Make the numbers of events grow in the order of commits, and wake those who listen.

    Without the lock a reader could see number 7, move its cursor, and miss the 6 that another
    transaction commits later. Taken last, when every row lock is held: it cannot deadlock.
    """
    if is_sqlite(connection):
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _EVENTS_LOCK})
    connection.execute(text("SELECT pg_notify(:channel, '')"), {"channel": NOTIFY_CHANNEL})


def lock_migrations(connection: Connection) -> None:
    """Let one process at a time change the schema. SQLite's write lock does that already."""
    if is_sqlite(connection):
        return
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def lock_lanes(connection: Connection, names: Sequence[str]) -> None:
    """Let one claim at a time look at these lanes, until the transaction ends."""
    if is_sqlite(connection):
        return
    for name in sorted(names):
        connection.execute(
            text("SELECT pg_advisory_xact_lock(:space, hashtext(:name))"),
            {"space": _LANE_LOCKS, "name": name},
        )


def server_now(connection: Connection) -> int | None:
    """Ms UTC on the server's clock, None where there is no server."""
    if is_sqlite(connection):
        return None
    moment = connection.execute(text("SELECT extract(epoch FROM clock_timestamp()) * 1000"))
    return int(moment.scalar_one())


def refresh_statistics(connection: Connection, table: Table) -> None:
    """Tell PostgreSQL's planner at once about many new rows; by itself it learns a minute later."""
    if not is_sqlite(connection):
        connection.execute(text(f"ANALYZE {table.name}"))
