"""Sources that do not ask again what was not there a while ago."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from model_keeper.domain.candidates import Candidate, Wanted
from model_keeper.domain.negative_answers import AskedSource, NegativeAnswers, Question
from model_keeper.domain.ports import Clock
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_answers import Version
from model_keeper.providers.civitai_search import hash_question

_Key = TypeVar("_Key")
_Found = TypeVar("_Found")


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


class Misses:
    """The memory for the misses of whole libraries: much is asked at once, one question for each.

    ``fresh``: as :class:`Remembered`.
    """

    def __init__(self, answers: NegativeAnswers, clock: Clock, *, fresh: bool = False) -> None:
        self._answers = answers
        self._clock = clock
        self._fresh = fresh

    def ask(
        self,
        questions: Mapping[_Key, Question],
        ask: Callable[[list[_Key]], dict[_Key, _Found]],
    ) -> tuple[dict[_Key, _Found], frozenset[_Key]]:
        """What ``ask`` finds of all that was not missing lately, and what is missing just now.

        Raises as ``ask``, which is remembered by nobody, and database_unavailable.
        """
        known = self._answers.known(questions.values(), self._clock.now_ms())
        asked = [
            each for each, question in questions.items() if self._fresh or question not in known
        ]
        found = ask(asked)
        self._answers.forget(known.intersection(questions[each] for each in found))
        missing = frozenset(asked) - found.keys()
        self._answers.remember([questions[each] for each in missing], self._clock.now_ms())
        return found, missing


class RememberedHashes:
    """Civitai's versions by SHA256: hashes it does not know are kept."""

    def __init__(self, civitai: Civitai, misses: Misses) -> None:
        self._civitai = civitai
        self._misses = misses

    def versions_by_hash(self, hashes: Iterable[str]) -> dict[str, Version]:
        """As :meth:`Civitai.versions_by_hash`, without what it did not know lately."""
        return self.asked(hashes)[0]

    def asked(self, hashes: Iterable[str]) -> tuple[dict[str, Version], frozenset[str]]:
        """The same, and those that Civitai said just now that it does not know."""
        questions = {s.lower(): hash_question(self._civitai, s) for s in hashes}
        return self._misses.ask(questions, self._civitai.versions_by_hash)
