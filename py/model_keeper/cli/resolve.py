"""``model-keeper resolve``: what workflows need, and where each of it is."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from rich.markup import escape

from model_keeper.cli.findings_view import (
    counts,
    failures,
    finding_lines,
    totals,
    workflow_line,
)
from model_keeper.cli.manifest_file import manifest_for
from model_keeper.cli.options import ExtraModelPaths, JsonLines, ManifestFile, ModelsDir, Offline
from model_keeper.cli.relinks import Relinks
from model_keeper.cli.resolving import Resolved, resolve_all
from model_keeper.cli.session import Session, error_object
from model_keeper.cli.workflow_files import WorkflowFile, workflow_files
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status
from model_keeper.engine.engine import ResolvedWorkflow
from model_keeper.engine.resolving.report import resolution_report

_WIDEST = 60  # of a workflow's name in a list


def resolve(
    context: typer.Context,
    what: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Argument(
            help="Workflows: JSON, or pictures and videos with one inside. A folder means all in "
            "it and below.",
            show_default=False,
        ),
    ] = None,
    relink: Annotated[
        bool, typer.Option("--relink", help="Write the names of files that are here already.")
    ] = False,
    details: Annotated[
        bool, typer.Option("--details", help="Show every file, also of several workflows.")
    ] = False,
    offline: Offline = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fetch nothing, and write to no workflow.")
    ] = False,
    manifest: ManifestFile = None,
    models_dir: ModelsDir = None,
    extra_model_paths: ExtraModelPaths = None,
    as_json: JsonLines = False,
) -> None:
    """Show which models workflows need: on disk, to relink, to fetch, to choose, or missing."""
    session: Session = context.obj
    if not what:
        raise KeeperError("invalid_request", what="No workflow was named.")
    files = workflow_files(what)
    with session.host() as host:
        engine = host.engine(
            host.folders(models_dir, extra_model_paths or ()),
            manifest=manifest_for(host.state, manifest, Path.cwd()),
            keep=False,
            search=not offline,
        )
        found = resolve_all(
            session,
            files,
            lambda file: engine.resolve(file.path),
            what=", ".join(what),
            quiet=as_json,
        )
    view = _View(session, what, details=details, as_json=as_json)
    view.show(found, several=len(files) > 1)
    if relink:
        relinks = Relinks(session, as_json=as_json, dry_run=dry_run)
        found.faults += [
            (file, error)
            for file, resolved in found.workflows
            if (error := relinks.apply(file, resolved)) is not None
        ]
    elif not as_json:
        view.advise(found)
    view.faults(found)
    raise typer.Exit(found.exit_code)


class _View:
    """Shows what was found: a table for one workflow, a line each for several, or documents."""

    def __init__(
        self, session: Session, what: Sequence[str], *, details: bool, as_json: bool
    ) -> None:
        self._session = session
        self._what = shlex.join(what)
        self._details = details
        self._json = as_json

    def show(self, found: Resolved, *, several: bool) -> None:
        if self._json:
            for file, resolved in found.workflows:
                self._session.emit(_document(file, resolved, several=several))
            return
        if not several or self._details:
            for file, resolved in found.workflows:
                self._table(file, resolved)
        if several:
            self._list(found)
        self._not_asked(found.findings)

    def advise(self, found: Resolved) -> None:
        """The command that helps with each thing that can be helped."""
        statuses = {finding.status for finding in found.findings}
        if Status.RELINK in statuses:
            self._advice("Use what is here", f"resolve {self._what} --relink")
        if Status.FETCH in statuses:
            self._advice("Fetch", f"get {self._what}")
        if statuses & {Status.CHOOSE, Status.MISSING}:
            self._advice("Choose, or give a link", f"resolve {self._what} --interactive")

    def faults(self, found: Resolved) -> None:
        for file, error in found.faults:
            if self._json:
                fault = {"event": "error", "path": str(file.path), "error": error_object(error)}
                self._session.emit(fault)
            Session.explain(error)

    def _table(self, file: WorkflowFile, resolved: ResolvedWorkflow) -> None:
        shown = [each for each in resolved.findings if each.status is not Status.BUILTIN]
        self._session.say(f"[bold]{escape(file.title)}[/bold]  [dim]{counts(shown)}[/dim]")
        for finding in shown:
            for indent, line in finding_lines(finding):
                self._session.say(line, indent=indent)
        if resolved.result.nodes_unresolved:
            nodes = ", ".join(resolved.result.nodes_unresolved)
            self._session.say(f"[yellow]not installed[/yellow]  {escape(nodes)}", indent=2)

    def _list(self, found: Resolved) -> None:
        width = min(_WIDEST, max((len(file.title) for file, _ in found.workflows), default=0))
        rows = [
            (resolved.findings, len(resolved.result.nodes_unresolved))
            for _, resolved in found.workflows
        ]
        for (file, _), (findings, nodes) in zip(found.workflows, rows):  # noqa: B905 - made above
            self._session.say(workflow_line(file.title, width, findings, nodes))
        text = totals(rows)
        if found.faults:
            text += f" · {len(found.faults)} cannot be read"
        if found.others:
            one = found.others == 1
            text += f" · {found.others} other " + (
                "file is no workflow" if one else "files are no workflows"
            )
        self._session.say(text)

    def _not_asked(self, findings: Sequence[Finding]) -> None:
        for error in failures(findings):
            self._session.say(
                f"[yellow]Not asked:[/yellow] {escape(error.message)} {escape(error.hint)}"
            )

    def _advice(self, text: str, command: str) -> None:
        self._session.say(f"[dim]{text}:[/dim] model-keeper {escape(command)}")


def _document(file: WorkflowFile, resolved: ResolvedWorkflow, *, several: bool) -> dict[str, Any]:
    report = resolution_report(resolved.name, resolved.workflow.format.value, resolved.findings)
    return {"path": str(file.path), **report} if several else report
