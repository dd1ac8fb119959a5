"""``model-keeper schedules``: what is done by itself, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Optional

import typer
from rich.markup import escape

from model_keeper.cli.following import followed
from model_keeper.cli.options import Json
from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns, moment
from model_keeper.domain.schedules import Rule, RuleKind, Schedule, Task
from model_keeper.engine.summary import exit_code
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.web.shapes import written
from model_keeper.web.v1.schedules import (
    ScheduleRequest,
    WhenView,
    schedule_view,
    wanted_schedule,
)

app = typer.Typer(no_args_is_help=True)

_Name = Annotated[str, typer.Argument(help="What the schedule is called.")]
# Optional[...]: typer reads the annotations on Python 3.10.
_Task = Annotated[Optional[Task], typer.Option(help="What is done.")]  # noqa: UP045
_Cron = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help='Minute, hour, day, month, weekday: "0 3 * * *" is nightly at three.'),
]
_Minutes = Annotated[
    Optional[int],  # noqa: UP045
    typer.Option(help="Every so many minutes; with --start or --idle so many later."),
]
_WhileGenerating = Annotated[
    Optional[bool],  # noqa: UP045
    typer.Option("--while-generating/--not-while-generating", help="Also while ComfyUI generates."),
]
_OnlyWhenIdle = Annotated[
    Optional[bool],  # noqa: UP045
    typer.Option("--only-when-idle/--any-time", help="Wait until nothing runs."),
]
_Enabled = Annotated[Optional[bool], typer.Option("--on/--off", help="On or off.")]  # noqa: UP045


@app.command("list")
def list_schedules(context: typer.Context, as_json: Json = False) -> None:
    """All schedules, with their next run."""
    session: Session = context.obj
    with session.host() as host:
        rows = [(each, _planned(host, each)) for each in host.store.schedules.all()]
    if as_json:
        items = [written(schedule_view(each, planned)) for each, planned in rows]
        session.emit({"items": items, "total": len(items)})
        return
    table = columns("name", "task", "when", "last run", "next run")
    for each, planned in rows:
        following = moment(planned) if each.enabled else "off"
        table.add_row(
            escape(each.name), each.task.value, when_text(each), moment(each.last_run), following
        )
    session.console.print(table)


@app.command("set")
def set_schedule(
    context: typer.Context,
    name: _Name,
    task: _Task = None,
    start: Annotated[bool, typer.Option("--start", help="After ComfyUI or serve starts.")] = False,
    idle: Annotated[bool, typer.Option("--idle", help="Once a day, when nothing runs.")] = False,
    cron: _Cron = None,
    minutes: _Minutes = None,
    while_generating: _WhileGenerating = None,
    only_when_idle: _OnlyWhenIdle = None,
    enabled: _Enabled = None,
    as_json: Json = False,
) -> None:
    """Add a schedule, or change what is named of one."""
    session: Session = context.obj
    with session.host() as host:
        known = {each.name: each for each in host.store.schedules.all()}
        before = known.get(name)
        when = _When(start, idle, cron, minutes).said(before)
        if task is None and before is None:
            raise typer.BadParameter("A new schedule needs --task.")
        request = ScheduleRequest(
            task or (before.task if before else Task.SCAN),
            when,
            None if while_generating is None else not while_generating,
            only_when_idle,
            enabled,
        )
        host.store.schedules.put(wanted_schedule(name, request, before))
        made = host.store.schedules.get(name)
        planned = _planned(host, made)
    if as_json:
        session.emit(written(schedule_view(made, planned)))
    else:
        state = f"next run {moment(planned)}" if made.enabled else "off"
        session.say(f"{escape(made.name)}: {made.task.value} {when_text(made)}, {state}")


@app.command()
def remove(context: typer.Context, name: _Name, as_json: Json = False) -> None:
    """Remove a schedule."""
    session: Session = context.obj
    with session.host() as host:
        host.store.schedules.remove(name)
    if as_json:
        session.emit({"removed": name})


@app.command()
def run(context: typer.Context, name: _Name, as_json: Json = False) -> None:
    """Do now what a schedule does, on every folder."""
    session: Session = context.obj
    with session.host() as host:
        schedule = host.store.schedules.get(name)
        enqueued = host.library.maintenance.run(schedule)
        job = followed(session, host, enqueued.job, as_json=as_json)
    raise typer.Exit(exit_code([job]))


def when_text(schedule: Schedule) -> str:
    """The rule and its conditions in words."""
    rule, minutes = schedule.rule, schedule.rule.minutes
    texts = {
        RuleKind.START: "after a start" + (f", {minutes} min later" if minutes else ""),
        RuleKind.INTERVAL: f"every {minutes} min",
        RuleKind.CRON: f"at {rule.cron}",
        RuleKind.IDLE: "daily, when nothing runs" + (f" for {minutes} min" if minutes else ""),
    }
    quiet = ", when nothing runs" if schedule.only_when_idle else ""
    return texts[rule.kind] + quiet


@dataclass(frozen=True)
class _When:
    """What the options of ``set`` say about times."""

    start: bool
    idle: bool
    cron: str | None
    minutes: int | None

    def said(self, before: Schedule | None) -> WhenView:
        """The rule that is meant, given the one of ``before``. Raises typer.BadParameter."""
        kinds = {
            RuleKind.START: self.start,
            RuleKind.IDLE: self.idle,
            RuleKind.CRON: self.cron is not None,
        }
        chosen = [kind for kind, is_wanted in kinds.items() if is_wanted]
        if len(chosen) > 1:
            raise typer.BadParameter("Choose one of --start, --idle and --cron.")
        if chosen:
            return WhenView(chosen[0], self.minutes, self.cron)
        if before is None and self.minutes is None:
            raise typer.BadParameter("Say when: --start, --idle, --cron or --minutes.")
        if self.minutes is not None:
            timed = before is not None and before.rule.kind is not RuleKind.CRON
            kind = before.rule.kind if before and timed else RuleKind.INTERVAL
            return WhenView(kind, self.minutes)
        rule = before.rule if before else Rule(RuleKind.IDLE)
        return WhenView(rule.kind, rule.minutes, rule.cron)


def _planned(host: StandaloneHost, schedule: Schedule) -> int | None:
    return host.library.maintenance.planned(schedule)
