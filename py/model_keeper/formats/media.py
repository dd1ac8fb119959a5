"""Pictures and films: what they are by their first bytes, and how large a picture says it is.

A picture's size is read before a decoder sees it, for a decoder makes room for what it claims.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from model_keeper.formats.reading import Broken, Window

MEDIA_HEAD_BYTES = 32
MOST_MEDIA_BYTES = 64 << 20  # of a picture or film that shows a model

_PART = "its header"
_MOST_BOXES = 4096


@dataclass(frozen=True)
class Medium:
    """``ending`` is the right one for a name; ``decoder`` is Pillow's name, None for a film."""

    type: str
    ending: str
    decoder: str | None = None

    @property
    def is_film(self) -> bool:
        return self.decoder is None


_MEDIA = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), Medium("image/png", ".png", "PNG")),
    (re.compile(rb"\xff\xd8\xff"), Medium("image/jpeg", ".jpg", "JPEG")),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), Medium("image/webp", ".webp", "WEBP")),
    (re.compile(rb"GIF8[79]a"), Medium("image/gif", ".gif", "GIF")),
    (re.compile(rb"....ftypavi[fs]", re.DOTALL), Medium("image/avif", ".avif", "AVIF")),
    (re.compile(rb"....ftyp(?!qt  |hei|mif|msf)", re.DOTALL), Medium("video/mp4", ".mp4")),
    (re.compile(rb"\x1a\x45\xdf\xa3"), Medium("video/webm", ".webm")),
)


def medium_of(head: bytes) -> Medium | None:
    """What a file with the first bytes ``head`` is, where browsers can show it."""
    return next((medium for magic, medium in _MEDIA if magic.match(head)), None)


def picture_size(file: BinaryIO, length: int, medium: Medium) -> tuple[int, int]:
    """Width and height as the header says. Raises :class:`Broken`."""
    width, height = _SIZES[medium.type](file, length)
    if width <= 0 or height <= 0:
        raise Broken("it has no size")
    return width, height


def _png_size(file: BinaryIO, length: int) -> tuple[int, int]:
    header = Window(file, 12, length, ">")
    if header.take(4, _PART) != b"IHDR":
        raise Broken("it has no header")
    return header.u32(_PART), header.u32(_PART)


def _gif_size(file: BinaryIO, length: int) -> tuple[int, int]:
    header = Window(file, 6, length)
    return header.u16(_PART), header.u16(_PART)


def _jpeg_size(file: BinaryIO, length: int) -> tuple[int, int]:
    window = Window(file, 2, length, ">")
    while True:
        if window.u8(_PART) != 0xFF:
            raise Broken("its parts do not follow each other")
        marker = window.u8(_PART)
        while marker == 0xFF:  # filling
            marker = window.u8(_PART)
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:
            continue
        if marker in {0xD9, 0xDA}:
            raise Broken("it has no header")
        count = window.u16(_PART)
        if 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            window.skip(1, _PART)
            height = window.u16(_PART)
            return window.u16(_PART), height
        window.skip(count - 2, _PART)


def _webp_size(file: BinaryIO, length: int) -> tuple[int, int]:
    header = Window(file, 12, length)
    kind = header.take(4, _PART)
    header.skip(4, _PART)
    if kind == b"VP8X":
        header.skip(4, _PART)
        return _u24(header) + 1, _u24(header) + 1
    if kind == b"VP8L":
        header.skip(1, _PART)
        bits = header.u32(_PART)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        header.skip(6, _PART)
        return header.u16(_PART) & 0x3FFF, header.u16(_PART) & 0x3FFF
    raise Broken("it has no header")


def _u24(window: Window) -> int:
    return int.from_bytes(window.take(3, _PART), "little")


def _avif_size(file: BinaryIO, length: int) -> tuple[int, int]:
    """The largest of its pictures: a file holds thumbnails and tiles too."""
    found = [(0, 0)]
    waiting = [(0, length)]
    for _ in range(_MOST_BOXES):
        while waiting and waiting[-1][1] - waiting[-1][0] < 8:
            waiting.pop()
        if not waiting:
            break
        start, end = waiting.pop()
        box = Window(file, start, end, ">")
        count, kind = box.u32(_PART), box.take(4, _PART)
        if count == 1:
            count = box.u64(_PART)
        after = end if count == 0 else start + max(count, 8)
        waiting.append((after, end))
        if kind in {b"meta", b"ispe"}:
            box.skip(4, _PART)  # its version
        if kind == b"ispe":
            found.append((box.u32(_PART), box.u32(_PART)))
        elif kind in {b"meta", b"iprp", b"ipco"}:
            waiting.append((box.position, min(after, end)))
    return max(found, key=lambda size: size[0] * size[1])


_SIZES: Mapping[str, Callable[[BinaryIO, int], tuple[int, int]]] = {
    "image/png": _png_size,
    "image/gif": _gif_size,
    "image/jpeg": _jpeg_size,
    "image/webp": _webp_size,
    "image/avif": _avif_size,
}
