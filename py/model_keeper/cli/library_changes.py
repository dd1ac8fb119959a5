"""``model-keeper library move``, ``rename``, ``trash`` …: changes of models, and their undo."""

from __future__ import annotations

from typing import Annotated, Any, Optional

import typer
from rich.markup import escape

from model_keeper.cli.changed_models import ChangedModels
from model_keeper.cli.model_names import model_ids
from model_keeper.cli.options import DryRun, Json, Models, Yes
from model_keeper.cli.session import Session, error_object
from model_keeper.cli.tables import columns, counted, moment
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import ChangeKind
from model_keeper.domain.sizes import size_text
from model_keeper.engine.change_desk import Handled, Target
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.web.shapes import written
from model_keeper.web.v1.change_shapes import TrashView
from model_keeper.web.v1.change_views import change_view, patched_view, trash_view

Patch = Annotated[
    bool, typer.Option("--patch", help="Let stored workflows name the models as they are then.")
]
_Query = Annotated[
    Optional[str],  # noqa: UP045 - typer reads the annotation on Python 3.10
    typer.Option(help="All models that this search finds: see docs/library.md."),
]
_Category = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help="With --query: only this ComfyUI folder."),
]
_Change = Annotated[str, typer.Argument(help="The id of the change.")]


def move(
    context: typer.Context,
    models: Models = None,
    to: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="The ComfyUI folder they go to, such as loras."),
    ] = None,
    root: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="One of its folders, by its path."),
    ] = None,
    folder: Annotated[
        Optional[str],  # noqa: UP045
        typer.Option(help="Folders below that, such as sdxl/styles; empty for none."),
    ] = None,
    query: _Query = None,
    category: _Category = None,
    patch: Patch = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Put models with all their files into another folder. Nothing is ever overwritten."""
    session: Session = context.obj
    if to is None and root is None and folder is None:
        raise KeeperError("invalid_request", what="Say where to: --to, --root or --folder.")
    with session.host() as host:
        chosen = chosen_models(host, models, query, category)
        if query is not None and chosen and not dry_run:
            confirmed(session, f"{counted(len(chosen), 'model is', 'models are')} moved.", yes=yes)
        handled = host.library.desk.move(chosen, Target(to, root, folder), dry=dry_run)
        told = ChangedModels(session, host, as_json, dry_run, patch)
        raise typer.Exit(told.tell(handled))


def rename(
    context: typer.Context,
    model: Annotated[str, typer.Argument(help="A path, the name of a file, or an id.")],
    name: Annotated[str, typer.Argument(help="The new name, with the same ending.")],
    patch: Patch = False,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Give a model another name in its folder."""
    session: Session = context.obj
    with session.host() as host:
        [chosen] = model_ids(host, [model])
        handled = host.library.desk.rename(chosen, name, dry=dry_run)
        refusal = handled.results[0].error
        if refusal is not None:
            raise refusal
        told = ChangedModels(session, host, as_json, dry_run, patch)
        raise typer.Exit(told.tell(handled))


def trash(
    context: typer.Context,
    models: Models = None,
    query: _Query = None,
    category: _Category = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Throw models away; without any, say what is in the trash."""
    session: Session = context.obj
    with session.host() as host:
        if not models and query is None:
            _list_trash(session, host, as_json=as_json)
            return
        chosen = chosen_models(host, models, query, category)
        if query is not None and chosen and not dry_run:
            confirmed(
                session,
                f"{counted(len(chosen), 'model goes', 'models go')} into the trash.",
                yes=yes,
            )
        handled = host.library.desk.trash(chosen, dry=dry_run)
        raise typer.Exit(ChangedModels(session, host, as_json, dry_run).tell(handled))


def restore(
    context: typer.Context,
    items: Annotated[list[str], typer.Argument(help="Ids that library trash shows.")],
    as_json: Json = False,
) -> None:
    """Bring models back from the trash."""
    session: Session = context.obj
    with session.host() as host:
        handled = host.library.desk.restore(items)
        raise typer.Exit(ChangedModels(session, host, as_json).tell(handled))


def purge(
    context: typer.Context,
    items: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Argument(help="Ids that library trash shows.", show_default=False),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="Empty the trash.")] = False,
    expired: Annotated[bool, typer.Option("--expired", help="What was kept long enough.")] = False,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: Json = False,
) -> None:
    """Delete from the trash for good. This alone cannot be undone."""
    session: Session = context.obj
    if [bool(items), everything, expired].count(True) != 1:
        raise KeeperError("invalid_request", what="Name items, or say --all or --expired.")
    with session.host() as host:
        changes = host.library.changes
        trashed = changes.trashed()
        chosen = items or list(trashed if everything else changes.expired())
        unknown = next((item for item in chosen if item not in trashed), None)
        if unknown is not None:
            raise KeeperError("not_in_trash", path=unknown)
        if dry_run:
            files = sum(len(trashed[item]) for item in chosen)
            _say_purged(session, files, 0, [], as_json=as_json, dry_run=True)
            return
        if chosen:
            confirmed(
                session,
                f"{counted(len(chosen), 'model is', 'models are')} deleted for good.",
                yes=yes,
            )
        done = changes.purge(chosen)
        problems = [{"path": path, **error_object(error)} for path, error in done.problems]
        _say_purged(session, done.files, done.freed, problems, as_json=as_json)
    raise typer.Exit(1 if problems else 0)


def undo(
    context: typer.Context,
    change: Annotated[
        Optional[str],  # noqa: UP045
        typer.Argument(help="The id of the change; without it the last one.", show_default=False),
    ] = None,
    patch: Patch = False,
    as_json: Json = False,
) -> None:
    """Take a change back, also an undo."""
    session: Session = context.obj
    with session.host() as host:
        library = host.library
        undone = library.changes.undo(change or _last(library.changes))
        handled = Handled(undone, results=library.desk.results(undone))
        raise typer.Exit(ChangedModels(session, host, as_json, patch=patch).tell(handled))


def changes(
    context: typer.Context,
    limit: Annotated[int, typer.Option(min=1, max=200, help="At most so many.")] = 20,
    as_json: Json = False,
) -> None:
    """What was changed, newest first."""
    session: Session = context.obj
    with session.host() as host:
        trash = host.library.changes.slots()
        found = [change_view(each, trash) for each in host.library.changes.latest(limit)]
        total = host.library.changes.count()
    if as_json:
        session.emit({"items": written(found), "total": total})
        return
    if not found:
        session.say("Nothing was changed yet.")
        return
    table = columns("when", "what", "models", "id")
    for row in found:
        more = f" and {row.models - len(row.names)} more" if row.models > len(row.names) else ""
        state = " (undone)" if row.undone else ""
        names = escape(", ".join(row.names)) + more
        table.add_row(moment(row.at), row.kind.value + state, names, row.id)
    session.console.print(table)


def patch_workflows(
    context: typer.Context,
    change: _Change,
    dry_run: DryRun = False,
    as_json: Json = False,
) -> None:
    """Let stored workflows name what a change moved; each is kept as it was beside it."""
    session: Session = context.obj
    with session.host() as host:
        names = host.library.changes.names_changed(host.library.changes.get(change))
        stored = host.workflows.stored_workflows()
        naming = [each for each in stored.naming(names) if each.changes]
        paths = [str(each.path) for each in naming]
        done = [] if dry_run else [patched_view(each) for each in stored.patch(names, paths)]
    if as_json:
        session.emit({"dry_run": dry_run, "workflows": paths, "patched": written(done)})
    elif not paths:
        session.say("No stored workflow names these models by where they were.")
    elif dry_run:
        for path in paths:
            session.say(escape(path))
    for row in done if not as_json else ():
        session.say(escape(row.error.message if row.error else f"{row.path} ({row.backup})"))
    raise typer.Exit(1 if any(row.error for row in done) else 0)


def chosen_models(
    host: StandaloneHost, models: list[str] | None, query: str | None, category: str | None
) -> list[str]:
    """The ids of what is named, or of what a search finds. Raises invalid_request."""
    if bool(models) is (query is not None):
        raise KeeperError("invalid_request", what="Name models, or give --query.")
    ids = model_ids(host, models) if models else None
    return host.library.desk.chosen(ids, query, category)


def confirmed(session: Session, what: str, *, yes: bool) -> None:
    """Ends the command where a person says no. Raises KeeperError confirmation_needed."""
    if not session.confirm(what, yes=yes):
        raise typer.Exit(2)


def register(app: typer.Typer) -> None:
    """Add the commands to ``app``."""
    for command in (move, rename, trash, restore, purge, undo, changes):
        app.command()(command)
    app.command("patch")(patch_workflows)


def _last(changes: LibraryChanges) -> str:
    trash = changes.slots()
    own = (each for each in changes.latest() if each.kind is not ChangeKind.UNDO)
    found = next((each.id for each in own if each.can_be_undone_with(trash)), None)
    if found is None:
        raise KeeperError("change_unknown", id="to undo")
    return found


def _list_trash(session: Session, host: StandaloneHost, *, as_json: bool) -> None:
    folders = host.model_folders()
    trashed = host.library.changes.trashed()
    rows: list[TrashView] = [trash_view(item, files, folders) for item, files in trashed.items()]
    freed = sum(space.freed for space in host.library.changes.trash_space())
    if as_json:
        session.emit({"items": written(rows), "total": len(rows), "bytes": freed})
        return
    if not rows:
        session.say("The trash is empty.")
        return
    table = columns("model", "size", "until", "id")
    for row in rows:
        until = moment(row.expires_at) if row.expires_at else "purged"
        table.add_row(escape(row.name), size_text(row.size), until, row.id)
    session.console.print(table)


def _say_purged(
    session: Session,
    files: int,
    freed: int,
    problems: list[dict[str, Any]],
    *,
    as_json: bool,
    dry_run: bool = False,
) -> None:
    if as_json:
        rows = {"dry_run": dry_run, "files": files, "bytes_freed": freed, "problems": problems}
        session.emit(rows)
        return
    done = "would be deleted" if dry_run else "deleted"
    session.say(f"{counted(files, 'file')} {done}.")
    for problem in problems:
        session.say(f"[red]✗[/red] {escape(problem['message'])}")
