"""How a wish (pause, cancel, drain) reaches a job on its thread, also in the middle of a read."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

from model_keeper.domain.ports import Interrupted


class JobControl:
    """The control of one running job. Safe for threads; the first wish counts."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._wish = ""
        self._ids = itertools.count()
        self._callbacks: dict[int, Callable[[], None]] = {}

    @property
    def wish(self) -> str:
        """What was wished, or an empty text."""
        return self._wish

    def stop(self, wish: str) -> None:
        """Make the job stop soon: its thread raises :class:`Interrupted` with ``wish``."""
        with self._lock:
            if self._wish:
                return
            self._wish = wish
            callbacks = list(self._callbacks.values())
        self._stopped.set()
        for callback in callbacks:
            callback()

    def check(self) -> None:
        if self._wish:
            raise Interrupted(self._wish)

    def on_stop(self, callback: Callable[[], None]) -> Callable[[], None]:
        with self._lock:
            key = next(self._ids)
            self._callbacks[key] = callback
            stopped = bool(self._wish)
        if stopped:
            callback()

        def forget() -> None:
            with self._lock:
                self._callbacks.pop(key, None)

        return forget

    def wait(self, seconds: float) -> None:
        self._stopped.wait(seconds)
        self.check()
