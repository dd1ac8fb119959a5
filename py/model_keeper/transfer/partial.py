"""A file in staging: its bytes, which of them are here, and who may write it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Clock
from model_keeper.files.durable import sync_data
from model_keeper.files.failures import storage_error
from model_keeper.transfer.extents import Extents
from model_keeper.transfer.journal import Journal, Manifest, with_progress

_SYNC_BYTES = 64 << 20
_SYNC_SECONDS = 5.0


class Partial:
    """The ``.part`` file and its journal. Hold :meth:`owned` while using it. Safe for threads."""

    def __init__(self, path: Path, clock: Clock, *, boot_id: str | None) -> None:
        self.path = path
        self.manifest: Manifest | None = None
        self.changed = threading.Condition()
        self._clock = clock
        self._boot_id = boot_id
        self._lock = path.with_name(path.name + ".lock")
        self._journal = Journal(path.with_name(path.name + ".json"))
        self._written = Extents()
        self._synced = Extents()
        self._synced_at = clock.monotonic()

    @contextmanager
    def owned(self) -> Iterator[None]:
        """Be the only writer. Raises KeeperError file_locked, folder_read_only, …"""
        lock = FileLock(str(self._lock))
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock.acquire(timeout=0)
        except Timeout:
            raise KeeperError("file_locked", path=str(self.path)) from None
        except OSError as exc:
            raise storage_error(exc, self.path) from exc
        try:
            yield
        finally:
            self._journal.close()
            with contextlib.suppress(OSError):
                self._lock.unlink()
            lock.release()

    @property
    def left_behind(self) -> bool:
        """Whether anything of an earlier run lies here; a killed one leaves its lock at least."""
        return any(path.exists() for path in (self.path, self._journal.path, self._lock))

    def load(self) -> Manifest | None:
        """Find what an earlier run left; None where nothing of it can be used."""
        found = self._journal.load(boot_id=self._boot_id)
        if found is None or not self.path.exists():
            return None
        manifest, trusted = found
        self.manifest = manifest
        self._written = trusted.clipped(self.path.stat().st_size)
        self._synced = Extents(manifest.synced).clipped(self.path.stat().st_size)
        return manifest

    def restart(self, manifest: Manifest) -> None:
        """Forget every byte."""
        with self._storing():
            with self.path.open("wb"):
                pass
            with self.changed:
                self._written, self._synced = Extents(), Extents()
            self._save(manifest, durable=False)

    def go_on(self, manifest: Manifest) -> None:
        """Keep the bytes that are here; they belong to ``manifest``."""
        with self._storing():
            self._save(manifest, durable=False)

    @property
    def written(self) -> Extents:
        """A copy of what is here."""
        with self.changed:
            return Extents(self._written)

    @property
    def prefix(self) -> int:
        return self._written.prefix

    @property
    def total(self) -> int:
        return self._written.total

    @property
    def resumable(self) -> bool:
        """Whether a later run can go on from what is here."""
        manifest = self.manifest
        return manifest is not None and manifest.resumable and self.total > 0

    def open_writer(self) -> BinaryIO:
        """A handle of the caller's own: each connection has its own position."""
        with self._storing():
            return self.path.open("r+b", buffering=0)

    def write(self, file: BinaryIO, view: memoryview, *, slot: int, start: int, at: int) -> None:
        """Write at the handle's position ``at``; ``start`` is where its piece began."""
        end = at + len(view)
        with self._storing():
            while view:
                view = view[file.write(view) :]
            self._journal.note(slot, start, end)
        with self.changed:
            self._written.add(start, end)
            self.changed.notify_all()

    def piece_done(self) -> None:
        """Keep a finished piece beyond its record, which the next piece overwrites."""
        assert self.manifest is not None
        with self._storing():
            self._save(self.manifest, durable=False)

    @property
    def sync_due(self) -> bool:
        unsynced = self.total - self._synced.total
        late = self._clock.monotonic() - self._synced_at >= _SYNC_SECONDS
        return unsynced >= _SYNC_BYTES or (unsynced > 0 and late)

    def sync(self) -> None:
        """Bring what is here to the disk, then record that it is."""
        if self.manifest is None:
            return
        with self._storing():
            here = self.written
            with self.path.open("r+b") as file:
                sync_data(file)
            with self.changed:
                self._synced = here
            self._synced_at = self._clock.monotonic()
            self._save(self.manifest, durable=True)

    def discard(self) -> None:
        """Remove the file and all that is known of it."""
        with self._storing():
            self._journal.remove()
            with contextlib.suppress(FileNotFoundError):
                self.path.unlink()

    def forget(self) -> None:
        """Remove the journal of a file that was published."""
        self._journal.remove()

    def _save(self, manifest: Manifest, *, durable: bool) -> None:
        with self.changed:
            self.manifest = replace(
                with_progress(manifest, written=self._written, synced=self._synced),
                boot_id=self._boot_id,
            )
            self._journal.save(self.manifest, durable=durable)

    @contextmanager
    def _storing(self) -> Iterator[None]:
        try:
            yield
        except OSError as exc:
            raise storage_error(exc, self.path) from exc
