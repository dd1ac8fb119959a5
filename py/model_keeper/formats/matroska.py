"""Texts in WebM and Matroska files: the names and strings of their tags."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from model_keeper.formats.reading import Broken, Window

_SEGMENT, _TAGS, _TAG, _SIMPLE_TAG = 0x18538067, 0x1254C367, 0x7373, 0x67C8
_NAME, _STRING = 0x45A3, 0x4487
_ENTERED = frozenset({_SEGMENT, _TAGS, _TAG, _SIMPLE_TAG})
_LONGEST_NAME = 1024
_MOST_ELEMENTS = 500_000  # walked over; an hour of video has a few thousand clusters
_ELEMENT = "an element of the video"


def matroska_texts(file: BinaryIO, size: int) -> Iterator[tuple[str, str]]:
    """The tags, wherever they stand. Raises :class:`Broken`.

    Elements that hold tags are entered rather than skipped, so that their inside follows as if it
    stood beside them; so are those of unknown length, which only a live stream writes.
    """
    window = Window(file, 0, size, ">")
    name = ""
    for _ in range(_MOST_ELEMENTS):
        if window.remaining < 2:
            return
        element = _number(window, keep_marker=True)
        length = _number(window, keep_marker=False)
        if length is None or element in _ENTERED:
            continue
        if element == _NAME and length <= _LONGEST_NAME:
            name = window.take(length, "a tag of the video").decode("utf-8", "replace")
        elif element == _STRING and name:
            text = window.take(length, "a tag of the video")
            yield name, text.rstrip(b"\x00").decode("utf-8", "replace")
            name = ""
        else:
            window.skip(length, _ELEMENT)


def _number(window: Window, *, keep_marker: bool) -> int | None:
    """A number whose first byte says by its leading zeros how many follow; None for “unknown”."""
    first = window.u8(_ELEMENT)
    if first == 0:
        raise Broken("its elements are damaged")
    more = 8 - first.bit_length()
    rest = window.take(more, _ELEMENT)
    value = int.from_bytes(bytes([first]) + rest, "big")
    if keep_marker:
        return value
    marker = 1 << (7 * (more + 1))
    return None if value == 2 * marker - 1 else value - marker
