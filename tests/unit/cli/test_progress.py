"""What a job at the terminal says of its error."""

from __future__ import annotations

import pytest

from model_keeper.cli.progress import next_step
from model_keeper.domain.errors import ERRORS, KeeperError
from model_keeper.domain.jobs import JobState, WaitReason
from tests.doubles_jobs import job

UNREACHABLE = KeeperError("unreachable", host="models.example", why="connection refused")


@pytest.mark.parametrize("reason", [WaitReason.RETRY, WaitReason.LOCKED, WaitReason.OFFLINE])
def test_a_job_that_waits_for_time_alone_goes_on_by_itself(reason: WaitReason) -> None:
    waiting = job(wait_reason=reason)
    assert next_step(waiting, UNREACHABLE) == "It goes on by itself."


def test_a_job_that_ended_needs_a_person() -> None:
    assert next_step(job(state=JobState.FAILED), UNREACHABLE) == UNREACHABLE.hint


def test_a_job_that_waits_for_a_person_says_what_to_do() -> None:
    refused = KeeperError("hf_token_refused")
    waiting = job(wait_reason=WaitReason.CREDENTIALS)
    assert next_step(waiting, refused) == refused.hint


@pytest.mark.parametrize("code", ["unreachable", "server_error", "rate_limited", "disk_full"])
def test_what_can_happen_to_a_plan_promises_no_retry(code: str) -> None:
    hint = ERRORS[code].hint
    assert "tried again" not in hint
    assert "The download" not in hint
