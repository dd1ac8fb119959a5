"""What people said of their models: favourites, ratings, notes and tags.

Marks belong to a file on one machine (``host``), named as its hashes are: by its inode, or by its
path where there is none. Path, size and time of change tell whether it is still that file.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from model_keeper.domain.hashes import FileState
from model_keeper.domain.model_marks import ModelMarks
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.schema import model_mark
from model_keeper.store.unit import Unit


@dataclass(frozen=True)
class MarkedFile:
    """A file as it was when its marks were last kept. A path may be escaped."""

    state: FileState
    marks: ModelMarks


class Marks:
    """Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def all(self, host: str) -> list[MarkedFile]:
        """Every marked file of the host, those that are gone too; the oldest words first."""

        def work(connection: Connection) -> list[MarkedFile]:
            rows = connection.execute(
                select(model_mark)
                .where(model_mark.c.host == host)
                .order_by(model_mark.c.at, model_mark.c.file)
            )
            return [
                MarkedFile(
                    FileState(
                        row.path,
                        row.size,
                        row.mtime_ns,
                        None if row.file.startswith("path:") else row.file,
                    ),
                    ModelMarks(row.favourite, row.rating, row.notes, tuple(row.tags)),
                )
                for row in rows
            ]

        return self._database.read(work)

    def put(
        self, host: str, state: FileState, marks: ModelMarks, *, key: str | None = None
    ) -> None:
        """Keep the marks of the file; empty ones are forgotten.

        ``key``: under which they were kept before, where the file was another one then.
        """

        def work(unit: Unit) -> None:
            before = _text(key or state.key)
            unit.connection.execute(
                model_mark.delete().where(model_mark.c.host == host, model_mark.c.file == before)
            )
            if marks:
                row = {
                    "host": host,
                    "file": _text(state.key),
                    "path": _text(state.path),
                    "size": state.size,
                    "mtime_ns": state.mtime_ns,
                    "favourite": marks.favourite,
                    "rating": marks.rating,
                    "notes": marks.notes,
                    "tags": list(marks.tags),
                    "at": unit.now,
                }
                upsert(unit.connection, model_mark, row)

        self._database.write(work, actor=self._actor)


def _text(path: str) -> str:
    """A path as both databases can hold it: what is no text in it is escaped."""
    return path.encode("utf-8", "backslashreplace").decode("utf-8")
