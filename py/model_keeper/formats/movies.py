"""Texts in MP4 and QuickTime files: ``keys`` and ``ilst`` in their ``moov``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from model_keeper.formats.reading import Broken, Window

Texts = Iterator[tuple[str, str]]

_COMMENT = b"\xa9cmt"
_DEPTH = 8
_MOST_KEYS = 4096
_BOX = "a box of the video"


def movie_texts(file: BinaryIO, size: int) -> Texts:
    """The texts of iTunes and QuickTime metadata. Raises :class:`Broken`."""
    yield from _walk(Window(file, 0, size, ">"), [], _DEPTH)


def _walk(window: Window, keys: list[str], depth: int) -> Texts:
    if depth == 0:
        raise Broken("its boxes are nested too deeply")
    while window.remaining >= 8:
        kind, box = _box(window)
        if kind in {b"moov", b"udta"}:
            yield from _walk(box, [], depth - 1)
        elif kind == b"meta":
            _enter_meta(box)
            yield from _walk(box, [], depth - 1)
        elif kind == b"keys":
            keys[:] = _keys(box)
        elif kind == b"ilst":
            yield from _items(box, keys)
        elif kind == _COMMENT:
            yield from _quicktime_text(box)
        window.resume()


def _box(window: Window) -> tuple[bytes, Window]:
    length = window.u32(_BOX)
    kind = window.take(4, _BOX)
    if length == 1:
        length = window.u64(_BOX) - 16
    elif length == 0:  # up to the end
        length = window.remaining
    else:
        length -= 8
    return kind, window.within(length, _BOX)


def _enter_meta(box: Window) -> None:
    """Skip the version that ISO has in front of the boxes and QuickTime has not."""
    start = box.position
    head = box.take(min(8, box.remaining), _BOX)
    box.rewind(start if head[4:] == b"hdlr" else start + 4)


def _keys(box: Window) -> Iterator[str]:
    box.skip(4, "the keys of the video")
    for _ in range(min(box.u32("the keys of the video"), _MOST_KEYS)):
        length = box.u32("the keys of the video") - 8
        box.skip(4, "the keys of the video")
        yield box.take(length, "the keys of the video").decode("utf-8", "replace")


def _items(box: Window, keys: list[str]) -> Texts:
    while box.remaining >= 8:
        kind, item = _box(box)
        number = int.from_bytes(kind, "big")
        key = "comment" if kind == _COMMENT else ""
        if 0 < number <= len(keys):
            key = keys[number - 1]
        while item.remaining >= 8:
            inner, data = _box(item)
            if inner == b"name":
                data.skip(4, _BOX)
                key = data.take(data.remaining, _BOX).decode("utf-8", "replace")
            elif inner == b"data" and key:
                data.skip(8, _BOX)  # its type and its language
                yield key, data.take(data.remaining, _BOX).decode("utf-8", "replace")
            item.resume()
        box.resume()


def _quicktime_text(box: Window) -> Texts:
    length = box.u16("a text of the video")
    box.skip(2, "a text of the video")  # its language
    yield "comment", box.take(length, "a text of the video").decode("utf-8", "replace")
