"""What a command says and returns at its end."""

from __future__ import annotations

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobState, WaitReason
from model_keeper.engine.summary import error_code, exit_code, summary
from tests.doubles_jobs import job

DONE = job(state=JobState.SUCCEEDED, result={"path": "/m/x", "sha256": "ab", "bytes_fetched": 5})
REUSED = job(state=JobState.SUCCEEDED, result={"reused": True, "path": "/m/x"})
FAILED = job(state=JobState.FAILED, error_code="hash_mismatch", error_details={"actual": "a"})
LOGIN = job(state=JobState.FAILED, error_code="civitai_login_needed")
GONE = job(state=JobState.FAILED, error_code="not_found", error_details={"what": "x"})
HELD = job(state=JobState.REVIEW, error_code="review_pickle")
ASKED = job(state=JobState.PENDING, wait_reason=WaitReason.APPROVAL)
CANCELLED = job(state=JobState.CANCELLED)
FULL = job(state=JobState.PENDING, wait_reason=WaitReason.DISK, error_code="disk_full")


@pytest.mark.parametrize(
    ("jobs", "code"),
    [
        ([], 0),
        ([DONE, REUSED], 0),
        ([DONE, FAILED], 1),
        ([CANCELLED], 1),
        ([FULL], 1),
        ([DONE, LOGIN], 3),
        ([HELD], 4),
        ([ASKED], 4),
        ([GONE], 5),
        ([GONE, HELD], 4),
        ([GONE, HELD, LOGIN], 3),
        ([GONE, HELD, LOGIN, FAILED], 1),
    ],
)
def test_the_first_of_the_documented_codes_wins(jobs: list[object], code: int) -> None:
    assert exit_code(jobs) == code  # type: ignore[arg-type]


def test_counts_are_disjoint() -> None:
    closing = summary([DONE, REUSED, FAILED, HELD, CANCELLED])

    assert closing["event"] == "summary"
    assert {k: closing[k] for k in ("succeeded", "reused", "failed", "review", "cancelled")} == {
        "succeeded": 1,
        "reused": 1,
        "failed": 1,
        "review": 1,
        "cancelled": 1,
    }


def test_a_job_says_what_happened_and_what_to_do() -> None:
    record = summary([FAILED])["jobs"][0]

    assert record["state"] == "failed"
    assert record["error"]["code"] == "hash_mismatch"
    assert "SHA256" in record["error"]["message"]
    assert record["error"]["hint"]
    assert summary([DONE])["jobs"][0]["error"] is None
    assert summary([DONE])["jobs"][0]["bytes_fetched"] == 5


def test_a_code_of_another_version_is_still_an_error() -> None:
    strange = job(state=JobState.FAILED, error_code="from_the_future")

    assert summary([strange])["jobs"][0]["error"]["code"] == "internal"


@pytest.mark.parametrize(
    ("code", "exit_status"),
    [("category_needed", 2), ("civitai_login_needed", 3), ("not_found", 5), ("unreachable", 1)],
)
def test_a_command_that_cannot_start_says_who_has_to_act(code: str, exit_status: int) -> None:
    assert error_code(KeeperError(code)) == exit_status
