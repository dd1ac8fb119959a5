"""``model-keeper jobs``: the queue."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Annotated, Optional

import typer
from rich.markup import escape
from rich.table import Table

from model_keeper.cli.options import Json
from model_keeper.cli.progress import ProgressView, job_name, next_step
from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns
from model_keeper.domain.jobs import LIVE, Job, JobId, JobState, Priority
from model_keeper.domain.queue import JobQuery
from model_keeper.domain.vocabularies import Vocabulary, described
from model_keeper.engine.actions import JobActions
from model_keeper.engine.summary import exit_code, job_error, job_record

app = typer.Typer(no_args_is_help=True)

_Id = Annotated[str, typer.Argument(help="The job's id, or its first characters.")]


class _Format(str, Enum):
    KEEPER = "keeper"
    SERVICE = "service"
    REMOTE = "remote"
    REFRESH = "refresh"


@app.command("list")
def list_jobs(
    context: typer.Context,
    state: Annotated[
        Optional[list[JobState]],  # noqa: UP045 - typer reads the annotation on 3.10
        typer.Option(help="Only jobs in this state. May be given again."),
    ] = None,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="At most so many jobs.")] = 50,
    as_json: Json = False,
) -> None:
    """The newest jobs."""
    session: Session = context.obj
    with session.host() as host:
        query = JobQuery(states=frozenset(state or ()), limit=limit)
        page = host.store.jobs.page(query)
        if as_json:
            session.emit(
                {
                    "items": [job_record(job) for job in page.items],
                    "next": page.next,
                    "total": page.total,
                }
            )
            return
        if not page.items:
            session.say("No job is like this." if state else "The queue is empty.")
            return
        session.console.print(_table(list(page.items)))
        if page.total > len(page.items):
            session.say(f"[dim]{len(page.items)} of {page.total}[/dim]")


@app.command()
def show(
    context: typer.Context,
    job_id: _Id,
    form: Annotated[
        _Format, typer.Option("--format", help="In which vocabulary (JSON).")
    ] = _Format.KEEPER,
    as_json: Json = False,
) -> None:
    """One job with its history."""
    session: Session = context.obj
    with session.host() as host:
        job = host.store.jobs.find(job_id)
        history = host.store.jobs.history(job.id)
        if form is not _Format.KEEPER:
            session.emit(described(job, history, Vocabulary(form.value)))
            return
        entries = [{"at": e.at, "event": e.event, "actor": e.actor, **e.data} for e in history]
        if as_json:
            session.emit({**job_record(job), "result": dict(job.result), "history": entries})
            return
        session.say(f"[bold]{escape(job_name(job))}[/bold]  {job.state.value}")
        session.say(f"[dim]{job.id}[/dim]")
        for entry in history:
            told = {k: v for k, v in entry.data.items() if not isinstance(v, (list, dict))}
            details = ", ".join(f"{k}={v}" for k, v in told.items())
            session.say(f"  [dim]{_time(entry.at)}[/dim]  {entry.event}  {escape(details)}")
        if job.result.get("path"):
            session.say(escape(str(job.result["path"])))
        error = job_error(job)
        if error is not None:
            session.say(escape(error.message))
            session.say(f"[bold]{escape(next_step(job, error))}[/bold]")


def _act(
    context: typer.Context,
    job_id: str,
    action: Callable[[JobActions, JobId], object],
    word: str,
    *,
    as_json: bool,
    needs_worker: bool = False,
) -> None:
    """Do something to a job, let the worker know, and say what the job is now."""
    session: Session = context.obj
    with session.host() as host:
        found = host.store.jobs.find(job_id)
        action(host.actions, found.id)
        link = host.supervisor.running()
        if link is not None:
            link.wake()
        elif needs_worker:
            host.ensure_worker()
        if as_json:
            session.emit({"id": found.id, "done": word})
        else:
            session.say(f"{escape(job_name(found))} {word}.")


@app.command()
def pause(context: typer.Context, job_id: _Id, as_json: Json = False) -> None:
    """Stop a job for now; what has arrived is kept."""
    _act(context, job_id, JobActions.pause, "pauses", as_json=as_json)


@app.command()
def resume(context: typer.Context, job_id: _Id, as_json: Json = False) -> None:
    """Go on with a paused job."""
    _act(context, job_id, JobActions.resume, "goes on", as_json=as_json, needs_worker=True)


@app.command()
def cancel(context: typer.Context, job_id: _Id, as_json: Json = False) -> None:
    """End a job and remove what has arrived."""
    _act(context, job_id, JobActions.cancel, "is cancelled", as_json=as_json)


@app.command()
def retry(context: typer.Context, job_id: _Id, as_json: Json = False) -> None:
    """Try a failed or cancelled job again."""
    _act(context, job_id, JobActions.retry, "is tried again", as_json=as_json, needs_worker=True)


@app.command()
def approve(context: typer.Context, job_id: _Id, as_json: Json = False) -> None:
    """Accept what the rules left open, or a host that a workflow named."""
    _act(context, job_id, JobActions.approve, "is approved", as_json=as_json, needs_worker=True)


@app.command()
def reject(context: typer.Context, job_id: _Id, as_json: Json = False) -> None:
    """Refuse what the rules left open; nothing is kept."""
    _act(context, job_id, JobActions.reject, "is rejected", as_json=as_json)


@app.command()
def remove(context: typer.Context, job_id: _Id, as_json: Json = False) -> None:
    """Take a finished job off the list."""
    _act(context, job_id, JobActions.remove, "is removed", as_json=as_json)


@app.command(context_settings={"ignore_unknown_options": True})  # -5 is a priority, no option
def priority(
    context: typer.Context,
    job_id: _Id,
    level: Annotated[str, typer.Argument(help="low, normal, high, or a number.")],
) -> None:
    """Let a job go before or after others."""
    session: Session = context.obj
    named = Priority.__members__.get(level.upper())
    if named is None and not level.lstrip("-").isdigit():
        raise typer.BadParameter("low, normal, high, or a whole number")
    with session.host() as host:
        found = host.store.jobs.find(job_id)
        host.store.wishes.set_priority(found.id, int(level) if named is None else named.value)
        session.say(f"{found.id} has the priority {level}")


@app.command()
def watch(context: typer.Context, as_json: Json = False) -> None:
    """Follow every live job until all rest."""
    session: Session = context.obj
    with session.host() as host:
        page = host.store.jobs.page(JobQuery(states=LIVE, limit=1000))
        ids = [job.id for job in page.items if job.kind.value != "batch"]
        if not ids:
            session.say("Nothing is going on.")
            return
        view = ProgressView(session, as_json=as_json)
        rows: list[Job] = []
        try:
            with view:
                for updates in host.watch(patient=session.interactive).follow(ids):
                    rows = [update.job for update in updates]
                    view.show(updates)
        except KeyboardInterrupt:
            raise typer.Exit(130) from None
    raise typer.Exit(exit_code(rows))


def _table(jobs: list[Job]) -> Table:
    table = columns("job", "state", "file", "why")
    for job in jobs:
        error = job_error(job)
        waits = f" ({job.wait_reason.value})" if job.wait_reason else ""
        table.add_row(
            job.id[:13],
            job.state.value + waits,
            escape(job_name(job)),
            escape(error.message) if error else "",
        )
    return table


def _time(ms: int) -> str:
    from datetime import datetime, timezone

    return (
        datetime.fromtimestamp(ms / 1000, timezone.utc).astimezone().strftime("%Y-%m-%d %H:%M:%S")
    )
