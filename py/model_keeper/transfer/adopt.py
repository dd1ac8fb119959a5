"""Taking a file that is already on this machine into staging."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from model_keeper.domain.downloads import Fetched
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Clock, Control, Progress, ProgressSink
from model_keeper.files.failures import storage_error
from model_keeper.transfer.hashing import Follower, hash_file
from model_keeper.transfer.journal import Manifest
from model_keeper.transfer.partial import Partial

_BLOCK = 1 << 20
_FICLONE = 0x40049409  # linux/fs.h: share the blocks of another file


def adopt(
    source: Path,
    staging: Path,
    clock: Clock,
    control: Control,
    report: ProgressSink,
    *,
    hardlink: bool = False,
) -> Fetched:
    """Bring the content of ``source`` to ``staging`` and hash it; ``source`` is left as it is.

    Shares the blocks where the file system can; else a hard link where ``hardlink`` allows one;
    else a copy. Raises KeeperError file_not_found, disk_full, …; Interrupted. Nothing stays on
    failure.
    """
    if not source.is_file():
        raise KeeperError("file_not_found", path=str(source))
    partial = Partial(staging, clock, boot_id=None)
    with partial.owned():
        try:
            if _share(source, staging, hardlink=hardlink):
                return _hashed(staging)
            return _copy(source, partial, control, report)
        except BaseException:
            partial.discard()
            raise


def _share(source: Path, staging: Path, *, hardlink: bool) -> bool:
    """Whether ``staging`` has the content now without a copy."""
    staging.unlink(missing_ok=True)
    if _reflink(source, staging):
        return True
    if not hardlink:
        return False
    try:
        os.link(source.resolve(), staging)
    except OSError:
        return False
    return True


def _reflink(source: Path, staging: Path) -> bool:
    if not sys.platform.startswith("linux"):
        return False
    import fcntl

    try:
        with source.open("rb") as origin, staging.open("wb") as copy:
            fcntl.ioctl(copy.fileno(), _FICLONE, origin.fileno())
    except OSError:
        staging.unlink(missing_ok=True)
        return False
    return True


def _hashed(staging: Path) -> Fetched:
    try:
        sha256, blake3 = hash_file(staging)
        size = staging.stat().st_size
    except OSError as exc:
        raise storage_error(exc, staging) from exc
    return Fetched(path=str(staging), size=size, sha256=sha256, blake3=blake3, bytes_fetched=0)


def _copy(source: Path, partial: Partial, control: Control, report: ProgressSink) -> Fetched:
    partial.restart(Manifest(url=source.as_uri()))
    follower = Follower(partial)
    buffer = memoryview(bytearray(_BLOCK))
    at = 0
    try:
        try:
            origin = source.open("rb", buffering=0)
        except OSError as exc:
            raise storage_error(exc, source) from exc
        with origin, partial.open_writer() as writer:
            size = os.fstat(origin.fileno()).st_size
            while count := origin.readinto(buffer):
                control.check()
                partial.write(writer, buffer[:count], slot=0, start=0, at=at)
                at += count
                report(Progress(done=at, total=size, fetched=0, stage="copy"))
        sha256, blake3 = follower.finish(at)
    finally:
        follower.stop()
    partial.sync()
    return Fetched(path=str(partial.path), size=at, sha256=sha256, blake3=blake3, bytes_fetched=0)
