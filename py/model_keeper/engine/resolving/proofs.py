"""Proofs: several addresses of one content are no choice, once their hosts say what they hold."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from model_keeper.domain.candidates import Candidate, Evidence, Source
from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status, Step, judged

LookUp = Callable[[str], Sequence[Asset]]

_MOST = 6  # addresses asked about for one file
_SAME = Evidence("same_content", 0, "Other addresses of this name hold the very same file.")


class Proofs:
    """Asks providers for the SHA256 of what is certain but differs in address only."""

    def __init__(self, look_up: LookUp) -> None:
        self._look_up = look_up
        self._lock = threading.Lock()
        self._known: dict[str, Asset | None] = {}

    def settled(self, finding: Finding) -> Finding:
        """``finding``, with one of several equal addresses taken where all are equal.

        What cannot be asked stays a choice. Raises nothing of a provider's.
        """
        certain = [c for c in finding.candidates if c.automatic]
        on_disk = any(c.source is Source.DISK for c in finding.candidates)
        if finding.status is not Status.CHOOSE or on_disk or not 1 < len(certain) <= _MOST:
            return finding
        proven = [self._proven(candidate) for candidate in certain]
        again = judged(finding.file, [Step(proven)])
        if again.chosen is None:
            rest = [c for c in finding.candidates if c not in certain]
            return replace(finding, candidates=(*proven, *rest))
        chosen = replace(again.chosen, evidence=(*again.chosen.evidence, _SAME))
        rest = [c for c in again.candidates if c is not again.chosen]
        return replace(again, candidates=(chosen, *rest), failures=finding.failures)

    def _proven(self, candidate: Candidate) -> Candidate:
        if candidate.sha256 is not None or candidate.url is None:
            return candidate
        asset = self._asset(candidate.url)
        if asset is None:
            return candidate
        return replace(candidate, sha256=asset.sha256, size=candidate.size or asset.size)

    def _asset(self, url: str) -> Asset | None:
        with self._lock:
            if url in self._known:
                return self._known[url]
        try:
            found = self._look_up(url)
        except KeeperError:
            found = ()
        asset = found[0] if len(found) == 1 else None
        with self._lock:
            self._known[url] = asset
        return asset
