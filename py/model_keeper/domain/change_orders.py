"""Orders: changes of many model files, written down so that a worker can carry them out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from model_keeper.domain.downloads import Destination
from model_keeper.domain.duplicates import Freeing
from model_keeper.domain.file_changes import ChangeKind

MOST_MODELS = 10_000
"""What one order takes."""


@dataclass(frozen=True)
class OrderRow:
    """One model: where it is, and where it shall be; None is the trash. ``size`` in bytes.

    Of duplicates ``target`` is the file that is kept.
    """

    source: Destination
    target: Destination | None = None
    size: int = 0


@dataclass(frozen=True)
class ChangeOrder:
    """``how`` is for duplicates: what takes the place of each."""

    kind: ChangeKind
    rows: tuple[OrderRow, ...]
    how: Freeing = Freeing.TRASH

    @property
    def moves(self) -> list[tuple[Destination, Destination]]:
        return [(row.source, row.target) for row in self.rows if row.target is not None]

    @property
    def models(self) -> list[Destination]:
        return [row.source for row in self.rows]

    def to_payload(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_payload(cls, payload: Mapping[str, Any]) -> ChangeOrder:
        return cls(ChangeKind(payload["kind"]), _rows(payload["rows"]), Freeing(payload["how"]))


def _rows(rows: Sequence[Mapping[str, Any]]) -> tuple[OrderRow, ...]:
    return tuple(
        OrderRow(
            Destination(**row["source"]),
            Destination(**row["target"]) if row["target"] else None,
            row["size"],
        )
        for row in rows
    )
