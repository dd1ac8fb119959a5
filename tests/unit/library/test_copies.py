"""Copies that are proven, and contents that are compared."""

from __future__ import annotations

import errno
import hashlib
import os
from pathlib import Path

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import CANCEL, Interrupted
from model_keeper.library import copies
from model_keeper.library.copies import copy_proven, same_bytes, share_blocks
from tests.doubles import FreeControl

BYTES = os.urandom(3 << 20) + b"end"


class Stopping(FreeControl):
    """Somebody cancels when it is looked for the second time."""

    looked = 0

    def check(self) -> None:
        self.looked += 1
        if self.looked == 2:
            raise Interrupted(CANCEL)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "source"
    path.write_bytes(BYTES)
    path.chmod(0o640)
    os.utime(path, ns=(5, 1_600_000_000_123_456_789))
    return path


def test_a_copy_has_bytes_times_and_rights(source: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    read: list[int] = []
    digest = hashlib.sha256(BYTES).hexdigest()
    assert copy_proven(source, copy, FreeControl(), read.append) == digest
    assert sum(read) == 2 * len(BYTES)
    assert copy.read_bytes() == BYTES
    assert copy.stat().st_mtime_ns == source.stat().st_mtime_ns
    assert copy.stat().st_mode == source.stat().st_mode


def test_a_copy_replaces_nothing(source: Path, tmp_path: Path) -> None:
    (tmp_path / "copy").write_bytes(b"somebody's")
    with pytest.raises(FileExistsError):
        copy_proven(source, tmp_path / "copy", FreeControl())
    with pytest.raises(FileExistsError):
        share_blocks(source, tmp_path / "copy", lambda _copy, _origin: None)
    assert (tmp_path / "copy").read_bytes() == b"somebody's"


def test_bytes_that_changed_on_their_way_are_noticed(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copies._sha256

    def flipped(path: Path, control: FreeControl, passed: copies.Passed) -> str:
        with path.open("r+b") as file:
            file.seek(1 << 20)
            file.write(b"\0\0\0\0\0\0\0\0")
        return real(path, control, passed)

    monkeypatch.setattr(copies, "_sha256", flipped)
    with pytest.raises(KeeperError) as refused:
        copy_proven(source, tmp_path / "copy", FreeControl())
    assert refused.value.code == "copy_differs"
    assert list(tmp_path.iterdir()) == [source]


def test_a_cancelled_copy_leaves_nothing(source: Path, tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        copy_proven(source, tmp_path / "copy", Stopping())
    assert list(tmp_path.iterdir()) == [source]


def test_contents_are_compared_to_their_last_byte(source: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    for content, same in (
        (BYTES, True),
        (BYTES[:-1] + b"!", False),
        (BYTES[:-1], False),
        (BYTES + b"!", False),
        (b"!" + BYTES[1:], False),
    ):
        other.write_bytes(content)
        assert same_bytes(source, other, FreeControl()) is same


def test_where_blocks_cannot_be_shared_nothing_is_left(source: Path, tmp_path: Path) -> None:
    def refuse(_copy: int, _origin: int) -> None:
        raise OSError(errno.EOPNOTSUPP, "Operation not supported")

    with pytest.raises(KeeperError) as refused:
        share_blocks(source, tmp_path / "copy", refuse)
    assert refused.value.code == "cannot_share"
    assert "operation not supported" in refused.value.message
    assert list(tmp_path.iterdir()) == [source]
