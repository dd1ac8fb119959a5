"""Small pictures, made once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.engine.clock import SystemClock
from model_keeper.formats.reading import Broken
from model_keeper.library.pictures import Pictures
from model_keeper.library.thumbnail_cache import Source, ThumbnailCache
from model_keeper.library.thumbnails import Thumbnails
from tests.unit.library.preview_pictures import opened, picture


class CountedPictures(Pictures):
    """Makes nothing before it is let go."""

    def __init__(self) -> None:
        super().__init__(SystemClock())
        self.made = 0
        self.go = threading.Event()

    def small(self, path: Path, longest: int, *, moving: bool) -> bytes:
        self.made += 1
        assert self.go.wait(20)
        return super().small(path, longest, moving=moving)


@pytest.fixture
def pictures() -> CountedPictures:
    return CountedPictures()


@pytest.fixture
def thumbnails(pictures: CountedPictures, tmp_path: Path) -> Iterator[Thumbnails]:
    made = Thumbnails(pictures, ThumbnailCache(tmp_path / "cache", lambda: 1 << 20))
    yield made
    pictures.go.set()
    made.close()


def source(folder: Path, data: bytes) -> Source:
    path = folder / "a.png"
    path.write_bytes(data)
    return Source.at(path)


def test_many_who_ask_at_once_get_the_same_picture_made_once(
    thumbnails: Thumbnails, pictures: CountedPictures, tmp_path: Path
) -> None:
    what = source(tmp_path, picture())
    asked = [thumbnails.of(what, 32, moving=True) for _ in range(50)]
    other = thumbnails.of(what, 16, moving=True)
    pictures.go.set()
    assert len({made.result(20) for made in asked}) == 1
    assert opened(other.result(20)).size == (16, 12)
    assert pictures.made == 2


def test_a_picture_is_kept(
    thumbnails: Thumbnails, pictures: CountedPictures, tmp_path: Path
) -> None:
    pictures.go.set()
    what = source(tmp_path, picture())
    first = thumbnails.of(what, 32, moving=True).result(20)
    what.path.unlink()
    assert thumbnails.of(what, 32, moving=True).result(20) == first
    assert pictures.made == 1


def test_a_broken_one_is_tried_again(
    thumbnails: Thumbnails, pictures: CountedPictures, tmp_path: Path
) -> None:
    pictures.go.set()
    what = source(tmp_path, picture()[:60])
    for _ in range(2):
        with pytest.raises(Broken):
            thumbnails.of(what, 32, moving=True).result(20)
    assert pictures.made == 2
