"""What the workflow itself says about a file: its entries, with their addresses."""

from __future__ import annotations

from collections.abc import Sequence

from model_keeper.domain.candidates import Candidate, Evidence, Source, Wanted
from model_keeper.domain.references import ModelEntry

_EXACT = 100
_OWN = Evidence("declared", _EXACT, "The workflow names this address for the file.")


class Declared:
    """Offers the addresses that a workflow's ``properties.models`` give. Asks nobody."""

    source = Source.WORKFLOW

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        by_address: dict[tuple[str | None, str | None], ModelEntry] = {}
        for entry in wanted.entries:
            if entry.url:
                by_address.setdefault((entry.address, entry.sha256), entry)
        return tuple(self._candidate(entry, wanted) for entry in by_address.values())

    def _candidate(self, entry: ModelEntry, wanted: Wanted) -> Candidate:
        return Candidate(
            source=self.source,
            name=wanted.name,
            score=_EXACT,
            evidence=(_OWN,),
            url=entry.address,
            sha256=entry.sha256,
            category=wanted.category or entry.category,
        )
