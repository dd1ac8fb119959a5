"""The machine's own time zone, whichever it is."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timezone

import pytest

from model_keeper.domain.cron import parse_cron
from model_keeper.engine.clock import SystemZone

pytestmark = pytest.mark.skipif(not hasattr(time, "tzset"), reason="zones as on POSIX")

#: Central European Time by its rules alone, for machines that have no table of zones.
BERLIN = "CET-1CEST,M3.5.0,M10.5.0/3"


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[SystemZone]:
    monkeypatch.setenv("TZ", BERLIN)
    time.tzset()
    yield SystemZone()
    monkeypatch.undo()
    time.tzset()


def moment(text: str) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=timezone.utc).timestamp() * 1000)


@pytest.mark.parametrize(
    ("utc", "shown"),
    [
        ("2026-07-01 10:00", "12:00"),
        ("2026-12-01 10:00", "11:00"),
        ("2026-10-25 00:30", "02:30"),
        ("2026-10-25 01:30", "02:30"),
        ("2027-03-28 00:59", "01:59"),
        ("2027-03-28 01:00", "03:00"),
    ],
)
def test_it_shows_what_the_wall_shows_and_finds_the_way_back(
    berlin: SystemZone, utc: str, shown: str
) -> None:
    there = datetime.fromtimestamp(moment(utc) / 1000, berlin)
    assert there.strftime("%H:%M") == shown
    assert round(there.timestamp() * 1000) == moment(utc)


def test_times_of_schedules_follow_it(berlin: SystemZone) -> None:
    nightly = parse_cron("30 2 * * *")
    for after, due in (
        ("2026-10-24 12:00", "2026-10-25 00:30"),
        ("2026-10-25 00:30", "2026-10-26 01:30"),
        ("2027-03-27 12:00", "2027-03-28 01:30"),
    ):
        assert nightly.next_after(moment(after), berlin) == moment(due)
