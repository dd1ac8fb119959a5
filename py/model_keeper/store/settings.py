"""Settings as they are stored: only what differs from the defaults was ever written."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, select

from model_keeper.domain.settings import Settings
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.schema import setting
from model_keeper.store.unit import Unit


class SettingsStore:
    """One set of settings for all who use the database."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def read(self) -> Settings:
        """The settings in force. What this version does not understand is left out."""
        return self._database.read(_stored)

    def change(self, /, **values: Any) -> Settings:
        """Change some of them and wake the workers. Raises invalid_request."""

        def work(unit: Unit) -> Settings:
            after = _stored(unit.connection).changed(values)
            for key, value in values.items():
                row = {"key": key, "value": {"value": value}}
                upsert(unit.connection, setting, row)
            unit.announce()
            return after

        return self._database.write(work, actor=self._actor)


def _stored(connection: Connection) -> Settings:
    rows = connection.execute(select(setting.c.key, setting.c.value))
    # Boxed, because a bare null would be no value for the column.
    return Settings().adopting({key: box["value"] for key, box in rows})
