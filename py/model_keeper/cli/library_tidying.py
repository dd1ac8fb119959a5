"""``model-keeper library dedupe`` and ``organise``: plans to look at, then one change."""

from __future__ import annotations

from typing import Annotated, Optional

import typer
from rich.markup import escape

from model_keeper.cli.changed_models import ChangedModels
from model_keeper.cli.library_changes import DryRun, Json, Patch, chosen_models, confirmed
from model_keeper.cli.options import Yes
from model_keeper.cli.session import Session
from model_keeper.domain.duplicates import DEFAULT_RULES, DuplicateGroup, Freeing, KeepRule
from model_keeper.domain.sizes import size_text
from model_keeper.library.index_text import as_text


def dedupe(
    context: typer.Context,
    how: Annotated[
        Freeing, typer.Option(help="What takes the place of a duplicate; trash leaves none.")
    ] = Freeing.TRASH,
    keep: Annotated[
        Optional[list[KeepRule]],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Option(help="Which one to keep. Given again: where that does not decide."),
    ] = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Free the space of models that are here twice, byte for byte. It can be undone."""
    session: Session = context.obj
    with session.host() as host:
        groups = host.library.deduplication.groups(keep or DEFAULT_RULES)
        freed = sum(group.freed(how) for group in groups)
        if dry_run or not groups:
            _say_groups(session, groups, how, freed, as_json=as_json)
            return
        if not as_json and not yes:
            _say_groups(session, groups, how, freed, as_json=False)
        confirmed(session, f"{size_text(freed)} of duplicates are freed.", yes=yes)
        handled = host.library.desk.deduplicate(groups, how)
        raise typer.Exit(ChangedModels(session, host, as_json).tell(handled))


def organise(
    context: typer.Context,
    template: Annotated[str, typer.Argument(help="Such as {base}/{creator}/{name}.")],
    category: Annotated[str, typer.Option(help="The ComfyUI folder, such as loras.")],
    query: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Only models that this search finds: see docs/library.md."),
    ] = None,
    patch: Patch = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Put models into folders by what is known of them, each within its own folder."""
    session: Session = context.obj
    with session.host() as host:
        host.model_folders().of(category)
        only = None if query is None else set(chosen_models(host, None, query, category))
        plan = host.library.organising.plan(category, template, only=only)
        if plan and not dry_run:
            confirmed(session, f"{len(plan)} models are moved.", yes=yes)
        handled = host.library.desk.organise(plan, dry=dry_run)
        told = ChangedModels(session, host, as_json, dry_run, patch)
        raise typer.Exit(told.tell(handled))


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for command in (dedupe, organise):
        app.command()(command)


def _say_groups(
    session: Session, groups: list[DuplicateGroup], how: Freeing, freed: int, *, as_json: bool
) -> None:
    if as_json:
        items = [
            {
                "sha256": group.sha256,
                "kept": as_text(group.keep.names[0].path),
                "others": [as_text(name.path) for file in group.others for name in file.names],
                "bytes_freed": group.freed(how),
            }
            for group in groups
        ]
        session.emit({"dry_run": True, "items": items, "total": len(items), "bytes_freed": freed})
        return
    for group in groups:
        session.say(f"[bold]{size_text(group.freed(how))}[/bold] are freed")
        session.say(f"keep  {escape(as_text(group.keep.names[0].path))}", indent=2)
        for file in group.others:
            for name in file.names:
                session.say(f"{how.value}  {escape(as_text(name.path))}", indent=2)
    if not groups:
        session.say("No hashed model is here twice. To hash all: model-keeper library verify")
