"""Exit codes of commands that do several things."""

from __future__ import annotations

from collections.abc import Iterable

from model_keeper.domain.findings import Finding, Status

FAILED, QUESTION, NOT_FOUND, INTERRUPTED = 1, 2, 5, 130


def lowest(codes: Iterable[int]) -> int:
    """Of several exit codes the lowest that is not 0."""
    return min((code for code in codes if code), default=0)


def open_code(findings: Iterable[Finding]) -> int:
    """What is left open: a choice needs an answer, a missing file is not found."""
    statuses = {finding.status for finding in findings}
    if Status.CHOOSE in statuses:
        return QUESTION
    return NOT_FOUND if Status.MISSING in statuses else 0
