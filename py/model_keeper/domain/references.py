"""References: the places in a workflow that say which model files it needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from model_keeper.domain.categories import category_key

_Key = tuple[str, str | None, str | None]


class ReferenceKind(str, Enum):
    """How a place names its file."""

    FILE = "file"  # a value is the file's path within its category
    STEM = "stem"  # the same without the extension
    LORA_TAG = "lora_tag"  # <lora:name:1> in a text
    EMBEDDING = "embedding"  # embedding:name in a text
    SELF_FETCHED = "self_fetched"  # the node downloads the file by itself
    BUILTIN = "builtin"  # a choice of the loader that is no file


@dataclass(frozen=True)
class Location:
    """Where a value stands: ``path`` leads from the node's JSON to it.

    ``("widgets_values", 0)``, ``("widgets_values", 2, "lora")``, ``("inputs", "ckpt_name")``. For a
    name inside a text it leads to the text.
    """

    scope: str
    node_id: str
    path: tuple[str | int, ...]


@dataclass(frozen=True)
class Reference:
    """A place in a workflow that names a model file.

    ``widget`` is the input's name where it is known, else the path within the node's widget values
    (``2``, ``2/0/name``). ``value`` is as written, with its separators. ``category`` is None where
    nobody knows the node. Not ``active``: muted, bypassed, switched off, or in a subgraph that is
    used nowhere. ``copies`` are further places that show the same value (a subgraph's instances)
    and have to change with it.
    """

    node_id: str
    node_type: str
    widget: str
    value: str
    location: Location
    category: str | None = None
    scope: str = ""
    active: bool = True
    kind: ReferenceKind = ReferenceKind.FILE
    copies: tuple[Location, ...] = ()
    title: str | None = None  # what the person called the node

    @property
    def name(self) -> str:
        """The value with forward slashes."""
        return self.value.replace("\\", "/")


@dataclass(frozen=True)
class ModelEntry:
    """A workflow's own statement that it needs a file: its name and, mostly, where it is from.

    ``name`` has forward slashes and may have folders; it is as the workflow's author wrote it, not
    made safe. ``directory`` is a ComfyUI folder key, perhaps an old one. ``sha256`` is lower-case
    hex. ``node_id`` and ``node_type`` are None where the workflow as a whole says it; ``scope`` is
    the id of the subgraph around the node, empty outside all. Not ``active``: the node is muted or
    bypassed, or its subgraph is used nowhere, so the workflow runs without the file.
    """

    name: str
    url: str | None = None
    directory: str | None = None
    sha256: str | None = None
    node_id: str | None = None
    node_type: str | None = None
    scope: str = ""
    active: bool = True

    @property
    def category(self) -> str | None:
        """The category, under today's key."""
        return category_key(self.directory) if self.directory else None

    @property
    def address(self) -> str | None:
        """``url`` without what changes no byte of the file: equal for the same source."""
        return _address(self.url) if self.url else None


@dataclass(frozen=True)
class EntryGroup:
    """All that a workflow says about one name. Entries that differ are shown, never guessed."""

    name: str
    entries: tuple[ModelEntry, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        return _distinct(entry.address for entry in self.entries)

    @property
    def categories(self) -> tuple[str, ...]:
        return _distinct(entry.category for entry in self.entries)

    @property
    def hashes(self) -> tuple[str, ...]:
        return _distinct(entry.sha256 for entry in self.entries)

    @property
    def is_choice(self) -> bool:
        """Whether a person has to say which source, folder or content is meant."""
        return any(len(values) > 1 for values in (self.addresses, self.categories, self.hashes))

    @property
    def active(self) -> bool:
        return any(entry.active for entry in self.entries)


def merged(entries: Iterable[ModelEntry]) -> tuple[ModelEntry, ...]:
    """One entry for all that agree in name, source and category, in their first order.

    A hash that only some of them carry counts for all; two hashes stay two entries. The place kept
    is the first active one.
    """
    rows = list(entries)
    hashes = {_key(row): row.sha256 for row in reversed(rows) if row.sha256}
    found: dict[tuple[_Key, str | None], ModelEntry] = {}
    for row in rows:
        sha256 = row.sha256 or hashes.get(_key(row))
        known = found.get((_key(row), sha256))
        if known is None or (row.active and not known.active):
            found[_key(row), sha256] = replace(row, sha256=sha256)
    return tuple(found.values())


def grouped(entries: Iterable[ModelEntry]) -> tuple[EntryGroup, ...]:
    """The merged entries by name, in their first order."""
    by_name: dict[str, list[ModelEntry]] = {}
    for entry in merged(entries):
        by_name.setdefault(entry.name, []).append(entry)
    return tuple(EntryGroup(name, tuple(group)) for name, group in by_name.items())


def _key(entry: ModelEntry) -> _Key:
    return (entry.name, entry.address, entry.category)


def _address(url: str) -> str:
    """Hugging Face adds ``download=true`` to its buttons' links."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if "download=true" not in parts.query:
        return url
    kept = [pair for pair in parse_qsl(parts.query) if pair != ("download", "true")]
    return urlunsplit(parts._replace(query=urlencode(kept)))


def _distinct(values: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value is not None))
