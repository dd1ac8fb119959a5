"""Hashing a file while it arrives: a thread that follows the prefix through the page cache."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path
from typing import Protocol

from model_keeper.files.failures import storage_error
from model_keeper.transfer.partial import Partial

_BLOCK = 1 << 20


class Digest(Protocol):
    def update(self, data: memoryview, /) -> object: ...

    def hexdigest(self) -> str: ...


class Follower:
    """SHA256 and BLAKE3 of a partial's contiguous prefix, in one pass, each byte read once."""

    def __init__(self, partial: Partial) -> None:
        self.hashed = 0
        self._partial = partial
        self._sha256 = hashlib.sha256()
        self._blake3 = _blake3()
        self._end: int | None = None
        self._stopped = False
        self._failure: OSError | None = None
        self._thread = threading.Thread(target=self._run, name="hash-follower", daemon=True)
        self._thread.start()

    def finish(self, size: int) -> tuple[str, str | None]:
        """Wait until ``size`` bytes are hashed; ``(sha256, blake3)`` in lower-case hex."""
        with self._partial.changed:
            self._end = size
            self._partial.changed.notify_all()
        self._thread.join()
        if self._failure:
            raise storage_error(self._failure, self._partial.path) from self._failure
        return self._sha256.hexdigest(), self._blake3.hexdigest() if self._blake3 else None

    def stop(self) -> None:
        """Give up; waits for the thread to end."""
        with self._partial.changed:
            self._stopped = True
            self._partial.changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._follow(self._partial.path)
        except OSError as exc:
            self._failure = exc
            with self._partial.changed:
                self._partial.changed.notify_all()

    @property
    def failed(self) -> bool:
        return self._failure is not None

    def _follow(self, path: Path) -> None:
        buffer = memoryview(bytearray(_BLOCK))
        with path.open("rb", buffering=0) as file:
            while (available := self._await_bytes()) > 0:
                while available > 0:
                    count = file.readinto(buffer[: min(_BLOCK, available)])
                    if not count:
                        raise OSError(f"{path} is shorter than what was written to it")
                    self._sha256.update(buffer[:count])
                    if self._blake3:
                        self._blake3.update(buffer[:count])
                    available -= count
                    self._advance(count)

    def _advance(self, count: int) -> None:
        with self._partial.changed:
            self.hashed += count
            self._partial.changed.notify_all()

    def _await_bytes(self) -> int:
        """How many bytes can be hashed now; 0 at the end."""
        with self._partial.changed:
            while not self._stopped:
                available = self._partial.prefix - self.hashed
                if available > 0:
                    return available
                if self._end is not None and self.hashed >= self._end:
                    return 0
                self._partial.changed.wait()
        return 0


def _blake3() -> Digest | None:
    """BLAKE3, where its package is there: the rest works without."""
    try:
        from blake3 import blake3
    except ImportError:
        return None
    digest: Digest = blake3()
    return digest


def hash_file(path: Path) -> tuple[str, str | None]:
    """``(sha256, blake3)`` of a file that is whole. Raises OSError."""
    sha256, second = hashlib.sha256(), _blake3()
    buffer = memoryview(bytearray(_BLOCK))
    with path.open("rb", buffering=0) as file:
        while count := file.readinto(buffer):
            sha256.update(buffer[:count])
            if second:
                second.update(buffer[:count])
    return sha256.hexdigest(), second.hexdigest() if second else None
