"""What the manifest says: decisions that were made before, so that nothing is asked twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model_keeper.domain.candidates import Candidate, Evidence, Source, Wanted
from model_keeper.domain.findings import WantedFile
from model_keeper.domain.manifests import Criticality, ManifestWorkflowModel

_DECIDED = Evidence("decided", 100, "It was decided to take it from here.")
_GONE = Evidence("known_absent", 100, "It was here before and is gone; its SHA256 is known.")


class Decided:
    """Offers the sources that earlier decisions about the same workflow named. Asks nobody."""

    source = Source.MANIFEST

    def __init__(self, rows: Sequence[ManifestWorkflowModel]) -> None:
        self._rows = tuple(rows)

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        row = decision_about(wanted, self._rows)
        if row is None or not row.sources:
            return ()
        category, _, relative = (row.relative_path or "").partition("/")
        found = Candidate(
            source=self.source,
            name=relative or wanted.name,
            score=100,
            evidence=(_GONE if row.sha256 else _DECIDED,),
            url=row.sources[0],
            sha256=row.sha256 or row.expected,
            category=category or row.category,
        )
        return (found,)


def with_decisions(
    files: Sequence[WantedFile], rows: Sequence[ManifestWorkflowModel]
) -> tuple[WantedFile, ...]:
    """``files`` with what was decided: known hashes to look for, and what is optional."""
    return tuple(_with_decision(file, rows) for file in files)


def decision_about(
    wanted: Wanted, rows: Sequence[ManifestWorkflowModel]
) -> ManifestWorkflowModel | None:
    """The decision about a wanted file: by a widget's value, else by file name and category."""
    spoken = {wanted.name, *wanted.values}
    for row in rows:
        here = row.category == wanted.category or wanted.category is None
        if here and any(node.widget_value in spoken for node in row.nodes):
            return row
    for row in rows:
        if row.filename == wanted.file_name and row.category == wanted.category:
            return row
    return None


def _with_decision(file: WantedFile, rows: Sequence[ManifestWorkflowModel]) -> WantedFile:
    row = decision_about(file.wanted, rows)
    if row is None:
        return file
    known = (row.sha256,) if row.sha256 else ()
    hashes = tuple(dict.fromkeys((*known, *file.wanted.hashes)))
    optional = row.criticality is Criticality.OPTIONAL
    return replace(
        file,
        wanted=replace(file.wanted, hashes=hashes),
        required=file.required and not optional,
    )
