"""Whether more connections would help. Pure but for the clock."""

from __future__ import annotations

from model_keeper.domain.ports import Clock

_FIRST_LOOK = 0.015  # seconds; long enough to tell a throttle from a fast server
_NEXT_LOOK = 0.2


class Pace:
    """Bytes a second of one connection, measured over short stretches.

    On one fast connection the hash is what a download waits for, and further connections only
    take the processor away from it: a server that gives one connection ``fast_enough`` bytes a
    second is not asked for more.
    """

    def __init__(self, clock: Clock, fast_enough: int) -> None:
        self._clock = clock
        self._fast_enough = fast_enough
        self._arrived = 0
        self._since: float | None = None
        self._stretch = _FIRST_LOOK

    def slow(self, arrived: int, connections: int) -> bool:
        """Whether the stretch that just ended was slow; False while one still lasts.

        ``arrived`` counts the bytes received so far over ``connections``.
        """
        now = self._clock.monotonic()
        if self._since is None:
            if arrived:  # the first bytes start the clock
                self._since, self._arrived = now, arrived
            return False
        if now - self._since < self._stretch:
            return False
        rate = (arrived - self._arrived) / (now - self._since) / connections
        self._since, self._arrived, self._stretch = now, arrived, _NEXT_LOOK
        return rate < self._fast_enough
