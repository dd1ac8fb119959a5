"""When the library index was last brought to what lies in the folders, so that it is not twice."""

from __future__ import annotations

import threading
from collections.abc import Callable

from model_keeper.domain.folders import FolderTable
from model_keeper.domain.ports import Clock

_FRESH = 3.0  # seconds: between two answers to one click, not between two clicks


class Freshness:
    """Refreshes at most once in a few seconds for the same folders. Safe for threads.

    Whoever asks while another refreshes waits for that and starts no second one.
    """

    def __init__(self, refresh: Callable[[FolderTable], object], clock: Clock) -> None:
        self._refresh = refresh
        self._clock = clock
        self._lock = threading.Lock()
        self._last: tuple[FolderTable, float] | None = None

    def ensure(self, folders: FolderTable) -> None:
        """Raises what the refresh raises; the next call tries again."""
        with self._lock:
            now = self._clock.monotonic()
            if self._last is not None:
                known, at = self._last
                if known == folders and now - at < _FRESH:
                    return
            self._refresh(folders)
            self._last = (folders, self._clock.monotonic())
