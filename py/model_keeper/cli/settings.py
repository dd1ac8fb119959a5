"""``model-keeper settings``: what the worker and the terminal go by."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from model_keeper.cli.options import Json
from model_keeper.cli.session import Session

_PLACES = frozenset({"models_dir", "extra_model_paths"})

app = typer.Typer(no_args_is_help=True)


@app.command()
def show(
    context: typer.Context,
    as_json: Json = False,
) -> None:
    """Every setting with its value."""
    session: Session = context.obj
    with session.host() as host:
        values = asdict(host.store.settings.read())
    if as_json:
        session.emit(values)
        return
    for name, value in values.items():
        session.say(f"{name} = {escape(json.dumps(value))}")


@app.command("set")
def set_value(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="The setting, such as models_dir.")],
    value: Annotated[str, typer.Argument(help="Text, a number, true, false, null or a list.")],
) -> None:
    """Change one setting. Running workers follow."""
    session: Session = context.obj
    meant = _meant(name, _parsed(value))
    with session.host() as host:
        host.store.settings.change(**{name: meant})
    session.say(f"{name} = {escape(meant if isinstance(meant, str) else json.dumps(meant))}")
    if name == "models_dir" and isinstance(meant, str) and not Path(meant).is_dir():
        session.say("[yellow]There is no such folder yet.[/yellow]")


def _meant(name: str, value: object) -> object:
    """A place as it is meant in this folder: the next command may run in another one."""
    if isinstance(value, tuple):
        return tuple(_meant(name, each) for each in value)
    if name in _PLACES and isinstance(value, str):
        return str(Path(value).expanduser().absolute())
    return value


def _parsed(value: str) -> object:
    try:
        parsed: object = json.loads(value)
    except ValueError:
        return value
    return tuple(parsed) if isinstance(parsed, list) else parsed
