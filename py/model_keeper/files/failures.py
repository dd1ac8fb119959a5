"""What a file that cannot be read or written means to a person."""

from __future__ import annotations

import errno
from pathlib import Path

from model_keeper.domain.errors import KeeperError


def file_failed(exc: OSError, path: Path | str) -> KeeperError:
    """The error where nothing better is known than what the system says: storage_failed."""
    why = (exc.strerror or str(exc) or "unknown").lower()
    return KeeperError("storage_failed", path=str(path), why=why)


def storage_error(exc: OSError, path: Path) -> KeeperError:
    """The error of a failed write: disk_full, folder_read_only, name_too_long, storage_failed."""
    if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
        return KeeperError("disk_full", path=str(path.parent), needed="more", free="too little")
    if exc.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return KeeperError("folder_read_only", path=str(path.parent))
    if exc.errno == errno.ENAMETOOLONG:
        return KeeperError("name_too_long", path=str(path))
    return file_failed(exc, path)
