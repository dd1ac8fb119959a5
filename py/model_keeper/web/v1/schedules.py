"""Schedules: what is done by itself, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.schedules import Rule, RuleKind, Schedule, Task
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.jobs import Accepted, accepted

_AREA = "Schedules"


@dataclass(frozen=True)
class WhenView:
    """When a task is due."""

    kind: RuleKind
    minutes: Annotated[
        int | None,
        About("After a start; between two runs; of quiet before an idle run. Not with cron."),
    ] = None
    cron: Annotated[
        str | None, About("Minute, hour, day, month and weekday, in local time.", maxLength=200)
    ] = None


@dataclass(frozen=True)
class ScheduleView:
    """A task that is done again and again. Times are ms UTC."""

    name: str
    task: Task
    when: WhenView
    not_while_generating: Annotated[
        bool, About("It waits while ComfyUI generates, and gives way when that begins.")
    ]
    only_when_idle: Annotated[bool, About("It waits until nothing has run for ten minutes.")]
    enabled: bool
    last_run: int | None
    next_run: Annotated[
        int | None, About("In the past while it waits; null where nobody can say, or it is off.")
    ]


@dataclass(frozen=True)
class ScheduleList:
    """By name."""

    items: tuple[ScheduleView, ...]


@dataclass(frozen=True)
class ScheduleRequest:
    """What is not said stays as it was."""

    task: Task
    when: WhenView
    not_while_generating: bool | None = None
    only_when_idle: bool | None = None
    enabled: bool | None = None


class SchedulesApi:
    """Kept in the store: whoever lives sees to it, ComfyUI, the server or a worker."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        unknown = ("schedule_unknown",)
        return [
            Route("GET", "schedules", self.list, "What is done by itself.", ScheduleList, _AREA),
            Route("PUT", "schedules/{name}", self.put, "Add a schedule, or change one.",
                  ScheduleView, _AREA, body=ScheduleRequest,
                  errors=("cron_unreadable", "invalid_request")),
            Route("DELETE", "schedules/{name}", self.remove, "Remove a schedule.", ScheduleList,
                  _AREA, errors=unknown),
            Route("POST", "schedules/{name}/run", self.run, "Do it now, on every folder.",
                  Accepted, _AREA, 202, errors=(*unknown, "roots_unknown")),
        ]  # fmt: skip

    def list(self) -> ScheduleList:
        return ScheduleList(tuple(map(self._view, self._backend.store.schedules.all())))

    def put(self, name: str, body: ScheduleRequest) -> ScheduleView:
        schedules = self._backend.store.schedules
        known = {each.name: each for each in schedules.all()}
        schedules.put(wanted_schedule(name, body, known.get(name)))
        return self._view(schedules.get(name))

    def remove(self, name: str) -> ScheduleList:
        self._backend.store.schedules.remove(name)
        return self.list()

    def run(self, name: str) -> Accepted:
        schedule = self._backend.store.schedules.get(name)
        return accepted(self._backend, self._backend.library.maintenance.run(schedule))

    def _view(self, schedule: Schedule) -> ScheduleView:
        return schedule_view(schedule, self._backend.library.maintenance.planned(schedule))


def wanted_schedule(name: str, body: ScheduleRequest, before: Schedule | None) -> Schedule:
    """The schedule that a request means. Raises cron_unreadable, invalid_request."""
    if not name.strip() or len(name) > 100 or not name.isprintable():
        raise KeeperError("invalid_request", what="A schedule needs a name of 1 to 100 letters.")
    rule = Rule(body.when.kind, body.when.minutes, body.when.cron)
    blank = before or Schedule(name, body.task, rule)
    return blank.changed(
        body.task,
        rule,
        not_while_generating=body.not_while_generating,
        only_when_idle=body.only_when_idle,
        enabled=body.enabled,
    )


def schedule_view(schedule: Schedule, planned: int | None) -> ScheduleView:
    rule = schedule.rule
    return ScheduleView(
        name=schedule.name,
        task=schedule.task,
        when=WhenView(rule.kind, rule.minutes, rule.cron),
        not_while_generating=schedule.not_while_generating,
        only_when_idle=schedule.only_when_idle,
        enabled=schedule.enabled,
        last_run=schedule.last_run,
        next_run=planned,
    )
