"""``model-keeper updates``: newer versions of the models that are here."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape
from rich.table import Table

from model_keeper.cli.exit_codes import lowest
from model_keeper.cli.fetching import Fetching
from model_keeper.cli.following import followed
from model_keeper.cli.model_names import model_ids
from model_keeper.cli.options import Detach, DryRun, Json, Models, OneModel
from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns
from model_keeper.domain.sizes import size_text
from model_keeper.engine.batches import BatchItem
from model_keeper.engine.summary import exit_code
from model_keeper.engine.updates import ModelUpdate
from model_keeper.web.shapes import written
from model_keeper.web.v1.updates import update_view

app = typer.Typer(no_args_is_help=True)

_COUNTS = {
    "update": "can be updated",
    "current": "current",
    "unknown": "unknown to Civitai and Hugging Face",
    "unhashed": "not hashed yet",
    "gone": "gone from where they were",
    "failed": "failed",
}


@app.command()
def check(
    context: typer.Context,
    models: Models = None,
    query: Annotated[str, typer.Option(help="Only what this finds; see docs/library.md.")] = "",
    fresh: Annotated[bool, typer.Option(help="Ask again for what was gone lately.")] = False,
    as_json: Json = False,
) -> None:
    """Ask Civitai and Hugging Face which models have a newer version: those named, else all."""
    session: Session = context.obj
    with session.host() as host:
        places = model_ids(host, models) if models else None
        enqueued = host.library.updates.request_check(places, query, fresh=fresh)
        job = followed(session, host, enqueued.job, as_json=as_json)
        if not as_json:
            counts = job.result
            told = [f"{counts[name]} {what}" for name, what in _COUNTS.items() if counts.get(name)]
            session.say(", ".join(told) + "." if told else "Nothing was looked at.")
            if counts.get("unhashed"):
                session.say("[dim]To hash all: model-keeper library verify[/dim]")
    raise typer.Exit(exit_code([job]))


@app.command("list")
def list_updates(
    context: typer.Context,
    ignored: Annotated[bool, typer.Option(help="Show ignored ones, too.")] = False,
    as_json: Json = False,
) -> None:
    """What the last checks found."""
    session: Session = context.obj
    with session.host() as host:
        found = host.library.updates.all(ignored=ignored)
        checked_at = host.library.updates.checked_at()
    if as_json:
        items = [written(update_view(each)) for each in found]
        session.emit({"items": items, "total": len(items), "checked_at": checked_at})
    elif checked_at is None:
        session.say("Nobody has looked for updates yet: model-keeper updates check")
    elif found:
        session.console.print(_table(found))
        session.say("[dim]Get all of them: model-keeper updates fetch[/dim]")
    else:
        session.say("All models are current.")


@app.command()
def ignore(
    context: typer.Context,
    model: OneModel,
    version: Annotated[
        Optional[int],  # noqa: UP045
        typer.Option(help="This version only; otherwise the one that is offered."),
    ] = None,
    all_versions: Annotated[bool, typer.Option("--all", help="All that ever come.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Hear of them again.")] = False,
    as_json: Json = False,
) -> None:
    """Do not hear of an update any more."""
    session: Session = context.obj
    with session.host() as host:
        updates = host.library.updates
        [place] = model_ids(host, [model])
        if version is None and not all_versions:
            version = updates.get(place).offer.version_id
        updates.ignore(place, None if all_versions else version, ignored=not undo)
    if not as_json:
        session.say("It is heard of again." if undo else "It is not heard of any more.")
    else:
        session.emit({"model": place, "version_id": version, "ignored": not undo})


@app.command()
def fetch(
    context: typer.Context,
    models: Models = None,
    models_dir: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="ComfyUI's models folder."),
    ] = None,
    dry_run: DryRun = False,
    detach: Detach = False,
    as_json: Json = False,
) -> None:
    """Download updates beside the files that they update: of the models named, else all."""
    session: Session = context.obj
    with session.host() as host:
        folders = host.folders(models_dir)
        updates = host.library.updates
        listed = [update.place for update in updates.all(ignored=False)]
        places = model_ids(host, models) if models else listed
        if not places and not as_json:
            session.say("No update is known. To look for some: model-keeper updates check")
        planned = updates.plans(places, host.intake(folders))
        items = [BatchItem.of(place, each) for place, each in zip(places, planned)]  # noqa: B905
        fetching = Fetching(session, host, (), items, as_json=as_json)
        engine = partial(host.workflows.engine, folders, patient=session.interactive)
        code = fetching.carry_out(engine, dry_run=dry_run, detach=detach)
    raise typer.Exit(lowest([code]))


def _table(found: list[ModelUpdate]) -> Table:
    table = columns("model", "here", "newest", "size", "id")
    for each in found:
        size = "" if each.offer.size is None else size_text(each.offer.size)
        mark = " [dim](ignored)[/dim]" if each.ignored else ""
        pin = " [dim](pinned)[/dim]" if each.checked.pinned else ""
        table.add_row(
            escape(f"{each.file.category}/{each.file.relative}"),
            escape(each.checked.version_name) + pin,
            escape(each.offer.name) + mark,
            size,
            each.place,
        )
    return table
