"""What an error of the database means: wait and try again, or tell a person."""

from __future__ import annotations

from sqlalchemy.exc import DataError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from model_keeper.domain.errors import KeeperError

DatabaseTrouble = (DBAPIError, PoolTimeoutError)

# SQLite's own fixed texts: its error numbers are reachable only from Python 3.11 on.
_SQLITE_MISTAKES = (
    "no such table",
    "no such column",
    "syntax error",
    "has no column",
    "already exists",
)
_SQLITE_DAMAGE = ("malformed", "not a database")
_SQLITE_READ_ONLY = ("readonly database",)


def lasting(error: Exception, where: str) -> KeeperError | None:
    """The error that waiting cannot cure, or None."""
    if isinstance(error, DataError):
        return KeeperError("invalid_request", what="A value in it cannot be stored.")
    text = str(getattr(error, "orig", error)).lower()
    if any(sign in text for sign in _SQLITE_DAMAGE):
        return KeeperError("database_corrupt", path=where)
    if any(sign in text for sign in _SQLITE_READ_ONLY):
        return KeeperError("database_read_only", path=where)
    return None


def passing(error: Exception) -> bool:
    """Whether the same statement may succeed later: locked, full, gone, restarted."""
    if isinstance(error, PoolTimeoutError):
        return True
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    text = str(error.orig).lower()
    return not any(sign in text for sign in _SQLITE_MISTAKES)
