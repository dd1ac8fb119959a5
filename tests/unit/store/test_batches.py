from __future__ import annotations

import pytest

from model_keeper.domain.jobs import Counts, JobState
from model_keeper.store.batches import batch_state, counts_from

S = JobState


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([], S.SUCCEEDED),
        ([S.SUCCEEDED, S.SUCCEEDED], S.SUCCEEDED),
        ([S.SUCCEEDED, S.CANCELLED], S.CANCELLED),
        ([S.SUCCEEDED, S.CANCELLED, S.FAILED], S.FAILED),
        ([S.PENDING, S.PENDING], S.PENDING),
        ([S.PENDING, S.PAUSED], S.PENDING),
        ([S.PENDING, S.SUCCEEDED], S.RUNNING),
        ([S.PENDING, S.FAILED, S.REVIEW], S.RUNNING),
        ([S.RUNNING, S.PENDING], S.RUNNING),
        ([S.VERIFYING, S.PAUSED], S.RUNNING),
        ([S.PAUSED, S.SUCCEEDED], S.PAUSED),
        ([S.PAUSED, S.REVIEW], S.REVIEW),
        ([S.REVIEW, S.FAILED], S.REVIEW),
    ],
)
def test_the_state_of_a_batch_follows_its_members(
    members: list[JobState], expected: JobState
) -> None:
    counted = {state: members.count(state) for state in S}
    assert batch_state(counted) is expected


def test_reused_members_are_not_counted_twice() -> None:
    members = {S.SUCCEEDED: 5, S.FAILED: 1, S.REVIEW: 2, S.PENDING: 9}
    assert counts_from(members, 2) == Counts(succeeded=3, reused=2, review=2, failed=1)
