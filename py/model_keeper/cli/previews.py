"""``model-keeper previews``: pictures for models that have none, and which one shows a model."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from rich.markup import escape

from model_keeper.cli.following import followed
from model_keeper.cli.item_results import say_results
from model_keeper.cli.model_names import model_ids
from model_keeper.cli.options import Json, OneModel, OnlyCategory
from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns
from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.metadata import PERSON, Preview
from model_keeper.engine.known_pictures import KnownPicture
from model_keeper.engine.summary import exit_code
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.web.shapes import written
from model_keeper.web.v1.known_pictures import known_pictures
from model_keeper.web.v1.previews import preview_facts

app = typer.Typer(no_args_is_help=True)


@app.command()
def repair(
    context: typer.Context,
    models: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Argument(help="Ids, paths or names; without any, all that have no preview."),
    ] = None,
    query: Annotated[str, typer.Option(help="Only what this finds; see docs/library.md.")] = "",
    category: OnlyCategory = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also replace previews that nobody chose.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Give models the previews that they lack."""
    session: Session = context.obj
    with session.host() as host:
        job = host.library.repairs.request(
            model_ids(host, models) if models else None,
            query,
            category=category,
            only_missing=not everything,
        ).job
        job = followed(session, host, job, as_json=as_json)
        if not as_json:
            say_results(session, host, job, nothing="No preview is missing.")
    raise typer.Exit(exit_code([job]))


@app.command()
def show(context: typer.Context, model: OneModel, as_json: Json = False) -> None:
    """Which picture shows a model, and which others are known."""
    session: Session = context.obj
    with session.host() as host:
        facts, known = _shown(host, model)
    if as_json:
        session.emit({**facts, "known": known})
        return
    chosen = ", chosen by you" if facts["chosen"] else ""
    session.say(f"{escape(facts['path'])}{chosen}" if facts["path"] else "It has no preview.")
    table = columns("number", "kind", "size", "rating", "from", "")
    for row in known:
        size = f"{row['width']}x{row['height']}" if row["width"] and row["height"] else ""
        table.add_row(
            str(row["index"]), row["type"], size, str(row["nsfw_level"] or ""),
            escape(row["source"]), "shown" if row["shown"] else "",
        )  # fmt: skip
    if known:
        session.console.print(table)


@app.command()
def choose(
    context: typer.Context,
    model: OneModel,
    picture: Annotated[
        str, typer.Argument(help="A number that show lists, a file, or an address.")
    ],
    as_json: Json = False,
) -> None:
    """Say which picture shows a model: it stays until you say otherwise."""
    session: Session = context.obj
    with session.host() as host:
        folders, place = _place(host, model)
        recovery = host.preview_recovery()
        recovery.choose(folders, place, meant(recovery.known(folders, place), picture))
        facts, _ = _shown(host, model)
    _tell(session, facts, as_json=as_json)


@app.command()
def back(context: typer.Context, model: OneModel, as_json: Json = False) -> None:
    """Take a choice back: what it replaced shows the model again."""
    session: Session = context.obj
    with session.host() as host:
        host.library.previews.go_back(*_place(host, model))
        facts, _ = _shown(host, model)
    _tell(session, facts, as_json=as_json)


def _tell(session: Session, facts: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        session.emit(facts)
    else:
        session.say(escape(facts["path"] or "It has no preview."))


def _place(host: StandaloneHost, model: str) -> tuple[FolderTable, Destination]:
    [place] = model_ids(host, [model])
    file = host.library.models.get(place).file
    return host.model_folders(), Destination(file.category, file.root, file.relative)


def _shown(host: StandaloneHost, model: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    [place] = model_ids(host, [model])
    facts: dict[str, Any] = written(preview_facts(host, *_place(host, model)))
    return facts, written(known_pictures(host, place))["items"]


def meant(known: list[KnownPicture], said: str) -> KnownPicture:
    """What a person means. Raises KeeperError invalid_request."""
    if said.isdecimal():
        if int(said) < len(known):
            return known[int(said)]
        raise KeeperError("invalid_request", what=f"There is no picture {said}: see previews show.")
    if said.startswith(("https://", "http://")):
        return KnownPicture(Preview(said), PERSON)
    return KnownPicture(Path(said).expanduser(), PERSON)
