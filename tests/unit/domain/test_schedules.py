from __future__ import annotations

from dataclasses import replace
from datetime import timezone

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.schedules import (
    Rule,
    RuleKind,
    Schedule,
    Surroundings,
    Task,
    armed,
    awaited,
    may_run,
)

UTC = timezone.utc
MINUTE = 60_000
DAY = 86_400_000
NOW = 1_790_000_000_000


def schedule(kind: RuleKind, minutes: int | None = None, cron: str | None = None) -> Schedule:
    return Schedule("mine", Task.SCAN, Rule(kind, minutes, cron))


HOURLY = schedule(RuleKind.INTERVAL, 60)
AT_START = schedule(RuleKind.START)
WHEN_IDLE = schedule(RuleKind.IDLE, 5)


@pytest.mark.parametrize(
    ("kind", "minutes", "cron", "code"),
    [
        (RuleKind.CRON, None, None, "cron_unreadable"),
        (RuleKind.CRON, 5, "0 3 * * *", "invalid_request"),
        (RuleKind.INTERVAL, None, None, "invalid_request"),
        (RuleKind.INTERVAL, 0, None, "invalid_request"),
        (RuleKind.INTERVAL, 10**9, None, "invalid_request"),
        (RuleKind.INTERVAL, 5, "0 3 * * *", "invalid_request"),
        (RuleKind.IDLE, -1, None, "invalid_request"),
    ],
)
def test_a_rule_that_says_nothing_is_refused(
    kind: RuleKind, minutes: int | None, cron: str | None, code: str
) -> None:
    with pytest.raises(KeeperError) as refused:
        Rule(kind, minutes, cron)
    assert refused.value.code == code


def test_a_new_interval_begins_now() -> None:
    assert awaited(HOURLY, NOW, UTC) == NOW + 60 * MINUTE


def test_what_was_missed_is_due_once() -> None:
    asleep = replace(HOURLY, next_run=NOW - 5 * 60 * MINUTE)
    assert awaited(asleep, NOW, UTC) == asleep.next_run
    assert asleep.rule.next_after(NOW, UTC) == NOW + 60 * MINUTE


def test_clocks_that_are_put_back_make_nobody_wait_longer_than_the_rule_says() -> None:
    planned = replace(HOURLY, next_run=NOW + 400 * DAY)
    assert awaited(planned, NOW, UTC) == NOW + 60 * MINUTE
    nightly = replace(schedule(RuleKind.CRON, cron="0 3 * * *"), next_run=NOW + 400 * DAY)
    due = awaited(nightly, NOW, UTC)
    assert due is not None
    assert NOW < due <= NOW + DAY


def test_nothing_is_due_that_is_switched_off() -> None:
    assert awaited(replace(HOURLY, enabled=False, next_run=NOW - 1), NOW, UTC) is None
    assert armed(replace(AT_START, enabled=False), NOW) is None


def test_a_start_is_due_some_minutes_later_and_nobody_foresees_the_next() -> None:
    assert awaited(AT_START, NOW, UTC) is None
    assert armed(AT_START, NOW) == NOW + 2 * MINUTE
    assert armed(schedule(RuleKind.START, 30), NOW) == NOW + 30 * MINUTE
    assert armed(HOURLY, NOW) is None


def test_programs_that_start_together_are_one_start() -> None:
    first = replace(AT_START, next_run=NOW + 2 * MINUTE)
    assert armed(first, NOW + MINUTE) is None
    done = replace(AT_START, last_run=NOW + 2 * MINUTE)
    assert armed(done, NOW + 3 * MINUTE) is None
    assert armed(done, NOW + 60 * MINUTE) == NOW + 62 * MINUTE


def test_a_start_that_nobody_came_to_use_does_not_hurry_the_next() -> None:
    assert armed(replace(AT_START, next_run=NOW - DAY), NOW) == NOW + 2 * MINUTE


def test_a_start_after_clocks_were_put_back_counts() -> None:
    assert armed(replace(AT_START, next_run=NOW + DAY), NOW) == NOW + 2 * MINUTE
    assert armed(replace(AT_START, last_run=NOW + DAY), NOW) == NOW + 2 * MINUTE


def test_what_wants_quiet_waits_for_it() -> None:
    assert not may_run(WHEN_IDLE, Surroundings(quiet_ms=5 * MINUTE - 1))
    assert may_run(WHEN_IDLE, Surroundings(quiet_ms=5 * MINUTE))
    assert may_run(HOURLY, Surroundings(quiet_ms=0))
    assert not may_run(replace(HOURLY, only_when_idle=True), Surroundings(quiet_ms=9 * MINUTE))
    assert may_run(replace(HOURLY, only_when_idle=True), Surroundings(quiet_ms=10 * MINUTE))


def test_nothing_is_done_while_comfyui_generates_unless_told() -> None:
    busy = Surroundings(generating=True)
    assert not may_run(HOURLY, busy)
    assert may_run(replace(HOURLY, not_while_generating=False), busy)
