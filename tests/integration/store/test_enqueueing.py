from __future__ import annotations

import threading

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import (
    Counts,
    Event,
    Job,
    JobId,
    JobKind,
    JobState,
    Ownership,
    WaitReason,
)
from model_keeper.domain.queue import Child, JobQuery, Outcome
from model_keeper.store import JobStore
from tests.integration.store.scenes import (
    OpenStore,
    batch,
    claimed,
    download,
    enqueued,
    events,
    finished,
    running,
    worker,
)


def test_a_job_is_read_as_it_was_asked_for(store: JobStore) -> None:
    new = download(
        "a",
        payload={"name": "файл", "n": [1, None]},
        priority=7,
        run_after=5,
        wait_reason=WaitReason.APPROVAL,
        bytes_total=2**40,
        bandwidth=1000,
    )
    job = store.queue.enqueue(new).job
    assert job == store.jobs.get(job.id)
    assert (job.state, job.epoch, job.attempts, job.worker_id) == (JobState.PENDING, 0, 0, None)
    for field in ("payload", "priority", "run_after", "wait_reason", "bytes_total", "bandwidth"):
        assert getattr(job, field) == getattr(new, field)


def test_the_same_source_to_the_same_destination_is_one_job(store: JobStore) -> None:
    first = store.queue.enqueue(download("a"))
    second = store.queue.enqueue(download("a"))
    assert (first.deduplicated, second.deduplicated) == (False, True)
    assert second.job.id == first.job.id
    assert store.jobs.page(JobQuery()).total == 1
    assert events(store, first.job) == ["created"]


def test_another_source_for_a_taken_destination_is_refused(store: JobStore) -> None:
    first = enqueued(store, "a", payload={"destination": {"root": "/m", "relative": "x/a"}})
    with pytest.raises(KeeperError) as refused:
        enqueued(store, "a", source_key="url:https://elsewhere.example/a")
    assert refused.value.code == "destination_busy"
    assert refused.value.details == {"job": first.id, "path": "/m/x/a"}


@pytest.mark.parametrize("end", [Event.SUCCEED, Event.FAIL, Event.CANCEL])
def test_a_finished_job_frees_its_destination(store: JobStore, end: Event) -> None:
    first = finished(store, end, "a")
    second = store.queue.enqueue(download("a", source_key="other"))
    assert not second.deduplicated
    assert second.job.id != first.id


def test_jobs_without_a_destination_are_never_the_same(store: JobStore) -> None:
    assert enqueued(store, kind=JobKind.SCAN).id != enqueued(store, kind=JobKind.SCAN).id


def test_many_threads_that_ask_for_one_destination_get_one_job(opened: OpenStore) -> None:
    stores = [opened() for _ in range(4)]
    gate = threading.Barrier(len(stores))
    answers = []

    def ask(mine: JobStore) -> None:
        gate.wait()
        answers.append(mine.queue.enqueue(download("a")))

    threads = [threading.Thread(target=ask, args=(mine,)) for mine in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({answer.job.id for answer in answers}) == 1
    assert [answer.deduplicated for answer in answers].count(False) == 1


def test_many_requests_get_a_receipt_each(store: JobStore) -> None:
    there = enqueued(store, "there")
    taken = enqueued(store, "taken")
    receipts = store.queue.enqueue_many(
        [
            download("there"),
            download("new"),
            download("new"),
            download("taken", source_key="other"),
            download(kind=JobKind.SCAN),
        ]
    )
    created, dedup, busy = Outcome.CREATED, Outcome.DEDUPLICATED, Outcome.BUSY
    assert [receipt.outcome for receipt in receipts] == [dedup, created, dedup, busy, created]
    assert receipts[0].job_id == there.id
    assert receipts[1].job_id == receipts[2].job_id
    assert receipts[3].job_id == taken.id
    assert store.jobs.page(JobQuery()).total == 4


def test_chunks_of_many_requests_know_each_other(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model_keeper.store.queue._CHUNK", 3)
    monkeypatch.setattr("model_keeper.store.queue._LOOKUP", 2)
    receipts = store.queue.enqueue_many(download(str(i % 7)) for i in range(20))
    assert [r.outcome for r in receipts] == [Outcome.CREATED] * 7 + [Outcome.DEDUPLICATED] * 13
    order = [job.payload["name"] for job in claimed_in_order(store)]
    assert order == [str(i) for i in range(7)]


def claimed_in_order(store: JobStore) -> list[Job]:
    store.workers.register(worker())
    return claimed(store)


def test_a_batch_counts_its_members_without_overlap(store: JobStore) -> None:
    made = store.queue.enqueue_batch(batch(), [Child(download(str(i))) for i in range(4)])
    assert made.batch.state is JobState.PENDING
    store.workers.register(worker())
    first, second, third, fourth = claimed(store)
    assert store.jobs.get(made.batch.id).state is JobState.RUNNING
    store.work.advance(Ownership.of(first), Event.SUCCEED)
    store.work.advance(Ownership.of(second), Event.SUCCEED, result={"reused": True})
    store.work.advance(Ownership.of(third), Event.FAIL, error_code="stalled")
    assert store.jobs.get(made.batch.id).state is JobState.RUNNING
    store.work.advance(Ownership.of(fourth), Event.CANCEL)
    ended = store.jobs.get(made.batch.id)
    assert ended.state is JobState.FAILED
    assert ended.finished_at is not None
    counts = Counts(succeeded=1, reused=1, failed=1, cancelled=1)
    assert store.jobs.counts(made.batch.id).finished == counts
    assert ended.result == {"counts": vars(counts)}
    assert not ended.reused


def test_a_batch_goes_on_when_a_member_is_retried(store: JobStore) -> None:
    made = store.queue.enqueue_batch(batch(), [Child(download("a"))])
    store.workers.register(worker())
    [job] = claimed(store)
    store.work.advance(Ownership.of(job), Event.FAIL, error_code="stalled")
    store.wishes.retry(job.id)
    again = store.jobs.get(made.batch.id)
    assert (again.state, again.finished_at) == (JobState.PENDING, None)
    [job] = claimed(store)
    store.work.advance(Ownership.of(job), Event.SUCCEED)
    assert store.jobs.get(made.batch.id).state is JobState.SUCCEEDED


def test_an_empty_batch_is_done(store: JobStore) -> None:
    assert store.queue.enqueue_batch(batch(), []).batch.state is JobState.SUCCEEDED


def test_a_batch_waits_for_a_download_that_another_one_brings(store: JobStore) -> None:
    first = store.queue.enqueue_batch(batch(), [Child(download("shared"))])
    second = store.queue.enqueue_batch(batch(), [Child(download("shared")), Child(download("own"))])
    assert [r.outcome for r in second.receipts] == [Outcome.DEDUPLICATED, Outcome.CREATED]
    assert {job.payload["name"] for job in store.jobs.page(members(second.batch.id)).items} == {
        "shared",
        "own",
    }
    store.workers.register(worker())
    shared, own = claimed(store)
    store.work.advance(Ownership.of(own), Event.SUCCEED)
    assert store.jobs.get(second.batch.id).state is JobState.RUNNING
    store.work.advance(Ownership.of(shared), Event.SUCCEED)
    assert store.jobs.get(first.batch.id).state is JobState.SUCCEEDED
    assert store.jobs.get(second.batch.id).state is JobState.SUCCEEDED


def members(batch_id: JobId) -> JobQuery:
    return JobQuery(parent=batch_id)


def test_members_that_end_at_once_end_their_batch(opened: OpenStore) -> None:
    store, other = opened(), opened()
    for _ in range(5):
        made = store.queue.enqueue_batch(
            batch(), [Child(download(kind=JobKind.SCAN)), Child(download(kind=JobKind.SCAN))]
        )
        store.workers.register(worker())
        jobs = claimed(store)
        gate = threading.Barrier(2)

        def end(mine: JobStore, ownership: Ownership, gate: threading.Barrier = gate) -> None:
            gate.wait()
            mine.work.advance(ownership, Event.SUCCEED)

        threads = [
            threading.Thread(target=end, args=(mine, Ownership.of(job)))
            for mine, job in zip((store, other), jobs, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert store.jobs.get(made.batch.id).state is JobState.SUCCEEDED


def test_a_child_waits_for_the_one_it_needs(store: JobStore) -> None:
    store.queue.enqueue_batch(
        batch(), [Child(download("model")), Child(download("preview"), after=0)]
    )
    store.workers.register(worker())
    [model] = claimed(store)
    assert claimed(store) == []
    store.work.advance(Ownership.of(model), Event.SUCCEED)
    [preview] = claimed(store)
    assert preview.payload["name"] == "preview"
    assert preview.depends_on == model.id


def test_what_needs_a_failed_job_fails_and_is_retried_with_it(store: JobStore) -> None:
    made = store.queue.enqueue_batch(
        batch(),
        [
            Child(download("a")),
            Child(download("b"), after=0),
            Child(download("c"), after=1),
        ],
    )
    ids = [receipt.job_id for receipt in made.receipts]
    store.workers.register(worker())
    [first] = claimed(store)
    store.work.advance(Ownership.of(first), Event.FAIL, error_code="stalled")
    codes = [store.jobs.get(job_id).error_code for job_id in ids]
    assert codes == ["stalled", "prerequisite_failed", "prerequisite_failed"]
    assert store.jobs.get(made.batch.id).state is JobState.FAILED
    store.wishes.retry(ids[2])
    assert {store.jobs.get(job_id).state for job_id in ids} == {JobState.PENDING}
    assert [job.id for job in claimed(store)] == [ids[0]]


def test_nothing_is_enqueued_for_the_sake_of_a_refused_child(store: JobStore) -> None:
    holder = running(store, "model", source_key="another source")
    made = store.queue.enqueue_batch(
        batch(), [Child(download("model")), Child(download("preview"), after=0)]
    )
    assert [(r.job_id, r.outcome) for r in made.receipts] == [(holder.id, Outcome.BUSY)] * 2
    assert store.jobs.page(members(made.batch.id)).total == 0


@pytest.mark.parametrize("after", [1, 5, -1])
def test_a_child_cannot_wait_for_a_later_one(store: JobStore, after: int) -> None:
    with pytest.raises(KeeperError, match="before it"):
        store.queue.enqueue_batch(
            batch(), [Child(download("a")), Child(download("b"), after=after)]
        )
    assert store.jobs.page(JobQuery()).total == 0
