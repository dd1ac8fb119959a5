"""How ``resolve`` shows what it found: a table for one workflow, a line each for several, JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from rich.markup import escape

from model_keeper.cli.findings_view import (
    counts,
    finding_lines,
    not_asked,
    totals,
    workflow_line,
)
from model_keeper.cli.options import Places
from model_keeper.cli.resolving import Resolved
from model_keeper.cli.session import Session, error_object
from model_keeper.cli.workflow_files import WorkflowFile
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status
from model_keeper.engine.engine import ResolvedWorkflow
from model_keeper.engine.resolving.report import resolution_report

_NARROWEST = 20  # columns for a workflow's name in a list
_COUNTS = 40  # columns for what is said of it


class ResolutionView:
    """``what`` is what the person named, for the commands that are advised."""

    def __init__(
        self, session: Session, places: Places, what: Sequence[str], *, as_json: bool
    ) -> None:
        self._session = session
        self._places = places
        self._what = what
        self._json = as_json

    def show(self, found: Resolved, *, several: bool, details: bool, offline: bool) -> None:
        if self._json:
            for file, resolved in found.workflows:
                self._session.emit(_document(file, resolved, several=several))
            return
        if not several or details:
            for file, resolved in found.workflows:
                self._table(file, resolved)
        if several:
            self._list(found)
        for text in not_asked(found.findings):
            self._session.say(text)
        if offline and any(each.status is Status.MISSING for each in found.findings):
            self._session.say("[dim]No provider was asked (--offline).[/dim]")

    def advise(self, found: Resolved, *, relinked: bool = False) -> None:
        """The command that helps with each thing that can be helped and is not done yet."""
        statuses = {finding.status for finding in found.findings}
        if self._json:
            return
        if Status.RELINK in statuses and not relinked:
            self._advice("Use what is here", "resolve", "--relink")
        if Status.FETCH in statuses:
            self._advice("Fetch", "get")
        if statuses & {Status.CHOOSE, Status.MISSING}:
            self._advice("Choose, or give a link", "resolve", "--interactive")

    def faults(self, faults: Iterable[tuple[WorkflowFile, KeeperError]]) -> None:
        for file, error in faults:
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
            self._session.say(f"[yellow]nodes that are not installed:[/yellow] {escape(nodes)}")

    def _list(self, found: Resolved) -> None:
        width = max((len(file.title) for file, _ in found.workflows), default=0)
        if self._session.console.is_terminal:
            width = min(width, max(_NARROWEST, self._session.console.width - _COUNTS))
        rows: list[tuple[Sequence[Finding], int]] = []
        for file, resolved in found.workflows:
            nodes = len(resolved.result.nodes_unresolved)
            rows.append((resolved.findings, nodes))
            self._session.say(workflow_line(file.title, width, resolved.findings, nodes))
        text = totals(rows)
        if found.faults:
            text += f" · {len(found.faults)} cannot be read"
        if found.others:
            one = found.others == 1
            text += f" · {found.others} other "
            text += "file is no workflow" if one else "files are no workflows"
        self._session.say(text)

    def _advice(self, text: str, verb: str, *flags: str) -> None:
        command = self._places.command(verb, *self._what, *flags)
        self._session.say(f"[dim]{text}:[/dim] {escape(command)}", whole=True)


def _document(file: WorkflowFile, resolved: ResolvedWorkflow, *, several: bool) -> dict[str, Any]:
    report = resolution_report(resolved.name, resolved.workflow.format.value, resolved.findings)
    return {"path": str(file.path), **report} if several else report
