"""``model-keeper worker``: the worker in the foreground, or what is known of the one that runs."""

from __future__ import annotations

from typing import Annotated

import typer
from filelock import Timeout

from model_keeper.cli.options import Json
from model_keeper.cli.session import Session
from model_keeper.hosts.worker import ALREADY_RUNNING, log_to


def worker(
    context: typer.Context,
    status: Annotated[bool, typer.Option(help="Only say whether one runs.")] = False,
    stop: Annotated[bool, typer.Option(help="End the one that runs; jobs are kept.")] = False,
    idle_seconds: Annotated[
        float, typer.Option(help="End after so long without work; 0 serves for ever.")
    ] = 0.0,
    target: Annotated[list[str], typer.Option(help="Serve jobs of this target.")] = ["local"],  # noqa: B006
    as_json: Json = False,
) -> None:
    """Do the work of the queue in this terminal until Ctrl+C."""
    session: Session = context.obj
    with session.host() as host:
        running = host.supervisor.running()
        if status or stop:
            if running is not None and stop:
                running.stop()
            record = running.record if running else None
            if as_json:
                session.emit({"running": record is not None, "pid": record.pid if record else None})
            elif record is None:
                session.say("No worker runs.")
            elif stop:
                session.say(f"The worker ends: process {record.pid}. Its jobs are kept.")
            else:
                session.say(f"A worker runs: process {record.pid}, version {record.version}.")
            return
        host.state.create()
        log_to(host.state.worker_log)
        session.say(f"Working on {host.state.path}. Stop with Ctrl+C; nothing is lost.")
        service = host.worker_service(tuple(target), idle_seconds or None)
        try:
            service.serve()
        except Timeout:
            session.errors.print("Another worker serves this folder already.")
            raise typer.Exit(ALREADY_RUNNING) from None
