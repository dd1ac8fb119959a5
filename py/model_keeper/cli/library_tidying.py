"""``model-keeper library duplicates``, ``dedupe`` and ``organise``: plans, then one change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Optional

import typer
from rich.markup import escape

from model_keeper.cli.changed_models import ChangedModels
from model_keeper.cli.library_changes import Patch, chosen_models, confirmed
from model_keeper.cli.options import DryRun, Json, Yes
from model_keeper.cli.session import Session
from model_keeper.cli.tables import counted
from model_keeper.domain.duplicates import (
    DEFAULT_RULES,
    DuplicateGroup,
    Freeing,
    KeepRule,
    SameWeights,
)
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.sizes import size_text
from model_keeper.library.index_text import as_text
from model_keeper.library.places import place_key


def duplicates(context: typer.Context, as_json: Json = False) -> None:
    """Models that are here more than once, byte for byte; apart, those of the same weights."""
    session: Session = context.obj
    with session.host() as host:
        groups = host.library.deduplication.groups()
        same = list(host.library.deduplication.same_weights())
    if as_json:
        session.emit({**_rows(groups), "same_weights": list(map(_same_weights_row, same))})
    else:
        _say(session, groups, "again")
        _say_same_weights(session, same)


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
        planned = dry_run or not groups
        if planned and as_json:
            session.emit({"dry_run": True, **_rows(groups, how)})
        elif planned or not (as_json or yes):
            _say(session, groups, how.value, how)
        if planned:
            return
        freed = sum(group.freed(how) for group in groups)
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
            confirmed(session, f"{counted(len(plan), 'model is', 'models are')} moved.", yes=yes)
        handled = host.library.desk.organise(plan, dry=dry_run)
        told = ChangedModels(session, host, as_json, dry_run, patch)
        raise typer.Exit(told.tell(handled))


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for command in (duplicates, dedupe, organise):
        app.command()(command)


def _rows(groups: Sequence[DuplicateGroup], how: Freeing = Freeing.TRASH) -> dict[str, Any]:
    items = [_row(group, how) for group in groups]
    freed = sum(item["bytes_freed"] for item in items)
    return {"items": items, "total": len(items), "bytes_freed": freed}


def _row(group: DuplicateGroup, how: Freeing) -> dict[str, Any]:
    """The kept file's places stand first."""
    names = [name for file in group.files for name in file.names]
    return {
        "sha256": group.sha256,
        "size": group.keep.size,
        "files": len(group.files),
        **_places(names),
        "kept": as_text(group.keep.names[0].path),
        "others": [as_text(name.path) for file in group.others for name in file.names],
        "bytes_freed": group.freed(how),
    }


def _same_weights_row(same: SameWeights) -> dict[str, Any]:
    variants = [
        {
            "sha256": variant.sha256,
            "size": variant.size,
            "files": len(variant.files),
            **_places(variant.names),
        }
        for variant in same.variants
    ]
    return {"tensors": same.tensors, "variants": variants}


def _places(names: Sequence[ModelFile]) -> dict[str, Any]:
    """``places`` are the ids of ``paths``."""
    return {
        "places": [place_key(name.category, name.root, name.relative) for name in names],
        "paths": [as_text(name.path) for name in names],
    }


def _say(
    session: Session, groups: Sequence[DuplicateGroup], others: str, how: Freeing = Freeing.TRASH
) -> None:
    for group in groups:
        session.say(f"[bold]{size_text(group.freed(how))}[/bold] can be freed")
        session.say(f"keep  {escape(as_text(group.keep.names[0].path))}", indent=2)
        for file in group.others:
            for name in file.names:
                session.say(f"{others}  {escape(as_text(name.path))}", indent=2)
    if not groups:
        session.say("No hashed model is here twice. To hash all: model-keeper library verify")


def _say_same_weights(session: Session, found: Sequence[SameWeights]) -> None:
    if found:
        session.say("[bold]Same weights, other metadata[/bold]: no duplicates, nothing is freed")
    for same in found:
        session.say(f"{size_text(same.variants[0].size)} of weights {same.tensors[:10]}", indent=2)
        for variant in same.variants:
            for name in variant.names:
                session.say(f"{variant.sha256[:10]}  {escape(as_text(name.path))}", indent=4)
