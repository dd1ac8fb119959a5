"""Bringing a database to the schema of this version: one process at a time, all or nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, select

from model_keeper.domain.errors import KeeperError
from model_keeper.store.dialects import lock_migrations
from model_keeper.store.schema import meta
from model_keeper.store.steps import NEWEST, STEPS

_VERSION_KEY = "schema_version"


def migrate(engine: Engine, newest: int = NEWEST) -> None:
    """Apply the steps that are missing, up to ``newest``.

    A SQLite file that is not empty is copied first, to ``<file>.v<version>.bak``. Raises
    database_newer without touching anything if the database knows more steps than this version.
    """
    with engine.connect() as connection:
        found = _version(connection)
    if found == newest:
        return
    _refuse_newer(engine, found)
    if engine.dialect.name == "sqlite" and found:
        _back_up(Path(str(engine.url.database)), found)
    with engine.connect() as connection:
        connection.execution_options(sqlite_begin="BEGIN IMMEDIATE")
        with connection.begin():
            lock_migrations(connection)
            # Another process may have come first while this one waited for the lock.
            found = _version(connection)
            _refuse_newer(engine, found)
            for number in range(found + 1, newest + 1):
                STEPS[number](connection)
            _set_version(connection, max(found, newest))


def _version(connection: Connection) -> int:
    if not inspect(connection).has_table(meta.name):
        return 0
    value = connection.scalar(select(meta.c.value).where(meta.c.key == _VERSION_KEY))
    return int(value or 0)


def _set_version(connection: Connection, version: int) -> None:
    meta.create(connection, checkfirst=True)
    changed = connection.execute(
        meta.update().where(meta.c.key == _VERSION_KEY).values(value=str(version))
    )
    if changed.rowcount == 0:
        connection.execute(meta.insert().values(key=_VERSION_KEY, value=str(version)))


def _refuse_newer(engine: Engine, found: int) -> None:
    if found > NEWEST:
        raise KeeperError("database_newer", path=engine.url.database, found=found, known=NEWEST)


def _back_up(path: Path, version: int) -> None:
    """Copy by SQLite itself: the plain file alone lacks what is still in its log."""
    copy = path.with_name(f"{path.name}.v{version}.bak")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
