"""Giving a proven file its name."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.transfer.publish import Publisher
from model_keeper.transfer.rename import Unsupported
from tests.doubles import FakeClock, FreeControl


def no_rename(_source: Path, _target: Path) -> None:
    raise Unsupported


def no_link(_source: Path, _target: Path) -> None:
    raise OSError(errno.EPERM, "no links here")


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    path = tmp_path / ".x.part"
    path.write_bytes(b"proven")
    return path


WAYS = [
    pytest.param({}, "rename", id="rename"),
    pytest.param({"rename": no_rename}, "link", id="link"),
    pytest.param({"rename": no_rename, "link": no_link}, "checked", id="checked"),
]


@pytest.mark.parametrize(("ways", "method"), WAYS)
def test_takes_the_name(staged: Path, ways: dict[str, object], method: str) -> None:
    target = staged.parent / "sub" / "x.safetensors"
    publisher = Publisher(FakeClock(), **ways)  # type: ignore[arg-type]

    published = publisher.publish(staged, target, FreeControl())

    assert (published.path, published.method) == (target, method)
    assert target.read_bytes() == b"proven"
    assert list(staged.parent.iterdir()) == [target.parent]
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize(("ways", "method"), WAYS)
def test_never_overwrites(staged: Path, ways: dict[str, object], method: str) -> None:
    target = staged.parent / "x.safetensors"
    target.write_bytes(b"somebody else's")
    publisher = Publisher(FakeClock(), **ways)  # type: ignore[arg-type]

    with pytest.raises(KeeperError) as caught:
        publisher.publish(staged, target, FreeControl())

    assert caught.value.code == "destination_exists"
    assert target.read_bytes() == b"somebody else's"
    assert staged.read_bytes() == b"proven", method


def test_a_dangling_link_is_a_taken_name(staged: Path) -> None:
    target = staged.parent / "x.safetensors"
    target.symlink_to(staged.parent / "nowhere")
    publisher = Publisher(FakeClock(), rename=no_rename, link=no_link)

    with pytest.raises(KeeperError) as caught:
        publisher.publish(staged, target, FreeControl())

    assert caught.value.code == "destination_exists"


class Held:
    """A file that another program holds for a number of attempts, as Windows reports it."""

    def __init__(self, attempts: int) -> None:
        self.left = attempts

    def __call__(self, source: Path, target: Path) -> None:
        if self.left:
            self.left -= 1
            exc = PermissionError(errno.EACCES, "held")
            exc.winerror = 32  # type: ignore[attr-defined]
            raise exc
        os.rename(source, target)  # noqa: PTH104


def test_waits_for_another_program_to_let_go(staged: Path) -> None:
    clock = FakeClock()
    target = staged.parent / "x.safetensors"

    Publisher(clock, rename=Held(40)).publish(staged, target, FreeControl(clock))

    assert target.read_bytes() == b"proven"


def test_gives_up_after_a_minute_and_keeps_the_file(staged: Path) -> None:
    clock = FakeClock()
    publisher = Publisher(clock, rename=Held(10_000))

    with pytest.raises(KeeperError) as caught:
        publisher.publish(staged, staged.parent / "x", FreeControl(clock))

    assert caught.value.code == "file_locked"
    assert clock.monotonic() <= 61
    assert staged.exists()
