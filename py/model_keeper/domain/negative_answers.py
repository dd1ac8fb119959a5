"""Negative answers: what a provider did not have, so that the same miss is not asked every time.

Only a proper "not there" is one. A refusal, a limit, an outage says nothing about the file and is
never remembered.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from model_keeper.domain.candidates import CandidateSource, Wanted

HOUR_MS = 3_600_000
BY_NAME_MS = 24 * HOUR_MS  # new models appear every day
BY_HASH_MS = 7 * 24 * HOUR_MS  # old ones are seldom published again


@dataclass(frozen=True)
class Question:
    """One thing to ask of one provider, and for how long its "no" is believed."""

    provider: str
    text: str
    believed_ms: int

    @property
    def key(self) -> str:
        """64 hex digits, equal for the same text to the same provider."""
        return hashlib.sha256(
            f"{self.provider}\n{self.text}".encode("utf-8", "surrogatepass")
        ).hexdigest()


class NegativeAnswers(Protocol):
    """The memory of them, which outlives the process. ``now_ms`` is ms UTC."""

    def known(self, questions: Collection[Question], now_ms: int) -> set[Question]:
        """Those whose "no" is still believed."""

    def remember(self, questions: Collection[Question], now_ms: int) -> None:
        """Believe the "no" to each from now on."""

    def forget(self, questions: Collection[Question]) -> None:
        """Ask these again the next time."""

    def forget_all(self, provider: str | None = None) -> int:
        """Ask everything of a provider, or of all, again; how many answers that were."""


class AskedSource(CandidateSource, Protocol):
    """A source that says what it asks, so that its misses can be remembered."""

    def questions(self, wanted: Wanted) -> Sequence[Question]:
        """What it would ask; none where it asks nothing."""
