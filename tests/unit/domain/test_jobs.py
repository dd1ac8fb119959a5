from __future__ import annotations

import pytest

from model_keeper.domain.jobs import (
    FINISHED,
    LIVE,
    OWNED,
    Event,
    JobState,
    allowed,
    request_key,
    transition,
)

S, E = JobState, Event

# Written out a second time on purpose: the table is the contract.
EXPECTED = {
    S.PENDING: {
        E.CLAIM: S.RUNNING,
        E.PAUSE: S.PAUSED,
        E.CANCEL: S.CANCELLED,
        E.FAIL: S.FAILED,
        E.APPROVE: S.PENDING,
        E.REJECT: S.FAILED,
        E.RETRY: S.PENDING,
    },
    S.PAUSED: {E.RESUME: S.PENDING, E.CANCEL: S.CANCELLED},
    S.RUNNING: {
        E.VERIFY: S.VERIFYING,
        E.SUCCEED: S.SUCCEEDED,
        E.FAIL: S.FAILED,
        E.HOLD: S.REVIEW,
        E.DEFER: S.PENDING,
        E.RECOVER: S.PENDING,
        E.PAUSE: S.PAUSED,
        E.CANCEL: S.CANCELLED,
    },
    S.VERIFYING: {
        E.SUCCEED: S.SUCCEEDED,
        E.FAIL: S.FAILED,
        E.HOLD: S.REVIEW,
        E.DEFER: S.PENDING,
        E.RECOVER: S.PENDING,
        E.PAUSE: S.PAUSED,
        E.CANCEL: S.CANCELLED,
    },
    S.REVIEW: {E.APPROVE: S.PENDING, E.REJECT: S.FAILED, E.CANCEL: S.CANCELLED},
    S.SUCCEEDED: {},
    S.FAILED: {E.RETRY: S.PENDING},
    S.CANCELLED: {E.RETRY: S.PENDING},
}


@pytest.mark.parametrize("event", E)
@pytest.mark.parametrize("state", S)
def test_every_pair_of_state_and_event(state: JobState, event: Event) -> None:
    assert transition(state, event) is EXPECTED[state].get(event, state)
    assert allowed(state, event) is (event in EXPECTED[state])


def test_every_state_is_either_live_or_finished() -> None:
    assert set(S) == LIVE | FINISHED
    assert not LIVE & FINISHED
    assert OWNED < LIVE


def test_only_an_owner_can_succeed() -> None:
    assert {state for state in S if allowed(state, E.SUCCEED)} == OWNED


def test_every_live_state_can_be_left_by_a_person_or_its_owner() -> None:
    for state in LIVE:
        assert transition(state, E.CANCEL) is S.CANCELLED


def test_equal_requests_have_one_key() -> None:
    request = {"ids": ["a"], "query": "ü"}
    assert request_key("hash", request) == request_key("hash", {"ids": ["a"], "query": "ü"})
    others = [("hash", {"ids": ["b"], "query": "ü"}), ("scan", request), ("hash", {"ids": None})]
    assert request_key("hash", request) not in {request_key(*other) for other in others}


def test_a_key_is_the_same_in_every_process_and_version() -> None:
    # Live jobs of an earlier version have it, and it is part of an index.
    assert (
        request_key("hash", (["/m/\udcff.pt"], ["sha256"]))
        == "hash:bce23b4867be4a4d7130e73069efa716"
    )
