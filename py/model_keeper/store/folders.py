"""The folder tables that hosts publish: where models are, as each machine sees it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.schema import folder_table
from model_keeper.store.unit import Unit


class Folders:
    """One table for each host, as JSON; its meaning is the publisher's."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def publish(self, host_id: str, table: Mapping[str, Any]) -> None:
        """Replace the table of this host."""

        def work(unit: Unit) -> None:
            row = {"host_id": host_id, "table": dict(table), "published_at": unit.now}
            upsert(unit.connection, folder_table, row)

        self._database.write(work, actor=self._actor)

    def read(self, host_id: str) -> Mapping[str, Any] | None:
        return self.all().get(host_id)

    def all(self) -> dict[str, Mapping[str, Any]]:
        def work(connection: Connection) -> dict[str, Mapping[str, Any]]:
            rows = connection.execute(select(folder_table.c.host_id, folder_table.c.table))
            return {row.host_id: row.table for row in rows}

        return self._database.read(work)
