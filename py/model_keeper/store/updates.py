"""What update checks found, by the content that is here, and what people do not want to hear of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, select

from model_keeper.domain.updates import Checked, Ignored, Judgement, Offer, Refused, Why
from model_keeper.store.database import Database
from model_keeper.store.dialects import upsert
from model_keeper.store.schema import ignored_update, model_update
from model_keeper.store.unit import Unit

_ALL_VERSIONS = 0


class Updates:
    """Raises database_unavailable after some seconds of trouble."""

    def __init__(self, database: Database, actor: str) -> None:
        self._database = database
        self._actor = actor

    def put(self, found: Sequence[Checked]) -> None:
        """Keep what was just found, instead of what was known before."""

        def work(unit: Unit) -> None:
            for checked in sorted(found, key=lambda each: each.sha256):
                upsert(unit.connection, model_update, _row(checked, unit.now))

        self._database.write(work, actor=self._actor)

    def offered(self) -> list[Checked]:
        """Every content that has an update, ignored ones too; the newest check first."""

        def work(connection: Connection) -> list[Checked]:
            rows = connection.execute(
                select(model_update)
                .where(model_update.c.offered.is_not(None))
                .order_by(model_update.c.checked_at.desc(), model_update.c.sha256)
            )
            return [_checked(row) for row in rows.mappings()]

        return self._database.read(work)

    def of(self, sha256: str) -> Checked | None:
        """What is known about this content, None where it was never checked with success."""

        def work(connection: Connection) -> Checked | None:
            rows = connection.execute(select(model_update).where(model_update.c.sha256 == sha256))
            row = rows.mappings().first()
            return _checked(row) if row else None

        return self._database.read(work)

    def checked_at(self) -> int | None:
        """When anything was last checked, ms UTC."""

        def work(connection: Connection) -> int | None:
            newest = connection.scalar(select(func.max(model_update.c.checked_at)))
            return None if newest is None else int(newest)

        return self._database.read(work)

    def ignored(self) -> Ignored:
        def work(connection: Connection) -> Ignored:
            rows = connection.execute(
                select(ignored_update.c.model_id, ignored_update.c.version_id)
            ).all()
            return Ignored(
                frozenset(model for model, version in rows if version == _ALL_VERSIONS),
                frozenset((m, version) for m, version in rows if version != _ALL_VERSIONS),
            )

        return self._database.read(work)

    def ignore(self, model_id: int, version_id: int | None, *, ignored: bool) -> None:
        """Ignore a version of a model, or all of them (None); or hear of them again.

        To hear of a whole model again is to hear of each of its versions.
        """

        def work(unit: Unit) -> None:
            table = ignored_update.c
            if ignored:
                row = {
                    "model_id": model_id,
                    "version_id": version_id or _ALL_VERSIONS,
                    "at": unit.now,
                }
                upsert(unit.connection, ignored_update, row)
                return
            gone = delete(ignored_update).where(table.model_id == model_id)
            if version_id is not None:
                gone = gone.where(table.version_id == version_id)
            unit.connection.execute(gone)

        self._database.write(work, actor=self._actor)


def _row(checked: Checked, now: int) -> dict[str, Any]:
    offer = checked.judgement.offer
    return {
        "sha256": checked.sha256,
        "model_id": checked.model_id,
        "version": {
            "id": checked.version_id,
            "name": checked.version_name,
            "base_model": checked.base_model,
            "pinned": checked.pinned,
        },
        "offered": offer.version_id if offer else None,
        "offer": asdict(offer) if offer else {},
        "refused": [[r.version_id, r.name, r.why.value] for r in checked.judgement.refused],
        "checked_at": now,
    }


def _checked(row: RowMapping) -> Checked:
    version = row["version"]
    offer = Offer(**row["offer"]) if row["offer"] else None
    refused = tuple(Refused(number, name, Why(why)) for number, name, why in row["refused"])
    return Checked(
        sha256=row["sha256"],
        model_id=row["model_id"],
        version_id=version["id"],
        version_name=version["name"],
        base_model=version["base_model"],
        judgement=Judgement(offer, refused),
        checked_at=row["checked_at"],
        pinned=version.get("pinned", False),
    )
