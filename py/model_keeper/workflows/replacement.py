"""Replacing a person's file whole: after a crash at any point it is the old one or the new one."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import stat
from pathlib import Path
from uuid import uuid4

from model_keeper.domain.errors import KeeperError

_ENDING = ".new"


def replace_file(path: Path, content: bytes) -> None:
    """Give ``path`` the content at once. It keeps its mode and, where allowed, its owner.

    A symbolic link stays one: its target is replaced. A missing file is made, a missing folder is
    not. Raises KeeperError file_read_only, folder_not_found, storage_failed; the
    old file stays then.
    """
    target = Path(os.path.realpath(path))
    try:
        before = _status(target)
        if before is not None and not before.st_mode & stat.S_IWUSR:
            raise KeeperError("file_read_only", path=str(path))
        _replace(target, content, before)
    except OSError as exc:
        raise writing_error(exc, path) from exc


def remove_leftovers(path: Path) -> None:
    """Remove what a killed writer of ``path`` left. Only while nobody else writes it."""
    target = Path(os.path.realpath(path))
    for leftover in target.parent.glob(f".{glob.escape(target.name)}.*{_ENDING}"):
        with contextlib.suppress(OSError):
            leftover.unlink()


def create_file(path: Path, content: bytes) -> None:
    """Write a file that is not there yet. Raises FileExistsError, OSError; nothing is left then."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        _fill(fd, content)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise
    _sync_folder(path.parent)


def _replace(target: Path, content: bytes, before: os.stat_result | None) -> None:
    temporary = target.with_name(f".{target.name}.{uuid4().hex[:12]}{_ENDING}")
    try:
        create_file(temporary, content)
        if before is not None:
            _adopt(temporary, before)
        os.replace(temporary, target)  # noqa: PTH105 - the one call that tests interrupt
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _fill(fd: int, content: bytes) -> None:
    with os.fdopen(fd, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(fd)


def _adopt(temporary: Path, before: os.stat_result) -> None:
    mine = temporary.stat()
    if hasattr(os, "chown") and (mine.st_uid, mine.st_gid) != (before.st_uid, before.st_gid):
        with contextlib.suppress(PermissionError):  # somebody else's file in a shared folder
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def writing_error(exc: OSError, path: Path) -> KeeperError:
    """What a failed write of ``path`` means to a person."""
    if isinstance(exc, FileNotFoundError):
        return KeeperError("folder_not_found", path=str(path.parent))
    if isinstance(exc, PermissionError) or exc.errno == errno.EROFS:
        return KeeperError("file_read_only", path=str(path))
    return KeeperError("storage_failed", path=str(path), why=(exc.strerror or "unknown").lower())


def _sync_folder(folder: Path) -> None:
    """Folders of some network drives cannot be synced, and those of Windows never."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
