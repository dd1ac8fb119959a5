"""Cron times: five fields that say at which minutes of which days something happens."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from itertools import product

from model_keeper.domain.errors import KeeperError

#: The longest wait of a date that exists: from one 29 February to the next, over a year like 2100.
_LONGEST_DAYS = 8 * 366 + 1
_PART = re.compile(r"(\*|\w+)(?:-(\w+))?(?:/(\d{1,4}))?")


@dataclass(frozen=True)
class _Field:
    name: str
    low: int
    high: int
    names: tuple[str, ...] = ()  # of low, low + 1, …


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of the month", 1, 31),
    _Field("month", 1, 12, _MONTHS),
    _Field("day of the week", 0, 7, _WEEKDAYS),  # both 0 and 7 are Sunday
)
_EVERY_HOUR = frozenset(range(24))
_EVERY_DAY = frozenset(range(1, 32))
_EVERY_WEEKDAY = frozenset(range(7))


@dataclass(frozen=True)
class Cron:
    """When it is due. ``days`` and ``weekdays`` are None where every one will do.

    Where both are restricted, a day that is in either counts, as in every cron.
    """

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int] | None
    months: frozenset[int]
    weekdays: frozenset[int] | None  # 0 is Sunday

    def next_after(self, moment_ms: int, zone: tzinfo) -> int:
        """The first time after ``moment_ms`` by the clocks of ``zone``; both ms UTC.

        A time that the clocks skip happens as much later as they were put forward. One that they
        show twice happens the first time only; each time where every hour is meant.
        """
        moment = datetime.fromtimestamp(moment_ms / 1000, zone)
        # The day before too: clocks that jump over midnight move a time to the next day.
        day = moment.date() - timedelta(days=1)
        for _ in range(_LONGEST_DAYS):
            due = [at for at in self._on(day, zone) if at > moment_ms]
            if due:
                return min(due)
            day += timedelta(days=1)
        raise AssertionError("a date that exists comes again within eight years")

    def _on(self, day: date, zone: tzinfo) -> Iterator[int]:
        if not self._includes(day):
            return
        turns = (0, 1) if self.hours == _EVERY_HOUR else (0,)
        for hour, minute, turn in product(self.hours, self.minutes, turns):
            wall = datetime.combine(day, time(hour, minute, fold=turn), zone)
            yield round(wall.astimezone(timezone.utc).timestamp() * 1000)

    def _includes(self, day: date) -> bool:
        if day.month not in self.months:
            return False
        weekday = day.isoweekday() % 7
        if self.days is None or self.weekdays is None:
            return (self.days is None or day.day in self.days) and (
                self.weekdays is None or weekday in self.weekdays
            )
        return day.day in self.days or weekday in self.weekdays


def parse_cron(text: str) -> Cron:
    """``text`` as five fields: minute, hour, day of the month, month, day of the week.

    Each is ``*``, a number, a name of three letters for months and weekdays, a range ``1-5``, steps
    ``*/15`` or ``8-18/2``, or several of these by commas. Raises KeeperError cron_unreadable, also
    for a date that never comes.
    """
    words = text.split()
    if len(words) != len(_FIELDS):
        raise _unreadable(text, f"it has {len(words)} fields instead of five")
    minutes, hours, days, months, weekdays = (
        _values(text, word, field)
        for word, field in zip(words, _FIELDS)  # noqa: B905 - counted
    )
    cron = Cron(
        minutes=minutes,
        hours=hours,
        days=None if days == _EVERY_DAY else days,
        months=months,
        weekdays=None if weekdays == _EVERY_WEEKDAY else weekdays,
    )
    if cron.days is not None and cron.weekdays is None:
        longest = max(calendar.monthrange(2000, month)[1] for month in months)  # a leap year
        if min(cron.days) > longest:
            raise _unreadable(text, "no such month has such a day")
    return cron


def _values(text: str, word: str, field: _Field) -> frozenset[int]:
    found: set[int] = set()
    for part in word.lower().split(","):
        match = _PART.fullmatch(part)
        if match is None or (match[1] == "*" and match[2]):
            raise _unreadable(text, f"“{part}” is no {field.name}")
        first, last, step = match.groups()
        if first == "*":
            low, high = field.low, field.high
        else:
            low = _number(text, first, field)
            # From a number on, where there is a step: 10/15 is 10, 25, 40 and 55.
            high = _number(text, last, field) if last else (field.high if step else low)
        if low > high:
            raise _unreadable(text, f"“{part}” ends before it begins")
        if step is not None and int(step) == 0:
            raise _unreadable(text, f"“{part}” has a step of nothing")
        found.update(range(low, high + 1, int(step or 1)))
    return frozenset(value % 7 for value in found) if field is _FIELDS[-1] else frozenset(found)


def _number(text: str, word: str, field: _Field) -> int:
    if word in field.names:
        return field.names.index(word) + field.low
    if not word.isascii() or not word.isdigit() or not field.low <= int(word) <= field.high:
        wanted = f"{field.low} to {field.high}"
        raise _unreadable(text, f"“{word}” is no {field.name}, which is {wanted}")
    return int(word)


def _unreadable(text: str, why: str) -> KeeperError:
    return KeeperError("cron_unreadable", cron=text, why=why)
