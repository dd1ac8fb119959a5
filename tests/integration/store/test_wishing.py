from __future__ import annotations

from collections.abc import Callable

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, Job, JobId, JobState, Ownership, WaitReason
from model_keeper.domain.queue import Child, JobQuery, Order
from model_keeper.store import JobStore
from tests.doubles import FakeClock
from tests.integration.store.scenes import (
    batch,
    claimed,
    download,
    enqueued,
    events,
    finished,
    running,
    worker,
)

S = JobState


def job_in(store: JobStore, state: JobState) -> Job:
    if state is S.PENDING:
        return enqueued(store, "a")
    if state is S.PAUSED:
        return store.wishes.pause(enqueued(store, "a").id)
    job = running(store, "a")
    way = {
        S.RUNNING: (),
        S.VERIFYING: (Event.VERIFY,),
        S.REVIEW: (Event.VERIFY, Event.HOLD),
        S.SUCCEEDED: (Event.SUCCEED,),
        S.FAILED: (Event.FAIL,),
        S.CANCELLED: (Event.CANCEL,),
    }[state]
    for event in way:
        error = "review_pickle" if event is Event.HOLD else "stalled"
        job = store.work.advance(Ownership.of(job), event, error_code=error)
    assert job.state is state
    return job


POSSIBLE = {
    "pause": {S.PENDING: S.PAUSED, S.RUNNING: S.RUNNING, S.VERIFYING: S.VERIFYING},
    "resume": {S.PAUSED: S.PENDING},
    "cancel": {
        S.PENDING: S.CANCELLED,
        S.PAUSED: S.CANCELLED,
        S.REVIEW: S.CANCELLED,
        S.RUNNING: S.RUNNING,
        S.VERIFYING: S.VERIFYING,
    },
    "retry": {S.FAILED: S.PENDING, S.CANCELLED: S.PENDING},
    "approve": {S.REVIEW: S.PENDING},
    "reject": {S.REVIEW: S.FAILED},
}


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("wish", POSSIBLE)
def test_every_wish_in_every_state(store: JobStore, wish: str, state: JobState) -> None:
    job = job_in(store, state)
    before = events(store, job)
    follow: Callable[[JobId], Job] = getattr(store.wishes, wish)
    expected = POSSIBLE[wish].get(state)
    if expected is None:
        with pytest.raises(KeeperError) as refused:
            follow(job.id)
        assert refused.value.code == "not_possible_now"
        assert store.jobs.get(job.id) == job
        assert events(store, job) == before
    else:
        answer = follow(job.id)
        assert answer.state is expected
        assert answer == store.jobs.get(job.id)
        assert len(events(store, job)) == len(before) + 1


@pytest.mark.parametrize("wish", [*POSSIBLE, "delete"])
def test_a_wish_for_no_job(store: JobStore, wish: str) -> None:
    with pytest.raises(KeeperError) as refused:
        getattr(store.wishes, wish)(JobId("nothing"))
    assert refused.value.code == "job_not_found"


def test_an_owner_is_asked_once_and_a_cancel_goes_before_a_pause(store: JobStore) -> None:
    job = running(store, "a")
    assert store.wishes.pause(job.id).control == "pause"
    assert store.wishes.pause(job.id).control == "pause"
    assert store.wishes.cancel(job.id).control == "cancel"
    assert store.wishes.pause(job.id).control == "cancel"
    assert events(store, job)[2:] == ["pause_requested", "cancel_requested"]


def test_a_pause_that_was_only_asked_for_can_be_taken_back(store: JobStore) -> None:
    job = running(store, "a")
    store.wishes.pause(job.id)
    assert store.wishes.resume(job.id).control == ""
    store.wishes.cancel(job.id)
    with pytest.raises(KeeperError):
        store.wishes.resume(job.id)


def test_a_retry_starts_with_a_clean_slate(store: JobStore) -> None:
    job = store.wishes.retry(finished(store, Event.FAIL).id)
    assert (job.state, job.attempts, job.error_code, job.finished_at) == (S.PENDING, 0, None, None)


def test_a_retry_answers_with_the_live_job_that_has_the_destination(store: JobStore) -> None:
    failed = finished(store, Event.FAIL, "a")
    live = enqueued(store, "a", source_key="other")
    assert store.wishes.retry(failed.id) == live
    assert store.jobs.get(failed.id) == failed


def test_a_retry_ends_the_wait_for_the_next_attempt(store: JobStore, clock: FakeClock) -> None:
    later = clock.now_ms() + 60_000
    job = enqueued(store, "a", run_after=later, wait_reason=WaitReason.RETRY)
    tried = store.wishes.retry(job.id)
    assert (tried.run_after, tried.wait_reason) == (0, None)
    store.workers.register(worker())
    assert len(claimed(store)) == 1


def test_an_approval_is_remembered_and_a_rejection_says_why(store: JobStore) -> None:
    approved = store.wishes.approve(job_in(store, S.REVIEW).id)
    assert (approved.approved, approved.error_code) == (True, None)
    [job] = claimed(store)
    held = store.work.advance(Ownership.of(job), Event.HOLD, error_code="review_archive")
    rejected = store.wishes.reject(held.id)
    assert (rejected.approved, rejected.error_code) == (False, "rejected_by_person")


@pytest.mark.parametrize("reason", [WaitReason.APPROVAL, WaitReason.HOST_KEY])
def test_a_host_is_approved_or_rejected_before_the_job_starts(
    store: JobStore, reason: WaitReason
) -> None:
    first = enqueued(store, "a", wait_reason=reason)
    second = enqueued(store, "b", wait_reason=reason)
    with pytest.raises(KeeperError):
        store.wishes.retry(first.id)
    assert store.wishes.approve(first.id).wait_reason is None
    assert store.wishes.reject(second.id).state is S.FAILED


def test_waiting_jobs_are_released_by_their_reason(store: JobStore, clock: FakeClock) -> None:
    later = clock.now_ms() + 60_000
    for name, reason in (("a", WaitReason.CREDENTIALS), ("b", WaitReason.DISK)):
        enqueued(store, name, run_after=later, wait_reason=reason)
    enqueued(store, "c", run_after=later, wait_reason=WaitReason.CREDENTIALS, target="other")
    assert store.wishes.release(WaitReason.CREDENTIALS, "local") == 1
    store.workers.register(worker())
    assert [job.payload["name"] for job in claimed(store, targets=["local", "other"])] == ["a"]


def test_priority_and_bandwidth_change_and_are_written_down(store: JobStore) -> None:
    job = enqueued(store, "a")
    assert store.wishes.set_priority(job.id, 10).priority == 10
    assert store.wishes.set_bandwidth(job.id, 1000).bandwidth == 1000
    assert store.wishes.set_bandwidth(job.id, None).bandwidth is None
    entries = store.jobs.history(job.id)[1:]
    assert [(e.event, e.data["from"], e.data["to"]) for e in entries] == [
        ("priority", 0, 10),
        ("bandwidth", None, 1000),
        ("bandwidth", 1000, None),
    ]
    ended = finished(store, name="b")
    with pytest.raises(KeeperError):
        store.wishes.set_priority(ended.id, 1)


def order(store: JobStore) -> str:
    page = store.jobs.page(JobQuery(order=Order.QUEUE))
    return "".join(str(job.payload["name"]) for job in page.items)


def test_jobs_are_dragged_through_the_queue(store: JobStore) -> None:
    jobs = {name: enqueued(store, name).id for name in "abcd"}
    moves = [
        ("d", "before", "a", "dabc"),
        ("a", "after", "c", "dbca"),
        ("b", "before", "d", "bdca"),
        ("c", "after", "b", "bcda"),
        ("a", "before", "d", "bcad"),
        ("d", "before", "a", "bcda"),
        ("b", "after", "a", "cdab"),
    ]
    for moved, where, neighbour, expected in moves:
        store.wishes.set_rank(jobs[moved], **{where: jobs[neighbour]})
        assert order(store) == expected
    enqueued(store, "e")
    assert order(store) == "cdabe"


def test_there_is_always_room_between_two_jobs(store: JobStore) -> None:
    jobs = {name: enqueued(store, name).id for name in "abc"}
    for moved in "bc" * 35:
        store.wishes.set_rank(jobs[moved], after=jobs["a"])
        assert order(store)[:2] == f"a{moved}"


def test_a_dragged_job_takes_its_neighbours_priority(store: JobStore) -> None:
    high = enqueued(store, "h", priority=10)
    low = enqueued(store, "l", priority=-10)
    assert store.wishes.set_rank(low.id, before=high.id).priority == 10
    assert order(store) == "lh"


def test_a_job_is_put_next_to_exactly_one_other(store: JobStore) -> None:
    a, b = enqueued(store, "a").id, enqueued(store, "b").id
    for where in ({}, {"before": a, "after": b}, {"before": a}):
        with pytest.raises(KeeperError, match="one other"):
            store.wishes.set_rank(a, **where)
    with pytest.raises(KeeperError):
        store.wishes.set_rank(a, before=finished(store, name="c").id)


def test_a_finished_job_is_deleted_with_its_history(store: JobStore) -> None:
    job = finished(store)
    store.wishes.delete(job.id)
    with pytest.raises(KeeperError):
        store.jobs.get(job.id)
    assert events(store, job) == ["deleted"]
    live = enqueued(store, "b")
    with pytest.raises(KeeperError) as refused:
        store.wishes.delete(live.id)
    assert refused.value.code == "not_possible_now"


def test_a_batch_is_paused_resumed_cancelled_and_deleted_as_one(store: JobStore) -> None:
    made = store.queue.enqueue_batch(
        batch(),
        [Child(download("a")), Child(download("b")), Child(download("c"), after=1)],
    )
    wishes, batch_id = store.wishes, made.batch.id
    assert wishes.pause(batch_id).state is S.PAUSED
    with pytest.raises(KeeperError):
        wishes.pause(batch_id)
    assert wishes.resume(batch_id).state is S.PENDING
    store.workers.register(worker())
    [first] = claimed(store, limit=1)
    assert wishes.cancel(batch_id).state is S.RUNNING
    store.work.advance(Ownership.of(first), Event.CANCEL)
    states = [store.jobs.get(receipt.job_id).state for receipt in made.receipts]
    assert states == [S.CANCELLED] * 3
    assert store.jobs.get(batch_id).state is S.CANCELLED
    wishes.delete(batch_id)
    assert store.jobs.page(JobQuery()).total == 0


def test_a_wish_for_a_batch_leaves_the_members_it_only_shares(store: JobStore) -> None:
    own = enqueued(store, "shared")
    made = store.queue.enqueue_batch(batch(), [Child(download("shared")), Child(download("b"))])
    store.wishes.cancel(made.batch.id)
    assert store.jobs.get(own.id).state is S.PENDING
    assert store.jobs.get(made.receipts[1].job_id).state is S.CANCELLED


def test_a_resumed_job_fails_if_what_it_needs_has_failed(store: JobStore) -> None:
    made = store.queue.enqueue_batch(batch(), [Child(download("a")), Child(download("b"), after=0)])
    first, second = (receipt.job_id for receipt in made.receipts)
    store.wishes.pause(second)
    store.wishes.cancel(first)
    assert store.jobs.get(second).state is S.PAUSED
    resumed = store.wishes.resume(second)
    assert (resumed.state, resumed.error_code) == (S.FAILED, "prerequisite_failed")


def test_the_history_names_who_acted(store: JobStore) -> None:
    job = enqueued(store, "a")
    store.acting_as("panel").wishes.pause(job.id)
    assert [entry.actor for entry in store.jobs.history(job.id)] == ["person", "panel"]
