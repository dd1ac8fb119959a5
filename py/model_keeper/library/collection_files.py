"""Collections as files: a document, or an archive of a document and pictures."""

from __future__ import annotations

import json
import os
import secrets
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from model_keeper.domain.collection_json import (
    MOST_PREVIEW_BYTES,
    CollectionReading,
    from_json,
    pieces,
)
from model_keeper.domain.collections import CollectedModel, CollectedPreview, Collection
from model_keeper.domain.errors import KeeperError
from model_keeper.files.failures import file_failed

ARCHIVE = ".zip"
MOST_BYTES = 512 << 20
_DOCUMENT = "collection.json"

_Picture = Callable[[str], bytes | None]


def write_collection(path: Path, head: Collection, models: Iterable[CollectedModel]) -> int:
    """Write ``models`` into ``head``; how many. A path that ends in ``.zip`` holds pictures beside.

    The file has its name when it is whole. Raises KeeperError storage_failed, and what ``models``
    raises.
    """
    write = _write_archive if path.suffix.lower() == ARCHIVE else _write_document
    partial = path.with_name(f".{path.name}-{secrets.token_hex(4)}.new")
    try:
        try:
            written = write(partial, head, models)
            partial.replace(path)
        finally:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
    except OSError as exc:
        raise file_failed(exc, path) from exc
    return written


def read_collection(path: Path) -> CollectionReading:
    """What the file at ``path`` says; pictures beside the document, or in its archive, are in it.

    Raises KeeperError file_not_found, storage_failed, collection_unreadable, collection_newer,
    collection_too_large, collection_too_big.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                content = _member(archive, _DOCUMENT, MOST_BYTES)
                return _with_pictures(_parsed(content), lambda name: _picture_in(archive, name))
        if path.stat().st_size > MOST_BYTES:
            raise KeeperError("collection_too_big", limit=MOST_BYTES >> 20)
        reading = _parsed(path.read_bytes())
    except FileNotFoundError:
        raise KeeperError("file_not_found", path=str(path)) from None
    except OSError as exc:
        raise file_failed(exc, path) from exc
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as exc:
        raise KeeperError("collection_unreadable", why="its archive is damaged") from exc
    return _with_pictures(reading, lambda name: _picture_beside(path.parent, name))


def _write_document(path: Path, head: Collection, models: Iterable[CollectedModel]) -> int:
    counted = _Counted(models)
    with path.open("xb") as file:
        for piece in pieces(head, counted):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return counted.count


def _write_archive(path: Path, head: Collection, models: Iterable[CollectedModel]) -> int:
    """Pictures as they come, and the document, which names them, last."""
    counted = _Counted(models)
    with path.open("xb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:

            def beside() -> Iterator[CollectedModel]:
                for number, model in enumerate(counted):
                    preview = model.preview
                    if preview is None or preview.content is None:
                        yield model
                        continue
                    name = f"previews/{number:06}.webp"
                    archive.writestr(name, preview.content, zipfile.ZIP_STORED)
                    yield replace(model, preview=replace(preview, content=None, file=name))

            archive.writestr(_DOCUMENT, b"".join(pieces(head, beside())))
        file.flush()
        os.fsync(file.fileno())
    return counted.count


class _Counted:
    """Counts what is taken of it."""

    def __init__(self, models: Iterable[CollectedModel]) -> None:
        self._models = models
        self.count = 0

    def __iter__(self) -> Iterator[CollectedModel]:
        for model in self._models:
            self.count += 1
            yield model


def _parsed(content: bytes) -> CollectionReading:
    try:
        document: Any = json.loads(content)
    except (ValueError, RecursionError) as exc:
        raise KeeperError("collection_unreadable", why="it is not valid JSON") from exc
    return from_json(document)


def _with_pictures(reading: CollectionReading, picture: _Picture) -> CollectionReading:
    """A picture that is not there, or too large for one, is left out."""
    models = tuple(
        replace(model, preview=_loaded(model.preview, picture)) if model.preview else model
        for model in reading.collection.models
    )
    return replace(reading, collection=replace(reading.collection, models=models))


def _loaded(preview: CollectedPreview, picture: _Picture) -> CollectedPreview | None:
    if preview.file is None:
        return preview
    content = picture(preview.file)
    return None if content is None else replace(preview, content=content, file=None)


def _picture_beside(folder: Path, name: str) -> bytes | None:
    """Links are not followed out of the folder: a collection may be anybody's."""
    try:
        path = (folder / name).resolve(strict=True)
        inside = folder.resolve() in path.parents and path.is_file()
        if not inside or path.stat().st_size > MOST_PREVIEW_BYTES:
            return None
        return path.read_bytes()
    except (OSError, RuntimeError):
        return None


def _picture_in(archive: zipfile.ZipFile, name: str) -> bytes | None:
    try:
        return _member(archive, name, MOST_PREVIEW_BYTES)
    except KeeperError:
        return None


def _member(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """A member that is not larger than it says, and than ``most``."""
    try:
        with archive.open(name) as file:
            content = file.read(most + 1)
    except KeyError:
        raise KeeperError("collection_unreadable", why=f"its archive has no {name}") from None
    if len(content) > most:
        raise KeeperError("collection_too_big", limit=most >> 20)
    return content
