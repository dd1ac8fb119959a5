"""Schedules: what is done again and again, when, and under which conditions. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import tzinfo
from enum import Enum

from model_keeper.domain.cron import parse_cron
from model_keeper.domain.errors import KeeperError

_MINUTE_MS = 60_000
_DAY_MS = 86_400_000
_MOST_MINUTES = 366 * 24 * 60
_AFTER_START = 2  # minutes: whoever starts ComfyUI has something else in mind
_QUIET = 10  # minutes
#: Programs that start together are one start.
SAME_START_MS = 5 * _MINUTE_MS


class Task(str, Enum):
    """What a schedule can have done."""

    SCAN = "scan"
    METADATA = "metadata"
    PREVIEWS = "previews"
    HASH = "hash"
    UPDATES = "updates"
    TRASH = "trash"


class RuleKind(str, Enum):
    """What a rule goes by."""

    START = "start"  # some minutes after ComfyUI or the server starts
    INTERVAL = "interval"  # every so many minutes
    CRON = "cron"  # by the clock on the wall
    IDLE = "idle"  # once a day, as soon as nothing has happened for some minutes


@dataclass(frozen=True)
class Rule:
    """When a schedule is due. ``minutes`` belongs to all kinds but cron, ``cron`` to that one."""

    kind: RuleKind
    minutes: int | None = None
    cron: str | None = None

    def __post_init__(self) -> None:
        """Raises KeeperError cron_unreadable, invalid_request."""
        if self.kind is RuleKind.CRON:
            parse_cron(self.cron or "")
        elif self.cron is not None:
            raise _invalid(f"A schedule of the kind {self.kind.value} has no cron times.")
        if self.minutes is None:
            if self.kind is RuleKind.INTERVAL:
                raise _invalid("Say after how many minutes it is to be done again.")
        elif self.kind is RuleKind.CRON:
            raise _invalid("A schedule with cron times has no minutes.")
        elif not 1 <= self.minutes <= _MOST_MINUTES:
            raise _invalid(f"Minutes go from 1 to {_MOST_MINUTES}.")

    @property
    def quiet_ms(self) -> int:
        """How long nothing must have happened before something is done that wants quiet."""
        minutes = self.minutes if self.kind is RuleKind.IDLE else None
        return (minutes or _QUIET) * _MINUTE_MS

    def next_after(self, moment_ms: int, zone: tzinfo) -> int | None:
        """The first time after ``moment_ms`` (ms UTC); None for a start, which nobody foresees."""
        if self.kind is RuleKind.CRON:
            return parse_cron(self.cron or "").next_after(moment_ms, zone)
        if self.kind is RuleKind.INTERVAL:
            return moment_ms + (self.minutes or 1) * _MINUTE_MS
        return moment_ms + _DAY_MS if self.kind is RuleKind.IDLE else None

    def after_start(self, moment_ms: int) -> int:
        """When it is due if ComfyUI or the server starts at ``moment_ms``."""
        return moment_ms + (self.minutes or _AFTER_START) * _MINUTE_MS


@dataclass(frozen=True)
class Schedule:
    """A task that is done again and again.

    ``only_when_idle``: a time that comes waits until nothing has happened for some minutes.
    ``not_while_generating``: it waits while ComfyUI generates, and what runs then gives way.
    ``next_run`` and ``last_run`` are ms UTC; ``next_run`` is None while it is not known.
    """

    name: str
    task: Task
    rule: Rule
    not_while_generating: bool = True
    only_when_idle: bool = False
    enabled: bool = True
    next_run: int | None = None
    last_run: int | None = None

    def changed(
        self,
        task: Task,
        rule: Rule,
        *,
        not_while_generating: bool | None = None,
        only_when_idle: bool | None = None,
        enabled: bool | None = None,
    ) -> Schedule:
        """The same with what a person says; None says nothing.

        Another rule is planned anew, and so is what was switched off until now.
        """
        waits = self.not_while_generating if not_while_generating is None else not_while_generating
        return replace(
            self,
            task=task,
            rule=rule,
            not_while_generating=waits,
            only_when_idle=self.only_when_idle if only_when_idle is None else only_when_idle,
            enabled=self.enabled if enabled is None else enabled,
            next_run=self.next_run if rule == self.rule and self.enabled else None,
        )

    @property
    def wants_quiet(self) -> bool:
        return self.only_when_idle or self.rule.kind is RuleKind.IDLE


@dataclass(frozen=True)
class Surroundings:
    """What happens on this machine. ``quiet_ms``: how long nothing has run."""

    generating: bool = False
    quiet_ms: int = 0


def may_run(schedule: Schedule, around: Surroundings) -> bool:
    """Whether what is due may be done now."""
    if schedule.not_while_generating and around.generating:
        return False
    return not schedule.wants_quiet or around.quiet_ms >= schedule.rule.quiet_ms


def awaited(schedule: Schedule, now: int, zone: tzinfo) -> int | None:
    """When the schedule is due, corrected where clocks were put back or nothing was planned yet.

    A time that has come stays: what was missed is done once, however often it was missed.
    """
    if not schedule.enabled:
        return None
    ahead = schedule.rule.next_after(now, zone)
    if ahead is None or schedule.next_run is None:
        return schedule.next_run or ahead
    return min(schedule.next_run, ahead)


def armed(schedule: Schedule, started: int) -> int | None:
    """When a start at ``started`` makes the schedule due; None where it changes nothing."""
    if schedule.rule.kind is not RuleKind.START or not schedule.enabled:
        return None
    due = schedule.rule.after_start(started)
    planned = schedule.next_run is not None and started <= schedule.next_run <= due
    recent = schedule.last_run is not None and 0 <= started - schedule.last_run < SAME_START_MS
    return None if planned or recent else due


def _invalid(what: str) -> KeeperError:
    return KeeperError("invalid_request", what=what)
