"""What became of every place of a workflow that names a model, as one document. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from model_keeper.domain.candidates import Candidate
from model_keeper.domain.findings import Finding, Status

_DECLARED = "properties.models"


def resolution_report(
    workflow: str, workflow_format: str, findings: Sequence[Finding]
) -> dict[str, Any]:
    """The findings by place, as plain JSON values.

    ``workflow`` is its name, ``workflow_format`` ``ui`` or ``api``. ``references`` has one row for
    each place that names a model, in the order of the findings; a node that only declares a model
    has ``properties.models`` for its widget, and what the workflow as a whole declares has an empty
    ``node_id``. ``path`` is absolute, where the file lies. ``summary`` counts files by status, each
    file once however many places name it.
    """
    references = [row for finding in findings for row in _rows(finding)]
    by_status = Counter(finding.status for finding in findings)
    return {
        "workflow": workflow,
        "format": workflow_format,
        "references": references,
        "summary": {
            "files": len(findings),
            "references": len(references),
            **{status.value: by_status[status] for status in Status},
        },
    }


def _rows(finding: Finding) -> Iterator[dict[str, Any]]:
    candidates = [_candidate_row(candidate) for candidate in finding.candidates]
    for place in _places(finding):
        found = {"status": finding.status.value, "path": finding.path}
        yield {**place, **found, "candidates": candidates}


def _places(finding: Finding) -> Iterator[dict[str, Any]]:
    named = set()
    for reference in finding.file.references:
        named.add((reference.scope, reference.node_id))
        yield {
            "scope": reference.scope or None,
            "node_id": reference.node_id,
            "node_type": reference.node_type,
            "widget": reference.widget,
            "value": reference.value,
            "category": reference.category or finding.wanted.category,
            "active": reference.active,
        }
    for entry in finding.wanted.entries:
        place = (entry.scope, entry.node_id or "")
        is_own = entry.name == finding.wanted.name  # else it is another place's file
        if not is_own or place in named or (named and not entry.node_id):
            continue
        named.add(place)
        yield {
            "scope": entry.scope or None,
            "node_id": entry.node_id or "",
            "node_type": entry.node_type or "",
            "widget": _DECLARED,
            "value": entry.name,
            "category": entry.category or finding.wanted.category,
            "active": entry.active,
        }


def _candidate_row(candidate: Candidate) -> dict[str, Any]:
    return {
        "source": candidate.source.value,
        "url": candidate.url,
        "score": candidate.score,
        "evidence": [
            {"code": reason.code, "points": reason.points, "text": reason.text}
            for reason in candidate.evidence
        ],
        "sha256": candidate.sha256,
        "size": candidate.size,
    }
