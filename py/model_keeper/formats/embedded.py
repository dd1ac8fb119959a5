"""The texts that programs write beside a picture, a video or a sound, by their keys.

Nothing is decoded: only the containers are walked, and every length is compared with what is there
before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO

from model_keeper.formats.flac import flac_texts
from model_keeper.formats.matroska import matroska_texts
from model_keeper.formats.movies import movie_texts
from model_keeper.formats.pictures import jpeg_texts, png_texts, webp_texts
from model_keeper.formats.reading import Broken

MAX_TEXT_BYTES = 64 << 20  # of all texts of one file

Texts = Iterator[tuple[str, str]]


@dataclass(frozen=True)
class Embedded:
    """``kind`` is a phrase with its article. ``texts`` are by key, in lower case.

    ``fault`` says where reading came to an end before the file did.
    """

    kind: str
    texts: Mapping[str, str] = field(default_factory=dict)
    fault: str | None = None


@dataclass(frozen=True)
class _Container:
    magic: re.Pattern[bytes]
    kind: str
    texts: Callable[[BinaryIO, int], Texts] | None


def _container(
    magic: bytes, kind: str, texts: Callable[[BinaryIO, int], Texts] | None = None
) -> _Container:
    return _Container(re.compile(magic, re.DOTALL), kind, texts)


_CONTAINERS = (
    _container(rb"\x89PNG\r\n\x1a\n", "a PNG picture", png_texts),
    _container(rb"RIFF....WEBP", "a WebP picture", webp_texts),
    _container(rb"\xff\xd8\xff", "a JPEG picture", jpeg_texts),
    _container(rb"....ftypavi[fs]", "an AVIF picture"),
    _container(rb"....ftyp(?:heic|heix|mif1)", "a HEIF picture"),
    _container(rb"[\x00-\x08]...(?:ftyp|moov|wide|mdat|free)", "a video", movie_texts),
    _container(rb"\x1a\x45\xdf\xa3", "a video", matroska_texts),
    _container(rb"fLaC", "a sound file", flac_texts),
    _container(rb"GIF8[79]a", "a GIF picture"),
    _container(rb"BM....\x00\x00\x00\x00", "a BMP picture"),
    _container(rb"RIFF....AVI ", "a video"),
    _container(rb"RIFF....WAVE|ID3|OggS|\xff[\xfb\xf3\xf2]", "a sound file"),
)


def embedded_texts(file: BinaryIO, size: int) -> Embedded | None:
    """What the picture, video or sound in ``file`` carries; None where it is none by its content.

    The first text of a key counts. A file that ends early or lies about its lengths gives what came
    before.
    """
    file.seek(0)
    head = file.read(16)
    container = next((each for each in _CONTAINERS if each.magic.match(head)), None)
    if container is None:
        return None
    found: dict[str, str] = {}
    left = MAX_TEXT_BYTES
    try:
        for key, text in container.texts(file, size) if container.texts else ():
            left -= len(text)
            if left < 0:
                return Embedded(container.kind, found, "its texts are too long")
            found.setdefault(key.lower(), text)
    except Broken as broken:
        return Embedded(container.kind, found, str(broken))
    return Embedded(container.kind, found)
