from __future__ import annotations

from datetime import datetime, timezone
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.cron import parse_cron
from model_keeper.domain.errors import KeeperError

UTC = timezone.utc


def zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        pytest.skip(f"this machine has no rules of the time zone {name}")


def ms(text: str, of: timezone | ZoneInfo = UTC) -> int:
    """The moment of a wall clock; ``!`` at the end: the second time that it shows this."""
    wall = datetime.fromisoformat(text.rstrip("!")).replace(fold=text.endswith("!"), tzinfo=of)
    return round(wall.timestamp() * 1000)


@pytest.mark.parametrize(
    ("cron", "after", "due"),
    [
        ("0 3 * * *", "2026-11-21 02:59:59", "2026-11-21 03:00"),
        ("0 3 * * *", "2026-11-21 03:00", "2026-11-22 03:00"),
        ("*/15 * * * *", "2026-11-21 10:46", "2026-11-21 11:00"),
        ("10/20 5 * * *", "2026-11-21 05:31", "2026-11-21 05:50"),
        ("0 8-18/5 * * *", "2026-11-21 08:00", "2026-11-21 13:00"),
        ("0 0 1,15 * *", "2026-11-21 00:00", "2026-12-01 00:00"),
        ("30 4 * jan,JUL *", "2026-11-21 00:00", "2027-01-01 04:30"),
        ("0 6 * * mon-fri", "2026-11-21 00:00", "2026-11-23 06:00"),
        ("0 6 * * 7", "2026-11-21 00:00", "2026-11-22 06:00"),
        ("0 6 * * 0", "2026-11-21 00:00", "2026-11-22 06:00"),
        ("0 6 * * 5-7", "2026-11-21 07:00", "2026-11-22 06:00"),
        ("0 0 13 * fri", "2026-11-07 00:00", "2026-11-13 00:00"),
        ("0 0 13 * fri", "2026-11-13 00:00", "2026-11-20 00:00"),
        ("0 0 31 * *", "2026-11-21 00:00", "2026-12-31 00:00"),
        ("0 0 29 2 *", "2026-11-21 00:00", "2028-02-29 00:00"),
        ("0 0 29 2 *", "2096-03-01 00:00", "2104-02-29 00:00"),
        ("  59   23 31 12 * ", "2026-11-21 00:00", "2026-12-31 23:59"),
    ],
)
def test_the_next_time(cron: str, after: str, due: str) -> None:
    assert parse_cron(cron).next_after(ms(after), UTC) == ms(due)


@pytest.mark.parametrize(
    ("cron", "why"),
    [
        ("", "0 fields"),
        ("0 3 * *", "4 fields"),
        ("0 3 * * * *", "6 fields"),
        ("60 3 * * *", "“60” is no minute, which is 0 to 59"),
        ("0 24 * * *", "“24” is no hour"),
        ("0 3 0 * *", "“0” is no day of the month"),
        ("0 3 * 13 *", "“13” is no month"),
        ("0 3 * mars *", "“mars” is no month"),
        ("0 3 * * 8", "“8” is no day of the week"),
        ("0 3 * * funday", "“funday”"),
        ("0 5-3 * * *", "“5-3” ends before it begins"),
        ("*/0 * * * *", "“*/0” has a step of nothing"),
        ("*-5 * * * *", "“*-5” is no minute"),
        ("1,,2 * * * *", "“” is no minute"),
        ("-1 * * * *", "“-1” is no minute"),
        ("1.5 * * * *", "“1.5” is no minute"),
        ("٣ * * * *", "“٣” is no minute"),
        ("0 0 30 2 *", "no such month has such a day"),
        ("0 0 31 2,4,jun,9,11 *", "no such month has such a day"),
        ("@daily", "1 fields"),
    ],
)
def test_what_is_no_time_is_refused_with_the_reason(cron: str, why: str) -> None:
    with pytest.raises(KeeperError) as refused:
        parse_cron(cron)
    assert refused.value.code == "cron_unreadable"
    assert why in refused.value.message


def test_a_day_that_never_comes_is_fine_beside_a_weekday() -> None:
    cron = parse_cron("0 0 31 2 sun")
    assert cron.next_after(ms("2027-02-01 00:00"), UTC) == ms("2027-02-07 00:00")


def test_a_time_that_the_clocks_skip_happens_later_once() -> None:
    berlin = zone("Europe/Berlin")
    nightly = parse_cron("30 2 * * *")
    due = nightly.next_after(ms("2027-03-27 12:00", berlin), berlin)
    assert due == ms("2027-03-28 03:30", berlin)
    assert nightly.next_after(due, berlin) == ms("2027-03-29 02:30", berlin)


def test_a_time_that_the_clocks_show_twice_happens_once() -> None:
    berlin = zone("Europe/Berlin")
    nightly = parse_cron("30 2 * * *")
    due = nightly.next_after(ms("2026-10-24 12:00", berlin), berlin)
    assert due == ms("2026-10-25 02:30", berlin)
    assert nightly.next_after(due, berlin) == ms("2026-10-26 02:30", berlin)


def test_every_hour_goes_on_every_hour_whatever_the_clocks_do() -> None:
    berlin = zone("Europe/Berlin")
    hourly = parse_cron("0 * * * *")
    for start in ("2026-10-24 22:00", "2027-03-27 22:00"):
        moment = ms(start, berlin)
        for _ in range(12):
            due = hourly.next_after(moment, berlin)
            assert due - moment == 3_600_000
            moment = due


def test_clocks_that_jump_over_midnight() -> None:
    santiago = zone("America/Santiago")  # 2026-09-06 begins at 01:00
    daily = parse_cron("15 0 * * *")
    due = daily.next_after(ms("2026-09-05 12:00", santiago), santiago)
    assert due == ms("2026-09-06 01:15", santiago)
    assert daily.next_after(due, santiago) == ms("2026-09-07 00:15", santiago)


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["*/7 * * * *", "0 */6 * * *", "5 4 * * 1", "0 0 1 * *", "30 2 * * *"]),
    st.integers(1_700_000_000_000, 1_900_000_000_000),
)
def test_the_next_time_is_later_and_nothing_lies_between(cron: str, moment: int) -> None:
    rule, there = parse_cron(cron), zone("Europe/Berlin")
    due = rule.next_after(moment, there)
    assert due > moment
    assert rule.next_after((moment + due) // 2, there) == due
    assert rule.next_after(due - 1, there) == due
