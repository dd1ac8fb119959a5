"""Changes of the queue in the words of the upstream panel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.jobs import Job, JobKind, JobState, NewJob
from model_keeper.store import JobStore
from model_keeper.web.changes import Changes, LiveView
from model_keeper.web.legacy.companions import Companions
from model_keeper.web.legacy.relay import TaskMessages
from model_keeper.web.views import CountsView, HistoryView, JobViews
from tests.doubles import FakeClock
from tests.stores import open_fresh


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JobStore]:
    made = open_fresh(tmp_path / "keeper.sqlite3", clock=FakeClock())
    yield made
    made.close()


@pytest.fixture
def messages(store: JobStore, tmp_path: Path) -> TaskMessages:
    return TaskMessages(store, Companions(tmp_path / "kept"))


def enqueued(store: JobStore, name: str, **fields: Any) -> Job:
    place = {"root": "/m", "relative": name, "category": "loras"}
    job = NewJob(JobKind.DOWNLOAD, {"destination": place}, dest_key=name, **fields)
    return store.queue.enqueue(job).job


def changes(store: JobStore, *jobs: Job, created: bool = False, **fields: Any) -> Changes:
    event = "created" if created else "pause"
    found = {
        "events": tuple(HistoryView(n, job.id, 0, event, "a", {}) for n, job in enumerate(jobs)),
        "next": 1,
        "since": 0,
        "jobs": JobViews(store).of(jobs),
        "gone": (),
        "live": {},
        "counts": CountsView({}, 0, 0, 0, 0),
        "notifications": (),
        "unread": None,
        "resync": False,
        **fields,
    }
    return Changes(**found)


def live(done: int) -> LiveView:
    return LiveView(done, 200, 50, 2.0, "transfer", 1, "")


def test_a_new_job_is_a_new_task_and_then_an_updated_one(
    store: JobStore, messages: TaskMessages
) -> None:
    job = enqueued(store, "a.safetensors", bytes_total=200)
    ((event, task),) = messages.of(changes(store, job, created=True))
    assert (event, task["taskId"], task["status"]) == ("create_download_task", job.id, "waiting")
    paused = store.wishes.pause(job.id)
    ((event, task),) = messages.of(changes(store, paused))
    assert (event, task["status"]) == ("update_download_task", "pause")


def test_figures_come_also_where_nothing_else_changed(
    store: JobStore, messages: TaskMessages
) -> None:
    job = enqueued(store, "a.safetensors")
    for done in (50, 100):
        ((event, task),) = messages.of(changes(store, live={job.id: live(done)}))
        assert event == "update_download_task"
        assert (task["downloadedSize"], task["totalSize"], task["bps"]) == (done, 200, 50)
        assert task["progress"] == done / 2
    assert messages.of(changes(store)) == []


def test_ends_are_told_by_their_ids(store: JobStore, messages: TaskMessages) -> None:
    job = enqueued(store, "a.safetensors")
    cancelled = store.wishes.cancel(job.id)
    assert messages.of(changes(store, cancelled)) == [("delete_download_task", job.id)]
    assert messages.of(changes(store, gone=("b",))) == [("delete_download_task", "b")]


def test_what_is_no_download_of_this_machine_is_not_told(
    store: JobStore, messages: TaskMessages
) -> None:
    far = enqueued(store, "far.safetensors", target="elsewhere")
    scan = store.queue.enqueue(NewJob(JobKind.SCAN, {}, dest_key="scan")).job
    assert messages.of(changes(store, far, scan, created=True)) == []


def test_after_another_time_the_whole_list_is_told(store: JobStore, messages: TaskMessages) -> None:
    jobs = [enqueued(store, f"{name}.safetensors") for name in "ab"]
    store.wishes.cancel(enqueued(store, "c.safetensors").id)
    ((event, tasks),) = messages.of(changes(store, resync=True))
    assert event == "fetch_download_task_list"
    assert [task["taskId"] for task in tasks] == [jobs[1].id, jobs[0].id]
    assert JobState.CANCELLED not in {task["status"] for task in tasks}
