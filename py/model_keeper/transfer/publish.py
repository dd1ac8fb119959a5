"""Giving a proven file its name, never over another file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Clock, Control
from model_keeper.files.durable import sync_folder
from model_keeper.files.failures import storage_error
from model_keeper.transfer.rename import Unsupported, exclusive_rename

_HELD_SECONDS = 60.0
_HELD_STEP = 0.5
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EXDEV}


@dataclass(frozen=True)
class Published:
    """``method``: how the name was taken: rename, link or checked (under a lock)."""

    path: Path
    method: str


class Publisher:
    """Moves a file of staging to its final name on the same volume."""

    def __init__(
        self,
        clock: Clock,
        *,
        rename: Callable[[Path, Path], None] = exclusive_rename,
        link: Callable[[Path, Path], None] = os.link,
    ) -> None:
        self._clock = clock
        self._rename = rename
        self._link = link

    def publish(self, staged: Path, destination: Path, control: Control) -> Published:
        """Name ``staged`` ``destination``. Nothing is ever overwritten.

        Raises KeeperError destination_exists, file_locked (another program holds the file, for a
        minute), folder_read_only, …; Interrupted while waiting for that program.
        """
        try:
            destination.parent.mkdir(parents=True, exist_ok=True)
        except OSError as exc:
            raise storage_error(exc, destination) from exc
        deadline = self._clock.monotonic() + _HELD_SECONDS
        method = ""
        while not method:
            try:
                method = self._move(staged, destination)
            except FileExistsError:
                raise KeeperError("destination_exists", path=str(destination)) from None
            except OSError as exc:
                if not _held_by_another_program(exc):
                    raise storage_error(exc, destination) from exc
                if self._clock.monotonic() >= deadline:
                    raise KeeperError("file_locked", path=str(staged)) from exc
                control.wait(_HELD_STEP)
        sync_folder(destination.parent)
        if staged.parent != destination.parent:
            sync_folder(staged.parent)
        return Published(destination, method)

    def _move(self, staged: Path, destination: Path) -> str:
        try:
            self._rename(staged, destination)
            return "rename"
        except Unsupported:
            pass
        try:
            self._link(staged, destination)
        except OSError as exc:
            if exc.errno not in _NO_LINKS:
                raise
            return self._checked(staged, destination)
        staged.unlink()
        return "link"

    @staticmethod
    def _checked(staged: Path, destination: Path) -> str:
        """Where the file system offers nothing better: look, then rename, one of us at a time."""
        lock = FileLock(str(destination) + ".lock")
        with lock:
            try:
                if os.path.lexists(destination):
                    raise FileExistsError(errno.EEXIST, "exists", str(destination))
                staged.rename(destination)
            finally:
                Path(lock.lock_file).unlink(missing_ok=True)
        return "checked"


def _held_by_another_program(exc: OSError) -> bool:
    """Windows: sharing and lock violations, and access denied while a scanner looks."""
    return getattr(exc, "winerror", None) in {5, 32, 33}
