"""``model-keeper library export`` and ``import``: what is known of models, kept and restored."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape

from model_keeper.cli.exit_codes import FAILED, NOT_FOUND, lowest
from model_keeper.cli.following import all_followed
from model_keeper.cli.options import (
    Detach,
    DryRun,
    ExtraModelPaths,
    JsonLines,
    ModelsDir,
    OnlyCategory,
    Yes,
)
from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns, counted
from model_keeper.domain.collection_json import CollectionReading, pieces
from model_keeper.domain.jobs import Job, JobId, JobKind
from model_keeper.domain.queue import JobQuery
from model_keeper.domain.sizes import size_text
from model_keeper.engine.collection_export import ExportWish
from model_keeper.engine.collection_plans import CollectionPlan, Standing
from model_keeper.engine.collections import Applied, CheckedModel
from model_keeper.engine.intake import check_space
from model_keeper.engine.summary import error_code, exit_code
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.library.collection_files import read_collection, write_collection
from model_keeper.web.shapes import written
from model_keeper.web.v1.collections import MADE_BY, check_view, plan_view

_REVIEW = 4
_PAGE = 1_000
_FOLLOWED = 200  # members of a batch that are shown one by one
_TOLD = {
    Standing.HERE: "here",
    Standing.RENAMED: "here under another name",
    Standing.UNPROVEN: "here, but nobody hashed it",
    Standing.DIFFERENT: "another content has its name",
    Standing.FETCH: "to fetch",
    Standing.MISSING: "not here, and nobody knows where it is",
    Standing.REFUSED: "not here, and it cannot be fetched",
}
_CODES = {
    Standing.DIFFERENT: FAILED,
    Standing.REFUSED: FAILED,
    Standing.UNPROVEN: _REVIEW,
    Standing.MISSING: NOT_FOUND,
}


def export(
    context: typer.Context,
    file: Annotated[
        Optional[Path],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Argument(
            help="Where to write: JSON, or .zip with the pictures beside it; without "
            "it, to the standard output."
        ),
    ] = None,
    query: Annotated[str, typer.Option(help="Only what this finds: see docs/library.md.")] = "",
    category: OnlyCategory = None,
    title: Annotated[
        Optional[str], typer.Option(help="What the collection is called.")  # noqa: UP045
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="Without favourites, ratings, notes and tags.")
    ] = False,
    previews: Annotated[
        bool, typer.Option("--previews", help="With small copies of the pictures.")
    ] = False,
    models_dir: ModelsDir = None,
    as_json: JsonLines = False,
) -> None:
    """Write what is known of the models that are here: hashes, sources, metadata, marks."""
    session: Session = context.obj
    with session.host() as host:
        collections = host.library.collections
        wish = ExportWish(query, category, personal=not share, previews=previews)
        models = collections.export(wish, host.folders(models_dir))
        head = collections.head(MADE_BY, title)
        if file is None:
            for piece in pieces(head, models):
                sys.stdout.write(piece.decode("ascii"))
            return
        with session.working("Collecting"):
            count = write_collection(file, head, models)
    if as_json:
        session.emit({"event": "exported", "path": str(file), "models": count})
    else:
        session.say(f"{counted(count, 'model is', 'models are')} in {escape(str(file))}.")


def import_collection(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A collection, as export wrote it.")],
    only: Annotated[
        Optional[list[str]],  # noqa: UP045
        typer.Option(help="Only this model, by category/path. May be given again."),
    ] = None,
    verify: Annotated[
        bool, typer.Option("--verify", help="Only say which models are here and equal.")
    ] = False,
    dry_run: DryRun = False,
    detach: Detach = False,
    models_dir: ModelsDir = None,
    extra_model_paths: ExtraModelPaths = None,
    yes: Yes = False,
    as_json: JsonLines = False,
) -> None:
    """Fetch the models of a collection that are not here, and restore what is known of them."""
    session: Session = context.obj
    reading = read_collection(file)
    with session.host() as host:
        command = _Import(session, host, models_dir, extra_model_paths or (), as_json=as_json)
        if verify:
            code = command.verify(reading)
        else:
            code = command.apply(reading, only, dry_run=dry_run, detach=detach, yes=yes)
    raise typer.Exit(code)


class _Import:
    """The steps of one ``import``."""

    def __init__(
        self,
        session: Session,
        host: StandaloneHost,
        models_dir: Path | None,
        extra_model_paths: Sequence[Path],
        *,
        as_json: bool,
    ) -> None:
        self._session = session
        self._host = host
        self._json = as_json
        self._folders = host.folders(models_dir, extra_model_paths)
        self._collections = host.library.collections

    def apply(
        self,
        reading: CollectionReading,
        only: Sequence[str] | None,
        *,
        dry_run: bool,
        detach: bool,
        yes: bool,
    ) -> int:
        plan = self._collections.plan(reading, self._folders, self._host.intake(self._folders))
        if only is not None:
            plan = plan.only(only)
        self._show(plan)
        refused = lowest(_CODES.get(row.standing, 0) for row in plan.rows)
        code = lowest([refused, *(error_code(each.error) for each in plan.refused)])
        work = [row for row in plan.rows if row.does_something]
        if dry_run or not work:
            return code
        check_space([row.download for row in work if row.download])
        if not self._session.confirm(_sentence(plan), yes=yes):
            return 0
        applied = self._collections.apply(plan, self._folders)
        return lowest([code, self._follow(applied, detach=detach)])

    def verify(self, reading: CollectionReading) -> int:
        """What nobody hashed is hashed first."""
        rows = self._collections.verify(reading.collection, self._folders)
        unproven = [row.found.id for row in rows if row.standing is Standing.UNPROVEN and row.found]
        if unproven:
            job = self._host.library.models.request_hashes(unproven).job
            self._watch([job.id])
            rows = self._collections.verify(reading.collection, self._folders)
        if self._json:
            self._session.emit({"event": "verified", **written(check_view(rows, reading.refused))})
        else:
            self._tell_checked(rows)
        self._tell_refused(reading)
        return lowest(_CODES.get(row.standing, 0) for row in rows)

    def _show(self, plan: CollectionPlan) -> None:
        if self._json:
            self._session.emit({"event": "plan", **written(plan_view(plan))})
            return
        table = columns("model", "size", "is", "restores")
        for row in plan.rows:
            if row.standing in {Standing.HERE, Standing.RENAMED} and not row.difference:
                continue
            size = "" if row.model.size is None else size_text(row.model.size)
            said = row.error.message if row.error else _TOLD[row.standing]
            table.add_row(
                escape(row.model.key), size, escape(said), ", ".join(row.difference.names)
            )
        if table.row_count:
            self._session.console.print(table)
        for standing, count in plan.counts.items():
            if count:
                self._session.say(f"{count} {_TOLD[standing]}")
        for each in plan.refused:
            self._session.say(f"[red]{escape(each.name)}[/red]: {escape(each.error.message)}")
        for volume in plan.volumes:
            needed, free = size_text(volume.needed), size_text(volume.free)
            where = escape(str(volume.folder))
            self._session.say(f"[dim]{where}: {needed} needed, {free} free[/dim]")

    def _follow(self, applied: Applied, *, detach: bool) -> int:
        if applied.job is None:
            return 0
        if detach:
            self._host.ensure_worker()
            if self._json:
                self._session.emit({"event": "queued", "id": applied.job.id})
            else:
                self._session.say("[dim]Watch it with: model-keeper jobs watch[/dim]")
            return 0
        rows = self._watch(self._members(applied.job))
        if self._json:
            self._session.emit({"event": "applied", "id": applied.job.id, **_counted(rows)})
        return exit_code(rows)

    def _members(self, job: Job) -> list[JobId]:
        """What is followed: the members of a small batch, else the job itself."""
        if job.kind is not JobKind.BATCH:
            return [job.id]
        page = self._host.store.jobs.page(JobQuery(parent=job.id, limit=_FOLLOWED))
        return [job.id] if page.next else [each.id for each in reversed(page.items)]

    def _watch(self, jobs: Sequence[JobId]) -> list[Job]:
        return all_followed(self._session, self._host, jobs, as_json=self._json)

    def _tell_checked(self, rows: Sequence[CheckedModel]) -> None:
        for row in rows:
            if row.standing not in {Standing.HERE, Standing.RENAMED}:
                told = _TOLD[row.standing]
                self._session.say(f"[red]{escape(row.model.key)}[/red]: {told}")
        equal = sum(row.standing in {Standing.HERE, Standing.RENAMED} for row in rows)
        self._session.say(f"Here and equal: {equal} of {counted(len(rows), 'model')}.")

    def _tell_refused(self, reading: CollectionReading) -> None:
        for each in reading.refused:
            if not self._json:
                self._session.say(f"[red]{escape(each.name)}[/red]: {escape(each.error.message)}")


def _sentence(plan: CollectionPlan) -> str:
    told = counted(plan.counts[Standing.FETCH], "model is", "models are")
    restored = sum(bool(row.difference) for row in plan.rows)
    return f"{told} fetched, and of {restored} that are here something is restored."


def _counted(rows: Sequence[Job]) -> dict[str, int]:
    states = Counter(row.state.value for row in rows)
    return {"succeeded": states["succeeded"], "failed": states["failed"]}
