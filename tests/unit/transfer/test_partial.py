"""A file in staging: what its record claims is never more than what the disk has."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.transfer import partial as module
from model_keeper.transfer.extents import Extents
from model_keeper.transfer.journal import Journal, Manifest
from model_keeper.transfer.partial import Partial
from tests.doubles import FakeClock

MANIFEST = Manifest(url="https://example.org/x", size=1000, etag='"a"')


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".x.part"


def opened(path: Path, boot_id: str = "boot-1") -> Partial:
    return Partial(path, FakeClock(), boot_id=boot_id)


def write(partial: Partial, data: bytes, at: int) -> None:
    with partial.open_writer() as file:
        file.seek(at)
        partial.write(file, memoryview(data), slot=0, start=at, at=at)


def survives_a_power_cut(path: Path) -> Extents:
    """What the record on the disk would have us trust after a restart of the machine."""
    found = Journal(path.with_name(path.name + ".json")).load(boot_id="another boot")
    assert found is not None
    return found[1]


def during_sync(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """Do ``act`` in the place of bringing data to the disk."""

    def sync_data(file: BinaryIO) -> None:
        assert not file.closed
        act()

    monkeypatch.setattr(module, "sync_data", sync_data)


def test_bytes_count_as_synced_only_after_the_sync(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partial = opened(path)
    claimed: list[Extents] = []
    during_sync(monkeypatch, lambda: claimed.append(survives_a_power_cut(path)))
    with partial.owned():
        partial.restart(MANIFEST)
        write(partial, b"x" * 100, 0)
        partial.sync()

    assert claimed == [Extents()], "recorded before the disk had them"
    assert survives_a_power_cut(path) == Extents([(0, 100)])


def test_bytes_that_come_during_a_sync_wait_for_the_next(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partial = opened(path)
    during_sync(monkeypatch, lambda: write(partial, b"y" * 50, 100))
    with partial.owned():
        partial.restart(MANIFEST)
        write(partial, b"x" * 100, 0)
        partial.sync()

    assert survives_a_power_cut(path) == Extents([(0, 100)])


def test_what_was_written_counts_until_the_machine_restarts(path: Path) -> None:
    first = opened(path)
    with first.owned():
        first.restart(MANIFEST)
        write(first, b"x" * 100, 0)
    same_boot, next_boot = opened(path), opened(path, boot_id="boot-2")
    same_boot.load()
    next_boot.load()

    assert same_boot.written == Extents([(0, 100)])
    assert next_boot.written == Extents()


def test_a_file_that_is_shorter_than_its_record_is_believed(path: Path) -> None:
    first = opened(path)
    with first.owned():
        first.restart(MANIFEST)
        write(first, b"x" * 100, 0)
        first.sync()
    with path.open("r+b") as file:
        file.truncate(40)
    second = opened(path, boot_id="boot-2")
    second.load()

    assert second.written == Extents([(0, 40)])


def test_a_record_without_its_file_is_nothing(path: Path) -> None:
    first = opened(path)
    with first.owned():
        first.restart(MANIFEST)
    path.unlink()

    assert opened(path).load() is None


def test_two_cannot_write_at_once(path: Path) -> None:
    with opened(path).owned(), pytest.raises(KeeperError) as caught, opened(path).owned():
        pass

    assert caught.value.code == "file_locked"


def test_discarding_leaves_nothing(path: Path) -> None:
    partial = opened(path)
    with partial.owned():
        partial.restart(MANIFEST)
        write(partial, b"x", 0)
        partial.discard()

    assert list(path.parent.iterdir()) == []
