"""Small pictures, and files that would do harm."""

from __future__ import annotations

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, features

from model_keeper.engine.clock import SystemClock
from model_keeper.formats.media import Medium
from model_keeper.formats.reading import Broken
from model_keeper.library.picture_files import MOST_BYTES
from model_keeper.library.pictures import Pictures
from tests.unit.library.preview_pictures import animation, bomb, opened, picture

FORMS = ["PNG", "JPEG", "WEBP", "GIF", *(["AVIF"] if features.check("avif") else [])]


class SlowClock(SystemClock):
    """Each look at it takes six seconds."""

    def __init__(self) -> None:
        self._times = itertools.count(0.0, 6.0)

    def monotonic(self) -> float:
        return next(self._times)


@pytest.fixture
def pictures() -> Pictures:
    return Pictures(SystemClock())


def made(
    pictures: Pictures, folder: Path, data: bytes, longest: int = 32, *, moving: bool = False
) -> bytes:
    path = folder / "a.preview.txt"  # its name says nothing
    path.write_bytes(data)
    return pictures.small(path, longest, moving=moving)


@pytest.mark.parametrize("form", FORMS)
def test_every_kind_becomes_a_small_webp(pictures: Pictures, tmp_path: Path, form: str) -> None:
    small = opened(made(pictures, tmp_path, picture(form)))
    assert (small.format, small.size) == ("WEBP", (32, 24))
    left, right = small.convert("RGB").getpixel((4, 12)), small.convert("RGB").getpixel((28, 12))
    assert isinstance(left, tuple)
    assert isinstance(right, tuple)
    assert (left[0] > 200, left[2] < 60) == (True, True)
    assert (right[2] > 200, right[0] < 60) == (True, True)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_mode_is_understood(pictures: Pictures, tmp_path: Path, mode: str) -> None:
    colour = 65_535 if mode.startswith("I") else {"1": 1, "L": 255, "P": 0}.get(mode, "white")
    data = picture(mode=mode, colour=colour)
    small = opened(made(pictures, tmp_path, data)).convert("RGB")
    shade = small.getpixel((16, 12))
    assert isinstance(shade, tuple)
    assert mode == "P" or min(shade) > 240


def test_what_is_transparent_stays_so(pictures: Pictures, tmp_path: Path) -> None:
    data = picture(mode="RGBA", colour=(255, 0, 0, 0))
    assert opened(made(pictures, tmp_path, data)).getchannel("A").getextrema() == (0, 0)


def test_a_small_picture_is_not_enlarged(pictures: Pictures, tmp_path: Path) -> None:
    assert opened(made(pictures, tmp_path, picture(), 640)).size == (64, 48)


@pytest.mark.parametrize(("orientation", "size"), [(1, (32, 24)), (3, (32, 24)), (6, (24, 32))])
def test_it_stands_upright_and_says_nothing_else(
    pictures: Pictures, tmp_path: Path, orientation: int, size: tuple[int, int]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = "a secret prompt"
    small = opened(made(pictures, tmp_path, picture("JPEG", exif=exif)))
    assert small.size == size
    assert not dict(small.getexif())
    corner = small.convert("RGB").getpixel((3, 3))
    assert isinstance(corner, tuple)
    assert (corner[2] > 200) is (orientation == 3)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_an_animation_keeps_moving(pictures: Pictures, tmp_path: Path, form: str) -> None:
    data = animation(form, frames=5)
    moving = opened(made(pictures, tmp_path, data, moving=True))
    assert (getattr(moving, "n_frames", 1), moving.size) == (5, (32, 24))
    still = opened(made(pictures, tmp_path, data))
    assert getattr(still, "n_frames", 1) == 1


def test_a_long_animation_gets_fewer_frames_and_takes_as_long(
    pictures: Pictures, tmp_path: Path
) -> None:
    moving = opened(made(pictures, tmp_path, animation(frames=100, size=(16, 16)), moving=True))
    count = getattr(moving, "n_frames", 1)
    assert 24 < count <= 48
    seconds = 0
    for number in range(count):
        moving.seek(number)
        moving.load()
        seconds += moving.info["duration"]
    assert seconds == 100 * 50


def test_an_animation_that_takes_too_long_becomes_a_still(tmp_path: Path) -> None:
    data = animation(frames=4)
    small = opened(made(Pictures(SlowClock()), tmp_path, data, moving=True))
    assert getattr(small, "n_frames", 1) == 1


@pytest.mark.parametrize("size", [(60_000, 60_000), (1 << 30, 1), (8_193, 8_192)])
def test_bombs_are_refused_by_their_header(
    pictures: Pictures, tmp_path: Path, size: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image, "open", lambda *_, **__: pytest.fail("a decoder saw it"))
    with pytest.raises(Broken, match="too many"):
        made(pictures, tmp_path, bomb(*size))


def test_a_file_that_is_too_large_is_refused(pictures: Pictures, tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(picture())
    os.truncate(path, MOST_BYTES + 1)
    with pytest.raises(Broken, match="larger than 64 MB"):
        pictures.small(path, 32, moving=False)


@pytest.mark.parametrize("form", FORMS)
def test_a_truncated_picture_is_broken(pictures: Pictures, tmp_path: Path, form: str) -> None:
    data = picture(form, (640, 480))
    with pytest.raises(Broken):
        made(pictures, tmp_path, data[: len(data) // 2])


@pytest.mark.parametrize("data", [b"", b"<svg onload='x'/>", b"<html>", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_is_broken(pictures: Pictures, tmp_path: Path, data: bytes) -> None:
    with pytest.raises(Broken):
        made(pictures, tmp_path, data)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes in folders here")
def test_a_pipe_is_not_waited_for(pictures: Pictures, tmp_path: Path) -> None:
    pipe = tmp_path / "a.png"
    os.mkfifo(pipe)
    with pytest.raises(OSError, match="is no file"):
        pictures.small(pipe, 32, moving=False)


def test_a_film_gets_a_still(tmp_path: Path) -> None:
    def still(_path: Path, medium: Medium, _most: int) -> Image.Image:
        return Image.new("RGB", (64, 48), "red" if medium.type == "video/mp4" else "blue")

    data = b"\x00\x00\x00\x20ftypisom" + b"\x00" * 64
    assert opened(made(Pictures(SystemClock(), still), tmp_path, data)).size == (32, 24)


def test_a_film_that_cannot_be_read_says_so(pictures: Pictures, tmp_path: Path) -> None:
    with pytest.raises(Broken, match=r"package av|film"):
        made(pictures, tmp_path, b"\x00\x00\x00\x20ftypisom" + b"\x00" * 64)


@given(
    form=st.sampled_from(FORMS),
    flips=st.lists(st.tuples(st.integers(0, 8191), st.binary(min_size=1, max_size=4)), max_size=6),
)
@settings(max_examples=80, deadline=None)
def test_damage_is_broken_or_a_picture(
    tmp_path_factory: pytest.TempPathFactory, form: str, flips: list[tuple[int, bytes]]
) -> None:
    data = bytearray(picture(form))
    for at, some in flips:
        data[at % len(data) : at % len(data) + len(some)] = some
    pictures = Pictures(SystemClock())
    try:
        small = made(pictures, tmp_path_factory.mktemp("damaged"), bytes(data), moving=True)
    except Broken:
        return
    assert max(opened(small).size) <= 32
