"""Writing what a person keeps: workflows and manifests."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.files.failures import storage_error
from model_keeper.files.replacement import replace_file


def write_back(path: Path, content: bytes) -> None:
    """Give a person's file other content, as :func:`replace_file` does.

    Raises KeeperError file_read_only, folder_not_found, disk_full, storage_failed; the old file
    stays then.
    """
    try:
        if _is_protected(path):
            raise KeeperError("file_read_only", path=str(path))
        replace_file(path, content)
    except OSError as exc:
        raise writing_error(exc, path) from exc


def writing_error(exc: OSError, path: Path) -> KeeperError:
    """What a failed write of ``path`` means to a person."""
    if isinstance(exc, FileNotFoundError):
        return KeeperError("folder_not_found", path=str(path.parent))
    if isinstance(exc, PermissionError) or exc.errno == errno.EROFS:
        return KeeperError("file_read_only", path=str(path))
    return storage_error(exc, path)


def _is_protected(path: Path) -> bool:
    """Whether its owner took the right to write away: a replacement would not ask for it."""
    try:
        return not path.stat().st_mode & stat.S_IWUSR
    except FileNotFoundError:
        return False
