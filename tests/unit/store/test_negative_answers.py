"""What providers did not have, remembered for a while."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.negative_answers import BY_HASH_MS, BY_NAME_MS, Question
from model_keeper.store import JobStore, open_store
from tests.doubles import FakeClock
from tests.stores import open_fresh

NAME = Question("civitai", "civitai.com name * style.safetensors", BY_NAME_MS)
HASH = Question("civitai", "civitai.com sha256 " + "a" * 64, BY_HASH_MS)
OTHER = Question("huggingface", NAME.text, BY_NAME_MS)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keeper.sqlite3"


@pytest.fixture
def store(path: Path, clock: FakeClock) -> Iterator[JobStore]:
    opened = open_fresh(path, clock=clock)
    yield opened
    opened.close()


def test_an_answer_is_believed_until_its_time_is_over(store: JobStore) -> None:
    answers = store.negative_answers
    answers.remember([NAME, HASH], now_ms=1000)

    assert answers.known([NAME, HASH, OTHER], 1000) == {NAME, HASH}
    assert answers.known([NAME, HASH], 999 + BY_NAME_MS) == {NAME, HASH}
    assert answers.known([NAME, HASH], 1000 + BY_NAME_MS) == {HASH}
    assert answers.known([NAME, HASH], 1000 + BY_HASH_MS) == set()


def test_a_later_answer_prolongs_an_earlier_one(store: JobStore) -> None:
    store.negative_answers.remember([NAME], now_ms=0)
    store.negative_answers.remember([NAME], now_ms=BY_NAME_MS - 1)

    assert store.negative_answers.known([NAME], BY_NAME_MS + 1) == {NAME}


def test_answers_outlive_a_restart(store: JobStore, path: Path, clock: FakeClock) -> None:
    store.negative_answers.remember([NAME], now_ms=0)
    store.close()

    again = open_store(path, clock=clock, actor="later")
    assert again.negative_answers.known([NAME], 1) == {NAME}
    again.close()


def test_answers_are_forgotten_one_by_one_by_provider_or_all(store: JobStore) -> None:
    answers = store.negative_answers
    answers.remember([NAME, HASH, OTHER], now_ms=0)

    answers.forget([NAME])
    assert answers.known([NAME, HASH, OTHER], 1) == {HASH, OTHER}
    assert answers.forget_all("civitai") == 1
    assert answers.known([NAME, HASH, OTHER], 1) == {OTHER}
    assert answers.forget_all() == 1
    assert answers.known([NAME, HASH, OTHER], 1) == set()


def test_a_whole_library_s_questions_fit(store: JobStore) -> None:
    many = [Question("civitai", f"sha256 {number}", BY_HASH_MS) for number in range(1200)]
    store.negative_answers.remember(many, now_ms=0)

    assert store.negative_answers.known(many, 1) == set(many)
    store.negative_answers.forget(many[:1100])
    assert store.negative_answers.known(many, 1) == set(many[1100:])


def test_what_is_over_is_dropped(store: JobStore) -> None:
    store.negative_answers.remember([NAME, OTHER], now_ms=0)
    store.negative_answers.remember([HASH], now_ms=BY_NAME_MS)

    assert store.negative_answers.forget_all() == 1


def test_nothing_to_remember_is_fine(store: JobStore) -> None:
    store.negative_answers.remember([], now_ms=0)
    store.negative_answers.forget([])
    assert store.negative_answers.known([], 0) == set()
