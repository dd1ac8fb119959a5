"""Which misses are not asked again, and which have to be."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.negative_answers import BY_NAME_MS, Question
from model_keeper.providers.remembered import Remembered
from tests.doubles import FakeClock

WANTED = Wanted("style.safetensors")
FOUND = Candidate(Source.CIVITAI, "style.safetensors", 70)


class Memory:
    """The port, in memory."""

    def __init__(self) -> None:
        self.until: dict[Question, int] = {}

    def known(self, questions: Collection[Question], now_ms: int) -> set[Question]:
        return {question for question in questions if self.until.get(question, 0) > now_ms}

    def remember(self, questions: Collection[Question], now_ms: int) -> None:
        self.until |= {question: now_ms + question.believed_ms for question in questions}

    def forget(self, questions: Collection[Question]) -> None:
        for question in questions:
            self.until.pop(question, None)

    def forget_all(self, provider: str | None = None) -> int:
        raise NotImplementedError(provider)


class Scripted:
    """A source that answers in turn and counts."""

    source = Source.CIVITAI

    def __init__(self, *answers: Sequence[Candidate] | KeeperError) -> None:
        self._answers = list(answers)
        self.asked = 0

    def questions(self, wanted: Wanted) -> Sequence[Question]:
        return [Question("civitai", wanted.name, BY_NAME_MS)] if wanted.name else []

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        self.asked += 1
        answer = self._answers.pop(0)
        if isinstance(answer, KeeperError):
            raise answer
        return answer


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def test_a_miss_is_asked_once_a_day(clock: FakeClock) -> None:
    source = Scripted((), (FOUND,))
    remembered = Remembered(source, Memory(), clock)

    assert [remembered.candidates(WANTED) for _ in range(3)] == [(), (), ()]
    assert source.asked == 1
    clock.sleep(BY_NAME_MS / 1000)
    assert remembered.candidates(WANTED) == (FOUND,)


def test_a_failure_is_no_answer(clock: FakeClock) -> None:
    source = Scripted(KeeperError("rate_limited", host="x"), (FOUND,), (FOUND,))
    remembered = Remembered(source, Memory(), clock)

    with pytest.raises(KeeperError):
        remembered.candidates(WANTED)
    assert remembered.candidates(WANTED) == (FOUND,)
    assert remembered.candidates(WANTED) == (FOUND,), "what is there is asked every time"


def test_who_wants_to_know_now_asks_now_and_for_the_others(clock: FakeClock) -> None:
    memory = Memory()
    source = Scripted((), (FOUND,), (FOUND,))
    assert Remembered(source, memory, clock).candidates(WANTED) == ()

    assert Remembered(source, memory, clock, fresh=True).candidates(WANTED) == (FOUND,)
    assert Remembered(source, memory, clock).candidates(WANTED) == (FOUND,)


def test_a_source_that_would_ask_nothing_is_not_called(clock: FakeClock) -> None:
    source = Scripted()

    assert Remembered(source, Memory(), clock).candidates(Wanted("")) == ()
    assert source.asked == 0


def test_another_question_is_not_answered_by_this_one(clock: FakeClock) -> None:
    source = Scripted((), (FOUND,))
    remembered = Remembered(source, Memory(), clock)

    assert remembered.candidates(WANTED) == ()
    assert remembered.candidates(Wanted("other.safetensors")) == (FOUND,)
