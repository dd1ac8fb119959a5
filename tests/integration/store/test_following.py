"""Jobs that follow another one are there with its end, all of them, and once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from model_keeper.domain.jobs import Event, Job, JobKind, NewJob, Ownership, OwnershipLost
from model_keeper.domain.queue import JobQuery
from model_keeper.store import JobStore
from tests.integration.store.scenes import claimed, enqueued, events, running, worker


def chain(*names: str, key: str = "same") -> tuple[NewJob, ...]:
    payload: dict[str, Any] = {"places": {name: ["loras", "/m", name] for name in names}}
    return tuple(
        NewJob(kind, payload, source_key=f"{kind.value}:{key}")
        for kind in (JobKind.METADATA, JobKind.PREVIEW)
    )


def followers(store: JobStore) -> list[Job]:
    kinds = frozenset({JobKind.METADATA, JobKind.PREVIEW})
    return list(store.jobs.page(JobQuery(kinds=kinds)).items)[::-1]


def places(job: Job) -> list[str]:
    return list(job.payload["places"])


def end(store: JobStore, name: str, *then: NewJob) -> Job:
    store.workers.register(worker())
    enqueued(store, name)
    [job] = claimed(store, kinds=[JobKind.DOWNLOAD])
    return store.work.advance(Ownership.of(job), Event.SUCCEED, result={}, then=then)


def test_what_follows_waits_for_what_comes_before_it(store: JobStore) -> None:
    job = end(store, "a", *chain("a"))
    metadata, preview = followers(store)
    assert (metadata.kind, metadata.depends_on) == (JobKind.METADATA, None)
    assert (preview.kind, preview.depends_on) == (JobKind.PREVIEW, metadata.id)
    assert events(store, job)[-2:] == ["succeed", "followed"]
    [told] = [e.data for e in store.jobs.history(job.id) if e.event == "followed"]
    assert told == {"jobs": [metadata.id, preview.id]}
    assert [each.id for each in claimed(store)] == [metadata.id]


def test_what_ends_together_is_followed_together(store: JobStore) -> None:
    for name in ("a", "b", "c"):
        end(store, name, *chain(name))
    end(store, "d", *chain("d", key="other"))
    assert [places(each) for each in followers(store)] == [
        ["a", "b", "c"],
        ["a", "b", "c"],
        ["d"],
        ["d"],
    ]


def test_nothing_is_added_to_a_list_that_is_made_already(store: JobStore) -> None:
    end(store, "a", *chain("a"))
    [metadata] = claimed(store)
    store.items.list_once(Ownership.of(metadata), places(metadata))
    end(store, "b", *chain("b"))  # while it runs
    store.work.advance(Ownership.of(metadata), Event.DEFER)
    end(store, "c", *chain("c"))  # while it waits, with its list
    assert [places(each) for each in followers(store)] == [["a"], ["a"], ["b", "c"], ["b", "c"]]


def test_who_lost_the_job_leaves_nothing_behind(store: JobStore) -> None:
    """The worker was taken for dead and its job given away: another one ends it, once."""
    job = running(store, "a")
    store.workers.unregister(worker().id)
    store.workers.register(worker())
    [again] = claimed(store)
    with pytest.raises(OwnershipLost):
        store.work.advance(Ownership.of(job), Event.SUCCEED, result={}, then=chain("a"))
    assert followers(store) == []
    store.work.advance(Ownership.of(again), Event.SUCCEED, result={}, then=chain("a"))
    with pytest.raises(OwnershipLost):
        store.work.advance(Ownership.of(again), Event.SUCCEED, result={}, then=chain("a"))
    assert [places(each) for each in followers(store)] == [["a"], ["a"]]


def test_where_one_of_them_cannot_be_made_the_end_is_not_told(store: JobStore) -> None:
    first, second = chain("a")
    job = running(store, "a")
    broken = replace(second, payload={"places": {"a": object()}})
    with pytest.raises(Exception, match="serializable"):
        store.work.advance(Ownership.of(job), Event.SUCCEED, result={}, then=(first, broken))
    assert followers(store) == []
    assert store.jobs.get(job.id).state.value == "running"
