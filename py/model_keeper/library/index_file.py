"""The file of the library index: opened by any thread of any process, made anew when useless."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from model_keeper.domain.errors import KeeperError
from model_keeper.library.index_schema import SCHEMA, VERSION
from model_keeper.library.places import make_places

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

_BUSY_SECONDS = 30.0


class IndexFile:
    """Transactions over the file. A file that is broken, newer or gone is replaced by an empty one.

    Readers see the state of the last commit and never wait for a writer. Every method raises
    KeeperError index_unusable where the file can be neither used nor replaced.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: list[_Connection] = []
        self._lock = threading.Lock()

    def read(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """``work`` on one consistent view. It may run twice."""
        return self._attempt(work, "BEGIN")

    def write(self, work: Callable[[sqlite3.Connection], _T]) -> _T:
        """``work`` in one transaction of its own, after other writers. It may run twice.

        What is searched follows what was written, in the same transaction.
        """

        def settled(sql: sqlite3.Connection) -> _T:
            outcome = work(sql)
            make_places(sql)
            return outcome

        return self._attempt(settled, "BEGIN IMMEDIATE")

    def close(self) -> None:
        with self._lock:
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.sql.close()

    def _attempt(self, work: Callable[[sqlite3.Connection], _T], begin: str) -> _T:
        try:
            try:
                return self._run(work, begin)
            except sqlite3.DatabaseError as exc:
                if not _is_damage(exc):
                    raise
                _log.warning("the library index %s is made anew: %s", self.path, exc)
                self._replace()
                return self._run(work, begin)
        except (sqlite3.Error, OSError) as exc:
            raise KeeperError("index_unusable", path=str(self.path), why=str(exc)) from exc

    def _run(self, work: Callable[[sqlite3.Connection], _T], begin: str) -> _T:
        with self._leased() as connection:
            connection.execute(begin)
            try:
                outcome = work(connection)
                connection.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise
            return outcome

    @contextmanager
    def _leased(self) -> Iterator[sqlite3.Connection]:
        connection = self._take()
        try:
            yield connection.sql
        except sqlite3.DatabaseError as exc:
            if _is_damage(exc):
                connection.sql.close()
                raise
            self._give_back(connection)
            raise
        except BaseException:
            self._give_back(connection)
            raise
        self._give_back(connection)

    def _take(self) -> _Connection:
        """A connection to the file that has the name now: somebody may have deleted the old one."""
        here = _inode(self.path)
        with self._lock:
            while self._idle:
                connection = self._idle.pop()
                if connection.inode == here:
                    return connection
                connection.sql.close()
        return self._open()

    def _give_back(self, connection: _Connection) -> None:
        with self._lock:
            self._idle.append(connection)

    def _open(self) -> _Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sql = sqlite3.connect(
            self.path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        try:
            if _version(sql) != VERSION:
                with FileLock(str(self.path) + ".lock"):
                    _create(sql)
            # A power cut may lose the last scan, and with it nothing that a scan does not find.
            sql.execute("PRAGMA synchronous=NORMAL")
        except BaseException:
            sql.close()
            raise
        return _Connection(sql, _inode(self.path))

    def _replace(self) -> None:
        """Set the file aside. The other of two processes that come here finds a sound one."""
        self.close()
        with FileLock(str(self.path) + ".lock"):
            if _is_sound(self.path):
                return
            for ending in ("-wal", "-shm"):
                Path(str(self.path) + ending).unlink(missing_ok=True)
            if self.path.exists():
                self.path.replace(self.path.with_name(self.path.name + ".unusable"))


class _Connection:
    def __init__(self, sql: sqlite3.Connection, inode: int | None) -> None:
        self.sql = sql
        self.inode = inode


def _version(sql: sqlite3.Connection) -> int:
    return int(sql.execute("PRAGMA user_version").fetchone()[0])


def _create(sql: sqlite3.Connection) -> None:
    """Make the tables, unless another process has just made them."""
    found = _version(sql)
    if found == VERSION:
        return
    if found or sql.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise sqlite3.DatabaseError(f"its version is {found}, not {VERSION}")
    sql.execute("PRAGMA journal_mode=WAL")
    sql.executescript(f"BEGIN IMMEDIATE; {SCHEMA} PRAGMA user_version={VERSION}; COMMIT;")


def _is_damage(exc: sqlite3.DatabaseError) -> bool:
    """Whether the file is at fault: SQLite's module has subclasses for everything else."""
    return type(exc) is sqlite3.DatabaseError


def _is_sound(path: Path) -> bool:
    if not path.exists():
        return False
    try:
        with closing(sqlite3.connect(path, timeout=_BUSY_SECONDS)) as sql:
            return _version(sql) == VERSION and sql.execute("PRAGMA quick_check").fetchone() == (
                "ok",
            )
    except sqlite3.Error:
        return False


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None
