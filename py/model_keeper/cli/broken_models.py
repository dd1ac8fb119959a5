"""``model-keeper library get-again``: the right files instead of broken ones."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Optional

import typer

from model_keeper.cli.exit_codes import lowest
from model_keeper.cli.fetching import Fetching
from model_keeper.cli.model_names import model_ids
from model_keeper.cli.options import Detach, DryRun, Json
from model_keeper.cli.session import Session
from model_keeper.engine.batches import BatchItem


def get_again(
    context: typer.Context,
    models: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Argument(help="Paths, names of files, or ids; without any, all that are broken."),
    ] = None,
    dry_run: DryRun = False,
    detach: Detach = False,
    as_json: Json = False,
) -> None:
    """Download broken models again, each into its place.

    A broken file stays until the right one is proven, and then goes into the trash.
    """
    session: Session = context.obj
    with session.host() as host:
        folders, library = host.model_folders(), host.library
        if models:
            found = [library.models.get(model) for model in model_ids(host, models)]
        else:
            found = library.models.ranked("is:broken")
        planned = library.broken.plans([each.id for each in found], host.intake(folders))
        items = [
            BatchItem.of(each.file.relative, plan)
            for each, plan in zip(found, planned)  # noqa: B905 - one for each
        ]
        if not items and not as_json:
            session.say("No model is broken.")
        fetching = Fetching(session, host, (), items, as_json=as_json)
        engine = partial(host.workflows.engine, folders, patient=session.interactive)
        code = fetching.carry_out(engine, dry_run=dry_run, detach=detach)
    raise typer.Exit(lowest([code]))
