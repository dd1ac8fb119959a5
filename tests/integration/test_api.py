"""The v1 API over real sockets, on both hosts."""

from __future__ import annotations

import base64
import hashlib
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from model_keeper.engine.pairing import Pairing
from model_keeper.testing.hub import TOKEN, FakeHub
from model_keeper.testing.model_files import SyntheticSafetensors, safetensors
from model_keeper.testing.pickles import hostile
from tests.integration.panels import JSON, PanelHost, Reply
from tests.integration.patience import BEARS_SILENCE, HELD, PATIENCE

SMALL = safetensors(40_000, seed=1)
OTHER = safetensors(50_000, seed=2)
SLOW = SyntheticSafetensors(3_000_000, 3)
REPO = "Comfy-Org/models"
SLOW_PATH = "split_files/checkpoints/slow.safetensors"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as hub:
        hub.add(REPO, "split_files/vae/ae.safetensors", SMALL)
        hub.add(REPO, "split_files/loras/ink.safetensors", OTHER)
        hub.add(REPO, SLOW_PATH, SLOW, **HELD)
        hub.add(REPO, "split_files/loras/old.pt", next(iter(hostile().values())))
        hub.repo("people/gated", gated=True)
        hub.add("people/gated", "vae/kept.safetensors", safetensors(30_000, seed=4))
        yield hub


@pytest.fixture(params=["standalone", "comfyui"])
def host(request: pytest.FixtureRequest, tmp_path: Path, hub: FakeHub) -> Iterator[PanelHost]:
    with PanelHost(tmp_path, request.param, HF_ENDPOINT=hub.url) as host:
        yield host


def link(name: str, repo: str = REPO) -> str:
    return f"https://huggingface.co/{repo}/resolve/main/{name}"


VAE = link("split_files/vae/ae.safetensors")
LORA = link("split_files/loras/ink.safetensors")
LONG = link(SLOW_PATH)


def refused(reply: Reply, status: int, code: str) -> None:
    """Every refusal has the one shape, a real status and is never kept by a browser."""
    assert (reply.status, reply.code) == (status, code)
    assert set(reply.data) == {"error"}
    error = reply.data["error"]
    assert set(error) == {"code", "message", "hint", "family", "retryable", "details"}
    assert error["message"]
    assert error["hint"]
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Content-Type"].startswith("application/json")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_link_becomes_a_file_and_asking_again_joins(host: PanelHost) -> None:
    added = host.post("jobs", {"url": VAE})
    assert added["deduplicated"] is False
    job = host.job_in(added["job"]["id"], "succeeded")
    assert job["sha256"] == sha256(SMALL)
    assert job["category"] == "vae"
    assert (host.models / "vae" / "ae.safetensors").read_bytes() == SMALL
    detail = host.get(f"jobs/{job['id']}")
    assert detail["history"][0]["event"] == "created"
    assert "ae.safetensors" in detail["url"]

    again = host.post("jobs", {"url": VAE})
    assert host.job_in(again["job"]["id"], "succeeded")["reused"] is True


def test_a_job_is_paused_continued_cancelled_and_taken_off_the_list(host: PanelHost) -> None:
    job_id = host.post("jobs", {"url": LONG})["job"]["id"]
    same = host.post("jobs", {"url": LONG})
    assert (same["job"]["id"], same["deduplicated"]) == (job_id, True)
    host.job_in(job_id, "running")
    refused(host.ask("DELETE", f"jobs/{job_id}"), 409, "not_possible_now")
    host.post(f"jobs/{job_id}/pause")
    host.job_in(job_id, "paused")
    refused(host.ask("POST", f"jobs/{job_id}/approve", {}), 409, "not_possible_now")
    host.post(f"jobs/{job_id}/resume")
    host.job_in(job_id, "running")
    host.post(f"jobs/{job_id}/cancel")
    host.job_in(job_id, "cancelled")
    assert host.ask("DELETE", f"jobs/{job_id}").data == {"id": job_id}
    refused(host.ask("GET", f"jobs/{job_id}"), 404, "job_not_found")
    assert list((host.models / "checkpoints").iterdir()) == []


def test_several_at_once_are_a_batch_and_a_bad_one_says_why(host: PanelHost) -> None:
    items = [{"url": VAE}, {"url": "nothing"}, {"url": LORA, "priority": "high"}]
    taken = host.post("batches", {"items": items, "title": "Three"})
    assert [row["error"] and row["error"]["code"] for row in taken["items"]] == [
        None,
        "link_unreadable",
        None,
    ]
    batch = host.job_in(taken["job"]["id"], "succeeded")
    assert (batch["kind"], batch["name"]) == ("batch", "Three")
    assert (batch["batch"]["total"], batch["batch"]["succeeded"]) == (2, 2)
    members = host.get(f"jobs?batch={batch['id']}")
    assert {row["name"] for row in members["items"]} == {"ae.safetensors", "ink.safetensors"}
    assert {row["priority"] for row in members["items"]} == {0, 10}


def test_the_list_is_filtered_and_read_in_pages(host: PanelHost) -> None:
    batch = host.post("batches", {"items": [{"url": VAE}, {"url": LORA}]})["job"]["id"]
    host.job_in(batch, "succeeded")
    first = host.get("jobs?limit=2")
    assert (len(first["items"]), first["total"]) == (2, 3)
    rest = host.get(f"jobs?limit=2&after={first['next']}")
    assert rest["next"] is None
    names = [row["id"] for row in (*first["items"], *rest["items"])]
    assert len(set(names)) == 3
    assert host.get("jobs?q=ink")["total"] == 1
    assert host.get("jobs?kind=batch")["total"] == 1
    assert host.get("jobs?state=failed,cancelled")["items"] == []
    assert first["counts"]["succeeded"] == 2


def test_place_and_speed_are_changed(host: PanelHost) -> None:
    host.ask("PATCH", "settings", {"concurrency": 1, "timeout_seconds": BEARS_SILENCE})
    one = host.post("jobs", {"url": LONG})["job"]["id"]
    host.job_in(one, "running")
    two = host.post("jobs", {"url": VAE})["job"]["id"]
    three = host.post("jobs", {"url": LORA})["job"]["id"]
    moved = host.ask("PATCH", f"jobs/{three}", {"before": two})
    assert moved.status == 200
    assert moved.data["rank"] < host.get(f"jobs/{two}")["job"]["rank"]
    urgent = host.ask("PATCH", f"jobs/{two}", {"priority": "high", "bandwidth": 100_000}).data
    assert (urgent["priority"], urgent["bandwidth"]) == (10, 100_000)
    assert host.ask("PATCH", f"jobs/{two}", {"bandwidth": 0}).data["bandwidth"] is None
    refused(host.ask("PATCH", f"jobs/{two}", {"priority": "soon"}), 400, "invalid_request")
    for job_id in (three, two, one):  # while the one that runs holds the others back
        host.post(f"jobs/{job_id}/cancel")


def test_a_file_that_can_run_code_waits_for_a_person(host: PanelHost) -> None:
    job_id = host.post("jobs", {"url": link("split_files/loras/old.pt")})["job"]["id"]
    job = host.job_in(job_id, "review")
    assert job["error"]["family"] == "review"
    assert not (host.models / "loras" / "old.pt").exists()
    host.post(f"jobs/{job_id}/approve")
    host.job_in(job_id, "succeeded")
    assert (host.models / "loras" / "old.pt").exists()


def test_events_lose_nothing_between_two_looks(host: PanelHost) -> None:
    cursor = host.get("events")["next"]
    job_id = host.post("jobs", {"url": VAE})["job"]["id"]
    host.job_in(job_id, "succeeded")
    changes = host.get(f"events?since={cursor}")
    assert [e["event"] for e in changes["events"]][:2] == ["created", "claim"]
    assert [row["state"] for row in changes["jobs"]] == ["succeeded"]
    assert changes["since"] == cursor
    later = host.get(f"events?since={changes['next']}")
    assert later["events"] == []

    host.ask("DELETE", f"jobs/{job_id}")
    gone = host.get(f"events?since={changes['next']}")
    assert gone["gone"] == [job_id]
    assert host.get("events?since=999999")["resync"] is True


def test_live_figures_come_while_it_runs(host: PanelHost) -> None:
    job_id = host.post("jobs", {"url": LONG})["job"]["id"]
    host.job_in(job_id, "running")
    changes = host.until(
        lambda: host.get("events?wait=2"),
        lambda found: found["live"].get(job_id, {}).get("bytes_done", 0) > 0,
    )
    row = changes["live"][job_id]
    assert row["bytes_total"] == SLOW.size
    assert row["connections"] >= 1
    host.post(f"jobs/{job_id}/cancel")


def test_a_killed_worker_is_replaced_and_a_killed_host_finds_its_queue(
    host: PanelHost, hub: FakeHub
) -> None:
    job_id = host.post("jobs", {"url": LONG})["job"]["id"]
    host.job_in(job_id, "running")
    first = host.worker_pid()
    os.kill(first, signal.SIGKILL)
    host.until(
        lambda: host.get("health")["worker"], lambda worker: worker["pid"] not in {None, first}
    )
    host.job_in(job_id, "running")
    host.kill()
    host.start()
    hub.files.served(f"xet/{REPO}/{SLOW_PATH}").gate.set()
    job = host.job_in(job_id, "succeeded")
    assert job["sha256"] == SLOW.sha256()


def test_what_a_link_is_before_anything_is_fetched(host: PanelHost, hub: FakeHub) -> None:
    text = f"{VAE}\n https://huggingface.co/{REPO}\tnothing {link('vae/kept.safetensors', 'people/gated')}"
    one, several, nothing, gated = host.post("links/inspect", {"text": text})["items"]
    assert (one["name"], one["category"], one["size"]) == ("ae.safetensors", "vae", len(SMALL))
    assert one["sha256"] == sha256(SMALL)
    assert one["path"] == str(host.models / "vae" / "ae.safetensors")
    assert one["free"] > 0
    assert one["here"] is None
    assert {row["name"] for row in several["files"]} >= {"ae.safetensors", "ink.safetensors"}
    assert nothing["error"]["code"] == "link_unreadable"
    assert gated["error"]["code"] == "hf_gated_login"
    assert hub.files.server.records() == []

    host.job_in(host.post("jobs", {"url": VAE})["job"]["id"], "succeeded")
    (again,) = host.post("links/inspect", {"text": VAE})["items"]
    assert again["here"] == one["path"]
    folders = host.get("folders")["items"]
    assert {"checkpoints", "loras", "vae"} <= {row["category"] for row in folders}
    assert "custom_nodes" not in {row["category"] for row in folders}


def node(number: int, kind: str, name: str, url: str, folder: str, mode: int = 0) -> dict[str, Any]:
    return {
        "id": number,
        "type": kind,
        "mode": mode,
        "widgets_values": [name],
        "properties": {"models": [{"name": name, "url": url, "directory": folder}]},
    }


def workflow() -> dict[str, Any]:
    return {
        "nodes": [
            node(1, "VAELoader", "ae.safetensors", VAE, "vae"),
            node(2, "LoraLoader", "ink.safetensors", LORA, "loras", mode=4),
            node(3, "CheckpointLoaderSimple", "here.safetensors", LONG, "checkpoints"),
            node(4, "VAELoader", "far.safetensors", "https://far.example/download/77", "vae"),
            node(5, "VAELoader", "gone.safetensors", link("vae/gone.safetensors"), "vae"),
            node(6, "VAELoader", "../../out.safetensors", VAE, "vae"),
            node(
                7,
                "VAELoader",
                "kept.safetensors",
                link("vae/kept.safetensors", "people/gated"),
                "vae",
            ),
        ],
        "links": [],
    }


def test_what_a_workflow_needs(host: PanelHost, hub: FakeHub) -> None:
    (host.models / "checkpoints" / "here.safetensors").write_bytes(OTHER)
    value = {"node_id": "9", "node_type": "LoraLoader", "widget": "lora_name", "value": "lost.pt"}
    found = host.post("workflows/analyze", {"workflow": workflow(), "values": [value]})
    needs = {row["name"]: row for row in found["items"]}
    assert {name: row["state"] for name, row in needs.items()} == {
        "ae.safetensors": "fetch",
        "ink.safetensors": "optional",
        "here.safetensors": "on_disk",
        "far.safetensors": "fetch",
        "gone.safetensors": "missing",
        "../../out.safetensors": "fetch",
        "kept.safetensors": "fetch",
        "lost.pt": "missing",
    }
    assert needs["ae.safetensors"]["size"] == len(SMALL)
    assert needs["ae.safetensors"]["sha256_published"] is True
    assert needs["far.safetensors"]["approval"] is True
    assert needs["far.safetensors"]["error"] is None, "its host was asked"
    assert needs["kept.safetensors"]["error"]["code"] == "hf_gated_login"
    assert needs["../../out.safetensors"]["error"]["code"] == "destination_outside_root"
    assert needs["lost.pt"]["places"][0]["node_id"] == "9"
    assert found["space"][0]["needed"] == len(SMALL)

    before = len(hub.server.records())
    quick = host.post("workflows/analyze", {"workflow": workflow(), "explore": False})
    assert {row["size"] for row in quick["items"] if row["state"] == "fetch"} == {None}
    assert len(hub.server.records()) == before
    refused(
        host.ask("POST", "workflows/analyze", {"workflow": {"a": 1}}),
        400,
        "workflow_unknown_format",
    )
    assert host.post("workflows/analyze", {"workflow": {}})["items"] == []


def test_a_workflow_is_fetched_as_one_batch(host: PanelHost) -> None:
    taken = host.post("workflows/fetch", {"workflow": workflow(), "title": "Portrait"})
    errors = [row["error"] and row["error"]["code"] for row in taken["items"]]
    assert errors.count(None) == 4
    assert {"hf_file_not_found", "destination_outside_root"} <= set(errors)
    assert taken["job"]["name"] == "Portrait"
    members = host.get(f"jobs?batch={taken['job']['id']}")["items"]
    by_name = {row["name"]: row for row in members}
    host.job_in(by_name["ae.safetensors"]["id"], "succeeded")
    waiting = host.get(f"jobs/{by_name['far.safetensors']['id']}")["job"]
    assert (waiting["state"], waiting["wait_reason"]) == ("pending", "approval")
    gated = host.job_in(by_name["kept.safetensors"]["id"], "failed")
    assert gated["error"]["family"] == "credentials"


def test_a_token_goes_in_never_comes_out_and_wakes_what_waited(
    host: PanelHost, hub: FakeHub
) -> None:
    hub.repo("people/gated").accepted = True
    model = {"name": "kept.safetensors", "url": link("vae/kept.safetensors", "people/gated")}
    taken = host.post("workflows/fetch", {"models": [{**model, "directory": "vae"}]})
    job_id = taken["job"]["id"]
    host.job_in(job_id, "failed")
    assert host.get("credentials")["items"][0] == {"provider": "huggingface", "source": None}
    kept = host.ask("PUT", "credentials/huggingface", {"token": TOKEN})
    assert kept.data["retried"] == 1
    answers = [kept.data, host.get("credentials"), host.get("settings"), host.get(f"jobs/{job_id}")]
    assert TOKEN not in str(answers)
    assert TOKEN not in host.log()
    refused(host.ask("PUT", "credentials/nobody", {"token": "x"}), 400, "invalid_request")
    refused(host.ask("PUT", "credentials/civitai", {"token": " "}), 400, "invalid_request")
    assert host.ask("DELETE", "credentials/huggingface").data["credential"]["source"] is None


def test_settings_are_read_and_changed_by_name(host: PanelHost) -> None:
    assert host.get("settings")["values"]["concurrency"] == 3
    changed = host.ask("PATCH", "settings", {"concurrency": 5, "bandwidth": None})
    assert changed.data["values"]["concurrency"] == 5
    refused(host.ask("PATCH", "settings", {"concurrency": 0}), 400, "invalid_request")
    refused(host.ask("PATCH", "settings", {"colour": "red"}), 400, "invalid_request")
    assert host.get("settings")["values"]["concurrency"] == 5


def test_whatever_is_asked_wrongly_gets_the_one_shape(host: PanelHost) -> None:
    refused(host.ask("GET", "nothing"), 404, "route_unknown")
    refused(host.ask("PUT", "jobs", {}), 405, "method_unknown")
    refused(host.ask("POST", "jobs", b"{broken"), 400, "body_unreadable")
    refused(host.ask("POST", "jobs", b"[" * 100_000), 400, "body_unreadable")
    refused(host.ask("POST", "jobs", []), 400, "invalid_request")
    refused(host.ask("POST", "jobs", {"link": VAE}), 400, "invalid_request")
    refused(host.ask("POST", "jobs", {}), 400, "invalid_request")
    refused(host.ask("POST", "jobs", {"url": "x" * 5000}), 400, "invalid_request")
    refused(host.ask("POST", "jobs", b" " * (2 << 20)), 413, "body_too_large")
    refused(host.ask("GET", "jobs?limit=0"), 400, "invalid_request")
    refused(host.ask("GET", "jobs?after=nonsense"), 400, "invalid_request")
    refused(host.ask("GET", "jobs/unknown"), 404, "job_not_found")
    refused(host.ask("POST", "jobs", {"url": VAE}, {}), 415, "header_needed")
    # ComfyUI refuses these two itself, before anything of ours is asked
    if host.kind == "standalone":
        foreign = {**JSON, "Origin": "https://elsewhere.example"}
        refused(host.ask("POST", "jobs", {"url": VAE}, foreign), 403, "foreign_page")
        cross = {**JSON, "Sec-Fetch-Site": "cross-site"}
        refused(host.ask("POST", "jobs", {"url": VAE}, cross), 403, "foreign_page")
    refused(host.ask("POST", "jobs", {"url": VAE}, {**JSON, "Origin": "null"}), 403, "foreign_page")
    stranger = {**JSON, "Host": "keeper.example"}
    refused(host.ask("POST", "jobs", {"url": VAE}, stranger), 403, "pairing_needed")
    assert host.get("jobs")["total"] == 0


def test_both_prefixes_are_the_same(host: PanelHost) -> None:
    document = host.get("openapi.json")
    assert host.ask("GET", "openapi.json", prefix="/api/model-manager/v1").data == document
    assert document["openapi"] == "3.1.0"
    health = host.ask("GET", "health", prefix="/api/model-manager/v1").data
    assert health["host"] == host.kind
    assert health["writes"] is None
    assert health["problems"] == []


def test_another_name_pairs_once(host: PanelHost) -> None:
    stranger = {**JSON, "Host": "keeper.example"}
    assert host.ask("GET", "health", headers=stranger).data["writes"]["code"] == "pairing_needed"
    refused(host.ask("POST", "pair", {"code": "WRONG"}, stranger), 403, "pairing_code_wrong")
    code = Pairing(host.state / "pairing.json").code()
    token = host.ask("POST", "pair", {"code": code.lower()}, stranger).data["token"]
    paired = {**stranger, "X-Model-Keeper-Token": token}
    assert host.ask("POST", "jobs", {"url": VAE}, paired).status == 202
    refused(host.ask("POST", "pair", {"code": code}, stranger), 403, "pairing_code_wrong")
    assert token not in (host.state / "pairing.json").read_text()


def test_a_database_that_cannot_be_used_is_a_stated_condition(tmp_path: Path, hub: FakeHub) -> None:
    state = tmp_path / "state"
    state.mkdir()
    (state / "keeper.sqlite3").write_bytes(b"this is no database" * 100)
    with PanelHost(tmp_path, "comfyui", HF_ENDPOINT=hub.url) as host:
        refused(host.ask("GET", "health"), 503, "database_corrupt")
        refused(host.ask("POST", "jobs", {"url": VAE}), 503, "database_corrupt")
        assert "is damaged" in host.log()


def test_a_server_for_other_machines_wants_its_token(tmp_path: Path, hub: FakeHub) -> None:
    options = ("--listen", "0.0.0.0", "--token", "open-sesame")
    with PanelHost(tmp_path, "standalone", *options, HF_ENDPOINT=hub.url) as host:
        host.url = host.url.partition("/#")[0]
        refused(host.ask("GET", "health"), 401, "token_needed")
        refused(host.ask("POST", "jobs", {"url": VAE}), 401, "token_needed")
        bearer = {**JSON, "Authorization": "Bearer open-sesame", "Host": "any.example"}
        assert host.ask("GET", "health", headers=bearer).data["writes"] is None
        assert host.ask("POST", "jobs", {"url": VAE}, bearer).status == 202


def test_the_socket_pushes_what_polling_gives_and_opens_for_its_own_page_only(
    tmp_path: Path, hub: FakeHub
) -> None:
    with PanelHost(tmp_path, "standalone", HF_ENDPOINT=hub.url) as host:
        assert _upgrade(host, "https://elsewhere.example").startswith(b"HTTP/1.1 403")
        assert _upgrade(host, "null").startswith(b"HTTP/1.1 403")
        assert _upgrade(host, host.url).startswith(b"HTTP/1.1 101")


def _upgrade(host: PanelHost, origin: str) -> bytes:
    where = urlsplit(host.url)
    key = base64.b64encode(os.urandom(16)).decode()
    with socket.create_connection(("127.0.0.1", where.port or 0), timeout=PATIENCE) as connection:
        connection.sendall(
            f"GET /model-manager/v1/ws HTTP/1.1\r\nHost: {where.netloc}\r\nOrigin: {origin}\r\n"
            "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: model-keeper\r\nSec-WebSocket-Key: {key}\r\n\r\n".encode()
        )
        return connection.recv(4096)
