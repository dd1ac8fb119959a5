"""``model-keeper auth``: API keys and tokens. Their values are never shown."""

from __future__ import annotations

import sys
from enum import Enum
from typing import Annotated

import typer
from rich.markup import escape
from rich.prompt import Prompt

from model_keeper.cli.options import Json
from model_keeper.cli.session import Session
from model_keeper.domain.errors import KeeperError

app = typer.Typer(no_args_is_help=True)


class _Provider(str, Enum):
    CIVITAI = "civitai"
    HUGGINGFACE = "huggingface"


_Which = Annotated[_Provider, typer.Argument(help="civitai or huggingface")]


@app.command("set")
def set_token(context: typer.Context, provider: _Which) -> None:
    """Keep a key in a file that only you can read. It is asked for, or read from a pipe."""
    session: Session = context.obj
    if sys.stdin.isatty():
        token = Prompt.ask("Key", password=True, console=session.console)
    else:
        token = sys.stdin.readline()
    token = token.strip()
    if not token:
        raise KeeperError("invalid_request", what="No key was given.")
    with session.host() as host:
        host.state.create()
        host.credentials.set(provider.value, token)
    session.say(f"The key for {provider.value} is kept.")


@app.command("forget")
def forget_token(context: typer.Context, provider: _Which) -> None:
    """Remove the key that auth set kept."""
    session: Session = context.obj
    with session.host() as host:
        host.credentials.forget(provider.value)
    session.say(f"The key for {provider.value} is removed.")


@app.command()
def status(
    context: typer.Context,
    as_json: Json = False,
) -> None:
    """Which keys there are, and where they come from."""
    session: Session = context.obj
    with session.host() as host:
        found = host.credentials.describe()
        if as_json:
            session.emit({"credentials": found})
            return
        for provider, source in found.items():
            session.say(f"{provider}: {escape(source or 'none')}")


@app.command("test")
def check(
    context: typer.Context,
    provider: _Which,
    as_json: Json = False,
) -> None:
    """Ask the provider whether it accepts the key."""
    session: Session = context.obj
    with session.host() as host:
        if host.credentials.describe()[provider.value] is None:
            raise KeeperError("key_missing", provider=provider.value)
        name = host.providers().check_token(provider.value)
    if as_json:
        session.emit({"provider": provider.value, "accepted": True, "name": name})
    else:
        session.say(f"{provider.value} accepts the key" + (f" of {escape(name)}." if name else "."))


@app.command()
def pair(
    context: typer.Context,
    forget: Annotated[
        bool, typer.Option("--forget", help="Make every paired browser pair again.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Show the code by which a browser on another machine may use this server."""
    session: Session = context.obj
    with session.host() as host:
        host.state.create()
        if forget:
            host.pairing.forget_all()
        code = host.pairing.code()
    if as_json:
        session.emit({"code": code})
    else:
        session.say(f"Pairing code: [bold]{code}[/bold]\nEnter it in the panel; it works once.")
