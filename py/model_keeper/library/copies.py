"""Copies that are proven, blocks that are shared, and contents that are compared byte by byte."""

from __future__ import annotations

import errno
import hashlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Control, Interrupted

_BLOCK = 1 << 20
_FICLONE = 0x40049409  # linux/fs.h: share the blocks of another file

Clone = Callable[[int, int], None]
"""Lets the first of two open files share the blocks of the second. Raises OSError."""
Passed = Callable[[int], None]
"""Hears of so many more bytes that were read."""


def uncounted(count: int) -> None:
    """For whom nobody waits."""
    del count


def copy_proven(source: Path, target: Path, control: Control, passed: Passed = uncounted) -> str:
    """Copy to ``target``, which must not be there, with times and rights; the SHA256 of both.

    The copy is read again and its hash compared. Raises KeeperError copy_differs, OSError, and
    Interrupted; nothing is left then.
    """
    with source.open("rb", buffering=0) as origin:
        before = os.fstat(origin.fileno())
        copy = target.open("xb", buffering=0)
        try:
            with copy:
                sent = _pass_on(origin, copy, control, passed)
                os.fsync(copy.fileno())
            after = os.fstat(origin.fileno())
            if _state(before) != _state(after):
                raise KeeperError("file_changed_since", path=str(source))
            if _sha256(target, control, passed) != sent:
                raise KeeperError("copy_differs", path=str(source))
            _keep_times(target, before)
        except (OSError, KeeperError, Interrupted):
            target.unlink(missing_ok=True)
            raise
    return sent


def share_blocks(source: Path, target: Path, clone: Clone | None = None) -> None:
    """Make ``target``, which must not be there, of the blocks of ``source``.

    Raises KeeperError cannot_share where the file system has no such thing, and OSError.
    """
    clone = clone or _clone
    try:
        with source.open("rb") as origin, target.open("xb") as copy:
            clone(copy.fileno(), origin.fileno())
            _keep_times(target, os.fstat(origin.fileno()))
    except FileExistsError:
        raise
    except OSError as exc:
        target.unlink(missing_ok=True)
        why = (exc.strerror or str(exc)).lower()
        raise KeeperError("cannot_share", path=str(target.parent), why=why) from exc


def same_bytes(one: Path, other: Path, control: Control, passed: Passed = uncounted) -> bool:
    """Whether both hold the same bytes now. Raises OSError, Interrupted."""
    with one.open("rb", buffering=0) as first, other.open("rb", buffering=0) as second:
        if os.fstat(first.fileno()).st_size != os.fstat(second.fileno()).st_size:
            return False
        while True:
            control.check()
            block = _read(first)
            if block != _read(second):
                return False
            passed(2 * len(block))
            if not block:
                return True


def _clone(copy: int, origin: int) -> None:
    if not sys.platform.startswith("linux"):
        raise OSError(errno.EOPNOTSUPP, "this system cannot do it")
    import fcntl

    fcntl.ioctl(copy, _FICLONE, origin)


def _pass_on(origin: BinaryIO, copy: BinaryIO, control: Control, passed: Passed) -> str:
    digest = hashlib.sha256()
    while block := _read(origin):
        control.check()
        passed(len(block))
        digest.update(block)
        rest = memoryview(block)
        while rest:
            rest = rest[copy.write(rest) :]
    return digest.hexdigest()


def _sha256(path: Path, control: Control, passed: Passed) -> str:
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while block := _read(file):
            control.check()
            passed(len(block))
            digest.update(block)
    return digest.hexdigest()


def _read(file: BinaryIO) -> bytes:
    """A whole block, but for the last one."""
    block = file.read(_BLOCK)
    while 0 < len(block) < _BLOCK and (more := file.read(_BLOCK - len(block))):
        block += more
    return block


def _keep_times(path: Path, status: os.stat_result) -> None:
    path.chmod(status.st_mode & 0o777)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _state(status: os.stat_result) -> tuple[int, int, int]:
    return status.st_size, status.st_mtime_ns, status.st_ino
