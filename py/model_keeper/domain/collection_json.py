"""A collection as a JSON document: strict about what it says, and keeping what it does not know.

``docs/collections.md`` describes the document, ``docs/schemas/collection-1.json`` is its schema.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from model_keeper.domain import foreign_values as clean
from model_keeper.domain import metadata_json
from model_keeper.domain.categories import category_key
from model_keeper.domain.collections import (
    CollectedModel,
    CollectedPreview,
    Collection,
    ModelSource,
)
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.hashes import KnownHashes, is_hash
from model_keeper.domain.model_marks import BEST_RATING, MOST_NOTES, ModelMarks, tidy_tags
from model_keeper.domain.names import safe_relative

FORMAT = "model-keeper-collection"
VERSION = 1
MOST_MODELS = 200_000
MOST_PREVIEW_BYTES = 512 << 10

_CATEGORY = re.compile(r"[\w.-][\w .-]{0,99}")
_LONGEST_PATH = 2_000
_MOST_SOURCES = 20
_TOLD = 10  # refused models that an error names


@dataclass(frozen=True)
class RefusedModel:
    """An entry that says something impossible. ``position`` counts from 0."""

    position: int
    name: str
    error: KeeperError


@dataclass(frozen=True)
class CollectionReading:
    """What a document says; ``refused`` is what is wrong with some of its models."""

    collection: Collection
    refused: tuple[RefusedModel, ...] = ()

    def sound(self) -> Collection:
        """The collection, where nothing is refused. Raises KeeperError collection_unreadable."""
        if self.refused:
            told = "; ".join(f"{each.name}: {each.error.message}" for each in self.refused[:_TOLD])
            raise KeeperError("collection_unreadable", why=told)
        return self.collection


def to_json(collection: Collection) -> dict[str, Any]:
    """The document; equal collections give equal ones."""
    return {**head_json(collection), "models": [model_json(each) for each in collection.models]}


def head_json(collection: Collection) -> dict[str, Any]:
    """The document without its models, which may be written one by one."""
    said = {
        "format": FORMAT,
        "version": VERSION,
        "title": collection.title,
        "madeAt": None if collection.made_at is None else metadata_json.moment(collection.made_at),
        "madeBy": collection.made_by,
    }
    return {**_said(said), **collection.unknown}


def pieces(head: Collection, models: Iterable[CollectedModel]) -> Iterator[bytes]:
    """The document as text in ASCII, made as it is read: ``models`` go into ``head``."""
    yield json.dumps(head_json(head))[:-1].encode() + b', "models": ['
    before = b"\n"
    for model in models:
        yield before + json.dumps(model_json(model)).encode()
        before = b",\n"
    yield b"\n]}\n"


def model_json(model: CollectedModel) -> dict[str, Any]:
    """One entry of ``models``."""
    said = {
        "category": model.category,
        "path": model.relative,
        "size": model.size,
        "hashes": _said({"computed": model.hashes.computed, "claimed": model.hashes.claimed}),
        "sources": [_source_json(each) for each in model.sources],
        "metadata": None if model.metadata is None else metadata_json.to_json(model.metadata),
        "marks": _marks_json(model.marks),
        "preview": None if model.preview is None else _preview_json(model.preview),
    }
    return {**_said(said), **model.unknown}


def from_json(document: Any) -> CollectionReading:
    """The collection that a document is, and what had to be refused of it.

    Raises KeeperError collection_unreadable for what is no collection, collection_newer for one of
    a later version, and collection_too_large.
    """
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise KeeperError("collection_unreadable", why="it is another kind of document")
    version, rows = document.get("version"), document.get("models")
    if type(version) is not int or version < 1:
        raise KeeperError("collection_unreadable", why="it does not say its version")
    if version > VERSION:
        raise KeeperError("collection_newer", version=version, known=VERSION)
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        raise KeeperError("collection_unreadable", why="it has no list of models")
    if len(rows) > MOST_MODELS:
        raise KeeperError("collection_too_large", models=len(rows), most=MOST_MODELS)
    models, refused = _models(rows)
    known = {"format", "version", "title", "madeAt", "madeBy", "models"}
    collection = Collection(
        models=models,
        title=clean.line(document.get("title")),
        made_at=metadata_json.moment_ms(document.get("madeAt")),
        made_by=clean.line(document.get("madeBy")),
        unknown=_rest(document, known),
    )
    return CollectionReading(collection, refused)


def model_from_json(row: Any) -> CollectedModel:
    """One entry of ``models``. Raises KeeperError collection_entry_wrong, name_unusable, …"""
    if not isinstance(row, Mapping):
        raise _wrong("the entry", "is no object")
    known = {"category", "path", "size", "hashes", "sources", "metadata", "marks", "preview"}
    return CollectedModel(
        category=_category(row.get("category")),
        relative=_relative(row.get("path")),
        size=_size(row.get("size")),
        hashes=_hashes(row.get("hashes")),
        sources=_sources(row.get("sources")),
        metadata=_metadata(row.get("metadata")),
        marks=_marks(row.get("marks")),
        preview=_preview(row.get("preview")),
        unknown=_rest(row, known),
    )


def _models(
    rows: Sequence[Any],
) -> tuple[tuple[CollectedModel, ...], tuple[RefusedModel, ...]]:
    found: dict[str, CollectedModel] = {}
    refused = []
    for position, row in enumerate(rows):
        try:
            model = model_from_json(row)
            if model.key in found:
                raise _wrong("“path”", "is of a model that is named before")
        except KeeperError as error:
            name = clean.line(clean.mapping(row).get("path")) or f"model {position + 1}"
            refused.append(RefusedModel(position, name, error))
        else:
            found[model.key] = model
    return tuple(found.values()), tuple(refused)


def _category(value: Any) -> str:
    if not isinstance(value, str) or not _CATEGORY.fullmatch(value) or value in {".", ".."}:
        raise _wrong("“category”", "is no ComfyUI folder")
    return category_key(value)


def _relative(value: Any) -> str:
    """As it is written: on the machine that it is from, the file is called so."""
    if not isinstance(value, str) or not value or len(value) > _LONGEST_PATH:
        raise _wrong("“path”", "is no path of a file")
    safe_relative(value)
    return value


def _size(value: Any) -> int | None:
    if value is None:
        return None
    size = clean.whole(value)
    if size is None or isinstance(value, float):
        raise _wrong("“size”", "is no number of bytes")
    return size


def _hashes(value: Any) -> KnownHashes:
    groups = _object("“hashes”", value)
    known = {}
    for name in ("computed", "claimed"):
        digests = _object(f"“hashes.{name}”", groups.get(name))
        for algorithm, digest in digests.items():
            if not is_hash(algorithm, digest):
                raise _wrong(f"“hashes.{name}.{algorithm}”", "is no such hash")
        known[name] = dict(digests)
    return KnownHashes(**known)


def _sources(value: Any) -> tuple[ModelSource, ...]:
    rows = [] if value is None else value
    if not isinstance(rows, list) or len(rows) > _MOST_SOURCES:
        raise _wrong("“sources”", f"is no list of up to {_MOST_SOURCES} sources")
    return tuple(dict.fromkeys(map(_source, rows)))


def _source(row: Any) -> ModelSource:
    about = _object("a source", row)
    url = clean.address(about.get("url"))
    if url is None:
        raise _wrong("“sources.url”", "is no address that can be fetched")
    return ModelSource(
        url=url,
        provider=clean.line(about.get("provider")),
        model_id=clean.identifier(about.get("modelId")),
        version_id=clean.identifier(about.get("versionId")),
    )


def _metadata(value: Any) -> Any:
    return None if value is None else metadata_json.from_json(_object("“metadata”", value))


def _marks(value: Any) -> ModelMarks:
    about = _object("“marks”", value)
    favourite, rating = about.get("favourite", False), about.get("rating", 0)
    notes, tags = about.get("notes", ""), about.get("tags", [])
    if not isinstance(favourite, bool):
        raise _wrong("“marks.favourite”", "is neither true nor false")
    if type(rating) is not int or not 0 <= rating <= BEST_RATING:
        raise _wrong("“marks.rating”", f"is no number from 0 to {BEST_RATING}")
    if not isinstance(notes, str) or len(notes) > MOST_NOTES:
        raise _wrong("“marks.notes”", f"is no text of up to {MOST_NOTES} characters")
    if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
        raise _wrong("“marks.tags”", "is no list of texts")
    return ModelMarks(favourite, rating, notes, tidy_tags(tags))


def _preview(value: Any) -> CollectedPreview | None:
    if value is None:
        return None
    about = _object("“preview”", value)
    data, file = about.get("data"), about.get("file")
    known = CollectedPreview(
        chosen=about.get("chosen") is True,
        nsfw_level=clean.whole(about.get("nsfwLevel")),
        source=clean.address(about.get("source")),
    )
    if isinstance(data, str) and len(data) <= MOST_PREVIEW_BYTES * 4 // 3 + 4:
        try:
            return replace(known, content=base64.b64decode(data, validate=True))
        except binascii.Error as exc:
            raise _wrong("“preview.data”", "is not written in base64") from exc
    if isinstance(file, str) and data is None:
        return replace(known, file=safe_relative(file))
    raise _wrong("“preview”", f"is neither a file nor a picture of {MOST_PREVIEW_BYTES >> 10} KiB")


def _source_json(source: ModelSource) -> dict[str, Any]:
    return _said(
        {
            "url": source.url,
            "provider": source.provider,
            "modelId": source.model_id,
            "versionId": source.version_id,
        }
    )


def _marks_json(marks: ModelMarks) -> dict[str, Any]:
    said = {
        "favourite": marks.favourite or None,
        "rating": marks.rating or None,
        "notes": marks.notes,
        "tags": list(marks.tags),
    }
    return _said(said)


def _preview_json(preview: CollectedPreview) -> dict[str, Any]:
    content = preview.content
    said = {
        "data": None if content is None else base64.b64encode(content).decode("ascii"),
        "file": preview.file,
        "chosen": preview.chosen or None,
        "nsfwLevel": preview.nsfw_level,
        "source": preview.source,
    }
    return _said(said)


def _said(values: Mapping[str, Any]) -> dict[str, Any]:
    """Without what says nothing."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _rest(document: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {str(key): value for key, value in document.items() if key not in known}


def _object(where: str, value: Any) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _wrong(where, "is no object")
    return value


def _wrong(where: str, why: str) -> KeeperError:
    return KeeperError("collection_entry_wrong", where=where, why=why)
