from __future__ import annotations

import threading
from typing import Any

import pytest

from model_keeper.domain.jobs import (
    OWNED,
    Event,
    Job,
    JobKind,
    JobState,
    Ownership,
    OwnershipLost,
    WaitReason,
    WorkerId,
)
from model_keeper.domain.queue import Lane, ProgressRow, Wish
from model_keeper.store import JobStore
from tests.doubles import FakeClock
from tests.integration.store.scenes import (
    OpenStore,
    claimed,
    download,
    enqueued,
    events,
    running,
    worker,
)

W1, W2 = WorkerId("w1"), WorkerId("w2")


@pytest.fixture(autouse=True)
def _known_worker(store: JobStore) -> None:
    store.workers.register(worker())


def names(jobs: list[Job]) -> list[str]:
    return [job.payload["name"] for job in jobs]


def test_a_claim_gives_ownership_and_leaves_a_trace(store: JobStore, clock: FakeClock) -> None:
    enqueued(store, "a")
    [job] = claimed(store)
    assert (job.state, job.epoch, job.attempts, job.worker_id) == (JobState.RUNNING, 1, 1, "w1")
    assert job.started_at == clock.now_ms()
    assert job == store.jobs.get(job.id)
    [_, claim] = store.jobs.history(job.id)
    assert (claim.event, claim.actor) == ("claim", "person")
    assert claim.data == {"state": "running", "worker": "w1", "attempt": 1}
    assert claimed(store) == []


def test_claims_follow_priority_then_rank_then_age(store: JobStore) -> None:
    jobs = {
        name: enqueued(store, name, priority=priority)
        for name, priority in (("n1", 0), ("low", -10), ("high", 10), ("n2", 0), ("n3", 0))
    }
    store.wishes.set_rank(jobs["n3"].id, before=jobs["n1"].id)
    assert names(claimed(store, limit=2)) == ["high", "n3"]
    assert names(claimed(store)) == ["n1", "n2", "low"]


def test_only_wanted_targets_and_kinds_are_claimed(store: JobStore) -> None:
    enqueued(store, "a", target="other")
    enqueued(store, "b", kind=JobKind.SCAN)
    enqueued(store, "c", kind=JobKind.BATCH)
    enqueued(store, "d")
    assert names(claimed(store, kinds=[JobKind.DOWNLOAD, JobKind.BATCH])) == ["d"]
    assert names(claimed(store, targets=["other", "local"])) == ["a", "b"]


def test_a_job_is_not_claimed_before_its_time(store: JobStore, clock: FakeClock) -> None:
    enqueued(store, "a", run_after=clock.now_ms() + 1000, wait_reason=WaitReason.RETRY)
    assert claimed(store) == []
    clock.sleep(1)
    [job] = claimed(store)
    assert job.wait_reason is None


@pytest.mark.parametrize("reason", [WaitReason.APPROVAL, WaitReason.HOST_KEY])
def test_a_job_that_waits_for_a_person_is_not_claimed(store: JobStore, reason: WaitReason) -> None:
    job = enqueued(store, "a", wait_reason=reason)
    assert claimed(store) == []
    store.wishes.approve(job.id)
    assert [each.id for each in claimed(store)] == [job.id]


def test_concurrency_holds_for_all_workers_together(opened: OpenStore, store: JobStore) -> None:
    other = opened()
    other.workers.register(worker("w2"))
    for i in range(5):
        enqueued(store, str(i))
    enqueued(store, "elsewhere", target="other")
    limits: dict[str, Any] = {
        "concurrency": {JobKind.DOWNLOAD: 2},
        "targets": ["local", "other"],
    }
    assert names(claimed(store, **limits)) == ["0", "1", "elsewhere"]
    assert claimed(other, "w2", **limits) == []


def test_a_lane_goes_before_the_usual_concurrency(store: JobStore) -> None:
    for i in range(5):
        enqueued(store, str(i))
    store.lanes.put(Lane("local", JobKind.DOWNLOAD, max_running=3))
    assert len(claimed(store, concurrency={JobKind.DOWNLOAD: 1})) == 3
    store.lanes.put(Lane("local", JobKind.DOWNLOAD, paused=True, rate=5))
    assert claimed(store) == []
    assert store.lanes.all() == [Lane("local", JobKind.DOWNLOAD, None, paused=True, rate=5)]
    store.lanes.remove("local", JobKind.DOWNLOAD)
    assert len(claimed(store)) == 2


def test_a_worker_that_drains_or_is_unknown_gets_nothing(store: JobStore) -> None:
    enqueued(store, "a")
    assert claimed(store, "stranger") == []
    store.workers.drain(W1)
    assert claimed(store) == []


def test_two_stores_never_claim_the_same_job(opened: OpenStore, store: JobStore) -> None:
    store.queue.enqueue_many(download(str(i)) for i in range(60))
    stores = {name: opened() for name in ("w1", "w2", "w3")}
    for name in stores:
        store.workers.register(worker(name))
    taken: list[Job] = []
    gate = threading.Barrier(len(stores))

    def take(name: str) -> None:
        gate.wait()
        while jobs := claimed(stores[name], name, limit=3):
            taken.extend(jobs)

    threads = [threading.Thread(target=take, args=(name,)) for name in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # PostgreSQL passes over rows that another one is about to take, so one may be left.
    taken += claimed(store)
    assert sorted(int(name) for name in names(taken)) == list(range(60))


def test_an_owner_leads_its_job_to_the_end(store: JobStore, clock: FakeClock) -> None:
    job = running(store, "a")
    ownership = Ownership.of(job)
    judged = store.work.advance(ownership, Event.VERIFY, bytes_done=10, bytes_total=10)
    assert (judged.state, judged.worker_id, judged.bytes_done) == (JobState.VERIFYING, "w1", 10)
    clock.sleep(2)
    result = {"sha256": "ab", "path": "/m/a"}
    ended = store.work.advance(ownership, Event.SUCCEED, result=result, data={"why": "proven"})
    assert (ended.state, ended.worker_id, ended.result) == (JobState.SUCCEEDED, None, result)
    assert (ended.finished_at, ended.updated_at) == (clock.now_ms(), clock.now_ms())
    last = store.jobs.history(job.id)[-1]
    assert (last.event, last.data) == ("succeed", {"state": "succeeded", "why": "proven"})


def test_a_failure_names_its_error_in_row_and_history(store: JobStore) -> None:
    job = running(store, "a")
    details = {"host": "example.org", "seconds": 30}
    failed = store.work.advance(
        Ownership.of(job), Event.FAIL, error_code="stalled", error_details=details
    )
    assert (failed.error_code, failed.error_details) == ("stalled", details)
    assert store.jobs.history(job.id)[-1].data == {"state": "failed", "error": "stalled"}


def test_a_deferred_job_waits_and_comes_back(store: JobStore, clock: FakeClock) -> None:
    job = running(store, "a")
    later = clock.now_ms() + 5000
    deferred = store.work.advance(
        Ownership.of(job), Event.DEFER, run_after=later, wait_reason=WaitReason.DISK
    )
    assert (deferred.state, deferred.wait_reason) == (JobState.PENDING, WaitReason.DISK)
    assert (deferred.worker_id, deferred.run_after) == (None, later)
    clock.sleep(5)
    [again] = claimed(store)
    assert (again.epoch, again.attempts) == (2, 2)


def test_an_event_that_means_nothing_changes_nothing(store: JobStore) -> None:
    job = running(store, "a")
    assert store.work.advance(Ownership.of(job), Event.RETRY, bytes_done=9) == job
    assert events(store, job) == ["created", "claim"]


def test_an_owner_cannot_change_what_is_not_its_own(store: JobStore) -> None:
    job = running(store, "a")
    with pytest.raises(TypeError, match="state"):
        store.work.advance(Ownership.of(job), Event.VERIFY, state="succeeded")


@pytest.mark.parametrize("event", [Event.SUCCEED, Event.FAIL, Event.DEFER, Event.VERIFY])
def test_a_former_owner_is_fenced_out(store: JobStore, event: Event) -> None:
    job = running(store, "a")
    former = Ownership.of(job)
    store.work.advance(former, Event.DEFER)
    [again] = claimed(store)
    assert again.id == job.id
    with pytest.raises(OwnershipLost):
        store.work.advance(former, event)
    assert store.work.report([ProgressRow(former, 5, 10)]) == [job.id]
    assert store.jobs.get(job.id) == again


@pytest.mark.parametrize("end", [Event.SUCCEED, Event.HOLD, Event.PAUSE, Event.CANCEL])
def test_nobody_owns_a_job_that_rests(store: JobStore, end: Event) -> None:
    ownership = Ownership.of(running(store, "a"))
    assert store.work.advance(ownership, end, error_code="stalled").state not in OWNED
    with pytest.raises(OwnershipLost):
        store.work.advance(ownership, Event.VERIFY)


def test_progress_is_written_without_history(store: JobStore) -> None:
    first, second = running(store, "a"), running(store, "b")
    rows = [ProgressRow(Ownership.of(job), 5, 10) for job in (first, second)]
    assert store.work.report(rows) == []
    assert [store.jobs.get(job.id).bytes_done for job in (first, second)] == [5, 5]
    assert events(store, first) == ["created", "claim"]


def test_an_owner_hears_of_wishes(store: JobStore) -> None:
    first, second = running(store, "a"), running(store, "b")
    store.wishes.pause(first.id)
    store.wishes.set_bandwidth(second.id, 4096)
    store.wishes.set_priority(second.id, 5)
    assert store.work.wishes(W1) == [
        Wish(first.id, 1, "pause", None, 0),
        Wish(second.id, 1, "", 4096, 5),
    ]
    assert store.work.wishes(W2) == []
    paused = store.work.advance(Ownership.of(first), Event.PAUSE)
    assert (paused.state, paused.control) == (JobState.PAUSED, "")
    assert [wish.job_id for wish in store.work.wishes(W1)] == [second.id]
