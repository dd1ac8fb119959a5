"""Small pictures of pictures and films. Whatever the file is, it costs little and harms nothing."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import threading
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO

from PIL import Image

from model_keeper.domain.ports import Clock
from model_keeper.formats.media import (
    Medium,
    picture_size,
)
from model_keeper.formats.reading import Broken
from model_keeper.library.films import film_still
from model_keeper.library.picture_files import MOST_BYTES, medium_at, open_picture

MOST_PIXELS = 1 << 26  # 8192 by 8192
_LARGE = 1 << 24  # pixels; of these one is decoded at a time

_FRAMES_KEPT = 48
_FRAMES_READ = 1_000
_PIXELS_READ = 400_000_000  # of all frames of an animation together
_SECONDS = 10.0
_FRAME_MS = 100  # where a frame does not say how long it stays
_LARGEST_PROFILE = 1 << 16
_QUALITY = 80
_ORIENTATION = 0x0112
_TURNS: Mapping[int, Image.Transpose] = MappingProxyType(
    {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
)
_MOVING = frozenset({"GIF", "WEBP", "PNG", "AVIF"})

#: What decoders raise on bad data, in one Pillow or another.
_DECODER_ERRORS = (
    *(OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError),
    *(ArithmeticError, MemoryError, RuntimeError, struct.error, zlib.error),
    *(Image.DecompressionBombError, Image.DecompressionBombWarning),
)

Still = Callable[[Path, Medium, int], Image.Image]


class Pictures:
    """Makes WebP pictures. Safe to use from several threads."""

    def __init__(self, clock: Clock, still_of: Still = film_still) -> None:
        self._clock = clock
        self._still_of = still_of
        self._one_large = threading.Lock()

    def small(self, path: Path, longest: int, *, moving: bool) -> bytes:
        """The picture as WebP, no edge longer than ``longest`` pixels, upright, never enlarged.

        An animation stays one where ``moving``, with fewer frames where it has very many; of one
        that is too long, and of a film, there is a still. Raises OSError where it cannot be opened,
        and Broken where it is no picture, too large, or not what its header says.
        """
        with open_picture(path) as file:
            medium = medium_at(file)
            if medium is None:
                raise Broken("its content is no picture")
            if medium.is_film:
                return self._guarded(lambda: _encoded(self._film(path, medium), longest))
            length = os.fstat(file.fileno()).st_size
            if length > MOST_BYTES:
                raise Broken(f"it is larger than {MOST_BYTES >> 20} MB")
            pixels = _pixels(file, length, medium)
            file.seek(0)
            with self._one_large if pixels > _LARGE else contextlib.nullcontext():
                return self._guarded(lambda: self._picture(file, medium, longest, moving=moving))

    def _film(self, path: Path, medium: Medium) -> Image.Image:
        return self._still_of(path, medium, MOST_PIXELS)

    def _picture(self, file: BinaryIO, medium: Medium, longest: int, *, moving: bool) -> bytes:
        with Image.open(file, formats=(str(medium.decoder),)) as image:
            if image.width * image.height > MOST_PIXELS:
                raise Broken("it is larger than its header says")
            if moving and medium.decoder in _MOVING:
                animation = self._animation(image, longest)
                if animation is not None:
                    return animation
                image.seek(0)
            image.draft("RGB", (2 * longest, 2 * longest))  # JPEG alone: decoded smaller, faster
            return _encoded(image, longest)

    def _animation(self, image: Image.Image, longest: int) -> bytes | None:
        """None where it is none, or takes too long."""
        count = int(getattr(image, "n_frames", 1))
        pixels = count * image.width * image.height
        if not 1 < count <= _FRAMES_READ or pixels > _PIXELS_READ:
            return None
        until = self._clock.monotonic() + _SECONDS
        step = -(-count // _FRAMES_KEPT)
        frames: list[Image.Image] = []
        durations: list[int] = []
        for number in range(count):
            if self._clock.monotonic() > until:
                return None
            image.seek(number)
            if number % step == 0:
                frames.append(_reduced(image.copy(), longest))
                durations.append(0)
            durations[-1] += int(image.info.get("duration") or _FRAME_MS)
        return _webp(frames, durations)

    @staticmethod
    def _guarded(make: Callable[[], bytes]) -> bytes:
        try:
            return make()
        except _DECODER_ERRORS as exc:
            raise Broken("it is damaged") from exc


def _pixels(file: BinaryIO, length: int, medium: Medium) -> int:
    width, height = picture_size(file, length, medium)
    if width * height > MOST_PIXELS:
        raise Broken(f"it is {width} by {height} pixels, which is too many")
    return width * height


def _encoded(image: Image.Image, longest: int) -> bytes:
    profile = image.info.get("icc_profile") if image.mode in {"RGB", "RGBA"} else None
    small = _reduced(image, longest)
    if isinstance(profile, bytes) and 0 < len(profile) <= _LARGEST_PROFILE:
        return _webp([small], [], icc_profile=profile)
    return _webp([small], [])


def _reduced(image: Image.Image, longest: int) -> Image.Image:
    """A small copy, upright, without anything that the file says beside its picture."""
    small = _plain(image)
    small.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    turn = None
    with contextlib.suppress(*_DECODER_ERRORS):  # bad EXIF data is no bad picture
        turn = _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    if turn is not None:
        small = small.transpose(turn)
    small.info.clear()
    return small


def _plain(image: Image.Image) -> Image.Image:
    """A copy in RGB or RGBA."""
    if image.mode.startswith("I"):  # 16 bits, and a conversion would cut them off
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L").convert("RGB")
    if image.mode in {"RGBA", "LA", "PA", "RGBa", "La"} or "transparency" in image.info:
        return image.convert("RGBA")
    return image.convert("RGB")


def _webp(frames: list[Image.Image], durations: list[int], **options: Any) -> bytes:
    out = io.BytesIO()
    if len(frames) > 1:
        options |= {"save_all": True, "append_images": frames[1:], "duration": durations}
        options |= {"loop": 0, "minimize_size": False, "method": 2}
    frames[0].save(out, "WEBP", quality=_QUALITY, **options)
    return out.getvalue()
