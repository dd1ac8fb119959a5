"""Small pictures on the disk, the least used of them forgotten first."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

_FORM = 1  # another one forgets every picture that an older version made
_AFTER_TRIM = 0.9  # of the limit, so that not every picture that comes has to make room
_ENDING = ".webp"


@dataclass(frozen=True)
class Source:
    """What a picture is made of: a file as it is now. Another content is another source."""

    path: Path
    inode: str
    size: int
    mtime_ns: int

    @classmethod
    def at(cls, path: Path) -> Source:
        """Raises OSError."""
        status = path.stat()
        # Without a number for the file its path has to tell it from others.
        inode = f"{status.st_dev}:{status.st_ino}" if status.st_ino else str(path)
        return cls(path, inode, status.st_size, status.st_mtime_ns)

    def key(self, longest: int, *, moving: bool) -> str:
        """The name of the picture that is made of it; the same after the file was renamed."""
        facts = (_FORM, self.inode, self.size, self.mtime_ns, longest, moving)
        return hashlib.sha256(repr(facts).encode("utf-8", "surrogatepass")).hexdigest()[:40]


class ThumbnailCache:
    """Pictures by key in ``folder``; several programs may use it. Delete it at any time.

    ``limit`` says how many bytes there may be. What cannot be kept is not: nothing here raises.
    """

    def __init__(self, folder: Path, limit: Callable[[], int]) -> None:
        self._folder = folder
        self._limit = limit
        self._size: int | None = None
        self._counting = threading.Lock()

    def get(self, key: str) -> bytes | None:
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return data or None

    def put(self, key: str, data: bytes) -> None:
        if len(data) > self._limit():
            return
        path = self._path(key)
        temporary = path.with_name(f"{key}.{secrets.token_hex(4)}.new")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
            temporary.replace(path)
        except OSError:  # the disk is full: it is made again when it is asked for
            with contextlib.suppress(OSError):
                temporary.unlink()
            return
        with self._counting:
            self._make_room(len(data))

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}{_ENDING}"

    def _make_room(self, added: int) -> None:
        limit = self._limit()
        self._size = (
            sum(row[1] for row in self._present()) if self._size is None else (self._size + added)
        )
        if self._size <= limit:
            return
        rows = sorted(self._present())  # counted anew: others add to it too
        self._size = sum(row[1] for row in rows)
        for _, size, path in rows:
            if self._size <= limit * _AFTER_TRIM:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                self._size -= size

    def _present(self) -> Iterator[tuple[int, int, Path]]:
        """When it was last used, its size, and where it is; the ends of killed writes too."""
        for path in self._folder.glob("*/*"):
            with contextlib.suppress(OSError):
                status = path.stat()
                yield status.st_mtime_ns, status.st_size, path
