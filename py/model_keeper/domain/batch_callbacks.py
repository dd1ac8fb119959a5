"""Callbacks of a batch: how whoever runs one hears of it, whatever runs at once inside."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class BatchDownloadCallbacks:
    """Five optional callbacks for one file after another, and one for files side by side.

    None means silence. ``on_batch_start(count)``; ``on_file_start(name, number, count)``;
    ``on_file_progress(bytes_done, bytes_total)``, of the file that started last;
    ``on_file_complete(name, succeeded, error)``; ``on_batch_complete(succeeded, count)``.
    ``on_file_progress_for(name, bytes_done, bytes_total)`` is told at once, in any order.
    """

    on_batch_start: Callable[[int], None] | None = None
    on_file_start: Callable[[str, int, int], None] | None = None
    on_file_progress: Callable[[int, int | None], None] | None = None
    on_file_complete: Callable[[str, bool, str | None], None] | None = None
    on_batch_complete: Callable[[int, int], None] | None = None
    on_file_progress_for: Callable[[str, int, int | None], None] | None = None


@dataclass
class _File:
    name: str
    progress: tuple[int, int | None] | None = None
    outcome: tuple[bool, str | None] | None = None


@dataclass
class BatchReport:
    """Tells :class:`BatchDownloadCallbacks` of files that are fetched side by side.

    The five callbacks hear of one file after another: a file that runs beside the one in front is
    held back until that has ended, and is told then as it stands. Files are numbered in the order
    in which they are told. Safe to call from many threads; callbacks never overlap, and what one
    raises reaches the caller.
    """

    callbacks: BatchDownloadCallbacks
    count: int
    _files: dict[str, _File] = field(default_factory=dict, init=False)
    _front: _File | None = field(default=None, init=False)
    _told: int = field(default=0, init=False)
    _succeeded: int = field(default=0, init=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, init=False)

    def batch_started(self) -> None:
        with self._lock:
            if self.callbacks.on_batch_start:
                self.callbacks.on_batch_start(self.count)

    def file_started(self, key: str, name: str) -> None:
        """``key`` tells the file from others of its name in the calls that follow."""
        with self._lock:
            self._files[key] = _File(name)
            self._tell_next()

    def file_progressed(self, key: str, done: int, total: int | None) -> None:
        with self._lock:
            file = self._files.get(key)
            if file is None or file.outcome is not None:
                return
            file.progress = (done, total)
            if self.callbacks.on_file_progress_for:
                self.callbacks.on_file_progress_for(file.name, done, total)
            if file is self._front:
                self._tell_progress(file)

    def file_completed(self, key: str, *, succeeded: bool, error: str | None = None) -> None:
        with self._lock:
            file = self._files.get(key)
            if file is None or file.outcome is not None:
                return
            file.outcome = (succeeded, error)
            self._succeeded += succeeded
            if file is self._front:
                self._tell_end(file)
                self._tell_next()

    def batch_completed(self) -> None:
        with self._lock:
            if self.callbacks.on_batch_complete:
                self.callbacks.on_batch_complete(self._succeeded, self.count)

    def _tell_next(self) -> None:
        """Bring files to the front until one of them still runs; those that have ended first."""
        while self._front is None and self._files:
            ended = (key for key, file in self._files.items() if file.outcome)
            file = self._files[next(ended, next(iter(self._files)))]
            self._front = file
            self._told += 1
            if self.callbacks.on_file_start:
                self.callbacks.on_file_start(file.name, self._told, self.count)
            if file.progress is not None:
                self._tell_progress(file)
            if file.outcome is not None:
                self._tell_end(file)

    def _tell_progress(self, file: _File) -> None:
        if self.callbacks.on_file_progress and file.progress is not None:
            self.callbacks.on_file_progress(*file.progress)

    def _tell_end(self, file: _File) -> None:
        self._front = None
        self._files = {key: other for key, other in self._files.items() if other is not file}
        if self.callbacks.on_file_complete and file.outcome is not None:
            self.callbacks.on_file_complete(file.name, *file.outcome)
