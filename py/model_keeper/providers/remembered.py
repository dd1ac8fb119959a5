"""Sources that do not ask again what was not there a while ago."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from model_keeper.domain.candidates import Candidate, Wanted
from model_keeper.domain.negative_answers import AskedSource, NegativeAnswers
from model_keeper.domain.ports import Clock
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_answers import Version
from model_keeper.providers.civitai_search import hash_question


class Remembered:
    """A source with a memory for its misses.

    ``fresh``: a person wants to know now. Everything is asked, and what is missing still is
    remembered anew.
    """

    def __init__(
        self, source: AskedSource, answers: NegativeAnswers, clock: Clock, *, fresh: bool = False
    ) -> None:
        self.source = source.source
        self._asked = source
        self._answers = answers
        self._clock = clock
        self._fresh = fresh

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        """What the source offers; nothing, unasked, where it had nothing lately.

        Raises KeeperError as the source, which is remembered by nobody, and database_unavailable.
        """
        questions = self._asked.questions(wanted)
        if not questions:
            return ()
        known = self._answers.known(questions, self._clock.now_ms())
        if not self._fresh and len(known) == len(questions):
            return ()
        found = self._asked.candidates(wanted)
        if found:
            self._answers.forget(known)
        else:
            self._answers.remember(questions, self._clock.now_ms())
        return found


class RememberedHashes:
    """Civitai's versions by SHA256, for whole libraries: hashes it does not know are kept."""

    def __init__(
        self, civitai: Civitai, answers: NegativeAnswers, clock: Clock, *, fresh: bool = False
    ) -> None:
        self._civitai = civitai
        self._answers = answers
        self._clock = clock
        self._fresh = fresh

    def versions_by_hash(self, hashes: Iterable[str]) -> dict[str, Version]:
        """As :meth:`Civitai.versions_by_hash`, without what it did not know lately."""
        return self.asked(hashes)[0]

    def asked(self, hashes: Iterable[str]) -> tuple[dict[str, Version], frozenset[str]]:
        """The same, and those that Civitai said just now that it does not know."""
        questions = {s.lower(): hash_question(self._civitai, s) for s in hashes}
        known = self._answers.known(questions.values(), self._clock.now_ms())
        asked = [s for s, question in questions.items() if self._fresh or question not in known]
        found = self._civitai.versions_by_hash(asked)
        self._answers.forget(known.intersection(questions[s] for s in found))
        missing = frozenset(asked) - found.keys()
        self._answers.remember([questions[s] for s in missing], self._clock.now_ms())
        return found, missing
