"""Relinking at the terminal: the patch for review, then the workflow with its backup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from rich.markup import escape

from model_keeper.cli.findings_view import difference_lines
from model_keeper.cli.session import Session
from model_keeper.cli.workflow_files import WorkflowFile
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.patches import Difference
from model_keeper.engine.engine import ResolvedWorkflow
from model_keeper.engine.resolving.changes import certain_changes
from model_keeper.workflows.patch import differences
from model_keeper.workflows.patch_file import write_patched


@dataclass(frozen=True)
class Relinks:
    """Shows what using the files that are here changes, and writes it unless ``dry_run``."""

    session: Session
    as_json: bool
    dry_run: bool

    def apply_all(
        self, workflows: Iterable[tuple[WorkflowFile, ResolvedWorkflow]]
    ) -> list[tuple[WorkflowFile, KeeperError]]:
        """The workflows that could not be written, and why."""
        tried = [(file, self.apply(file, resolved)) for file, resolved in workflows]
        return [(file, error) for file, error in tried if error is not None]

    def apply(self, file: WorkflowFile, resolved: ResolvedWorkflow) -> KeeperError | None:
        """What kept the workflow from being written; nothing where it had to say nothing else."""
        document = resolved.workflow.document
        changes = certain_changes(document, resolved.findings)
        if not changes:
            return None
        rows = differences(document, changes)
        if not self.as_json:
            self.session.say(f"[bold]{escape(file.title)}[/bold]")
            for indent, line in difference_lines(rows):
                self.session.say(line, indent=indent)
        backup = None
        if not self.dry_run:
            try:
                backup = write_patched(file.path, changes).backup
            except KeeperError as error:
                return error
        if self.as_json:
            self.session.emit(_event(file, rows, written=not self.dry_run, backup=str(backup)))
        elif backup is not None:
            self.session.say(f"Written. The workflow from before: {escape(str(backup))}", indent=2)
        else:
            self.session.say("[dim]Nothing was written.[/dim]", indent=2)
        return None


def _event(
    file: WorkflowFile, rows: tuple[Difference, ...], *, written: bool, backup: str
) -> dict[str, Any]:
    return {
        "event": "relinked" if written else "relink",
        "path": str(file.path),
        "backup": backup if written else None,
        "changes": [asdict(row) for row in rows],
    }
