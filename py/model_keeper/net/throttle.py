"""One waiting list per host: what a server said about its limits holds for every task."""

from __future__ import annotations

import email.utils
import re
import threading
from collections.abc import Mapping

from model_keeper.domain.ports import Clock, Control

_MAX_WAIT = 15 * 60.0
_REMAINING = re.compile(r"(?:^|[;,\s])r=(\d+)")
_RESET = re.compile(r"(?:^|[;,\s])t=(\d+)")


class HostThrottle:
    """Remembers until when each host wants to be left alone."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._not_before: dict[str, float] = {}

    def wait(self, host: str, control: Control | None = None) -> None:
        """Return when ``host`` may be asked again. Raises Interrupted through ``control``."""
        while True:
            with self._lock:
                left = self._not_before.get(host, 0.0) - self._clock.monotonic()
            if left <= 0:
                return
            if control is None:
                self._clock.sleep(left)
            else:
                control.wait(left)

    def note(self, host: str, status: int, headers: Mapping[str, str]) -> float | None:
        """Read what an answer says about limits; returns the seconds to wait, if any."""
        seconds = requested_wait(status, headers, now_ms=self._clock.now_ms())
        if seconds is not None:
            with self._lock:
                until = self._clock.monotonic() + seconds
                self._not_before[host] = max(until, self._not_before.get(host, 0.0))
        return seconds


def requested_wait(status: int, headers: Mapping[str, str], *, now_ms: int) -> float | None:
    """Seconds that a 429 or 503 asks for: ``Retry-After``, else an exhausted ``RateLimit``.

    An answer that is no refusal asks for a wait only where its ``RateLimit`` has nothing left.
    """
    limit = headers.get("ratelimit", "")
    remaining, reset = _REMAINING.search(limit), _RESET.search(limit)
    exhausted = remaining is not None and remaining.group(1) == "0" and reset is not None
    if status in {429, 503}:
        asked = _retry_after(headers.get("retry-after"), now_ms)
        if asked is None and reset is not None:
            asked = float(reset.group(1))
        return None if asked is None else min(max(asked, 0.0), _MAX_WAIT)
    if exhausted and reset is not None:
        return min(float(reset.group(1)), _MAX_WAIT)
    return None


def _retry_after(value: str | None, now_ms: int) -> float | None:
    if not value:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        at = email.utils.parsedate_to_datetime(value)
    except (TypeError, ValueError):
        return None
    return at.timestamp() - now_ms / 1000
