"""Plans become jobs: alone or as a batch, joined where they are on their way already."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.downloads import Asset, Destination, Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, JobKind, JobState, Ownership, WaitReason, WorkerId
from model_keeper.domain.workers import WorkerInfo
from model_keeper.engine.intake import Plan
from model_keeper.engine.submission import Submission
from model_keeper.store import JobStore
from tests.doubles import FakeClock
from tests.stores import open_fresh

WORKER = WorkerInfo(
    id=WorkerId("w"), host_id="here", pid=1, start_time=1.0, boot_id="boot", version="1"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[JobStore]:
    opened = open_fresh(tmp_path / "keeper.sqlite3", clock=FakeClock())
    yield opened
    opened.close()


def plan(name: str, *, approval: bool = False, allow_pickle: bool = False) -> Plan:
    asset = Asset(provider="plain", url=f"https://example.org/{name}", name=name)
    place = Destination("loras", "/models/loras", name)
    download = Download(asset=asset, destination=place, allow_pickle=allow_pickle)
    return Plan(download, approval=approval)


def test_one_plan_is_a_job_and_the_same_again_joins_it(store: JobStore) -> None:
    first = Submission(store).one(plan("a"))
    again = Submission(store).all([plan("a")], "ignored")
    assert (first.deduplicated, again.deduplicated) == (False, True)
    assert first.job_ids == again.job_ids == (again.job.id,)
    assert first.job.kind is JobKind.DOWNLOAD


def test_several_are_a_batch_with_one_id_for_each_plan_in_order(store: JobStore) -> None:
    single = Submission(store).one(plan("b"))
    submitted = Submission(store).all([plan("a"), plan("b"), plan("a"), plan("c")], "Portrait")
    a, b, a_again, c = submitted.job_ids
    assert (a == a_again, b) == (True, single.job.id)
    assert len({a, b, c}) == 3
    assert submitted.job.kind is JobKind.BATCH
    assert submitted.job.payload == {"files": 4, "title": "Portrait"}
    assert sum(store.jobs.counts(submitted.job.id).live.values()) == 3
    assert store.jobs.get(a).payload["destination"]["relative"] == "a"


def test_a_batch_without_a_title_has_none(store: JobStore) -> None:
    assert "title" not in Submission(store).all([plan("a"), plan("b")]).job.payload


def test_asking_again_wakes_what_was_paused(store: JobStore) -> None:
    one, two = (Submission(store).one(plan(name)).job.id for name in "ab")
    for job_id in (one, two):
        store.wishes.pause(job_id)
    assert Submission(store).one(plan("a")).job.state is JobState.PENDING
    Submission(store).all([plan("b"), plan("c")])
    assert store.jobs.get(two).state is JobState.PENDING


@pytest.mark.parametrize(("allow", "state"), [(True, JobState.PENDING), (False, JobState.REVIEW)])
def test_accepting_pickles_approves_what_waits_for_just_that(
    store: JobStore, allow: bool, state: JobState
) -> None:
    job_id = in_review(store, "review_pickle")
    submitted = Submission(store).one(plan("a", allow_pickle=allow))
    assert (submitted.job.id, submitted.job.state) == (job_id, state)


def test_accepting_pickles_approves_nothing_else(store: JobStore) -> None:
    in_review(store, "review_unknown_structure")
    assert Submission(store).one(plan("a", allow_pickle=True)).job.state is JobState.REVIEW


def in_review(store: JobStore, code: str) -> str:
    job_id = Submission(store).one(plan("a")).job.id
    store.workers.register(WORKER)
    (job,) = store.work.claim(WORKER.id, targets=["local"], kinds=[JobKind.DOWNLOAD], limit=1)
    store.work.advance(Ownership.of(job), Event.HOLD, error_code=code)
    return job_id


def test_a_plan_that_needs_approval_waits_for_it(store: JobStore) -> None:
    job = Submission(store).one(plan("a", approval=True)).job
    assert (job.state, job.wait_reason) == (JobState.PENDING, WaitReason.APPROVAL)


def test_another_source_for_the_same_place_is_refused(store: JobStore) -> None:
    Submission(store).one(plan("a"))
    other = Asset(provider="plain", url="https://elsewhere.example/a", name="a")
    clash = Plan(Download(asset=other, destination=plan("a").download.destination))
    with pytest.raises(KeeperError) as refused:
        Submission(store).one(clash)
    assert refused.value.code == "destination_busy"
