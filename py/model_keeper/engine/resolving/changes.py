"""What using files that are here changes in a workflow. Pure."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import Any

from model_keeper.domain.candidates import Candidate
from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.patches import Change
from model_keeper.domain.references import Reference
from model_keeper.domain.spellings import spelled
from model_keeper.workflows.patch import changes_for

_WINDOWS = os.name == "nt"

Document = Mapping[str, Any]


def certain_changes(document: Document, findings: Iterable[Finding]) -> tuple[Change, ...]:
    """Everything that is certainly here under another name or folder."""
    return tuple(
        change
        for finding in findings
        if finding.status is Status.RELINK and finding.chosen is not None
        for change in changes_to(document, finding, finding.chosen)
    )


def changes_to(document: Document, finding: Finding, candidate: Candidate) -> tuple[Change, ...]:
    """What makes every place of the finding name ``candidate``.

    Nothing where it is not here, or where the loaders do not look.
    """
    if not document or candidate.path is None or finding.status is Status.ON_DISK:
        return ()
    if finding.wanted.category not in {None, candidate.category}:
        return ()
    value = candidate.facts.get("value", candidate.name)
    return tuple(
        change
        for reference in finding.file.references
        for change in changes_for(document, reference, _spelled(value, reference))
        if change.old != change.new
    )


def _spelled(value: str, reference: Reference) -> str:
    """``value`` as this place writes names: some leave the extension out."""
    relative = value.replace("\\", "/") if _WINDOWS else value
    return spelled(relative, reference.value, reference.kind, windows=_WINDOWS)
