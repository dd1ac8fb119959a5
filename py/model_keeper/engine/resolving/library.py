"""Files of the library that a workflow means although it writes them in another way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from model_keeper.domain.candidates import Candidate, Evidence, Source, Wanted
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.names import escapes
from model_keeper.domain.relinks import Relink, RelinkStatus
from model_keeper.engine.relinking import Relinker

_LIKELY = 70  # offered, never taken: a person has to look


class InLibrary:
    """Asks the library index, after ``refresh`` has brought it to what lies in the folders now.

    A certain file is offered with ``facts["value"]``: what to write in the place of the workflow's
    first spelling. It has none where every spelling is right as it is.
    """

    source = Source.DISK

    def __init__(self, relinker: Relinker, refresh: Callable[[], None]) -> None:
        self._relinker = relinker
        self._refresh = refresh

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        """Raises KeeperError index_unusable, database_unavailable."""
        if escapes(wanted.name):
            return ()
        self._refresh()
        found = [
            self._relinker.find_value(value, wanted, kind=wanted.kind)
            for value in wanted.values or (wanted.name,)
        ]
        for status in (RelinkStatus.RELINK, RelinkStatus.ON_DISK):
            for relink in found:
                if relink.status is status and relink.file is not None:
                    return (_certain(relink, relink.file),)
        return [
            _likely(file, relink.evidence)
            for relink in found[:1]
            if relink.status is RelinkStatus.AMBIGUOUS
            for file in relink.candidates
        ]


def _certain(relink: Relink, file: ModelFile) -> Candidate:
    score = min(100, max([_LIKELY, *(evidence.points for evidence in relink.evidence)]))
    facts = {"value": relink.value} if relink.value is not None else {}
    return replace(_candidate(file, score, relink.evidence), facts=facts)


def _likely(file: ModelFile, evidence: Sequence[Evidence]) -> Candidate:
    return replace(_candidate(file, _LIKELY, evidence), exact=False)


def _candidate(file: ModelFile, score: int, evidence: Sequence[Evidence]) -> Candidate:
    return Candidate(
        source=Source.DISK,
        name=file.relative,
        score=score,
        evidence=tuple(evidence),
        path=file.path,
        sha256=file.sha256,
        size=file.size,
        category=file.category,
    )
