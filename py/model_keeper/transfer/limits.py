"""How much at once: bytes a second, and connections per host and in all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from model_keeper.domain.ports import Clock, Control


class Bandwidth:
    """A token bucket of bytes, shared by everything that takes from it."""

    _BURST_SECONDS = 0.25

    def __init__(self, clock: Clock, rate: int | None = None) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._rate = rate
        self._tokens = 0.0
        self._at = clock.monotonic()

    @property
    def rate(self) -> int | None:
        """Bytes a second; None is no limit. May be changed at any time."""
        return self._rate

    @rate.setter
    def rate(self, rate: int | None) -> None:
        with self._lock:
            self._rate = rate or None

    def portion(self, wanted: int) -> int:
        """How much to ask for at once so that the rate stays smooth."""
        rate = self._rate
        return wanted if rate is None else max(1, min(wanted, int(rate * self._BURST_SECONDS)))

    def spend(self, count: int, control: Control) -> None:
        """Account for ``count`` bytes and wait as long as they are ahead of the rate."""
        with self._lock:
            rate = self._rate
            if rate is None:
                return
            now = self._clock.monotonic()
            burst = rate * self._BURST_SECONDS
            self._tokens = min(burst, self._tokens + (now - self._at) * rate) - count
            self._at = now
            debt = -self._tokens
        if debt > 0:
            control.wait(debt / rate)


class ConnectionSlots:
    """How many connections are open: per host and in all. Changeable while in use."""

    def __init__(self, *, per_host: int = 8, total: int = 16) -> None:
        self._changed = threading.Condition()
        self._per_host = per_host
        self._total = total
        self._open: dict[str, int] = {}

    def resize(self, *, per_host: int, total: int) -> None:
        with self._changed:
            self._per_host, self._total = per_host, total
            self._changed.notify_all()

    @contextmanager
    def held(self, host: str, control: Control) -> Iterator[None]:
        """Hold one connection to ``host``; waits for its turn. Raises Interrupted."""
        forget = control.on_stop(self._wake)
        try:
            with self._changed:
                while not self._free(host):
                    control.check()
                    self._changed.wait(1.0)
                self._open[host] = self._open.get(host, 0) + 1
        finally:
            forget()
        try:
            yield
        finally:
            with self._changed:
                self._open[host] -= 1
                self._changed.notify_all()

    def try_hold(self, host: str) -> bool:
        """Take one more connection if there is room for it now."""
        with self._changed:
            if not self._free(host):
                return False
            self._open[host] = self._open.get(host, 0) + 1
            return True

    def release(self, host: str) -> None:
        with self._changed:
            self._open[host] -= 1
            self._changed.notify_all()

    def _free(self, host: str) -> bool:
        return self._open.get(host, 0) < self._per_host and sum(self._open.values()) < self._total

    def _wake(self) -> None:
        with self._changed:
            self._changed.notify_all()
