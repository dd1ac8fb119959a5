"""Making bytes and names survive a power cut, where the platform can."""

from __future__ import annotations

import contextlib
import errno
import os
from pathlib import Path
from typing import BinaryIO

_SYNC_UNSUPPORTED = {errno.EINVAL, errno.ENOTSUP, errno.EBADF, errno.EACCES, errno.EPERM}


def sync_data(file: BinaryIO) -> None:
    """Bring what was written to the disk. macOS needs its own call for that."""
    file.flush()
    fd = file.fileno()
    full = _full_sync_command()
    if full is not None:
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.fcntl(fd, full)
            return
    getattr(os, "fdatasync", os.fsync)(fd)


def sync_folder(folder: Path) -> None:
    """Bring a rename inside ``folder`` to the disk; does nothing where folders cannot be synced."""
    if os.name == "nt":
        return
    try:
        fd = os.open(folder, os.O_RDONLY)
    except PermissionError:
        return
    try:
        os.fsync(fd)
    except OSError as exc:
        if exc.errno not in _SYNC_UNSUPPORTED:
            raise
    finally:
        os.close(fd)


def boot_id() -> str | None:
    """What tells one start of this machine from the next, or None where that is not provable."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip() or None
    except OSError:
        return None


def _full_sync_command() -> int | None:
    try:
        import fcntl
    except ImportError:
        return None
    command = getattr(fcntl, "F_FULLFSYNC", None)
    return command if isinstance(command, int) else None
