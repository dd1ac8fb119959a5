"""Texts in PNG, WebP and JPEG pictures."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from model_keeper.formats.exif import exif_texts
from model_keeper.formats.reading import Broken, Window

Texts = Iterator[tuple[str, str]]

_MOST = 64 << 20  # of one text, unpacked
_IN_EXIF = re.compile(r"\s*(\w+)\s*:\s*(?=[{\[\"])")  # ComfyUI writes “workflow:{…}” there


def png_texts(file: BinaryIO, size: int) -> Texts:
    """``tEXt``, ``zTXt``, ``iTXt`` and EXIF. Raises :class:`Broken`."""
    window = Window(file, 8, size, ">")
    while window.remaining:
        length = window.u32("a chunk of the picture")
        kind = window.take(4, "a chunk of the picture")
        if kind in _PNG_TEXTS:
            data = window.take(length, "a text of the picture")
            yield from _PNG_TEXTS[kind](data)
        elif kind == b"IEND":
            return
        else:
            window.skip(length, "a chunk of the picture")
        window.skip(4, "a checksum of the picture")


def _plain(data: bytes) -> Texts:
    key, _, text = data.partition(b"\x00")
    yield key.decode("latin-1"), _lenient(text)


def _packed(data: bytes) -> Texts:
    key, _, rest = data.partition(b"\x00")
    yield key.decode("latin-1"), _lenient(_unpacked(rest[1:]))


def _international(data: bytes) -> Texts:
    key, _, rest = data.partition(b"\x00")
    flags, rest = rest[:2], rest[2:]
    text = rest.partition(b"\x00")[2].partition(b"\x00")[2]
    if flags[:1] == b"\x01":
        text = _unpacked(text)
    yield key.decode("latin-1"), text.decode("utf-8", "replace")


def in_exif(data: bytes) -> Texts:
    """The texts in EXIF data that name their key themselves."""
    for text in exif_texts(data):
        match = _IN_EXIF.match(text)
        if match:
            yield match.group(1), text[match.end() :]
        else:
            yield "comment", text


_PNG_TEXTS = {
    b"tEXt": _plain,
    b"zTXt": _packed,
    b"iTXt": _international,
    b"eXIf": in_exif,
}


def _unpacked(data: bytes) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        text = unpacker.decompress(data, _MOST)
    except zlib.error as exc:
        raise Broken("a packed text in it cannot be unpacked") from exc
    if unpacker.unconsumed_tail:
        raise Broken("a packed text in it is too long")
    return text


def _lenient(text: bytes) -> str:
    """Latin-1 by the standard, UTF-8 by habit."""
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("latin-1")


def webp_texts(file: BinaryIO, size: int) -> Texts:
    """The EXIF chunk. Raises :class:`Broken`."""
    window = Window(file, 12, size)
    while window.remaining >= 8:
        kind = window.take(4, "a chunk of the picture")
        length = window.u32("a chunk of the picture")
        if kind == b"EXIF":
            yield from in_exif(window.take(length, "the EXIF data"))
            window.resume()
        else:
            window.skip(length, "a chunk of the picture")
        window.skip(min(length & 1, window.remaining), "a chunk of the picture")


def jpeg_texts(file: BinaryIO, size: int) -> Texts:
    """EXIF and comments before the picture itself. Raises :class:`Broken`."""
    window = Window(file, 2, size, ">")
    while window.remaining:
        if window.u8("a part of the picture") != 0xFF:
            return
        marker = window.u8("a part of the picture")
        if marker in {0xD9, 0xDA}:  # the end, or the picture itself
            return
        if marker in {0x00, 0x01, 0xFF} or 0xD0 <= marker <= 0xD7:
            continue
        length = window.u16("a part of the picture") - 2
        data = window.take(length, "a part of the picture")
        if marker == 0xE1 and data.startswith(b"Exif\x00\x00"):
            yield from in_exif(data)
        elif marker == 0xFE:
            yield "comment", _lenient(data)
