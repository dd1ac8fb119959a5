from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Counts, Event, Job, JobKind, JobState, Ownership
from model_keeper.domain.queue import Child, JobQuery, Order
from model_keeper.store import JobStore, open_store
from tests.doubles import FakeClock
from tests.integration.store.scenes import (
    OpenStore,
    batch,
    claimed,
    download,
    enqueued,
    finished,
    running,
    worker,
)


def names(jobs: Any) -> list[str]:
    return [job.payload["name"] for job in jobs]


def all_pages(store: JobStore, **query: Any) -> Iterator[Job]:
    after = None
    while True:
        page = store.jobs.page(JobQuery(**query, after=after))
        yield from page.items
        after = page.next
        if after is None:
            return


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
@pytest.mark.parametrize("order", Order)
def test_pages_hold_every_job_once_in_order(store: JobStore, order: Order, limit: int) -> None:
    jobs = [enqueued(store, str(i), priority=i % 3 - 1) for i in range(7)]
    store.wishes.pause(jobs[2].id)
    store.wishes.cancel(jobs[5].id)
    store.wishes.set_rank(jobs[6].id, before=jobs[0].id)
    fresh = [store.jobs.get(job.id) for job in jobs]
    if order is Order.NEWEST:
        expected = sorted(fresh, key=lambda job: -job.seq)
    else:
        expected = sorted(fresh, key=lambda job: (-job.priority, job.rank, job.seq))
    assert list(all_pages(store, order=order, limit=limit)) == expected


def test_a_new_job_does_not_shift_the_pages(store: JobStore) -> None:
    for i in range(4):
        enqueued(store, str(i))
    first = store.jobs.page(JobQuery(limit=2))
    enqueued(store, "new")
    second = store.jobs.page(JobQuery(limit=2, after=first.next))
    assert names([*first.items, *second.items]) == ["3", "2", "1", "0"]


def test_filters_narrow_list_and_total(store: JobStore) -> None:
    paused = enqueued(store, "a")
    store.wishes.pause(paused.id)
    enqueued(store, "b", kind=JobKind.SCAN)
    enqueued(store, "c", target="pod")
    made = store.queue.enqueue_batch(batch(), [Child(download("d")), Child(download("e"))])
    for query, expected in (
        (JobQuery(states=frozenset({JobState.PAUSED})), ["a"]),
        (JobQuery(kinds=frozenset({JobKind.SCAN})), ["b"]),
        (JobQuery(target="pod"), ["c"]),
        (JobQuery(parent=made.batch.id), ["e", "d"]),
        (JobQuery(target="pod", kinds=frozenset({JobKind.SCAN})), []),
    ):
        page = store.jobs.page(query)
        assert names(page.items) == expected
        assert (page.total, page.next) == (len(expected), None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FLUX", ["flux_Dev"]),
        ("x_d", ["flux_Dev"]),
        ("%", ["100%"]),
        ("模型", ["模型"]),
        ("no", []),
    ],
)
def test_text_is_found_as_it_is_written(store: JobStore, text: str, found: list[str]) -> None:
    for name in ("flux_Dev", "fluxXDev", "100%", "模型"):
        enqueued(store, name, dest_key=None)
    if text == "FLUX":
        found = ["fluxXDev", *found]
    assert names(store.jobs.page(JobQuery(text=text)).items) == found


@pytest.mark.parametrize("cursor", ["", "x", "1,2", "nan", "1,2,3,4", "inf", "1e300"])
def test_a_cursor_of_another_list_is_refused(store: JobStore, cursor: str) -> None:
    with pytest.raises(KeeperError) as refused:
        store.jobs.page(JobQuery(after=cursor))
    assert refused.value.code == "invalid_request"


@pytest.mark.parametrize("limit", [0, -1, 10_001])
def test_a_page_has_a_sensible_length(store: JobStore, limit: int) -> None:
    with pytest.raises(KeeperError) as refused:
        store.jobs.page(JobQuery(limit=limit))
    assert refused.value.code == "invalid_request"


def test_a_character_that_no_id_has_finds_nothing(store: JobStore) -> None:
    enqueued(store, "a")
    for ask in (store.jobs.get, store.jobs.find):
        with pytest.raises(KeeperError) as refused:
            ask("abcd\0")
        assert refused.value.code in {"job_not_found", "invalid_request"}


def test_a_job_is_found_by_the_beginning_of_its_id(store: JobStore) -> None:
    job = enqueued(store, "a")
    assert store.jobs.find(job.id[:8]) == job
    assert store.jobs.find(job.id[:8].upper()) == job
    for prefix in (job.id[:3], "zzzz", "%%%%", ""):
        with pytest.raises(KeeperError) as refused:
            store.jobs.find(prefix)
        assert refused.value.code == "job_not_found"


def test_an_ambiguous_id_names_the_choices(
    store: JobStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = iter(["abcd-1", "abcd-2"])
    monkeypatch.setattr("model_keeper.store.rows.uuid4", lambda: next(ids))
    enqueued(store, "a")
    enqueued(store, "b")
    with pytest.raises(KeeperError, match="abcd-1, abcd-2"):
        store.jobs.find("abcd")
    assert store.jobs.find("abcd-2").payload["name"] == "b"


def test_counts_are_disjoint_and_leave_batches_out(store: JobStore) -> None:
    finished(store, name="a")
    finished(store, name="b", reused=True)
    finished(store, Event.FAIL, "c")
    held = running(store, "d")
    store.work.advance(Ownership.of(held), Event.HOLD, error_code="review_pickle")
    store.queue.enqueue_batch(batch(), [Child(download("e")), Child(download("f"))])
    counts = store.jobs.counts()
    assert counts.finished == Counts(succeeded=1, reused=1, review=1, failed=1)
    assert {state: n for state, n in counts.live.items() if n} == {
        JobState.PENDING: 2,
        JobState.REVIEW: 1,
    }


def test_finished_work_is_found_again(store: JobStore) -> None:
    first = finished(store, name="a", sha256="aa")
    second = finished(store, name="b", sha256="aa")
    finished(store, Event.FAIL, "a")
    third = finished(store, name="a", sha256="bb")
    assert [job.id for job in store.jobs.finished_with("aa")] == [second.id, first.id]
    assert store.jobs.finished_at("/models/a") == third
    assert store.jobs.finished_at("/models/z") is None
    arriving = enqueued(store, "c", source_key="sha256:cc")
    assert store.jobs.arriving("sha256:cc") == [arriving]
    assert store.jobs.arriving("url:https://example.org/a") == []


def test_events_are_followed_by_cursor(store: JobStore) -> None:
    start = store.jobs.last_event()
    job = enqueued(store, "a")
    store.wishes.pause(job.id)
    store.wishes.resume(job.id)
    first = store.jobs.events_since(start, limit=2)
    assert [entry.event for entry in first.items] == ["created", "pause"]
    rest = store.jobs.events_since(first.next)
    assert [entry.event for entry in rest.items] == ["resume"]
    assert rest.next == store.jobs.last_event()
    assert store.jobs.events_since(rest.next).items == []
    assert store.jobs.events_since(rest.next).next == rest.next


def test_numbers_of_events_are_never_used_again(store: JobStore) -> None:
    job = finished(store)
    seen = store.jobs.last_event()
    store.wishes.delete(job.id)
    store.retention.prune(max_age_ms=-1, max_jobs=0)
    enqueued(store, "b")
    assert [entry.event for entry in store.jobs.events_since(seen).items] == ["created"]


class Statements:
    """The statements that an engine runs, to be explained afterwards."""

    def __init__(self, engine: Engine) -> None:
        self.seen: list[tuple[str, Any]] = []
        event.listen(engine, "before_cursor_execute", self._note)

    def _note(self, _c: Any, _cur: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            self.seen.append((statement, parameters))


def test_frequent_questions_are_answered_from_an_index(tmp_path: Path, clock: FakeClock) -> None:
    store = open_store(tmp_path / "keeper.sqlite3", clock=clock, actor="test")
    store.workers.register(worker())
    made = store.queue.enqueue_batch(batch(), [Child(download("a"))])
    engine = store.queue._database.engine
    questions: dict[str, Callable[[], object]] = {
        "page": lambda: store.jobs.page(JobQuery(states=frozenset({JobState.PENDING}))),
        "queue": lambda: store.jobs.page(JobQuery(order=Order.QUEUE)),
        "members": lambda: store.jobs.page(JobQuery(parent=made.batch.id)),
        "history": lambda: store.jobs.history(made.batch.id),
        "events": lambda: store.jobs.events_since(5),
        "content": lambda: store.jobs.finished_with("aa"),
        "destination": lambda: store.jobs.finished_at("x"),
        "arriving": lambda: store.jobs.arriving("x"),
        "wishes": lambda: store.work.wishes(worker().id),
        "claim": lambda: claimed(store, concurrency={JobKind.DOWNLOAD: 1}),
    }
    for name, ask in questions.items():
        statements = Statements(engine)
        ask()
        assert statements.seen, name
        with engine.connect() as connection:
            for statement, parameters in statements.seen:
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                steps = " / ".join(row[-1] for row in plan)
                whole = "count(*)" in statement and "WHERE" not in statement
                small = "FROM lane" in statement
                assert whole or small or "SCAN" not in steps.replace("SCAN m", ""), (name, steps)
                assert "LIMIT" not in statement or "TEMP B-TREE" not in steps, (name, steps)
    store.close()


def test_a_follower_misses_no_event_of_many_writers(opened: OpenStore, store: JobStore) -> None:
    writers = [opened() for _ in range(4)]
    done = threading.Event()

    def write(mine: JobStore) -> None:
        for _ in range(40):
            mine.queue.enqueue_many([download(), download()])

    threads = [threading.Thread(target=write, args=(mine,)) for mine in writers]
    seen: list[int] = []

    def follow() -> None:
        cursor = 0
        while True:
            last_look = done.is_set()
            page = store.jobs.events_since(cursor, limit=10_000)
            seen.extend(entry.n for entry in page.items)
            cursor = page.next
            if last_look:
                return

    follower = threading.Thread(target=follow)
    for thread in (*threads, follower):
        thread.start()
    for thread in threads:
        thread.join()
    done.set()
    follower.join()
    assert len(seen) == 4 * 40 * 2
