"""Collections: what is known of many models, to be kept, shared, and restored elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.metadata import (
    Identifier,
    ModelMetadata,
    Origin,
    Owner,
    values_of,
    with_values,
)
from model_keeper.domain.metadata_merge import Merge, united
from model_keeper.domain.model_marks import MOST_TAGS, ModelMarks, tidy_tags

#: The name of the origin of what another person said, in a collection that they share.
SHARED = "collection"


@dataclass(frozen=True)
class ModelSource:
    """Where a model is from. ``url`` is durable: never signed, without a token.

    ``model_id`` and ``version_id`` are the provider's: numbers on Civitai, the repository and the
    revision on Hugging Face.
    """

    url: str
    provider: str | None = None
    model_id: Identifier | None = None
    version_id: Identifier | None = None


@dataclass(frozen=True)
class CollectedPreview:
    """A model's picture: its bytes, or the name of a file beside the document.

    ``chosen``: a person chose it. ``nsfw_level`` is Civitai's bit field, ``source`` the address
    that it was fetched from.
    """

    content: bytes | None = None
    file: str | None = None
    chosen: bool = False
    nsfw_level: int | None = None
    source: str | None = None


@dataclass(frozen=True)
class CollectedModel:
    """What is known of one model, wherever it lay.

    ``relative`` has forward slashes and lies below a root of ``category``, whichever that is on the
    next machine. ``size`` in bytes. ``unknown`` are keys of a later writer, kept as they are.
    """

    category: str
    relative: str
    size: int | None = None
    hashes: KnownHashes = field(default_factory=KnownHashes)
    sources: tuple[ModelSource, ...] = ()
    metadata: ModelMetadata | None = None
    marks: ModelMarks = field(default_factory=ModelMarks)
    preview: CollectedPreview | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What names it within its collection."""
        return f"{self.category}/{self.relative}"

    @property
    def sha256(self) -> str | None:
        """That of its bytes: computed, else as somebody stated it."""
        return self.hashes.computed.get("sha256") or self.hashes.claimed.get("sha256")


@dataclass(frozen=True)
class Collection:
    """``made_at`` in ms UTC. Keys of models are unique."""

    models: tuple[CollectedModel, ...] = ()
    title: str | None = None
    made_at: int | None = None
    made_by: str | None = None
    unknown: Mapping[str, Any] = field(default_factory=dict)

    def only(self, keys: Iterable[str]) -> Collection:
        """The same with the models of these keys, in their order here."""
        wanted = frozenset(keys)
        return replace(self, models=tuple(each for each in self.models if each.key in wanted))


@dataclass(frozen=True)
class Difference:
    """What a collection says beyond what is known here."""

    fields: tuple[str, ...] = ()
    marks: bool = False
    preview: bool = False

    def __bool__(self) -> bool:
        return bool(self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """What differs, by name."""
        parts = (("marks", self.marks), ("preview", self.preview))
        return (*self.fields, *(name for name, differs in parts if differs))


def shareable(model: CollectedModel) -> CollectedModel:
    """What another person may get of it: nothing of what its owner says of it for themselves.

    Where its owner corrected a field, the value goes along as a statement that providers may
    correct again: it must not pass for the word of whoever reads the collection.
    """
    return replace(
        model,
        marks=ModelMarks(),
        metadata=None if model.metadata is None else _impersonal(model.metadata),
    )


def _impersonal(metadata: ModelMetadata) -> ModelMetadata:
    without = _without(metadata, ("favourite", "rating", "notes"))
    said = {
        name: replace(origin, owner=Owner.ARCHIVE, name=SHARED)
        if origin.owner is Owner.USER
        else origin
        for name, origin in without.provenance.items()
    }
    return replace(without, provenance=said)


def restored_metadata(present: ModelMetadata, collected: ModelMetadata) -> Merge:
    """``present`` and what a collection says beyond it.

    What a person said here stays, whenever the other was said; of everything else the better
    origin's word counts. Doing it twice changes nothing more.
    """
    if collected == present:
        return Merge(present)
    return united(present, _without(collected, present.owned_by(Owner.USER)))


def restored_marks(present: ModelMarks, collected: ModelMarks) -> ModelMarks:
    """Both: what was said here stays, and what was not said here is taken over."""
    if not collected:
        return present
    tags = tidy_tags([*present.tags, *collected.tags][:MOST_TAGS])
    return ModelMarks(
        favourite=present.favourite or collected.favourite,
        rating=present.rating or collected.rating,
        notes=present.notes or collected.notes,
        tags=tags,
    )


def changed_fields(before: ModelMetadata, after: ModelMetadata) -> tuple[str, ...]:
    """The names of what the two say differently, or by another origin; moments do not count."""
    if before == after:
        return ()
    one, other = values_of(before), values_of(after)
    names = [
        name
        for name in dict.fromkeys([*one, *other])
        if one.get(name) != other.get(name)
        or replace(before.origin_of(name), at=None) != replace(after.origin_of(name), at=None)
    ]
    rest = [name for name in ("gone", "extra") if getattr(before, name) != getattr(after, name)]
    return (*names, *rest)


def _without(metadata: ModelMetadata, names: Iterable[str]) -> ModelMetadata:
    """The same as if nobody had ever spoken of these fields."""
    silenced = frozenset(names)
    empty = values_of(ModelMetadata())
    bare = with_values(metadata, {name: empty.get(name) for name in silenced})
    kept: dict[str, Origin] = {
        name: origin for name, origin in metadata.provenance.items() if name not in silenced
    }
    return replace(bare, provenance=kept)
