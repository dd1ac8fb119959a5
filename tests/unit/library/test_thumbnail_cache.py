"""Small pictures that are kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from model_keeper.library.thumbnail_cache import Source, ThumbnailCache


def kept(folder: Path) -> dict[str, bytes]:
    return {path.stem: path.read_bytes() for path in folder.glob("*/*")}


def age(folder: Path, key: str, seconds: int) -> None:
    path = next(folder.glob(f"*/{key}.webp"))
    os.utime(path, ns=(seconds, seconds))


def test_what_was_put_is_got(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path / "none yet", lambda: 100)
    assert cache.get("aa") is None
    cache.put("aa", b"picture")
    assert cache.get("aa") == b"picture"
    assert ThumbnailCache(tmp_path / "none yet", lambda: 100).get("aa") == b"picture"


def test_the_least_used_goes_first(tmp_path: Path) -> None:
    cache = ThumbnailCache(tmp_path, lambda: 100)
    for at, key in enumerate(["aa", "bb", "cc"]):
        cache.put(key, b"x" * 30)
        age(tmp_path, key, at)
    assert cache.get("aa")  # used now
    cache.put("dd", b"x" * 30)
    assert sorted(kept(tmp_path)) == ["aa", "cc", "dd"]


@pytest.mark.parametrize(("programs", "most"), [(1, 1_000), (2, 2_000)])
def test_it_stays_within_its_limit_for_each_program(
    tmp_path: Path, programs: int, most: int
) -> None:
    caches = [ThumbnailCache(tmp_path, lambda: 1_000) for _ in range(programs)]
    for number in range(60):
        caches[number % programs].put(f"{number:02}", b"x" * 90)
        assert sum(map(len, kept(tmp_path).values())) <= most


def test_a_smaller_limit_holds_with_the_next_picture(tmp_path: Path) -> None:
    limits = [1_000]
    cache = ThumbnailCache(tmp_path, lambda: limits[0])
    for number in range(10):
        cache.put(f"{number:02}", b"x" * 90)
    limits[0] = 200
    cache.put("zz", b"x" * 90)
    assert sum(map(len, kept(tmp_path).values())) <= 200


def test_what_is_larger_than_everything_is_not_kept(tmp_path: Path) -> None:
    ThumbnailCache(tmp_path, lambda: 10).put("aa", b"x" * 11)
    assert kept(tmp_path) == {}


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    cache = ThumbnailCache(tmp_path / "file", lambda: 100)
    cache.put("aa", b"picture")
    assert cache.get("aa") is None


def test_a_source_is_the_same_after_a_rename_and_another_after_a_change(tmp_path: Path) -> None:
    path = tmp_path / "a.png"
    path.write_bytes(b"one")
    before = Source.at(path).key(320, moving=True)
    moved = path.rename(tmp_path / "b.png")
    assert Source.at(moved).key(320, moving=True) == before
    assert Source.at(moved).key(640, moving=True) != before
    assert Source.at(moved).key(320, moving=False) != before
    os.utime(moved, ns=(1, 1))
    assert Source.at(moved).key(320, moving=True) != before
    with pytest.raises(OSError, match=r"a\.png"):
        Source.at(path)
