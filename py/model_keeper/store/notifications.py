"""Notifications as they are kept: the newest, each until it is too old to matter."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobId
from model_keeper.domain.notifications import Level, Notice, Notification, NotificationPage
from model_keeper.store.database import Database
from model_keeper.store.schema import notification
from model_keeper.store.unit import Unit

#: Under this name events tell of notifications, among those of jobs.
SUBJECT = JobId("notifications")
NOTIFIED, READ = "notified", "read"
_KEPT = 200


class Notifications:
    """What people are told. Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def tell(self, notice: Notice) -> None:
        self._database.write(lambda unit: put(unit, notice), actor=self._actor)

    def tell_once(self, notice: Notice) -> bool:
        """Tell it unless it was told before, read or not; whether it was told now."""

        def work(unit: Unit) -> bool:
            if _has(unit.connection, notice.key):
                return False
            put(unit, notice)
            return True

        return self._database.write(work, actor=self._actor)

    def settle(self, key: str) -> None:
        """What was told under ``key`` is over: it may be told once again."""
        if not self._database.read(lambda connection: _has(connection, key)):
            return

        def work(unit: Unit) -> None:
            unit.connection.execute(
                update(notification).where(notification.c.key == key).values(key=None)
            )

        self._database.write(work, actor=self._actor)

    def page(self, *, limit: int = 50, after: str | None = None) -> NotificationPage:
        """The newest, or those behind ``after``, the ``next`` of the page before.

        Raises invalid_request.
        """
        before = _number(after)

        def work(connection: Connection) -> NotificationPage:
            statement = select(notification).order_by(notification.c.n.desc())
            if before is not None:
                statement = statement.where(notification.c.n < before)
            rows = connection.execute(statement.limit(limit + 1)).mappings().all()
            shown = [_notification(row) for row in rows[:limit]]
            total = connection.scalar(select(func.count()).select_from(notification))
            return NotificationPage(
                items=shown,
                next=shown[-1].id if len(rows) > limit else None,
                total=int(total or 0),
                unread=_unread(connection),
            )

        return self._database.read(work)

    def several(self, ids: Collection[int]) -> list[Notification]:
        """Those that are still there, the oldest first."""
        if not ids:
            return []

        def work(connection: Connection) -> list[Notification]:
            rows = connection.execute(
                select(notification).where(notification.c.n.in_(ids)).order_by(notification.c.n)
            )
            return [_notification(row) for row in rows.mappings()]

        return self._database.read(work)

    def unread(self) -> int:
        return self._database.read(_unread)

    def mark_read(self, ids: Sequence[str] | None = None) -> int:
        """Mark these as read, or all; how many are unread now. Raises invalid_request."""
        numbers = None if ids is None else [_number(each) for each in ids]

        def work(unit: Unit) -> int:
            statement = update(notification).where(~notification.c.seen).values(seen=True)
            if numbers is not None:
                statement = statement.where(notification.c.n.in_(numbers))
            if unit.connection.execute(statement).rowcount:
                unit.record(SUBJECT, READ)
            return _unread(unit.connection)

        return self._database.write(work, actor=self._actor)


def put(unit: Unit, notice: Notice) -> None:
    """Keep it and announce it, within a transaction."""
    data = dict(notice.data)
    if notice.key is not None:
        same = (notification.c.key == notice.key, ~notification.c.seen)
        before = unit.connection.execute(select(notification.c.data).where(*same)).scalars().all()
        if before:
            data["times"] = 1 + sum(int(each.get("times", 1)) for each in before)
            unit.connection.execute(delete(notification).where(*same))
    row: dict[str, Any] = {
        "at": unit.now,
        "level": notice.level.value,
        "code": notice.code,
        "data": data,
        "job_id": notice.job,
        "key": notice.key,
        "seen": False,
    }
    key = unit.connection.execute(insert(notification).values(**row)).inserted_primary_key
    number = int(key[0]) if key else 0
    oldest = unit.connection.scalar(
        select(notification.c.n).order_by(notification.c.n.desc()).offset(_KEPT).limit(1)
    )
    if oldest is not None:
        unit.connection.execute(delete(notification).where(notification.c.n <= oldest))
    unit.record(SUBJECT, NOTIFIED, {"id": number, "code": notice.code})


def put_any(unit: Unit, notice: Notice | None) -> None:
    """Keep what there is to tell, if there is."""
    if notice is not None:
        put(unit, notice)


def _has(connection: Connection, key: str | None) -> bool:
    found = select(notification.c.n).where(notification.c.key == key).limit(1)
    return key is not None and connection.scalar(found) is not None


def _unread(connection: Connection) -> int:
    unseen = select(func.count()).select_from(notification).where(~notification.c.seen)
    return int(connection.scalar(unseen) or 0)


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise KeeperError("invalid_request", what=f"“{text}” is no number of a notification.")
    return int(text)


def _notification(row: RowMapping) -> Notification:
    job = JobId(row["job_id"]) if row["job_id"] else None
    notice = Notice(row["code"], row["data"], Level(row["level"]), job, row["key"])
    return Notification(str(row["n"]), row["at"], notice, row["seen"])
