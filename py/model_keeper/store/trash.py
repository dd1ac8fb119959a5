"""The manifest of the trash: what lies in it, from where, and until when."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, RowMapping, select

from model_keeper.domain.file_changes import TrashedFile
from model_keeper.store.chunks import chunks
from model_keeper.store.database import Database
from model_keeper.store.dialects import insert_all
from model_keeper.store.schema import trash_entry
from model_keeper.store.unit import Unit

_CHUNK = 500


class Trash:
    """Of one machine each (``host``). Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def all(self, host: str) -> list[TrashedFile]:
        """Everything, the last thrown away first, of each model the model first."""

        def work(connection: Connection) -> list[TrashedFile]:
            rows = connection.execute(
                select(trash_entry)
                .where(trash_entry.c.host == host)
                .order_by(trash_entry.c.at.desc(), trash_entry.c.n)
            )
            return [_file(row) for row in rows.mappings()]

        return self._database.read(work)

    def of(self, host: str, item: str) -> list[TrashedFile]:
        """The files that were thrown away with one model; none where it is not in the trash."""

        def work(connection: Connection) -> list[TrashedFile]:
            rows = connection.execute(
                select(trash_entry)
                .where(trash_entry.c.host == host, trash_entry.c.item == item)
                .order_by(trash_entry.c.n)
            )
            return [_file(row) for row in rows.mappings()]

        return self._database.read(work)

    def slots(self, host: str) -> frozenset[str]:
        """The places in trashes where something lies."""
        return self._database.read(lambda connection: used_slots(connection, host))

    def expired(self, host: str) -> list[TrashedFile]:
        """What was to be kept until now or less."""
        now = self._database.clock.now_ms()
        return [
            file
            for file in self.all(host)
            if file.expires_at is not None and file.expires_at <= now
        ]

    def forget(self, host: str, slots: Sequence[str]) -> None:
        """These are purged."""
        self._database.write(
            lambda unit: forget_slots(unit.connection, host, slots), actor=self._actor
        )


def put_trashed(unit: Unit, host: str, files: Sequence[TrashedFile]) -> None:
    """Enter what has come into the trash, within the transaction that says why."""
    forget_slots(unit.connection, host, [file.slot for file in files])
    rows = [
        {
            "host": host,
            "key": _key(file.slot),
            "slot": file.slot,
            "origin": file.origin,
            "item": file.item,
            "size": file.size,
            "sha256": file.sha256,
            "is_model": file.is_model,
            "at": file.at,
            "expires_at": file.expires_at,
        }
        for file in files
    ]
    insert_all(unit.connection, trash_entry, rows)


def used_slots(connection: Connection, host: str) -> frozenset[str]:
    return frozenset(
        connection.scalars(select(trash_entry.c.slot).where(trash_entry.c.host == host))
    )


def forget_slots(connection: Connection, host: str, slots: Iterable[str]) -> None:
    for chunk in chunks(slots, _CHUNK):
        keys = [_key(slot) for slot in chunk]
        connection.execute(
            trash_entry.delete().where(trash_entry.c.host == host, trash_entry.c.key.in_(keys))
        )


def _key(slot: str) -> str:
    """Short enough for every index, whatever the path."""
    return hashlib.sha256(slot.encode("utf-8", "surrogatepass")).hexdigest()


def _file(row: RowMapping) -> TrashedFile:
    return TrashedFile(
        slot=row["slot"],
        origin=row["origin"],
        item=row["item"],
        size=row["size"],
        at=row["at"],
        expires_at=row["expires_at"],
        sha256=row["sha256"],
        is_model=row["is_model"],
    )
