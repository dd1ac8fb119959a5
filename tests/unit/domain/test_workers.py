"""When a job is taken for the cause of its workers' deaths."""

from __future__ import annotations

import pytest

from model_keeper.domain.workers import LOST_FOR_MS, LOST_WITHIN_MS, lost_too_often

NOW = 10 * LOST_WITHIN_MS
LOST = ["claim", "recover"]


@pytest.mark.parametrize(
    ("events", "too_often"),
    [
        (["created", "claim"], False),
        (["created", *LOST, "claim"], False),
        (["created", *LOST, *LOST, "claim"], True),
        (["created", "claim", "checked", "recover", "claim", "verify", "recover", "claim"], True),
        (["created", *LOST, "claim", "progressed", "recover", "claim"], False),
        (["created", *LOST, *LOST, "claim", "progressed"], False),
        (["created", *LOST, *LOST, "retry", "claim"], False),
        (["created", *LOST, "claim", "defer", *LOST, "claim"], False),
    ],
)
def test_three_in_a_row_without_any_progress_are_too_many(
    events: list[str], too_often: bool
) -> None:
    history = [(event, NOW - LOST_FOR_MS) for event in reversed(events)]
    assert lost_too_often(history, NOW) is too_often
    assert not lost_too_often(history, NOW - 1), "workers that end at once may have been killed"


def test_who_is_switched_off_every_evening_loses_a_worker_a_day() -> None:
    history = [(event, NOW - LOST_WITHIN_MS) for event in reversed(["created", *LOST, *LOST])]
    assert not lost_too_often([("claim", NOW), *history], NOW)
