"""Saved filters, by their names."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.saved_filters import SavedFilter
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.schema import saved_filter
from model_keeper.store.unit import Unit

_MOST = 500


class Filters:
    """Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def all(self) -> list[SavedFilter]:
        def work(connection: Connection) -> list[SavedFilter]:
            columns = (saved_filter.c.name, saved_filter.c.query, saved_filter.c.category)
            rows = connection.execute(select(*columns).order_by(saved_filter.c.name))
            return [SavedFilter(*row) for row in rows if _is_understood(row.name, row.query)]

        return self._database.read(work)

    def put(self, wanted: SavedFilter) -> None:
        """Add it, or replace the one of its name. Raises invalid_request for too many."""

        def work(unit: Unit) -> None:
            upsert(unit.connection, saved_filter, vars(wanted))
            names = unit.connection.scalars(select(saved_filter.c.name)).all()
            if len(names) > _MOST:
                what = f"There are {_MOST} filters; remove one first."
                raise KeeperError("invalid_request", what=what)

        self._database.write(work, actor=self._actor)

    def remove(self, name: str) -> None:
        """Raises filter_unknown."""

        def work(unit: Unit) -> None:
            found = delete(saved_filter).where(saved_filter.c.name == name)
            if unit.connection.execute(found).rowcount == 0:
                raise KeeperError("filter_unknown", name=name)

        self._database.write(work, actor=self._actor)


def _is_understood(name: str, query: str) -> bool:
    """A newer version may have kept what this one cannot search for."""
    try:
        SavedFilter(name, query)
    except KeeperError:
        return False
    return True
