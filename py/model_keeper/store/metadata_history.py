"""The history of metadata: every value that was replaced, and whose word it was.

It belongs to a file on one machine (``host``), named as its marks are, and follows it as they do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from model_keeper.domain.metadata import Origin, Owner
from model_keeper.domain.metadata_history import FormerValue, HistoryPage
from model_keeper.store.database import Database
from model_keeper.store.dialects import insert_all
from model_keeper.store.schema import metadata_history as table
from model_keeper.store.unit import Unit


class MetadataHistory:
    """Raises database_unavailable after some seconds of trouble. ``file`` is FileState.key."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def add(self, host: str, file: str, values: Sequence[tuple[str, Any, Origin]]) -> None:
        """Keep (field, value as JSON, origin) of values that are about to be replaced.

        One that was kept last for its field already is not kept twice: whoever was killed between
        keeping and replacing does both again.
        """

        def work(unit: Unit) -> None:
            insert_all(
                unit.connection,
                table,
                [
                    _row(host, file, field, value, origin, unit.now)
                    for field, value, origin in values
                    if not _is_last(unit.connection, host, file, field, value, origin)
                ],
            )

        if values:
            self._database.write(work, actor=self._actor)

    def page(
        self, host: str, file: str, *, limit: int = 100, after: int | None = None
    ) -> HistoryPage:
        """What the file's fields said before."""

        def work(connection: Connection) -> HistoryPage:
            mine = (table.c.host == host) & (table.c.file == _text(file))
            total = connection.scalar(select(func.count()).select_from(table).where(mine)) or 0
            behind = mine if after is None else mine & (table.c.n < after)
            rows = connection.execute(
                select(table).where(behind).order_by(table.c.n.desc()).limit(limit + 1)
            ).all()
            shown = tuple(map(_former, rows[:limit]))
            return HistoryPage(shown, shown[-1].n if len(rows) > limit else None, total)

        return self._database.read(work)

    def newest(
        self,
        host: str,
        file: str,
        field: str,
        *,
        at: int | None = None,
        unless: Owner | None = None,
    ) -> FormerValue | None:
        """The last value of the field, of those replaced ``at``, of those not this owner's."""

        def work(connection: Connection) -> FormerValue | None:
            wanted = _of_field(host, file, field)
            if at is not None:
                wanted = wanted & (table.c.at == at)
            if unless is not None:
                wanted = wanted & (table.c.owner != unless.value)
            row = connection.execute(
                select(table).where(wanted).order_by(table.c.n.desc()).limit(1)
            ).first()
            return None if row is None else _former(row)

        return self._database.read(work)

    def follow(self, host: str, before: str, file: str) -> None:
        """The file is another one by now: it was copied, and the copy goes on in its place."""

        def work(unit: Unit) -> None:
            mine = (table.c.host == host) & (table.c.file == _text(before))
            unit.connection.execute(update(table).where(mine).values(file=_text(file)))

        self._database.write(work, actor=self._actor)


def _of_field(host: str, file: str, field: str) -> Any:
    return (table.c.host == host) & (table.c.file == _text(file)) & (table.c.field == field)


def _is_last(
    connection: Connection, host: str, file: str, field: str, value: Any, origin: Origin
) -> bool:
    last = connection.execute(
        select(table).where(_of_field(host, file, field)).order_by(table.c.n.desc()).limit(1)
    ).first()
    return last is not None and (last.value, _former(last).origin) == (value, origin)


def _row(
    host: str, file: str, field: str, value: Any, origin: Origin, now: int
) -> dict[str, object]:
    return {
        "host": host,
        "file": _text(file),
        "field": field,
        "value": value,
        "owner": origin.owner.value,
        "source": origin.name,
        "via": origin.via,
        "said_at": origin.at,
        "at": now,
    }


def _former(row: Row[Any]) -> FormerValue:
    origin = Origin(Owner(row.owner), row.source, row.said_at, row.via)
    return FormerValue(row.n, row.field, row.value, origin, row.at)


def _text(file: str) -> str:
    """A name as both databases can hold it: what is no text in it is escaped."""
    return file.encode("utf-8", "backslashreplace").decode("utf-8")
