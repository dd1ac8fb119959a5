"""``model-keeper maintenance``: what could be better about the library, and doing it."""

from __future__ import annotations

import shlex
from typing import Annotated, Optional

import typer
from rich.markup import escape

from model_keeper.cli.following import followed
from model_keeper.cli.options import Detach, Json, ModelsDir, OnlyCategory
from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns, counted, moment
from model_keeper.domain.queue import Enqueued
from model_keeper.domain.scan_policies import ScanPolicy
from model_keeper.domain.sizes import size_text
from model_keeper.engine.doctor import Symptom, of_recommendations
from model_keeper.engine.maintenance import Report
from model_keeper.engine.summary import exit_code
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.library.index_text import as_text
from model_keeper.web.shapes import written
from model_keeper.web.v1.maintenance import maintenance_view
from model_keeper.web.v1.roots import root_view

app = typer.Typer(no_args_is_help=True)


@app.command()
def scan(
    context: typer.Context,
    models_dir: ModelsDir = None,
    detach: Detach = False,
    as_json: Json = False,
) -> None:
    """Look at every folder, then say what could be better."""
    session: Session = context.obj
    with session.host() as host:
        folders = host.folders(models_dir)
        enqueued = host.library.models.request_scan(folders)
        code = _work(session, host, enqueued, detach, as_json=as_json)
        if not (detach or as_json):
            _tell(session, host.library.maintenance.report(folders))
    raise typer.Exit(code)


@app.command()
def show(context: typer.Context, as_json: Json = False) -> None:
    """What could be better, as the last scan saw it, and what runs now."""
    session: Session = context.obj
    with session.host() as host:
        report = host.library.maintenance.report()
        activity = host.library.maintenance.activity(host.live())
    if as_json:
        session.emit(written(maintenance_view(report, activity)))
        return
    for each in activity:
        why = f"because of the schedule {each.schedule}" if each.schedule else "for you"
        at = f": {each.path}" if each.path else ""
        session.say(f"[dim]{each.job.kind.value} runs {escape(why)}{escape(at)}[/dim]")
    _tell(session, report)


@app.command()
def apply(
    context: typer.Context,
    code: Annotated[str, typer.Argument(help="The code that show --json names.")],
    category: OnlyCategory = None,
    detach: Detach = False,
    as_json: Json = False,
) -> None:
    """Do what is recommended, as with: model-keeper maintenance apply previews_missing"""
    session: Session = context.obj
    with session.host() as host:
        enqueued = host.library.maintenance.apply(code, category)
        ended = _work(session, host, enqueued, detach, as_json=as_json)
    raise typer.Exit(ended)


@app.command()
def folders(
    context: typer.Context,
    path: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(help="A model folder whose policy is to be set."),
    ] = None,
    policy: Annotated[
        Optional[ScanPolicy],  # noqa: UP045
        typer.Option(help="When it is looked at without being asked to."),
    ] = None,
    as_json: Json = False,
) -> None:
    """The model folders and when each is looked at; with a path and --policy, set that."""
    session: Session = context.obj
    if (path is None) is not (policy is None):
        raise typer.BadParameter("Name a folder together with --policy.")
    with session.host() as host:
        roots = host.library.roots
        if path is not None and policy is not None:
            roots.set_policy(path, policy)
        found = roots.all()
    if as_json:
        session.emit({"items": [written(root_view(each)) for each in found], "total": len(found)})
        return
    table = columns("category", "folder", "policy", "files", "room")
    for each in found:
        shown = escape(as_text(each.path)) + ("" if each.online else " [dim](off)[/dim]")
        row = (each.category, shown, each.policy.value, str(each.files), size_text(each.size))
        table.add_row(*row)
    session.console.print(table)


def _work(
    session: Session,
    host: StandaloneHost,
    enqueued: Enqueued,
    detach: bool,
    *,
    as_json: bool,
) -> int:
    """The exit code of a job that is followed to its end, or left to the worker."""
    if detach:
        host.wake_worker()
        if as_json:
            session.emit({"job": enqueued.job.id, "deduplicated": enqueued.deduplicated})
        else:
            session.say(f"[dim]model-keeper jobs show {enqueued.job.id}[/dim]", whole=True)
        return 0
    job = followed(session, host, enqueued.job, as_json=as_json)
    if not as_json:
        counts = [f"{n} {name}" for name, n in job.result.items() if isinstance(n, int) and n]
        session.say(", ".join(counts) + "." if counts else "Nothing to do.")
    return exit_code([job])


def _tell(session: Session, report: Report) -> None:
    if report.scanned_at is None:
        session.say("Nobody has looked at the folders yet: model-keeper maintenance scan")
        return
    models, when = counted(report.models, "model"), moment(report.scanned_at)
    session.say(f"{models}, {size_text(report.size)}. Looked at {when}.")
    symptoms = list(of_recommendations(report.recommendations))
    for symptom in symptoms:
        tell_symptom(session, symptom)
    if not symptoms:
        session.say("[green]✓[/green] All is in order.")


def tell_symptom(session: Session, symptom: Symptom, command: str = "") -> None:
    """One thing and what helps; ``command`` where it is not just the symptom's own."""
    mark = "[red]✗[/red]" if symptom.is_trouble else "[yellow]![/yellow]"
    session.say(f"{mark} {escape(symptom.text)}")
    own = shlex.join(["model-keeper", *symptom.fix]) if symptom.fix else ""
    help_text = command or own or symptom.hint
    session.say(f"[dim]{escape(help_text)}[/dim]", indent=2, whole=bool(symptom.fix))
