"""``model-keeper library``: what is here, whether it is sound, and what it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape
from rich.table import Table

from model_keeper.cli import library_changes, library_tidying
from model_keeper.cli.deferred import deferred
from model_keeper.cli.following import followed
from model_keeper.cli.model_names import model_ids
from model_keeper.cli.options import Json, Models, OneModel, OnlyCategory
from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns, counted, facts, flat, moment
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.queue import Enqueued
from model_keeper.domain.sizes import size_text
from model_keeper.engine.library import Library
from model_keeper.engine.summary import exit_code
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.library.search import Found, Search, Sort
from model_keeper.library.summaries import Share
from model_keeper.web.shapes import written
from model_keeper.web.v1.library import model_view

app = typer.Typer(no_args_is_help=True)

_NOT_SCANNED = "Nobody has looked at the folders yet: model-keeper library scan"

_Order = Annotated[Sort, typer.Option("--sort", help="What comes first.")]
_Limit = Annotated[int, typer.Option(min=1, max=1000, help="At most so many models.")]
_After = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(help="The word next of the JSON of the page before."),
]


@app.command()
def scan(
    context: typer.Context,
    models_dir: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="ComfyUI's models folder."),
    ] = None,
    as_json: Json = False,
) -> None:
    """Look at all folders again."""
    session: Session = context.obj
    with session.host() as host:
        folders: FolderTable = host.folders(models_dir)
        _follow(session, host, lambda library: library.request_scan(folders), as_json=as_json)


@app.command("list")
def list_models(
    context: typer.Context,
    category: OnlyCategory = None,
    sort: _Order = Sort.NAME,
    limit: _Limit = 100,
    after: _After = None,
    as_json: Json = False,
) -> None:
    """Models by name, size, time of change, last use or rating."""
    asked = Search(category=category, sort=sort, limit=limit, after=after)
    _show(context.obj, "", asked, as_json=as_json)


@app.command(context_settings={"ignore_unknown_options": True})  # -word negates
def search(
    context: typer.Context,
    query: Annotated[list[str], typer.Argument(help="Words and conditions: see docs/library.md.")],
    category: OnlyCategory = None,
    sort: _Order = Sort.NAME,
    limit: _Limit = 100,
    after: _After = None,
    as_json: Json = False,
) -> None:
    """Find models, as with: model-keeper library search portrait "size>1GB" base:sdxl"""
    asked = Search(category=category, sort=sort, limit=limit, after=after)
    _show(context.obj, " ".join(query), asked, as_json=as_json)


@app.command()
def info(
    context: typer.Context,
    model: OneModel,
    as_json: Json = False,
) -> None:
    """All that is known of one model."""
    session: Session = context.obj
    with session.host() as host:
        [place] = model_ids(host, [model])
        found = host.library.models.get(place)
    known = written(model_view(found))
    if as_json:
        session.emit(known)
        return
    told = {"size": size_text(found.file.size), "changed_at": moment(known["changed_at"])}
    session.console.print(facts(flat({**known, **told})))


@app.command()
def verify(
    context: typer.Context,
    models: Models = None,
    as_json: Json = False,
) -> None:
    """Hash what has no hash, and say which of the models named, else of all, are broken."""
    session: Session = context.obj
    with session.host() as host:
        library = host.library.models
        places = model_ids(host, models) if models else None
        request = partial(Library.request_hashes, places=places)
        code = _follow(session, host, request, as_json=as_json, leave=False)
        wrong = [found for found in _chosen(library, places) if found.file.fault]
        if as_json:
            items = [{**written(model_view(each)), "wrong": each.file.fault} for each in wrong]
            session.emit({"event": "verified", "items": items, "total": len(items)})
        else:
            for each in wrong:
                session.say(
                    f"[red]{escape(each.file.relative)}[/red]: {escape(str(each.file.fault))}"
                )
            hint = "[dim]To get them again: model-keeper library get-again MODEL[/dim]"
            session.say(hint if wrong else "No model is broken.")
    raise typer.Exit(code or (1 if wrong else 0))


@app.command()
def space(context: typer.Context, as_json: Json = False) -> None:
    """What takes how much room."""
    session: Session = context.obj
    with session.host() as host:
        library = host.library.models
        report, scanned_at = library.space(), library.scan_state().scanned_at
    if as_json:
        session.emit(written(report))
        return
    if scanned_at is None:
        session.say(_NOT_SCANNED)
        return
    session.say(f"{counted(report.total.files, 'file')}, {size_text(report.total.bytes)}")
    for title, shares in (
        ("category", report.by_category),
        ("base model", report.by_base_model),
        ("folder", report.by_root),
        ("last used", report.by_last_use),
    ):
        if shares:
            session.say("")
            session.console.print(_shares(title, shares))


def _show(session: Session, text: str, asked: Search, *, as_json: bool) -> None:
    with session.host() as host:
        library = host.library.models
        page, state = library.search(text, asked), library.scan_state()
    if as_json:
        items = [written(model_view(found)) for found in page.items]
        session.emit({"items": items, "next": page.next, "total": page.total, **written(state)})
        return
    if state.scanned_at is None:
        session.say(_NOT_SCANNED)
        return
    if not page.items:
        session.say("No model is like this." if text or asked.category else "No model is here yet.")
        return
    table = columns("model", "size", "base model", "id")
    for found in page.items:
        file = found.file
        name = escape(f"{file.category}/{file.relative}")
        table.add_row(name, size_text(file.size), escape(found.base_model or ""), found.id)
    session.console.print(table)
    session.say(f"[dim]{len(page.items)} of {page.total}[/dim]")


def _follow(
    session: Session,
    host: StandaloneHost,
    request: Callable[[Library], Enqueued],
    *,
    as_json: bool,
    leave: bool = True,
) -> int:
    """Enqueue, wait for the end, and exit with its code where ``leave``."""
    job = followed(session, host, request(host.library.models).job, as_json=as_json)
    code = exit_code([job])
    if not leave:
        return code
    if not as_json:
        session.say(f"{counted(job.result.get('files', 0), 'model')}.")
    raise typer.Exit(code)


def _chosen(library: Library, places: Sequence[str] | None) -> Iterator[Found]:
    if places:
        yield from map(library.get, places)
        return
    yield from library.walk()


def _shares(title: str, shares: Sequence[Share]) -> Table:
    table = columns(title, "files", "room")
    for share in shares:
        table.add_row(escape(share.value or "not known"), str(share.files), size_text(share.bytes))
    return table


library_changes.register(app)
library_tidying.register(app)
deferred(
    app,
    "get-again",
    "Download broken models again, each into its place.",
    module="broken_models",
    function="get_again",
)
deferred(
    app,
    "export",
    "Write what is known of the models that are here: hashes, sources, metadata, marks.",
    module="collections",
)
deferred(
    app,
    "import",
    "Fetch the models of a collection that are not here, and restore what is known of them.",
    module="collections",
    function="import_collection",
)
