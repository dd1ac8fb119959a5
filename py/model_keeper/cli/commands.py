"""All commands under one name."""

from __future__ import annotations

import logging
import sys
from errno import ENOSPC
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Optional

import typer

from model_keeper import __version__
from model_keeper.cli.deferred import deferred
from model_keeper.cli.session import Session
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.summary import error_code

#: Every command with what the list of them says.
_COMMANDS = {
    "get": "Fetch models by link, hash or workflow: verified, and in the right folder.",
    "resolve": (
        "Show which models workflows need: on disk, to relink, to fetch, to choose, or missing."
    ),
    "doctor": "Say what is missing, broken, doubled or in the way, and what helps with each.",
    "serve": "Show the panel in a browser and serve the API until Ctrl+C.",
    "worker": "Do the work of the queue in this terminal until Ctrl+C.",
    "demo": "Fetch the models of three workflows here, with a broken line and a killed worker.",
    "jobs": "Look at the queue and change it.",
    "library": "Look at the models that are here, and change them.",
    "metadata": "What is known of the models that are here.",
    "previews": "Pictures that show models.",
    "updates": "Newer versions of the models that are here.",
    "maintenance": "What could be better about the library.",
    "schedules": "What is done by itself while ComfyUI, serve or a worker runs.",
    "auth": "Keys for Civitai and Hugging Face.",
    "settings": "Look at the settings and change them.",
}

app = typer.Typer(
    name="model-keeper",
    help="Gets every model that a ComfyUI workflow needs: found, fetched, proven, in its folder.",
    epilog="Begin with: model-keeper settings set models_dir DIR",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _name, _summary in _COMMANDS.items():
    deferred(app, _name, _summary)


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
    # What matters of a warning is told in our own words.
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)
    if logging.lastResort is not None:
        logging.lastResort.setLevel(logging.ERROR)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a code page need not have what a name has
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except KeeperError as exc:
        error = exc
    except OSError as exc:
        error = _of_storage(exc)
    else:
        return
    Session.explain(error)
    raise SystemExit(error_code(error))


def _of_storage(exc: OSError) -> KeeperError:
    """What is wrong with a file, or with where the output goes. Raises what is neither."""
    path = "The output" if exc.filename is None and exc.errno == ENOSPC else exc.filename
    if path is None:
        raise exc
    return KeeperError("storage_failed", path=path, why=(exc.strerror or str(exc)).lower())
