"""Texts in FLAC files: their Vorbis comment."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from model_keeper.formats.reading import Window

_COMMENT = 4
_BLOCK = "a block of the sound"


def flac_texts(file: BinaryIO, size: int) -> Iterator[tuple[str, str]]:
    """The comments before the sound itself. Raises :class:`~.reading.Broken`."""
    window = Window(file, 4, size, ">")
    last = False
    while not last:
        head = window.u32(_BLOCK)
        last = bool(head >> 31)
        block = window.within(head & 0xFFFFFF, _BLOCK)
        if (head >> 24) & 0x7F == _COMMENT:
            block.order = "<"
            block.skip(block.u32(_BLOCK), _BLOCK)  # who wrote it
            for _ in range(min(block.u32(_BLOCK), block.remaining // 4)):
                text = block.take(block.u32(_BLOCK), "a comment of the sound")
                key, _, value = text.decode("utf-8", "replace").partition("=")
                yield key, value
        window.resume()
