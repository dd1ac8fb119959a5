"""Stopping several connections together, for a person's wish or because one of them failed."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable

from model_keeper.domain.ports import Control, Interrupted

FAILED = "failed"


class Leash:
    """A control that listens to another one and can also be pulled by itself."""

    def __init__(self, parent: Control) -> None:
        self._parent = parent
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._ids = itertools.count()
        self._callbacks: dict[int, Callable[[], None]] = {}

    def stop(self) -> None:
        """Wake and end everything that holds this leash."""
        self._stopped.set()
        with self._lock:
            callbacks = list(self._callbacks.values())
        for callback in callbacks:
            callback()

    def check(self) -> None:
        self._parent.check()
        if self._stopped.is_set():
            raise Interrupted(FAILED)

    def on_stop(self, callback: Callable[[], None]) -> Callable[[], None]:
        forget_parent = self._parent.on_stop(callback)
        with self._lock:
            key = next(self._ids)
            self._callbacks[key] = callback
        if self._stopped.is_set():
            callback()

        def forget() -> None:
            forget_parent()
            with self._lock:
                self._callbacks.pop(key, None)

        return forget

    def wait(self, seconds: float) -> None:
        forget = self._parent.on_stop(self._stopped.set)
        try:
            self._stopped.wait(seconds)
        finally:
            forget()
        self.check()
