"""What is known of a picture that its file does not say, by its content."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from model_keeper.domain import foreign_values as clean
from model_keeper.files.replacement import replace_file
from model_keeper.library.picture_files import open_picture

_CHUNK = 1 << 20


@dataclass(frozen=True)
class PictureNote:
    """``chosen``: a person chose it. ``source`` is the address that it was fetched from.

    ``nsfw_level`` is Civitai's bit field, None where nobody rated it. ``replaced``: what it took
    the place of, by the end of its name: the name under which that is kept.
    """

    chosen: bool = False
    nsfw_level: int | None = None
    source: str | None = None
    replaced: Mapping[str, str] = field(default_factory=dict)


class PictureNotes:
    """Notes in ``folder``, by size and SHA256, so that a picture is known wherever it is moved.

    Only a picture of a size that is known has to be read.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def of(self, path: Path) -> PictureNote:
        """Of the picture at ``path``; empty where nothing is known. Raises OSError."""
        with open_picture(path) as file:
            return self.of_open(file)

    def of_open(self, file: BinaryIO) -> PictureNote:
        """The same of an open file. Raises OSError."""
        beside = os.path.join(self._folder, str(file.seek(0, 2)))  # noqa: PTH118 - of thousands
        if not os.path.isdir(beside):  # noqa: PTH112
            return PictureNote()
        file.seek(0)
        digest = hashlib.sha256()
        while piece := file.read(_CHUNK):
            digest.update(piece)
        return _read(Path(beside, digest.hexdigest()))

    def of_content(self, data: bytes) -> PictureNote:
        """Raises OSError."""
        return _read(self._path(data))

    def put(self, data: bytes, note: PictureNote) -> None:
        """Note it of the picture that has these bytes. Raises OSError."""
        path = self._path(data)
        path.parent.mkdir(parents=True, exist_ok=True)
        document = {
            "chosen": note.chosen,
            "nsfwLevel": note.nsfw_level,
            "source": note.source,
            "replaced": dict(note.replaced),
        }
        replace_file(path, json.dumps(document).encode())

    def _path(self, data: bytes) -> Path:
        return self._folder / str(len(data)) / hashlib.sha256(data).hexdigest()


def _read(path: Path) -> PictureNote:
    try:
        document: Any = json.loads(path.read_bytes())
    except FileNotFoundError:
        return PictureNote()
    except ValueError:  # damaged: whatever it said, it said something of a picture of ours
        return PictureNote(chosen=True)
    said = clean.mapping(document)
    return PictureNote(
        chosen=said.get("chosen") is True,
        nsfw_level=clean.whole(said.get("nsfwLevel")),
        source=clean.address(said.get("source")),
        replaced={
            str(tail): str(kept) for tail, kept in clean.mapping(said.get("replaced")).items()
        },
    )
