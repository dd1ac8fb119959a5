"""What a field of a model's metadata said before: kept for good, so that it can be said again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from model_keeper.domain.metadata import Origin


@dataclass(frozen=True)
class FormerValue:
    """A value of ``field`` (or ``hashes.<algorithm>``) that was replaced ``at`` (ms UTC).

    ``value`` is as JSON has it, ``origin`` whose word it was. ``n`` grows with each.
    """

    n: int
    field: str
    value: Any
    origin: Origin
    at: int


@dataclass(frozen=True)
class HistoryPage:
    """The newest first; ``next`` continues it, None at its end."""

    items: tuple[FormerValue, ...]
    next: int | None
    total: int
