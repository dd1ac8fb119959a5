"""All commands under one name."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Annotated, Optional

import typer

from model_keeper import __version__
from model_keeper.cli import (
    auth,
    collections,
    demo,
    doctor,
    get,
    jobs,
    library,
    maintenance,
    metadata,
    previews,
    resolve,
    schedules,
    serve,
    settings,
    updates,
    worker,
)
from model_keeper.cli.session import Session
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.summary import error_code

app = typer.Typer(
    name="model-keeper",
    help="Gets every model that a ComfyUI workflow needs: found, fetched, proven, in its folder.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(name="get")(get.get)
app.command(name="resolve")(resolve.resolve)
app.command(name="doctor")(doctor.doctor)
app.add_typer(jobs.app, name="jobs")
library.app.command(name="export")(collections.export)
library.app.command(name="import")(collections.import_collection)
app.add_typer(library.app, name="library")
app.add_typer(metadata.app, name="metadata")
app.add_typer(previews.app, name="previews")
app.add_typer(updates.app, name="updates")
app.add_typer(maintenance.app, name="maintenance")
app.add_typer(schedules.app, name="schedules")
app.command(name="serve")(serve.serve)
app.command(name="worker")(worker.worker)
app.add_typer(auth.app, name="auth")
app.add_typer(settings.app, name="settings")
app.command(name="demo")(demo.demo)


def _version(value: bool) -> None:
    if value:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def _options(
    context: typer.Context,
    state_dir: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Option(
            help="Where the queue and the logs are kept.", envvar="MODEL_KEEPER_STATE_DIR"
        ),
    ] = None,
    database_url: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(
            help="A PostgreSQL database instead of the file.", envvar="MODEL_KEEPER_DATABASE_URL"
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    del version
    context.obj = Session(state_dir, database_url)


def run() -> None:
    """Run the command; an error that is no surprise prints what happened and what to do next."""
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # it is told in our own words
    try:
        app()
    except KeeperError as exc:
        Session.explain(exc)
        raise SystemExit(error_code(exc)) from None
