from __future__ import annotations

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, JobKind, JobState, Ownership, OwnershipLost
from model_keeper.domain.queue import Child, ItemResult, ItemState, JobQuery
from model_keeper.domain.settings import Settings
from model_keeper.store import JobStore
from tests.doubles import FakeClock
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

DAY = 86_400_000


def test_settings_are_the_defaults_until_they_are_changed(opened: OpenStore) -> None:
    store, other = opened(), opened()
    assert store.settings.read() == Settings()
    changed = store.settings.change(concurrency=5, bandwidth=2048)
    assert changed == Settings(concurrency=5, bandwidth=2048) == other.settings.read()
    assert other.settings.change(bandwidth=None) == Settings(concurrency=5)


def test_a_wrong_setting_changes_none(store: JobStore) -> None:
    with pytest.raises(KeeperError):
        store.settings.change(concurrency=5, max_retries=-1)
    assert store.settings.read() == Settings()


def test_every_host_has_its_own_folder_table(store: JobStore) -> None:
    store.folders.publish("a", {"loras": ["/x"]})
    store.folders.publish("b", {"loras": ["/y"]})
    store.folders.publish("a", {"loras": ["/z"]})
    assert store.folders.read("a") == {"loras": ["/z"]}
    assert store.folders.read("c") is None
    assert set(store.folders.all()) == {"a", "b"}


def test_items_are_worked_through_and_counted(store: JobStore) -> None:
    job = running(store, kind=JobKind.METADATA)
    store.items.list_once(Ownership.of(job), ["a", "b", "0", "1", "2"])
    store.items.list_once(Ownership.of(job), ["a list is made once"])
    first = store.items.page(job.id, limit=2)
    assert [(item.idx, item.key, item.state) for item in first] == [
        (0, "a", ItemState.PENDING),
        (1, "b", ItemState.PENDING),
    ]
    results = [
        ItemResult(0, ItemState.SUCCEEDED, data={"found": "civitai"}),
        ItemResult(3, ItemState.FAILED, "not_found"),
    ]
    store.items.mark(Ownership.of(job), results)
    pending = store.items.page(job.id, states=[ItemState.PENDING], after=1)
    assert [item.idx for item in pending] == [2, 4]
    [failed] = store.items.page(job.id, states=[ItemState.FAILED])
    assert (failed.key, failed.error_code) == ("1", "not_found")
    assert store.items.page(job.id, limit=1)[0].data == {"found": "civitai"}
    assert store.items.counts(job.id) == {
        ItemState.PENDING: 3,
        ItemState.SUCCEEDED: 1,
        ItemState.SKIPPED: 0,
        ItemState.FAILED: 1,
    }


def test_a_former_owner_marks_no_items(store: JobStore) -> None:
    job = running(store, kind=JobKind.METADATA)
    store.items.list_once(Ownership.of(job), ["a"])
    store.work.advance(Ownership.of(job), Event.DEFER)
    with pytest.raises(OwnershipLost):
        store.items.mark(Ownership.of(job), [ItemResult(0, ItemState.SUCCEEDED)])
    assert store.items.counts(job.id)[ItemState.PENDING] == 1


def test_items_go_with_their_job(store: JobStore) -> None:
    job = running(store, kind=JobKind.METADATA)
    store.items.list_once(Ownership.of(job), ["a"])
    store.work.advance(Ownership.of(job), Event.SUCCEED)
    store.wishes.delete(job.id)
    assert store.items.page(job.id) == []
    with pytest.raises(OwnershipLost):
        store.items.list_once(Ownership.of(job), ["a"])


def test_a_retry_takes_the_items_that_failed_again(store: JobStore) -> None:
    job = running(store, kind=JobKind.METADATA)
    store.items.list_once(Ownership.of(job), ["a", "b"])
    results = [ItemResult(0, ItemState.SUCCEEDED), ItemResult(1, ItemState.FAILED, "stalled")]
    store.items.mark(Ownership.of(job), results)
    store.work.advance(Ownership.of(job), Event.FAIL, error_code="stalled")
    store.wishes.retry(job.id)
    [again] = store.items.page(job.id, states=[ItemState.PENDING])
    assert (again.key, again.error_code, again.data) == ("b", None, {})


def test_old_finished_jobs_are_forgotten(store: JobStore, clock: FakeClock) -> None:
    old = finished(store, name="old")
    waiting = enqueued(store, "waiting")
    clock.sleep(2 * DAY / 1000)
    young = finished(store, name="young")
    assert store.retention.prune(max_age_ms=DAY, max_jobs=100) == 1
    left = {job.id for job in store.jobs.page(JobQuery()).items}
    assert left == {waiting.id, young.id}
    assert events(store, old) == ["deleted"]


def test_the_newest_of_too_many_are_kept(store: JobStore, clock: FakeClock) -> None:
    for i in range(6):
        finished(store, name=str(i))
        clock.sleep(1)
    assert store.retention.prune(max_age_ms=DAY, max_jobs=2) == 4
    assert [job.payload["name"] for job in store.jobs.page(JobQuery()).items] == ["5", "4"]


def test_what_ended_at_the_same_moment_is_not_forgotten_beyond_the_number(
    store: JobStore,
) -> None:
    for i in range(5):
        finished(store, name=str(i))
    store.retention.prune(max_age_ms=DAY, max_jobs=3)
    assert store.jobs.page(JobQuery()).total == 3


def test_a_batch_is_forgotten_as_a_whole_and_not_while_it_lives(
    store: JobStore, clock: FakeClock
) -> None:
    shared = running(store, "shared")
    first = store.queue.enqueue_batch(batch(), [Child(download("shared")), Child(download("b"))])
    store.work.advance(Ownership.of(shared), Event.SUCCEED)
    clock.sleep(10 * DAY / 1000)
    assert store.retention.prune(max_age_ms=DAY, max_jobs=0) == 0
    [own] = claimed(store)
    store.work.advance(Ownership.of(own), Event.SUCCEED)
    assert store.jobs.get(first.batch.id).state is JobState.SUCCEEDED
    clock.sleep(10 * DAY / 1000)
    store.retention.prune(max_age_ms=DAY, max_jobs=100)
    assert store.jobs.page(JobQuery()).total == 0


def test_what_others_wait_for_is_not_forgotten(store: JobStore, clock: FakeClock) -> None:
    made = store.queue.enqueue_batch(batch(), [Child(download("a")), Child(download("b"), after=0)])
    store.workers.register(worker())
    [first] = claimed(store)
    store.work.advance(Ownership.of(first), Event.SUCCEED)
    clock.sleep(10 * DAY / 1000)
    store.retention.prune(max_age_ms=DAY, max_jobs=0)
    assert store.jobs.page(JobQuery()).total == 1 + len(made.receipts)


def test_a_history_that_grows_too_long_keeps_its_newest_lines(store: JobStore) -> None:
    job = enqueued(store, "a")
    for _ in range(5):
        store.wishes.pause(job.id)
        store.wishes.resume(job.id)
    store.retention.prune(max_age_ms=DAY, max_jobs=100, max_events_per_job=3)
    assert events(store, job) == ["resume", "pause", "resume"]


def test_last_words_are_forgotten_too(store: JobStore, clock: FakeClock) -> None:
    job = finished(store)
    store.wishes.delete(job.id)
    clock.sleep(2 * DAY / 1000)
    store.retention.prune(max_age_ms=DAY, max_jobs=100)
    assert events(store, job) == []
