"""The queue over HTTP: what is taken, what is refused, and what people do to jobs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.jobs import JobKind, NewJob
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from model_keeper.testing.pickles import hostile
from tests.integration.panel_server import PanelServer, refused
from tests.integration.patience import BEARS_SILENCE, HELD

FILE = safetensors(60_000, seed=1)
OTHER = safetensors(50_000, seed=2)


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


def lora(url: str, **more: Any) -> dict[str, Any]:
    return {"url": url, "category": "loras", **more}


def idle(server: PanelServer, name: str, **fields: Any) -> str:
    """A job for a machine that nobody serves: it stays as people leave it."""
    payload = {"destination": {"root": "/m", "relative": name, "category": "loras"}}
    job = NewJob(JobKind.DOWNLOAD, payload, target="elsewhere", dest_key=name, **fields)
    return server.host.store.queue.enqueue(job).job.id


def ids(reply: Any) -> list[str]:
    return [row["id"] for row in reply["items"]]


def test_a_link_becomes_a_file_and_every_step_is_heard_of(
    server: PanelServer, origin: Origin
) -> None:
    url = origin.add("ink.safetensors", FILE)
    cursor = server.events()["next"]
    accepted = server.post("jobs", lora(url))
    job_id = accepted["job"]["id"]
    assert (accepted["deduplicated"], accepted["job"]["state"]) == (False, "pending")

    events, states = [], []
    while "succeed" not in events:
        changes = server.events(cursor, wait=20)
        assert changes["since"] == cursor
        cursor = changes["next"]
        events += [entry["event"] for entry in changes["events"] if entry["job_id"] == job_id]
        states += [job["state"] for job in changes["jobs"] if job["id"] == job_id]

    assert events[:2] == ["created", "claim"]
    assert states[-1] == "succeeded"
    detail = server.get(f"jobs/{job_id}")
    job = detail["job"]
    assert [entry["event"] for entry in detail["history"]] == events
    assert detail["url"] == url
    assert job["sha256"] == hashlib.sha256(FILE).hexdigest()
    assert job["sha256_published"] is False
    assert (job["bytes_done"], job["bytes_total"]) == (len(FILE), len(FILE))
    assert (job["host"], job["provider"]) == ("127.0.0.1", "plain")
    assert job["path"] == str(server.models / "loras" / "ink.safetensors")
    assert Path(job["path"]).read_bytes() == FILE
    assert job["created_at"] <= job["started_at"] <= job["finished_at"]


def test_what_is_asked_for_twice_is_one_job_and_a_newer_wish(
    server: PanelServer, origin: Origin
) -> None:
    url = origin.add("a.safetensors", FILE, "stall")
    first = server.post("jobs", lora(url))["job"]["id"]
    server.job_in(first, "running")
    server.post(f"jobs/{first}/pause")
    server.job_in(first, "paused")

    again = server.post("jobs", lora(url))

    assert (again["job"]["id"], again["deduplicated"]) == (first, True)
    assert again["job"]["state"] == "pending", "asking again is a newer wish than the pause"
    origin.served("a.safetensors").gate.set()
    assert server.finished(first)["state"] == "succeeded"
    assert server.get("jobs")["total"] == 1


def test_another_file_for_the_same_place_is_refused_and_names_the_job(
    server: PanelServer, origin: Origin
) -> None:
    one, two = (origin.add(f"{n}/a.safetensors", FILE, "stall") for n in (1, 2))
    first = server.post("jobs", lora(one))["job"]["id"]
    details = refused(server.ask("POST", "jobs", lora(two)), 409, "destination_busy")
    assert details["job"] == first


def test_the_wrong_sha256_leaves_nothing_and_the_right_one_is_compared(
    server: PanelServer, origin: Origin
) -> None:
    url = origin.add("a.safetensors", FILE)
    wrong = server.post("jobs", lora(url, sha256="0" * 64))["job"]["id"]
    job = server.finished(wrong)
    assert job["error"]["code"] == "hash_mismatch"
    server.until(lambda: list((server.models / "loras").iterdir()), lambda left: left == [])

    sha256 = "sha256:" + hashlib.sha256(FILE).hexdigest().upper()
    right = server.post("jobs", lora(url, sha256=sha256, name="styles/b.safetensors"))["job"]["id"]
    job = server.finished(right)
    assert (job["state"], job["sha256_published"]) == ("succeeded", True)
    assert (server.models / "loras" / "styles" / "b.safetensors").read_bytes() == FILE


def test_a_failed_job_is_retried(server: PanelServer, origin: Origin) -> None:
    url = origin.add("a.safetensors", FILE)
    served = origin.served("a.safetensors")
    served.fault = "404"
    job_id = server.host.store.queue.enqueue(_plan(server, url)).job.id
    server.post("worker/wake")
    assert server.finished(job_id)["error"]["family"] == "not_found"
    served.fault = "honest"
    job = server.post(f"jobs/{job_id}/retry")
    assert (job["state"], job["error"], job["attempts"]) == ("pending", None, 0)
    assert server.finished(job_id)["state"] == "succeeded"


def _plan(server: PanelServer, url: str) -> NewJob:
    """The download of an address that is not asked beforehand."""
    from model_keeper.domain.references import ModelEntry
    from model_keeper.engine.intake import Wishes

    intake = server.host.intake(server.host.model_folders())
    entry = ModelEntry(name="a.safetensors", url=url, directory="loras")
    return intake.from_entry(entry, Wishes(), explore=False).to_job()


@pytest.mark.parametrize("answer", ["approve", "reject"])
def test_a_person_decides_on_a_file_that_can_run_code(
    server: PanelServer, origin: Origin, answer: str
) -> None:
    url = origin.add("old.pt", hostile()["inst"])
    job_id = server.post("jobs", lora(url))["job"]["id"]
    job = server.job_in(job_id, "review")
    assert (job["error"]["code"], job["error"]["family"]) == ("review_pickle", "review")
    assert "os.system" in job["error"]["message"]
    target = server.models / "loras" / "old.pt"
    assert not target.exists()

    server.post(f"jobs/{job_id}/{answer}")

    job = server.finished(job_id)
    if answer == "approve":
        assert job["state"] == "succeeded"
        assert target.read_bytes() == hostile()["inst"]
    else:
        assert (job["state"], job["error"]["code"]) == ("failed", "rejected_by_person")
        assert list(target.parent.iterdir()) == []


def test_who_accepts_pickles_beforehand_is_not_asked(server: PanelServer, origin: Origin) -> None:
    url = origin.add("old.pt", hostile()["inst"])
    job_id = server.post("jobs", lora(url, allow_pickle=True))["job"]["id"]
    assert server.finished(job_id)["state"] == "succeeded"


# -- lists ---------------------------------------------------------------------------------------


def test_pages_show_every_job_once_in_either_order(server: PanelServer) -> None:
    made = [idle(server, f"{n}.safetensors", priority=n % 3) for n in range(7)]
    wanted = {
        "newest": made[::-1],
        "queue": sorted(made, key=lambda job_id: (-(made.index(job_id) % 3), made.index(job_id))),
    }
    for order, expected in wanted.items():
        seen, after = [], ""
        while True:
            page = server.get(f"jobs?order={order}&limit=3{after}")
            assert page["total"] == 7
            seen += ids(page)
            if page["next"] is None:
                break
            after = f"&after={page['next']}"
        assert seen == expected, order
    cursor = server.get("jobs?order=queue&limit=3")["next"]
    refused(server.ask("GET", f"jobs?after={cursor}"), 400, "invalid_request")


def test_a_list_is_what_its_filters_say_and_counts_are_of_all(server: PanelServer) -> None:
    waits, rests, ends = (idle(server, f"{name}.safetensors") for name in ("one", "two", "three"))
    server.post(f"jobs/{rests}/pause")
    server.post(f"jobs/{ends}/cancel")
    rows = {
        "state=paused": [rests],
        "state=paused,cancelled": [ends, rests],
        "state=": [ends, rests, waits],
        "state=failed": [],
        "kind=download": [ends, rests, waits],
        "kind=batch": [],
        "target=elsewhere&state=pending": [waits],
        "target=local": [],
        "batch=none": [],
        "q=TWO": [rests],
        "q=%25": [],
        "q=safetensors&state=pending": [waits],
    }
    for query, expected in rows.items():
        page = server.get(f"jobs?{query}")
        assert (ids(page), page["total"]) == (expected, len(expected)), query
        counts = page["counts"]
        assert counts["live"] == {"pending": 1, "paused": 1}
        assert (counts["cancelled"], counts["failed"], counts["succeeded"]) == (1, 0, 0)


@pytest.mark.parametrize(
    "query",
    [
        "state=sleeping",
        "kind=dance",
        "order=oldest",
        "limit=0",
        "limit=1001",
        "limit=many",
        "limit=NaN",
        "after=nonsense",
        "after=%00",
        "page=2",
        f"q={'x' * 501}",
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(server: PanelServer, query: str) -> None:
    refused(server.ask("GET", f"jobs?{query}"), 400, "invalid_request")


# -- wishes --------------------------------------------------------------------------------------


@pytest.mark.parametrize("area", ["jobs", "batches"])
def test_wishes_change_states_and_impossible_ones_change_nothing(
    server: PanelServer, area: str
) -> None:
    job_id = idle(server, "a.safetensors")
    steps = [
        ("resume", None),
        ("approve", None),
        ("reject", None),
        ("retry", None),
        ("pause", "paused"),
        ("pause", None),
        ("resume", "pending"),
        ("cancel", "cancelled"),
        ("pause", None),
        ("cancel", None),
        ("retry", "pending"),
    ]
    state = "pending"
    for action, then in steps:
        reply = server.ask("POST", f"{area}/{job_id}/{action}", {})
        if then is None:
            details = refused(reply, 409, "not_possible_now")
            assert details["state"] == state, action
        else:
            assert (reply.status, reply.data["state"]) == (200, then), action
            state = then
    refused(server.ask("DELETE", f"{area}/{job_id}"), 409, "not_possible_now")
    server.post(f"{area}/{job_id}/cancel")
    assert server.ask("DELETE", f"{area}/{job_id}").data == {"id": job_id}
    for method, path in [("GET", ""), ("DELETE", ""), ("POST", "/pause")]:
        refused(server.ask(method, f"{area}/{job_id}{path}", {}), 404, "job_not_found")


def test_a_job_that_runs_is_paused_and_goes_on_where_it_was(
    server: PanelServer, origin: Origin
) -> None:
    content = safetensors(1_500_000, seed=3)
    url = origin.add("a.safetensors", content, **HELD)
    server.ask("PATCH", "settings", {"connections_per_file": 1, "timeout_seconds": BEARS_SILENCE})
    job_id = server.post("jobs", lora(url))["job"]["id"]
    server.until(
        lambda: server.events(wait=1)["live"].get(job_id, {}).get("bytes_done", 0),
        lambda done: done > 0,
    )
    refused(server.ask("DELETE", f"jobs/{job_id}"), 409, "not_possible_now")
    server.post(f"jobs/{job_id}/pause")
    paused = server.job_in(job_id, "paused")
    assert 0 < paused["bytes_done"] < len(content)
    assert not (server.models / "loras" / "a.safetensors").exists()

    origin.served("a.safetensors").gate.set()
    server.post(f"jobs/{job_id}/resume")

    assert server.finished(job_id)["sha256"] == hashlib.sha256(content).hexdigest()
    assert origin.sent("a.safetensors") < 1.4 * len(content), "what had come was kept"


def test_a_cancelled_job_leaves_no_bytes(server: PanelServer, origin: Origin) -> None:
    server.ask("PATCH", "settings", {"timeout_seconds": 60})
    job_id = server.post("jobs", lora(origin.add("a.safetensors", FILE, "stall")))["job"]["id"]
    server.until(lambda: origin.sent("a.safetensors"), lambda sent: sent > 1)
    server.post(f"jobs/{job_id}/cancel")
    server.job_in(job_id, "cancelled")
    server.until(
        lambda: [path for path in server.models.rglob("*") if path.is_file()],
        lambda files: files == [],
    )


def test_the_order_is_changed_by_neighbours_and_by_priority(server: PanelServer) -> None:
    one, two, three = (idle(server, f"{n}.safetensors") for n in range(3))

    def order() -> list[str]:
        return ids(server.get("jobs?order=queue"))

    def patched(job_id: str, **body: Any) -> Any:
        reply = server.ask("PATCH", f"jobs/{job_id}", body)
        assert reply.status == 200, reply
        return reply.data

    patched(three, before=one)
    assert order() == [three, one, two]
    patched(three, after=one)
    assert order() == [one, three, two]
    assert patched(two, priority="high")["priority"] == 10
    assert order() == [two, one, three]
    assert patched(one, before=two)["priority"] == 10, "beside an urgent one it is as urgent"
    assert order() == [one, two, three]
    assert patched(two, priority=-7)["priority"] == -7
    assert patched(two, priority=10**12)["priority"] == 2**31 - 1
    assert order()[0] == two
    assert patched(two, bandwidth=50_000)["bandwidth"] == 50_000
    assert patched(two, bandwidth=0)["bandwidth"] is None
    assert patched(two)["id"] == two, "nothing named, nothing changed"


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"priority": "soon"}, 400, "invalid_request"),
        ({"priority": 1.5}, 400, "invalid_request"),
        ({"priority": 10**30}, 400, "invalid_request"),
        ({"priority": True}, 400, "invalid_request"),
        ({"bandwidth": -1}, 400, "invalid_request"),
        ({"bandwidth": 2**60}, 400, "invalid_request"),
        ({"before": "SELF"}, 400, "invalid_request"),
        ({"before": "OTHER", "after": "OTHER"}, 400, "invalid_request"),
        ({"before": ""}, 400, "invalid_request"),
        ({"after": "unknown"}, 404, "job_not_found"),
        ({"rank": 1}, 400, "invalid_request"),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    server: PanelServer, body: dict[str, Any], status: int, code: str
) -> None:
    job_id, other = idle(server, "a.safetensors"), idle(server, "b.safetensors")
    named = {"SELF": job_id, "OTHER": other}
    body = {key: named.get(value, value) for key, value in body.items()}
    before = server.get(f"jobs/{job_id}")["job"]
    refused(server.ask("PATCH", f"jobs/{job_id}", body), status, code)
    assert server.get(f"jobs/{job_id}")["job"] == before


def test_a_finished_job_has_no_place_to_change(server: PanelServer) -> None:
    job_id, other = idle(server, "a.safetensors"), idle(server, "b.safetensors")
    server.post(f"jobs/{job_id}/cancel")
    for body in ({"priority": 1}, {"before": other}, {"bandwidth": 5_000}):
        refused(server.ask("PATCH", f"jobs/{job_id}", body), 409, "not_possible_now")


# -- batches -------------------------------------------------------------------------------------


def test_a_batch_says_of_each_entry_what_became_of_it(server: PanelServer, origin: Origin) -> None:
    one, two = (origin.add(f"{n}.safetensors", safetensors(9_000, n)) for n in (1, 2))
    items = [lora(one), {"url": "nonsense"}, lora(two), {"category": "loras"}, {"url": one}]
    taken = server.post("batches", {"items": items, "title": "Three"})

    errors = [row["error"] and row["error"]["code"] for row in taken["items"]]
    assert errors[:4] == [None, "link_unreadable", None, "invalid_request"]
    assert [row["job_id"] is None for row in taken["items"]] == [e is not None for e in errors]
    batch = server.finished(taken["job"]["id"])
    assert (batch["state"], batch["kind"], batch["name"]) == ("succeeded", "batch", "Three")
    members = server.get(f"jobs?batch={batch['id']}")
    assert {row["parent_id"] for row in members["items"]} == {batch["id"]}
    assert batch["batch"]["total"] == members["total"] == batch["batch"]["succeeded"]
    detail = server.get(f"batches/{batch['id']}")
    assert detail["history"][0]["event"] == "created"
    server.ask("DELETE", f"batches/{batch['id']}")
    assert server.get("jobs")["total"] == 0, "its members go with it"


def test_a_wish_for_a_batch_reaches_its_members(server: PanelServer, origin: Origin) -> None:
    server.ask("PATCH", "settings", {"timeout_seconds": 60})
    urls = [origin.add(f"{n}.safetensors", safetensors(9_000, n), "stall") for n in range(3)]
    batch = server.post("batches", {"items": [lora(url) for url in urls]})["job"]["id"]
    server.job_in(batch, "running")
    server.post(f"batches/{batch}/pause")
    server.job_in(batch, "paused")
    members = server.get(f"jobs?batch={batch}")["items"]
    assert {row["state"] for row in members} == {"paused"}
    server.post(f"batches/{batch}/cancel")
    job = server.job_in(batch, "cancelled")
    assert (job["batch"]["cancelled"], job["batch"]["live"]) == (3, {})
