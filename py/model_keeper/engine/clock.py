"""The real clock, and the one on the wall."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone, tzinfo


class SystemClock:
    """Time as the machine tells it."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)


class SystemZone(tzinfo):
    """The machine's own time zone with all its changes, as the system knows them."""

    def utcoffset(self, dt: datetime | None) -> timedelta:
        wall = (dt or datetime(1970, 1, 1)).replace(tzinfo=None)  # noqa: DTZ001 - what the wall shows
        utc = datetime.fromtimestamp(wall.timestamp(), timezone.utc)
        return wall.replace(fold=0) - utc.replace(tzinfo=None)

    def fromutc(self, dt: datetime) -> datetime:
        moment = dt.replace(tzinfo=timezone.utc).timestamp()
        return datetime.fromtimestamp(moment).replace(tzinfo=self)  # noqa: DTZ006 - the wall

    def dst(self, dt: datetime | None) -> None:
        """Nobody asks."""

    def tzname(self, dt: datetime | None) -> str:
        del dt
        return time.tzname[0]
