"""Small stand-ins for ports that tests share."""

from __future__ import annotations

from collections.abc import Callable


class FakeClock:
    """Time that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self._seconds = 0.0

    def now_ms(self) -> int:
        return 1_700_000_000_000 + int(self._seconds * 1000)

    def monotonic(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        self._seconds += seconds


class FreeControl:
    """A control through which nobody wishes anything; waiting moves the clock."""

    def __init__(self, clock: FakeClock | None = None) -> None:
        self._clock = clock or FakeClock()

    def check(self) -> None: ...

    def on_stop(self, callback: Callable[[], None]) -> Callable[[], None]:
        del callback
        return lambda: None

    def wait(self, seconds: float) -> None:
        self._clock.sleep(seconds)
