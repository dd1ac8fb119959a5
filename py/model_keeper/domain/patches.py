"""Patches: what is to be said at some places of a workflow instead of what is said now."""

from __future__ import annotations

from dataclasses import dataclass

from model_keeper.domain.references import Location, ReferenceKind

IN_TEXTS = frozenset({ReferenceKind.LORA_TAG, ReferenceKind.EMBEDDING})
"""The kinds whose name stands within a text."""


@dataclass(frozen=True)
class Change:
    """``new`` for ``old`` at a place: the whole value there, or a name within its text.

    A ``kind`` of text says which tokens of the text are meant; None means the whole value, or all
    tokens that name ``old``. ``widget`` is what people call the place.
    """

    location: Location
    old: str
    new: str
    kind: ReferenceKind | None = None
    widget: str = ""

    @property
    def is_whole(self) -> bool:
        return self.kind not in IN_TEXTS


@dataclass(frozen=True)
class Difference:
    """A change as people review it."""

    scope: str
    node_id: str
    node_type: str
    title: str | None
    widget: str
    old: str
    new: str
