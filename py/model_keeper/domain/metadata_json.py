"""Metadata as a JSON document, in camelCase: what a sidecar, an answer and an export hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any

from model_keeper.domain import foreign_values as clean
from model_keeper.domain.descriptions import from_markdown
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import (
    FIELDS,
    Completeness,
    ModelMetadata,
    Origin,
    Owner,
    Preview,
    is_empty,
    with_values,
)

#: Keys of the document, in its order, by the name of their field.
KEYS: Mapping[str, str] = MappingProxyType(
    {
        "id": "id",
        "model_id": "modelId",
        "name": "name",
        "version_name": "versionName",
        "description": "description",
        "trained_words": "trainedWords",
        "base_model": "baseModel",
        "preview": "preview",
        "hashes": "hashes",
        "source": "source",
        "source_url": "sourceUrl",
        "download_url": "downloadUrl",
        "creator": "creator",
        "licence": "license",
        "tags": "tags",
        "favourite": "favourite",
        "rating": "rating",
        "notes": "notes",
    }
)
_OTHER_KEYS = frozenset(
    {"completeness", "lastUpdated", "goneUpstream", "provenance", "extra", "hashes"}
)
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_MOST_PREVIEWS = 200


def to_json(metadata: ModelMetadata) -> dict[str, Any]:
    """The document, without what is not known. Equal metadata gives the same keys in one order."""
    document = {key: as_json(getattr(metadata, name)) for name, key in KEYS.items()}
    document = {key: value for key, value in document.items() if not _blank(value)}
    document["completeness"] = metadata.completeness.value
    if metadata.last_updated is not None:
        document["lastUpdated"] = moment(metadata.last_updated)
    if metadata.gone:
        document["goneUpstream"] = {n: moment(at) for n, at in sorted(metadata.gone.items())}
    if metadata.provenance:
        document["provenance"] = {
            _key(name): _origin(origin) for name, origin in sorted(metadata.provenance.items())
        }
    if metadata.extra:
        document["extra"] = {key: metadata.extra[key] for key in sorted(metadata.extra)}
    return document


def from_json(document: Mapping[str, Any], unsaid: Origin | None = None) -> ModelMetadata:
    """What a document says, whoever wrote it: a value that cannot be right is as if absent.

    Unknown keys go to ``extra``, without paths of a machine. ``unsaid`` is the origin of values
    without provenance; without it anybody may replace them.
    """
    values: dict[str, Any] = {
        name: _READERS[name](document.get(key)) for name, key in KEYS.items() if name in _READERS
    }
    hashes = clean.hashes(document.get("hashes"))
    metadata = with_values(
        ModelMetadata(), values | {f"hashes.{each}": digest for each, digest in hashes.items()}
    )
    said = {
        _name(key): origin
        for key, row in clean.mapping(document.get("provenance")).items()
        if (origin := _read_origin(row)) and _name(key) in {*FIELDS, *_hash_names(metadata)}
    }
    if unsaid is not None:
        present = [name for name, value in values.items() if not is_empty(value)]
        said |= {n: unsaid for n in (*present, *_hash_names(metadata)) if n not in said}
    known = {*KEYS.values(), *_OTHER_KEYS}
    unknown = {str(key): value for key, value in document.items() if key not in known}
    gone = clean.mapping(document.get("goneUpstream"))
    return replace(
        metadata,
        completeness=_completeness(document.get("completeness")),
        gone={str(name): at for name, text in gone.items() if (at := moment_ms(text)) is not None},
        provenance=said,
        extra=clean.without_paths({**unknown, **clean.mapping(document.get("extra"))}),
    )


def changes_from_json(document: Mapping[str, Any]) -> dict[str, Any]:
    """What a person's edit asks for, by field name; null and empty values empty the field.

    Raises KeeperError invalid_request for a key that there is not or a value that does not fit it.
    """
    names = {key: name for name, key in KEYS.items() if name in _READERS}
    changes = {}
    for key, value in document.items():
        if key not in names:
            raise KeeperError("invalid_request", what=f"A model has no field “{key}”.")
        read = _READERS[names[key]](value)
        wanted = value not in (None, "", [], False)
        if wanted and is_empty(read):
            raise KeeperError("invalid_request", what=f"“{key}” cannot be {value!r}.")
        changes[names[key]] = read
    return changes


def as_json(value: Any) -> Any:
    """A field's value as the document has it."""
    if isinstance(value, tuple):
        return [_preview_json(v) if isinstance(v, Preview) else v for v in value]
    if isinstance(value, Mapping):
        return {key: value[key] for key in sorted(value)}
    return value


def moment(at: int) -> str:
    """A moment in ms UTC as ``2026-11-21T11:36:00.123Z``."""
    when = _EPOCH + timedelta(milliseconds=at)
    return f"{when:%Y-%m-%dT%H:%M:%S}.{at % 1000:03d}Z"


def moment_ms(value: Any) -> int | None:
    """What an ISO 8601 text means in ms UTC (its zone where it names none); None for any other."""
    if not isinstance(value, str):
        return None
    try:
        when = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=timezone.utc)
    at = (when - _EPOCH) // timedelta(milliseconds=1)
    return at if at >= 0 else None


def read_previews(value: Any) -> tuple[Preview, ...]:
    """Previews from a list of addresses or of objects with ``url``, as Civitai has them too."""
    rows = value if isinstance(value, (list, tuple)) else [value]
    found = (_read_preview(row) for row in rows[:_MOST_PREVIEWS])
    return tuple(dict.fromkeys(each for each in found if each))


def _read_preview(row: Any) -> Preview | None:
    about = clean.mapping(row)
    url = clean.address(about.get("url") if about else row)
    if url is None:
        return None
    return Preview(
        url,
        type="video" if about.get("type") == "video" else "image",
        nsfw_level=clean.whole(about.get("nsfwLevel")),
        width=clean.whole(about.get("width")),
        height=clean.whole(about.get("height")),
    )


def _preview_json(preview: Preview) -> dict[str, Any]:
    about = {
        "url": preview.url,
        "type": preview.type,
        "nsfwLevel": preview.nsfw_level,
        "width": preview.width,
        "height": preview.height,
    }
    return {key: value for key, value in about.items() if value is not None}


def _blank(value: Any) -> bool:
    return value is None or value is False or value in ("", [], {})


def _rating(value: Any) -> int | None:
    found = clean.whole(value)
    return found if found is not None and 1 <= found <= 5 else None


_READERS: Mapping[str, Callable[[Any], Any]] = MappingProxyType(
    {
        "id": clean.identifier,
        "model_id": clean.identifier,
        "name": clean.line,
        "version_name": clean.line,
        "description": from_markdown,
        "trained_words": clean.words,
        "base_model": clean.line,
        "preview": read_previews,
        "source": clean.line,
        "source_url": clean.address,
        "download_url": clean.address,
        "creator": clean.line,
        "licence": clean.line,
        "tags": clean.words,
        "favourite": lambda value: value is True,
        "rating": _rating,
        "notes": from_markdown,
    }
)


def _hash_names(metadata: ModelMetadata) -> list[str]:
    return [f"hashes.{algorithm}" for algorithm in metadata.hashes]


def _key(name: str) -> str:
    return KEYS.get(name, name)


def _name(key: str) -> str:
    return next((name for name, spelled in KEYS.items() if spelled == key), key)


def _origin(origin: Origin) -> dict[str, Any]:
    row: dict[str, Any] = {"owner": origin.owner.value}
    if origin.name:
        row["name"] = origin.name
    if origin.at is not None:
        row["at"] = moment(origin.at)
    if origin.via is not None:
        row["via"] = origin.via
    return row


def _read_origin(row: Any) -> Origin | None:
    about = clean.mapping(row)
    try:
        owner = Owner(about.get("owner"))
    except ValueError:
        return None
    at = moment_ms(about.get("at"))
    return Origin(owner, clean.line(about.get("name")) or "", at, clean.line(about.get("via")))


def _completeness(value: Any) -> Completeness:
    try:
        return Completeness(value)
    except ValueError:
        return Completeness.MINIMAL
