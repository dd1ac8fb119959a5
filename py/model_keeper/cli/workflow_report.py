"""What ``get`` says of workflows before it fetches: what it leaves alone, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from rich.markup import escape

from model_keeper.cli.findings_view import counts, not_asked, wanted_name
from model_keeper.cli.options import Places
from model_keeper.cli.session import Session, error_object
from model_keeper.cli.workflow_files import WorkflowFile
from model_keeper.domain.candidates import Candidate
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status
from model_keeper.engine.engine import ResolvedWorkflow

_EVENTS: Mapping[Status, str] = MappingProxyType(
    {Status.RELINK: "relink", Status.CHOOSE: "choose", Status.MISSING: "missing"}
)


class WorkflowReport:
    """One event a file as JSON; for people a line a workflow and the open ends below it."""

    def __init__(self, session: Session, places: Places, *, as_json: bool) -> None:
        self._session = session
        self._places = places
        self._json = as_json

    def tell(self, file: WorkflowFile, resolved: ResolvedWorkflow) -> None:
        findings = [each for each in resolved.findings if each.status is not Status.BUILTIN]
        if self._json:
            for finding in findings:
                self._session.emit(_event(file, finding))
        else:
            self._session.say(f"[bold]{escape(file.title)}[/bold]  [dim]{counts(findings)}[/dim]")
            self._relinks(file, findings)
        for finding in findings:
            error_or_none = self._open_end(file, finding)
            if error_or_none is not None:
                Session.explain(error_or_none)

    def not_asked(self, findings: Sequence[Finding]) -> None:
        for text in not_asked(findings):
            self._session.errors.print(text)

    def faults(self, faults: Sequence[tuple[WorkflowFile, KeeperError]]) -> None:
        """Files that cannot be read as a workflow."""
        for file, error in faults:
            if self._json:
                fault = {"event": "error", "path": str(file.path), "error": error_object(error)}
                self._session.emit(fault)
            Session.explain(error)

    def _relinks(self, file: WorkflowFile, findings: Sequence[Finding]) -> None:
        found = [finding for finding in findings if finding.status is Status.RELINK]
        for finding in found:
            name, path = escape(wanted_name(finding)), escape(finding.path or "")
            self._session.say(f"[cyan]↪[/cyan] {name} is here: {path}", indent=2)
        if found:
            command = self._places.command("resolve", str(file.path), "--relink")
            self._session.say(
                f"[dim]Use what is here: {escape(command)}[/dim]", indent=2, whole=True
            )

    def _open_end(self, file: WorkflowFile, finding: Finding) -> KeeperError | None:
        """What a person has to say before the file can be fetched."""
        name = wanted_name(finding)
        command = self._places.command("resolve", str(file.path), "--interactive")
        if finding.status is Status.CHOOSE:
            choices = [c.path or c.url or c.page or c.name for c in finding.candidates]
            how = f"Choose with: {command}"
            return KeeperError("choice_needed", what=name, choices="; ".join(choices), how=how)
        if finding.status is Status.MISSING:
            return KeeperError("model_unknown", name=name, command=command)
        return None


def _event(file: WorkflowFile, finding: Finding) -> dict[str, Any]:
    return {
        "event": _EVENTS.get(finding.status, "reference"),
        "workflow": str(file.path),
        "name": finding.wanted.name,
        "category": finding.wanted.category,
        "status": finding.status.value,
        "path": finding.path,
        "candidates": [_offer(candidate) for candidate in finding.candidates],
    }


def _offer(candidate: Candidate) -> dict[str, Any]:
    return {
        "source": candidate.source.value,
        "url": candidate.url,
        "path": candidate.path,
        "score": candidate.score,
    }
