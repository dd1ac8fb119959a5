from __future__ import annotations

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, JobKind, Ownership
from model_keeper.domain.library_query import parse_query
from model_keeper.domain.notifications import Level, Notice, Notification
from model_keeper.domain.queue import Child
from model_keeper.domain.saved_filters import SavedFilter
from model_keeper.domain.scan_policies import ScanPolicy
from model_keeper.store import JobStore
from model_keeper.store.notifications import SUBJECT
from tests.integration.store.scenes import batch, claimed, download, running, worker


def told(store: JobStore) -> list[Notification]:
    return list(store.notifications.page().items)


def codes(store: JobStore) -> list[str]:
    return [each.notice.code for each in told(store)]


def test_the_newest_comes_first_and_pages_go_on(store: JobStore) -> None:
    for number in range(5):
        store.notifications.tell(Notice("x", {"number": number}))
    first = store.notifications.page(limit=3)
    assert [each.notice.data["number"] for each in first.items] == [4, 3, 2]
    assert (first.total, first.unread) == (5, 5)
    second = store.notifications.page(limit=3, after=first.next)
    assert [each.notice.data["number"] for each in second.items] == [1, 0]
    assert second.next is None


def test_the_same_again_replaces_what_nobody_has_read(store: JobStore) -> None:
    for number in range(3):
        store.notifications.tell(Notice("x", {"number": number}, key="one"))
    [only] = told(store)
    assert only.notice.data == {"number": 2, "times": 3}
    store.notifications.mark_read([only.id])
    store.notifications.tell(Notice("x", {"number": 9}, key="one"))
    assert [(each.notice.data, each.read) for each in told(store)] == [
        ({"number": 9}, False),
        ({"number": 2, "times": 3}, True),
    ]


def test_a_warning_is_told_once_until_it_is_over(store: JobStore) -> None:
    low = Notice("space_low", {"path": "/models"}, Level.WARNING, key="low:/models")
    assert store.notifications.tell_once(low)
    assert not store.notifications.tell_once(low)
    store.notifications.mark_read()
    assert not store.notifications.tell_once(low)
    store.notifications.settle("low:/models")
    assert store.notifications.tell_once(low)
    assert store.notifications.page().unread == 1


def test_only_the_newest_are_kept(store: JobStore) -> None:
    for number in range(203):
        store.notifications.tell(Notice("x", {"number": number}))
    page = store.notifications.page(limit=1000)
    assert page.total == 200
    assert page.items[-1].notice.data["number"] == 3


def test_followers_hear_of_it_and_of_reading(store: JobStore) -> None:
    since = store.jobs.last_event()
    store.notifications.tell(Notice("x"))
    assert store.notifications.mark_read() == 0
    assert store.notifications.mark_read() == 0
    found = [(each.job_id, each.event) for each in store.jobs.events_since(since, 10).items]
    assert found == [(SUBJECT, "notified"), (SUBJECT, "read")]


@pytest.mark.parametrize("number", ["x", "-1", "1.0", "9" * 30, "٣"])
def test_what_is_no_number_is_refused(store: JobStore, number: str) -> None:
    with pytest.raises(KeeperError, match="no number"):
        store.notifications.mark_read([number])
    with pytest.raises(KeeperError, match="no number"):
        store.notifications.page(after=number)


def test_the_end_of_work_on_many_models_is_told_with_its_counts(store: JobStore) -> None:
    job = running(store, kind=JobKind.METADATA)
    result = {"total": 40, "done": 40, "changed": 12, "failed": 3, "note": "text", "flag": True}
    store.work.advance(Ownership.of(job), Event.SUCCEED, result=result)
    [one] = told(store)
    assert (one.notice.code, one.notice.level) == ("metadata_finished", Level.WARNING)
    assert one.notice.data == {"total": 40, "done": 40, "changed": 12, "failed": 3}
    assert one.notice.job == job.id


def test_the_end_of_work_on_one_model_is_not_told(store: JobStore) -> None:
    for kind, result in (
        (JobKind.METADATA, {"total": 1, "changed": 1}),
        (JobKind.HASH, {"hashed": 1, "failed": 0}),
        (JobKind.DOWNLOAD, {"total": 5}),
        (JobKind.SCAN, {"files": 500}),
    ):
        job = running(store, kind=kind)
        store.work.advance(Ownership.of(job), Event.SUCCEED, result=result)
    assert told(store) == []


def test_hashes_are_told_by_files(store: JobStore) -> None:
    job = running(store, kind=JobKind.HASH, payload={"why": {"by": "schedule", "schedule": "me"}})
    store.work.advance(Ownership.of(job), Event.SUCCEED, result={"hashed": 4, "failed": 0})
    [one] = told(store)
    assert one.notice.data == {"hashed": 4, "failed": 0, "total": 4, "schedule": "me"}
    assert one.notice.level is Level.INFO


@pytest.mark.parametrize(
    ("kind", "task", "code"),
    [
        (JobKind.METADATA, "refresh", "metadata_finished"),
        (JobKind.METADATA, "updates", "updates_checked"),
        (JobKind.PREVIEW, None, "previews_finished"),
        (JobKind.CHANGE, None, "changes_finished"),
        (JobKind.CHANGE, "purge", "trash_emptied"),
        (JobKind.COLLECTION, None, "collection_finished"),
    ],
)
def test_every_kind_of_work_has_words_of_its_own(
    store: JobStore, kind: JobKind, task: str | None, code: str
) -> None:
    job = running(store, kind=kind, payload={"task": task})
    store.work.advance(Ownership.of(job), Event.SUCCEED, result={"done": 5, "failed": 0})
    assert codes(store) == [code]


def test_what_failed_unwatched_is_told(store: JobStore) -> None:
    why = {"why": {"by": "schedule", "schedule": "daily"}}
    for _ in range(2):
        job = running(store, kind=JobKind.SCAN, payload=why)
        store.work.advance(Ownership.of(job), Event.FAIL, error_code="index_unusable")
    [one] = told(store)
    assert (one.notice.code, one.notice.level) == ("task_failed", Level.ERROR)
    assert one.notice.data == {
        "kind": "scan",
        "error": "index_unusable",
        "schedule": "daily",
        "times": 2,
    }


def test_what_a_person_cancelled_is_not_told(store: JobStore) -> None:
    job = running(store, kind=JobKind.METADATA)
    store.work.advance(Ownership.of(job), Event.CANCEL)
    assert told(store) == []


def test_the_end_of_a_batch_is_told_once(store: JobStore) -> None:
    members = [Child(download(name)) for name in "abc"]
    store.queue.enqueue_batch(batch(), members)
    store.workers.register(worker())
    for job, event in zip(claimed(store), [Event.SUCCEED, Event.FAIL, Event.SUCCEED]):  # noqa: B905
        assert codes(store) == []
        store.work.advance(Ownership.of(job), event, error_code="stalled")
    [one] = told(store)
    assert one.notice.code == "batch_finished"
    assert one.notice.level is Level.WARNING
    counted = {name: one.notice.data[name] for name in ("total", "succeeded", "failed")}
    assert counted == {"total": 3, "succeeded": 2, "failed": 1}


def test_saved_filters(store: JobStore) -> None:
    mine = SavedFilter("mine", "is:broken size>1GB", "loras")
    store.filters.put(mine)
    store.filters.put(SavedFilter("all", ""))
    store.filters.put(SavedFilter("mine", "tag:x"))
    assert store.filters.all() == [SavedFilter("all", ""), SavedFilter("mine", "tag:x")]
    store.filters.remove("mine")
    with pytest.raises(KeeperError) as refused:
        store.filters.remove("mine")
    assert refused.value.code == "filter_unknown"


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 101])
def test_a_filter_has_a_name_that_can_be_shown(name: str) -> None:
    with pytest.raises(KeeperError, match="name"):
        SavedFilter(name, "")


def test_a_filter_that_finds_nothing_to_search_is_refused() -> None:
    assert parse_query("size>1GB").terms
    with pytest.raises(KeeperError) as refused:
        SavedFilter("mine", "size>much")
    assert refused.value.code == "query_value_wrong"


def test_policies_belong_to_a_machine(store: JobStore) -> None:
    odd = "/nas/\udce9"
    store.scan_policies.put("here", odd, ScanPolicy.MANUAL)
    store.scan_policies.put("here", odd, ScanPolicy.IDLE)
    store.scan_policies.put("there", odd, ScanPolicy.MANUAL)
    assert store.scan_policies.all("here") == {odd: ScanPolicy.IDLE}
    assert store.scan_policies.all("nowhere") == {}
