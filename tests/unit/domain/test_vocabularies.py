"""A job in the words of older queues."""

from __future__ import annotations

import pytest

from model_keeper.domain.jobs import HistoryEntry, JobId, JobKind, JobState, WaitReason
from model_keeper.domain.vocabularies import STATES, Vocabulary, described
from tests.doubles_jobs import job

DOWNLOAD = {
    "asset": {"provider": "civitai", "url": "https://civitai.com/api/download/models/7"},
    "destination": {"category": "loras", "root": "/m/loras", "relative": "sub/x.safetensors"},
}
HISTORY = [HistoryEntry(1, JobId("j"), 1_700_000_000_123, "created", "terminal")]


@pytest.mark.parametrize("vocabulary", list(Vocabulary))
def test_every_state_has_a_word(vocabulary: Vocabulary) -> None:
    assert set(STATES[vocabulary]) == set(JobState)


def test_the_service_view_has_every_field() -> None:
    view = described(job(payload=DOWNLOAD, attempts=2), HISTORY, Vocabulary.SERVICE)

    assert view == {
        "job_id": "0190-job",
        "status": "PENDING",
        "added_at": "2023-11-14T22:13:20.000+00:00",
        "attempts": 2,
        "model_info": {
            "expected_filename": "x.safetensors",
            "model_type": "loras",
            "download_url": "https://civitai.com/api/download/models/7",
            "source": "civitai",
        },
        "history": [{"timestamp": "2023-11-14T22:13:20.123+00:00", "event": "created"}],
    }


@pytest.mark.parametrize(
    ("state", "code"), [(JobState.REVIEW, "review_pickle"), (JobState.CANCELLED, None)]
)
def test_the_service_view_says_why_it_counts_as_failed(state: JobState, code: str | None) -> None:
    view = described(job(payload=DOWNLOAD, state=state, error_code=code), [], Vocabulary.SERVICE)

    assert view["status"] == "FAILED"
    assert view["reason"]


def test_the_remote_view_has_every_field() -> None:
    running = job(
        payload={**DOWNLOAD, "commands": ["wget x"], "total_commands": 1, "host": "h", "port": 22},
        state=JobState.VERIFYING,
        bytes_done=50,
        bytes_total=200,
        started_at=1_700_000_000_000,
        updated_at=1_700_000_065_000,
        target="rented-1",
    )

    view = described(running, [], Vocabulary.REMOTE)

    assert view["instance_id"] == "rented-1"
    assert view["status"] == "RUNNING"
    assert view["progress"]["stage"] == "verify"
    assert view["progress"]["percent"] == 25
    assert view["progress"]["elapsed"] == "01:05"
    assert set(view) >= {
        "id",
        "added_at",
        "total_commands",
        "command_index",
        "error",
        "host_verification_needed",
        "host",
        "port",
        "updated_at",
        "commands",
        "resource_paths",
        "ssh_connection",
        "ui_home",
        "display_name",
        "variant_tag",
    }
    assert set(view["progress"]) == {
        "type",
        "stage",
        "percent",
        "downloaded",
        "total",
        "speed",
        "elapsed",
        "remaining",
        "eta",
        "name",
    }


def test_a_host_key_that_a_person_must_accept_has_a_state_of_its_own() -> None:
    waiting = job(kind=JobKind.REMOTE, wait_reason=WaitReason.HOST_KEY)

    view = described(waiting, [], Vocabulary.REMOTE)

    assert (view["status"], view["host_verification_needed"]) == ("HOST_VERIFICATION_NEEDED", True)


@pytest.mark.parametrize(("priority", "word"), [(-10, "low"), (0, "normal"), (10, "high")])
def test_the_refresh_view_has_every_field(priority: int, word: str) -> None:
    task = job(
        kind=JobKind.METADATA,
        payload={"models": ["a", "b"]},
        priority=priority,
        state=JobState.RUNNING,
        bytes_done=1,
        bytes_total=4,
    )

    view = described(task, [], Vocabulary.REFRESH)

    assert view == {
        "id": "0190-job",
        "type": "metadata",
        "models": ["a", "b"],
        "priority": word,
        "progress": 0.25,
        "status": "running",
        "error": None,
    }
