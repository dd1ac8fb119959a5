"""A still of a film, where the package ``av`` is there: ComfyUI brings it."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageStat

from model_keeper.formats.media import Medium
from model_keeper.formats.reading import Broken

_DEMUXERS = {"video/mp4": "mov", "video/webm": "matroska"}
_KEY_FRAMES = 6  # films like to begin in the dark
_DARK = 16.0  # of 255, on average


def film_still(path: Path, medium: Medium, most_pixels: int) -> Image.Image:
    """The first of the film's key frames that is not dark, else the first. Raises Broken."""
    try:
        av: Any = importlib.import_module("av")
    except ImportError:
        raise Broken("stills of films need the package av") from None
    try:
        # The reader of its own format alone: others follow addresses that a file holds.
        with av.open(str(path), format=_DEMUXERS[medium.type], metadata_errors="ignore") as film:
            return _still(film, most_pixels)
    except (av.error.FFmpegError, OSError, ValueError, RuntimeError, IndexError) as exc:
        raise Broken("the film cannot be read") from exc


def _still(film: Any, most_pixels: int) -> Image.Image:
    if not film.streams.video:
        raise Broken("there is no picture in the film")
    stream = film.streams.video[0]
    if stream.codec_context.width * stream.codec_context.height > most_pixels:
        raise Broken("its pictures are too large")
    stream.codec_context.skip_frame = "NONKEY"
    first: Image.Image | None = None
    for number, frame in enumerate(film.decode(stream)):
        still: Image.Image = frame.to_image()
        first = first or still
        if max(ImageStat.Stat(still.convert("L")).mean) > _DARK:
            return still
        if number >= _KEY_FRAMES:
            break
    if first is None:
        raise Broken("there is no picture in the film")
    return first
