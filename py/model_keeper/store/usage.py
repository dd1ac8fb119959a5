"""How often models were used: counted by prompts that ran, and worth more than any cache."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from model_keeper.store.database import Database
from model_keeper.store.schema import model_use
from model_keeper.store.unit import Unit


@dataclass(frozen=True)
class Use:
    """A model file, in how many prompts it was used, and when last (ms UTC)."""

    path: str
    runs: int
    last_run: int


class Usage:
    """Counts by the path of the file. Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def count(self, paths: Iterable[str]) -> None:
        """One more run for each path; a path named twice counts once."""

        def work(unit: Unit) -> None:
            for path in dict.fromkeys(paths):
                changed = unit.connection.execute(
                    model_use.update()
                    .where(model_use.c.path == path)
                    .values(runs=model_use.c.runs + 1, last_run=unit.now)
                )
                if changed.rowcount == 0:
                    unit.connection.execute(
                        model_use.insert().values(path=path, runs=1, last_run=unit.now)
                    )

        self._database.write(work, actor=self._actor)

    def all(self) -> list[Use]:
        """Every model that ever ran, most used first."""

        def work(connection: Connection) -> list[Use]:
            rows = connection.execute(
                select(model_use).order_by(model_use.c.runs.desc(), model_use.c.path)
            )
            return [Use(row["path"], row["runs"], row["last_run"]) for row in rows.mappings()]

        return self._database.read(work)
