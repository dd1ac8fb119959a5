"""Resolving what was named at the terminal: one workflow after another, each with its own fault."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field

from rich.markup import escape

from model_keeper.cli.exit_codes import FAILED, lowest, open_code
from model_keeper.cli.session import Session
from model_keeper.cli.workflow_files import WorkflowFile
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status
from model_keeper.engine.engine import ResolvedWorkflow
from model_keeper.engine.summary import error_code


@dataclass
class Resolved:
    """What became of the files that were named, in their order.

    ``others`` is how many files of folders are no workflows.
    """

    workflows: list[tuple[WorkflowFile, ResolvedWorkflow]] = field(default_factory=list)
    faults: list[tuple[WorkflowFile, KeeperError]] = field(default_factory=list)
    others: int = 0

    @property
    def findings(self) -> list[Finding]:
        return [finding for _, resolved in self.workflows for finding in resolved.findings]

    @property
    def files(self) -> Mapping[str, int]:
        """How many files stand how, each once however many workflows want it."""
        distinct = {(f.wanted.category, f.wanted.name): f.status for f in self.findings}
        by_status = Counter(distinct.values())
        return {status.value: by_status[status] for status in Status}

    @property
    def exit_code(self) -> int:
        """0 where nothing is left open."""
        return lowest([open_code(self.findings), self._fault_code()])

    def _fault_code(self) -> int:
        """A fault beside workflows that went well is one failure of many."""
        if not self.faults:
            return 0
        return FAILED if self.workflows else error_code(self.faults[0][1])


def resolve_all(
    session: Session,
    files: Sequence[WorkflowFile],
    resolve: Callable[[WorkflowFile], ResolvedWorkflow],
    *,
    quiet: bool,
) -> Resolved:
    """Resolve ``files``; what one of them has against it keeps none of the others.

    Raises KeeperError folder_without_workflows where there is nothing at all.
    """
    found = Resolved()
    if not files:
        return found
    status = nullcontext() if quiet else session.console.status("Looking for the models…")
    with status as shown:
        for number, file in enumerate(files, 1):
            if shown is not None:
                shown.update(f"[dim]{number}/{len(files)}[/dim] {escape(file.title)}")
            try:
                found.workflows.append((file, resolve(file)))
            except KeeperError as error:
                if file.is_none(error):
                    found.others += 1
                else:
                    found.faults.append((file, error))
    if not found.workflows and not found.faults:
        raise KeeperError(
            "folder_without_workflows",
            path=", ".join(dict.fromkeys(str(file.folder) for file in files)),
        )
    return found
