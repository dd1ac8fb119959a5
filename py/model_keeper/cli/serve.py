"""``model-keeper serve``: the panel and the API in a browser, without ComfyUI."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape

from model_keeper.cli.session import Session
from model_keeper.hosts.server import KeeperServer
from model_keeper.hosts.worker import log_to
from model_keeper.web.guard import is_loopback
from model_keeper.web.panel_files import panel_folder


def serve(
    context: typer.Context,
    listen: Annotated[
        str, typer.Option(help="The address to listen on. Beyond this machine a token is needed.")
    ] = "127.0.0.1",
    port: Annotated[
        int, typer.Option(min=0, max=65_535, help="The port; 0 lets the system choose.")
    ] = 8199,
    token: Annotated[
        Optional[str],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Option(
            envvar="MODEL_KEEPER_TOKEN",
            help="What every request has to carry; made anew where it is needed and not given.",
        ),
    ] = None,
    models_dir: Annotated[
        Optional[Path], typer.Option(help="ComfyUI's models folder; it is remembered.")  # noqa: UP045
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Say it as a JSON object.")] = False,
) -> None:
    """Show the panel in a browser and serve the API until Ctrl+C."""
    session: Session = context.obj
    secret = token or (None if is_loopback(listen) else secrets.token_urlsafe(18))
    with session.host() as host:
        host.state.create()
        log_to(host.state.path / "server.log")
        if models_dir is not None:
            host.store.settings.change(models_dir=str(models_dir.expanduser().absolute()))

        def ready(bound: int) -> None:
            name = "127.0.0.1" if listen in {"0.0.0.0", "::"} else listen  # noqa: S104 - compared
            url = f"http://{name}:{bound}/" + (f"#token={secret}" if secret else "")
            if as_json:
                session.emit({"event": "serving", "url": url, "port": bound})
                return
            session.say(f"Model Keeper is at [link={url}]{escape(url)}[/link]")
            if secret:
                session.say("From another machine: the same, with this machine's name or address.")
            session.say("[dim]Stop with Ctrl+C; running downloads go on by themselves.[/dim]")

        server = KeeperServer(host, listen=listen, port=port, secret=secret, panel=panel_folder())
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(server.serve(ready))
