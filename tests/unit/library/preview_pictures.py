"""Pictures for tests, made on the spot."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from typing import Any

from PIL import Image


def picture(form: str = "PNG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    """A picture that is red on its left half and blue on its right."""
    out = io.BytesIO()
    image = Image.new(options.pop("mode", "RGB"), size, options.pop("colour", "red"))
    if image.mode == "RGB":
        image.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    image.save(out, form, **options)
    return out.getvalue()


def animation(
    form: str = "GIF", frames: int = 4, size: tuple[int, int] = (64, 48), duration: int = 50
) -> bytes:
    """Frames that all differ."""
    images: Sequence[Image.Image] = [
        Image.new("RGB", size, (number * 37 % 256, number * 91 % 256, number % 256))
        for number in range(frames)
    ]
    out = io.BytesIO()
    images[0].save(out, form, save_all=True, append_images=images[1:], duration=duration, loop=0)
    return out.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A few bytes of PNG that say they are a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        checksum = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + checksum

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", zlib.compress(b"\0" * 4096)),
            chunk(b"IEND", b""),
        ]
    )


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image
