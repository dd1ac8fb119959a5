"""The pictures that could show a model: beside it, in its header, and at addresses."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.metadata import Preview
from model_keeper.domain.ports import Control
from model_keeper.formats.media import picture_size
from model_keeper.formats.reading import Broken
from model_keeper.library.header_metadata import read_covers
from model_keeper.library.picture_files import MOST_BYTES, medium_at, open_picture
from model_keeper.library.previews import Previews
from model_keeper.library.sidecar_places import model_place
from model_keeper.library.sidecars import Sidecars
from model_keeper.providers.pictures import PictureAddresses

BESIDE, HEADER = "beside", "header"


@dataclass(frozen=True)
class KnownPicture:
    """A picture that could show a model. What is not known of it is None.

    ``place`` is where it is: a file, its content itself, or what metadata says of an address.
    ``source`` is beside, header, or who named the address; ``type`` image or video.
    """

    place: Path | bytes | Preview
    source: str
    type: str = "image"
    width: int | None = None
    height: int | None = None
    nsfw_level: int | None = None

    @property
    def url(self) -> str | None:
        return self.place.url if isinstance(self.place, Preview) else None

    @property
    def key(self) -> str:
        """What tells its content from others', as far as is known without reading it."""
        told: object = self.place
        if isinstance(self.place, Path):
            with contextlib.suppress(OSError):
                status = self.place.stat()
                told = (str(self.place), status.st_size, status.st_mtime_ns)
        return hashlib.sha256(repr(told).encode("utf-8", "backslashreplace")).hexdigest()[:40]


class KnownPictures:
    """Looks for pictures of models, and reads them. Asks no host until one is read."""

    def __init__(self, previews: Previews, sidecars: Sidecars, addresses: PictureAddresses) -> None:
        self._previews = previews
        self._sidecars = sidecars
        self._addresses = addresses

    def of(self, folders: FolderTable, place: Destination) -> list[KnownPicture]:
        """Those beside it that other programs pass over, then covers, then addresses.

        Raises KeeperError file_not_found where there is no such model.
        """
        foreign = self._previews.foreign(folders, place)
        return [
            *(picture for found in foreign for picture in _of_file(found.path)),
            *(_described(data, HEADER, io.BytesIO(data)) for data in _covers(place)),
            *self._addressed(place),
        ]

    def may_be_asked(self, picture: KnownPicture) -> bool:
        """Whether it may be read without a person asking for it."""
        return not isinstance(picture.place, Preview) or self._addresses.is_known(picture.place)

    def read(self, picture: KnownPicture, control: Control | None = None) -> bytes:
        """Its content.

        Raises KeeperError file_not_found, body_too_large, and as PictureAddresses.fetch.
        """
        if isinstance(picture.place, bytes):
            return picture.place
        if isinstance(picture.place, Preview):
            return self._addresses.fetch(picture.place, control)
        try:
            with open_picture(picture.place) as file:
                data = file.read(MOST_BYTES + 1)
        except OSError:
            raise KeeperError("file_not_found", path=str(picture.place)) from None
        if len(data) > MOST_BYTES:
            raise KeeperError("body_too_large", limit=MOST_BYTES >> 20)
        return data

    def _addressed(self, place: Destination) -> list[KnownPicture]:
        try:
            beside = model_place(place.category, place.root, place.relative)
        except OSError:
            return []
        metadata = self._sidecars.read(beside).metadata
        name = metadata.origin_of("preview").name
        return [
            KnownPicture(
                each,
                name or urlsplit(each.url).hostname or "",
                each.type,
                each.width,
                each.height,
                each.nsfw_level,
            )
            for each in metadata.preview
        ]


def _of_file(path: Path) -> Iterator[KnownPicture]:
    try:
        with open_picture(path) as file:
            if file.seek(0, 2) <= MOST_BYTES:
                yield _described(path, BESIDE, file)
    except OSError:
        return


def _covers(place: Destination) -> tuple[bytes, ...]:
    try:
        return read_covers(place.path)
    except OSError:
        return ()


def _described(place: Path | bytes, source: str, file: BinaryIO) -> KnownPicture:
    medium = medium_at(file)
    if medium is None or medium.is_film:
        return KnownPicture(place, source, "video" if medium else "image")
    try:
        width, height = picture_size(file, file.seek(0, 2), medium)
    except Broken:
        return KnownPicture(place, source)
    return KnownPicture(place, source, "image", width, height)
