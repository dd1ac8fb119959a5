"""The texts in EXIF data, which is a TIFF file without a picture."""

from __future__ import annotations

import io
from collections.abc import Iterator

from model_keeper.formats.reading import Broken, Window

_PREFIX = b"Exif\x00\x00"
_ORDERS = {b"II": "<", b"MM": ">"}
_TEXTS = {1, 2, 7}  # bytes, ASCII, undefined: each is one byte a count
_USER_COMMENT, _INNER_DIRECTORY = 0x9286, 0x8769
_ENCODINGS = {b"ASCII\x00\x00\x00": "ascii", b"UNICODE\x00": "utf-16"}
_DIRECTORIES = 8


def exif_texts(data: bytes) -> Iterator[str]:
    """The texts of every entry, in order; none where ``data`` is not EXIF.

    Raises :class:`Broken` where a directory or a text leads out of ``data``.
    """
    data = data.removeprefix(_PREFIX)
    order = _ORDERS.get(data[:2])
    if order is None:
        return
    file = io.BytesIO(data)
    header = Window(file, 4, len(data), order)
    waiting = [header.u32("the EXIF header")]
    for _ in range(_DIRECTORIES):
        if not waiting:
            return
        start = waiting.pop()
        if not 0 < start < len(data):
            raise Broken("its EXIF directory is outside")
        for tag, kind, count, value in list(_entries(Window(file, start, len(data), order))):
            if tag == _INNER_DIRECTORY:
                waiting.append(value)
            elif kind in _TEXTS and count > 4:
                text = Window(file, min(value, len(data)), len(data), order)
                yield _decoded(tag, text.take(count, "an EXIF text"), order)


def _entries(directory: Window) -> Iterator[tuple[int, int, int, int]]:
    for _ in range(directory.u16("the EXIF directory")):
        yield (
            directory.u16("an EXIF entry"),
            directory.u16("an EXIF entry"),
            directory.u32("an EXIF entry"),
            directory.u32("an EXIF entry"),
        )


def _decoded(tag: int, value: bytes, order: str) -> str:
    if tag == _USER_COMMENT:
        encoding = _ENCODINGS.get(value[:8])
        if encoding == "utf-16" and value[8:10] not in {b"\xff\xfe", b"\xfe\xff"}:
            encoding = "utf-16-be" if order == ">" else "utf-16-le"
        value = value[8:] if encoding else value
        return value.decode(encoding or "utf-8", "replace").rstrip("\x00")
    return value.rstrip(b"\x00").decode("utf-8", "replace")
