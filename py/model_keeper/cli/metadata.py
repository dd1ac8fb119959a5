"""``model-keeper metadata``: what is known of models, and what people say of them."""

from __future__ import annotations

from typing import Annotated, Any, Optional

import typer

from model_keeper.cli.following import followed
from model_keeper.cli.item_results import say_results
from model_keeper.cli.model_names import model_ids
from model_keeper.cli.options import Json, OneModel, OnlyCategory
from model_keeper.cli.session import Session
from model_keeper.cli.tables import facts, flat, moment
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.summary import exit_code
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.web.shapes import written
from model_keeper.web.v1.metadata import metadata_view

app = typer.Typer(no_args_is_help=True)

_Text = Annotated[Optional[str], typer.Option()]  # noqa: UP045 - typer reads the annotation on Python 3.10


@app.command()
def refresh(
    context: typer.Context,
    models: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(help="Ids, paths or names; without any, all that lack something."),
    ] = None,
    query: Annotated[str, typer.Option(help="Only what this finds; see docs/library.md.")] = "",
    category: OnlyCategory = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what lacks nothing.")] = False,
    fresh: Annotated[
        bool, typer.Option(help="Ask again for what providers did not know lately.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Ask Civitai and Hugging Face about models, and write down what they say."""
    session: Session = context.obj
    with session.host() as host:
        job = host.library.refreshes.request(
            model_ids(host, models) if models else None,
            query,
            category=category,
            only_incomplete=not everything and not models,
            fresh=fresh,
        ).job
        job = followed(session, host, job, as_json=as_json)
        if not as_json:
            say_results(session, host, job, nothing="Nothing lacks anything.")
    raise typer.Exit(exit_code([job]))


@app.command()
def show(context: typer.Context, model: OneModel, as_json: Json = False) -> None:
    """All that is known of one model, and who said it."""
    session: Session = context.obj
    with session.host() as host:
        known = _known(host, model)
    if as_json:
        session.emit(known)
    else:
        _print(session, known)


@app.command()
def edit(
    context: typer.Context,
    model: OneModel,
    name: _Text = None,
    description: _Text = None,
    word: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="A trigger word; all of them, each with its --word."),
    ] = None,
    base_model: _Text = None,
    page: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Its page at a provider, which says which model it is, too."),
    ] = None,
    notes: _Text = None,
    reset: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="A field that is the providers' again, such as description."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say something of a model; no provider changes it any more. An empty text empties a field."""
    said = {
        "name": name,
        "description": description,
        "trained_words": [each for each in word if each] if word else None,
        "base_model": base_model,
        "source_url": page,
        "notes": notes,
    }
    changes = {field: value for field, value in said.items() if value is not None}
    if not changes and not reset:
        raise KeeperError("invalid_request", what="Name a field to be changed or reset.")
    session: Session = context.obj
    with session.host() as host:
        [place] = model_ids(host, [model])
        host.library.records.edit(host.library.models.get(place), changes, reset or ())
        known = _known(host, place)
    if as_json:
        session.emit(known)
    else:
        _print(session, known)


def _known(host: StandaloneHost, model: str) -> dict[str, Any]:
    [place] = model_ids(host, [model])
    found = host.library.models.get(place)
    known: dict[str, Any] = written(metadata_view(found, host.library.records.read(found.file)))
    return known


def _print(session: Session, known: dict[str, Any]) -> None:
    owners = known.pop("owners")
    sources = known.pop("sources")

    def whose(name: str) -> str:
        owner = owners.get(name)
        return "you" if owner == "user" else sources.get(name) or owner or ""

    if known["last_updated"]:
        known["last_updated"] = moment(known["last_updated"])
    session.console.print(facts((name, text, whose(name)) for name, text in flat(known)))
