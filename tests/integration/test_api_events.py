"""Changes over HTTP: whoever follows, however, hears of everything once and in its order."""

from __future__ import annotations

import hashlib
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from model_keeper.domain.jobs import JobKind, NewJob
from model_keeper.domain.queue import Child
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.store import JobStore
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.panel_server import PanelServer, refused
from tests.integration.patience import BEARS_SILENCE, HELD

FILE = safetensors(60_000, seed=1)
LARGE = safetensors(1_500_000, seed=2)
FOREIGN = ("https://elsewhere.example", "null", "http://127.0.0.1:1", "http://localhost:1")


@pytest.fixture
def origin() -> Iterator[Origin]:
    with Origin() as made:
        yield made


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[PanelServer]:
    """Watched from when it serves: nothing that is asked of it may hold up its loop."""
    with PanelServer(tmp_path) as made:
        request.getfixturevalue("blocking_refused")
        yield made


def download(name: str) -> NewJob:
    """A job for a machine that nobody serves: it stays as people leave it."""
    return NewJob(JobKind.DOWNLOAD, {}, target="elsewhere", dest_key=name)


def idle(store: JobStore, name: str) -> str:
    return store.queue.enqueue(download(name)).job.id


def heard(server: PanelServer, since: int, until: str) -> list[dict[str, Any]]:
    """Every event after ``since`` up to the first called ``until``, as a follower gets them."""
    events: list[dict[str, Any]] = []
    while until not in [entry["event"] for entry in events]:
        changes = server.events(since, wait=20)
        assert changes["since"] == since
        events += changes["events"]
        since = changes["next"]
    return events


def told(messages: list[Any], event: str) -> bool:
    return any(entry["event"] == event for each in messages for entry in each["events"])


def test_all_followers_hear_the_same(server: PanelServer, origin: Origin) -> None:
    url = origin.add("a.safetensors", FILE)
    since = server.events()["next"]
    with ThreadPoolExecutor(3) as pool:
        followers = [pool.submit(heard, server, since, "succeed") for _ in range(3)]
        server.post("jobs", {"url": url, "category": "loras"})
        first, *others = [follower.result() for follower in followers]
    assert others == [first, first]
    assert [entry["n"] for entry in first] == sorted({entry["n"] for entry in first})
    assert {entry["job_id"] for entry in first} == {first[0]["job_id"]}


def test_a_cursor_outlives_the_server_and_misses_nothing(server: PanelServer) -> None:
    one = idle(server.host.store, "one")
    since = server.events()["next"]
    server.post(f"jobs/{one}/pause")
    server.kill()
    with StandaloneHost(state_dir=server.state) as meanwhile:
        two = idle(meanwhile.store, "two")
    server.start()
    server.post(f"jobs/{one}/resume")

    changes = server.events(since)

    expected = [(one, "pause"), (two, "created"), (one, "resume")]
    assert [(entry["job_id"], entry["event"]) for entry in changes["events"]] == expected
    assert {job["id"] for job in changes["jobs"]} == {one, two}
    assert server.events(changes["next"])["events"] == []


def test_many_changes_come_in_pages_and_none_is_left_out(server: PanelServer) -> None:
    since = server.events()["next"]
    batch = NewJob(JobKind.BATCH, {}, target="elsewhere")
    children = [Child(download(f"{n}")) for n in range(450)]
    created = server.host.store.queue.enqueue_batch(batch, children)

    pages, seen = 0, []
    while (changes := server.events(since))["events"]:
        seen += [entry["job_id"] for entry in changes["events"] if entry["event"] == "created"]
        since, pages = changes["next"], pages + 1

    assert sorted(seen) == sorted([created.batch.id, *(r.job_id for r in created.receipts)])
    assert pages > 2


def test_without_a_cursor_one_learns_where_now_is(server: PanelServer) -> None:
    idle(server.host.store, "one")
    changes = server.events()
    assert (changes["events"], changes["jobs"], changes["gone"]) == ([], [], [])
    assert changes["next"] == changes["since"] > 0
    assert changes["resync"] is False
    assert changes["counts"]["live"] == {"pending": 1}


def test_a_cursor_of_another_time_means_reading_again(server: PanelServer) -> None:
    idle(server.host.store, "one")
    now = server.events()["next"]
    for since in (now + 1, 2**62):
        changes = server.events(since, wait=30)  # it is told at once, whatever the patience
        assert (changes["resync"], changes["events"], changes["next"]) == (True, [], now)


def test_a_cursor_that_cannot_be_is_refused(server: PanelServer) -> None:
    for query in ("since=-1", "since=x", f"since={2**62 + 1}", "wait=-1", "wait=61", "wait=nan"):
        refused(server.ask("GET", f"events?{query}"), 400, "invalid_request")


def test_who_waits_hears_what_another_program_does(server: PanelServer) -> None:
    since = server.events()["next"]
    with ThreadPoolExecutor(1) as pool, StandaloneHost(state_dir=server.state) as other:
        waiting = pool.submit(server.events, since, 50)
        job_id = idle(other.store, "one")
        changes = waiting.result()
    assert [entry["job_id"] for entry in changes["events"]] == [job_id]


def test_patience_ends_with_an_answer_that_says_nothing(server: PanelServer) -> None:
    since = server.events()["next"]
    changes = server.events(since, wait=0.05)
    assert (changes["events"], changes["next"], changes["live"]) == ([], since, {})


def test_what_was_taken_off_the_list_is_gone(server: PanelServer) -> None:
    store = server.host.store
    batch = store.queue.enqueue_batch(
        NewJob(JobKind.BATCH, {}, target="elsewhere"), [Child(download(n)) for n in "ab"]
    )
    single, kept = idle(store, "single"), idle(store, "kept")
    for job_id in (batch.batch.id, single):
        server.post(f"jobs/{job_id}/cancel")
    since = server.events()["next"]
    for job_id in (batch.batch.id, single):
        server.ask("DELETE", f"jobs/{job_id}")
    server.post(f"jobs/{kept}/pause")

    changes = server.events(since)

    members = {receipt.job_id for receipt in batch.receipts}
    assert set(changes["gone"]) == {batch.batch.id, single} | members
    assert [job["id"] for job in changes["jobs"]] == [kept]
    assert changes["counts"]["live"] == {"paused": 1}
    assert changes["counts"]["cancelled"] == 0


def test_a_batch_comes_along_with_its_members(server: PanelServer) -> None:
    batch = server.host.store.queue.enqueue_batch(
        NewJob(JobKind.BATCH, {}, target="elsewhere"), [Child(download(n)) for n in "ab"]
    )
    since = server.events()["next"]
    member = batch.receipts[0].job_id
    server.post(f"jobs/{member}/pause")
    jobs = {job["id"]: job for job in server.events(since)["jobs"]}
    assert set(jobs) == {member, batch.batch.id}
    assert jobs[batch.batch.id]["batch"]["live"] == {"paused": 1, "pending": 1}


def test_figures_are_live_while_it_runs_and_end_with_it(
    server: PanelServer, origin: Origin
) -> None:
    url = origin.add("a.safetensors", LARGE, rate=150_000)
    job_id = server.post("jobs", {"url": url, "category": "loras"})["job"]["id"]
    since = server.events()["next"]
    seen: list[int] = []
    while len(set(seen)) < 3:
        changes = server.events(since, wait=30)
        since = changes["next"]
        row = changes["live"].get(job_id)
        if row is not None and row["bytes_done"]:
            seen.append(row["bytes_done"])
            assert row["bytes_total"] == len(LARGE)
            assert row["bytes_per_second"] >= 0
            assert row["seconds_left"] is None or row["seconds_left"] >= 0
            assert isinstance(row["stage"], str)
    assert seen == sorted(seen)
    server.post(f"jobs/{job_id}/cancel")
    server.job_in(job_id, "cancelled")
    assert server.events()["live"] == {}


# -- the socket ----------------------------------------------------------------------------------


def test_the_socket_says_where_now_is_and_pushes_what_polling_gives(
    server: PanelServer, origin: Origin
) -> None:
    url = origin.add("a.safetensors", FILE)
    before = server.events()

    def add() -> Any:
        return server.post("jobs", {"url": url, "category": "loras"})

    first, *messages = server.pushed(add, lambda found: told(found, "succeed"))

    assert first == before
    assert [each["since"] for each in messages] == [first["next"], *(m["next"] for m in messages)][
        :-1
    ]
    polled = heard(server, before["next"], "succeed")
    assert [entry for each in messages for entry in each["events"]] == polled
    assert all(set(each) == set(before) for each in messages)
    assert messages[-1]["jobs"][0]["state"] == "succeeded"


def test_the_socket_shows_live_figures(server: PanelServer, origin: Origin) -> None:
    url = origin.add("a.safetensors", LARGE, rate=300_000)

    def figures(messages: list[Any]) -> set[int]:
        return {row["bytes_done"] for each in messages for row in each["live"].values()}

    server.pushed(
        lambda: server.post("jobs", {"url": url, "category": "loras"}),
        lambda messages: len(figures(messages)) > 2,
    )


def handshake(server: PanelServer, **how: Any) -> int:
    """The status with which a socket opens (101) or does not."""
    nothing: Callable[[], None] = lambda: None  # noqa: E731 - a value
    try:
        server.pushed(nothing, lambda _: True, **how)
    except aiohttp.WSServerHandshakeError as refusal:
        return refusal.status
    return 101


def test_the_socket_opens_for_our_own_page_and_for_programs(server: PanelServer) -> None:
    assert handshake(server) == 101
    assert handshake(server, protocols=()) == 101
    assert handshake(server, Origin=server.url) == 101
    for foreign in FOREIGN:
        assert handshake(server, Origin=foreign) == 403, foreign
    assert handshake(server, **{"Sec-Fetch-Site": "cross-site"}) == 403


def test_with_a_secret_the_socket_wants_it_as_a_second_protocol(tmp_path: Path) -> None:
    with PanelServer(tmp_path, secret="open-sesame") as server:
        assert handshake(server) == 401
        assert handshake(server, protocols=("model-keeper", "guess")) == 401
        assert handshake(server, protocols=("open-sesame",)) == 101
        assert handshake(server, protocols=("model-keeper", "open-sesame")) == 101
        assert handshake(server, Authorization="Bearer open-sesame") == 101
        assert handshake(server, protocols=("model-keeper", "open-sesame"), Origin="null") == 403


# -- ends ----------------------------------------------------------------------------------------


def test_a_server_that_ends_keeps_nobody_waiting(server: PanelServer) -> None:
    since = server.events()["next"]
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(server.ask, "GET", f"events?since={since}&wait=60")
        server.get("health")  # it serves on meanwhile
        server.kill()
        waiting.exception()  # an answer or an end of the connection, but an end
    server.start()
    assert server.events(since)["events"] == []


def test_a_worker_that_is_killed_is_replaced_without_being_asked_for(
    server: PanelServer, origin: Origin
) -> None:
    server.ask("PATCH", "settings", {"timeout_seconds": BEARS_SILENCE})
    url = origin.add("a.safetensors", LARGE, **HELD)
    job_id = server.post("jobs", {"url": url, "category": "loras"})["job"]["id"]
    server.until(
        lambda: server.events(wait=2)["live"].get(job_id, {}).get("bytes_done", 0),
        lambda done: done > 0,
    )
    killed = server.worker_pid()
    os.kill(killed, signal.SIGKILL)
    origin.served("a.safetensors").gate.set()

    job = server.finished(
        job_id
    )  # events are only read here: nothing starts a worker but the server

    assert job["sha256"] == hashlib.sha256(LARGE).hexdigest()
    assert server.worker_pid() != killed
    events = [entry["event"] for entry in server.get(f"jobs/{job_id}")["history"]]
    assert events.count("claim") == 2
    assert origin.sent("a.safetensors") < 2 * len(LARGE)
