"""What is known about a model beyond its bytes, and who said each part of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from types import MappingProxyType
from typing import Any, Union

Identifier = Union[int, str]  # noqa: UP007 - a runtime alias, and 3.10 reads it as well


class Owner(str, Enum):
    """Whose word a field is. A stronger owner's word is never replaced by a weaker one's."""

    USER = "user"
    PROVIDER = "provider"
    ARCHIVE = "archive"
    HEADER = "header"

    @property
    def strength(self) -> int:
        return _STRENGTHS[self]


_STRENGTHS = MappingProxyType({Owner.USER: 3, Owner.PROVIDER: 2, Owner.ARCHIVE: 1, Owner.HEADER: 0})

#: Of two providers that know the same file the first one is believed, whoever spoke last.
_BELIEVED_FIRST = ("civitai", "huggingface")


class Completeness(str, Enum):
    COMPLETE = "complete"
    PARTIAL = "partial"
    MINIMAL = "minimal"


@dataclass(frozen=True)
class Origin:
    """Who said something: ``name`` is civitai, huggingface, user, …

    ``via`` is the sidecar that it was copied from; None where it was said to us. ``at`` is when, in
    ms UTC; None where that is not known, which counts as long ago.
    """

    owner: Owner
    name: str = ""
    at: int | None = None
    via: str | None = None

    @property
    def rank(self) -> tuple[int, int, str, bool, int, str]:
        """The greater one is believed. No two origins that differ rank the same.

        What was said to us goes before a copy of the same provider's word: old sidecars are read
        again and again, and must not undo a refresh or an edit.
        """
        known = self.name in _BELIEVED_FIRST
        place = -_BELIEVED_FIRST.index(self.name) if known else -len(_BELIEVED_FIRST)
        at = -1 if self.at is None else self.at
        return (self.owner.strength, place, self.name, self.via is None, at, self.via or "")


UNKNOWN_ORIGIN = Origin(Owner.HEADER)
"""Of fields that say nothing of their origin: anybody may replace them."""

PERSON = "user"
"""The name of the origin of what a person said to us."""


@dataclass(frozen=True)
class Preview:
    """A picture or film that shows what the model makes. ``nsfw_level`` is Civitai's bit field."""

    url: str
    type: str = "image"  # or video
    nsfw_level: int | None = None
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True)
class ModelMetadata:
    """Empty fields are not known. Texts are safe to show: Markdown without HTML.

    ``id`` and ``model_id`` are the source's numbers (of the version and the model) or its names.
    ``hashes`` are lower-case hex by algorithm. ``source`` is a provider's name, ``source_url`` the
    page for people. ``provenance`` says for each field (and ``hashes.<algorithm>``) whose word it
    is. ``gone`` says since when (ms UTC) a provider no longer has the model. ``extra`` keeps what
    has no field here, as its origin wrote it. ``rating`` is 1 to 5. ``completeness`` was judged for
    the model's category when this was last written.
    """

    id: Identifier | None = None
    model_id: Identifier | None = None
    name: str | None = None
    version_name: str | None = None
    description: str | None = None
    trained_words: tuple[str, ...] = ()
    base_model: str | None = None
    preview: tuple[Preview, ...] = ()
    hashes: Mapping[str, str] = field(default_factory=dict)
    source: str | None = None
    source_url: str | None = None
    download_url: str | None = None
    creator: str | None = None
    licence: str | None = None
    tags: tuple[str, ...] = ()
    favourite: bool = False
    rating: int | None = None
    notes: str | None = None
    completeness: Completeness = Completeness.MINIMAL
    gone: Mapping[str, int] = field(default_factory=dict)
    provenance: Mapping[str, Origin] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def last_updated(self) -> int | None:
        """When something of it was last said, in ms UTC."""
        return max((o.at for o in self.provenance.values() if o.at is not None), default=None)

    @property
    def says_anything(self) -> bool:
        return replace(self, completeness=Completeness.MINIMAL) != ModelMetadata()

    def origin_of(self, name: str) -> Origin:
        return self.provenance.get(name, UNKNOWN_ORIGIN)

    def owned_by(self, owner: Owner) -> frozenset[str]:
        """The names of the fields that are this owner's word."""
        return frozenset(name for name, origin in self.provenance.items() if origin.owner is owner)


#: The names of the fields that a merge decides about one by one; hashes are ``hashes.<algorithm>``.
FIELDS = tuple(
    f.name
    for f in fields(ModelMetadata)
    if f.name not in {"hashes", "completeness", "gone", "provenance", "extra"}
)

#: What names the model at its source. Whoever says where it is from says all of it.
IDENTITY = ("id", "model_id", "source", "source_url", "download_url")

_HASH = "hashes."


def values_of(metadata: ModelMetadata) -> dict[str, Any]:
    """Every value by the name of its field, empty ones and ``hashes.<algorithm>`` included."""
    values = {name: getattr(metadata, name) for name in FIELDS}
    return values | {_HASH + algorithm: text for algorithm, text in metadata.hashes.items()}


def with_values(metadata: ModelMetadata, values: Mapping[str, Any]) -> ModelMetadata:
    """The same with these values, named as by :func:`values_of`; an empty hash is left out."""
    hashes = dict(metadata.hashes)
    for name, value in values.items():
        if name.startswith(_HASH):
            hashes.pop(name[len(_HASH) :], None)
            if value:
                hashes[name[len(_HASH) :]] = value
    plain = {name: value for name, value in values.items() if not name.startswith(_HASH)}
    return replace(metadata, hashes=hashes, **plain)


def saying_none(metadata: ModelMetadata, *names: str) -> ModelMetadata:
    """What is to be merged, saying on purpose that there are none of these where they are empty."""
    meant = {name: UNKNOWN_ORIGIN for name in names if is_empty(getattr(metadata, name))}
    return replace(metadata, provenance={**metadata.provenance, **meant})


def is_empty(value: Any) -> bool:
    """Whether a field's value says nothing."""
    return value is None or value is False or value in ("", ())
