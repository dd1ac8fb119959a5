"""What the API takes for no job, and how it says so: one row for each way to ask wrongly."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from model_keeper.domain.jobs import JobKind, NewJob
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.panel_server import PanelServer, refused
from tests.integration.panels import JSON
from tests.integration.patience import PATIENCE

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


def test_one_entry_is_a_job_none_is_nothing_and_too_many_are_refused(
    server: PanelServer, origin: Origin
) -> None:
    url = origin.add("a.safetensors", FILE, "stall")
    alone = server.post("batches", {"items": [lora(url)]})
    assert alone["job"]["kind"] == "download"
    assert alone["items"] == [{"job_id": alone["job"]["id"], "error": None}]
    twice = server.post("batches", {"items": [lora(url), lora(url)]})
    assert {row["job_id"] for row in twice["items"]} == {alone["job"]["id"]}
    assert server.post("batches", {"items": []}) == {"job": None, "items": []}
    bad = server.post("batches", {"items": [{"url": "nonsense"}]})
    assert (bad["job"], bad["items"][0]["error"]["code"]) == (None, "link_unreadable")
    many = {"items": [{"url": "nonsense"}] * 501}
    refused(server.ask("POST", "batches", many), 400, "invalid_request")
    refused(server.ask("POST", "batches", {}), 400, "invalid_request")
    broken = {"items": [lora(url), {"url": 1}]}
    refused(server.ask("POST", "batches", broken), 400, "invalid_request")


# -- refusals ------------------------------------------------------------------------------------

HERE = "https://127.0.0.1/a.safetensors"  # nothing listens there
REFUSALS: list[tuple[Any, int, str]] = [
    ({}, 400, "invalid_request"),
    ({"url": ""}, 400, "invalid_request"),
    ({"url": None}, 400, "invalid_request"),
    ({"url": 5}, 400, "invalid_request"),
    ({"link": HERE}, 400, "invalid_request"),
    ([], 400, "invalid_request"),
    ("text", 400, "invalid_request"),
    ({"url": "x" * 4097}, 400, "invalid_request"),
    ({"url": HERE, "sha256": "abc"}, 400, "invalid_request"),
    ({"url": HERE, "collision": "overwrite"}, 400, "invalid_request"),
    ({"url": HERE, "priority": "soon"}, 400, "invalid_request"),
    ({"url": HERE, "allow_pickle": "yes"}, 400, "invalid_request"),
    ({"url": "nonsense"}, 400, "link_unreadable"),
    ({"url": "\ud800"}, 400, "link_unreadable"),
    ({"url": "ftp://example.org/a.safetensors"}, 400, "link_unreadable"),
    ({"url": "https://name:word@example.org/a"}, 400, "link_unsupported"),
    ({"url": "https://10.0.0.1/a.safetensors", "category": "loras"}, 400, "host_refused"),
    ({"url": "http://example.org/a.safetensors", "category": "loras"}, 400, "insecure_scheme"),
    ({"url": HERE.replace("safetensors", "ckpt")}, 400, "category_needed"),
    (b"{", 400, "body_unreadable"),
    (b"\xff\xfe", 400, "body_unreadable"),
    (b"[" * 100_000, 400, "body_unreadable"),
    (b" " * (2 << 20), 413, "body_too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), REFUSALS)
def test_a_download_that_cannot_be_is_refused_before_it_is_a_job(
    server: PanelServer, body: Any, status: int, code: str
) -> None:
    refused(server.ask("POST", "jobs", body), status, code)
    assert server.get("jobs")["total"] == 0


@pytest.mark.parametrize(
    ("name", "wishes", "status", "code"),
    [
        ("a.safetensors", {"category": "loars"}, 400, "category_unknown"),
        ("a.safetensors", {"category": "loras", "root": "/etc"}, 400, "root_unknown"),
        ("a.safetensors", {"category": "loras", "name": "../x"}, 400, "destination_outside_root"),
        ("a.safetensors", {"category": "loras", "name": "/etc/x"}, 400, "destination_outside_root"),
        ("a.safetensors", {"category": "loras", "name": " . "}, 400, "name_unusable"),
        ("a.ckpt", {}, 400, "category_needed"),
        ("", {"category": "loras"}, 400, "link_unsupported"),
        ("nameless/", {"category": "loras"}, 400, "name_needed"),
        ("gone/", {"category": "loras"}, 404, "not_found"),
    ],
)
def test_a_place_that_cannot_be_is_refused_before_anything_is_fetched(
    server: PanelServer, origin: Origin, name: str, wishes: dict[str, Any], status: int, code: str
) -> None:
    for known in ("a.safetensors", "a.ckpt", "nameless/"):
        origin.add(known, FILE)
    url = f"{origin.server.url}/{name}"
    refused(server.ask("POST", "jobs", {"url": url, **wishes}), status, code)
    assert server.get("jobs")["total"] == 0
    assert origin.sent() <= 16_384, "no more than a header is looked at"


def test_without_model_folders_nothing_is_taken(server: PanelServer, origin: Origin) -> None:
    url = origin.add("a.safetensors", FILE)
    server.ask("PATCH", "settings", {"models_dir": None})
    for method, path, body in [
        ("POST", "jobs", lora(url)),
        ("POST", "batches", {"items": [lora(url)]}),
        ("GET", "folders", None),
        ("POST", "links/inspect", {"text": url}),
    ]:
        refused(server.ask(method, path, body), 400, "roots_unknown")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "", 404, "route_unknown"),
        ("GET", "nothing", 404, "route_unknown"),
        ("GET", "jobs/", 404, "route_unknown"),
        ("GET", "Jobs", 404, "route_unknown"),
        ("GET", "jobs/../settings", 404, "route_unknown"),
        ("POST", "jobs/a/dance", 404, "route_unknown"),
        ("POST", "ws", 404, "route_unknown"),
        ("GET", "ws", 400, "invalid_request"),
        ("PUT", "jobs", 405, "method_unknown"),
        ("DELETE", "jobs", 405, "method_unknown"),
        ("OPTIONS", "jobs", 405, "method_unknown"),
        ("GET", "jobs/a/pause", 405, "method_unknown"),
        ("PATCH", "batches/a", 405, "method_unknown"),
        ("POST", "health", 405, "method_unknown"),
        ("GET", "jobs/a", 404, "job_not_found"),
        ("GET", "jobs/%00", 404, "job_not_found"),
        ("GET", "jobs/%ED%A0%80", 404, "job_not_found"),
        ("GET", "batches/a", 404, "job_not_found"),
    ],
)
def test_whatever_is_not_there_is_said_in_the_one_shape(
    server: PanelServer, method: str, path: str, status: int, code: str
) -> None:
    for prefix in ("/model-manager/v1", "/api/model-manager/v1"):
        details = refused(server.ask(method, path, prefix=prefix), status, code)
        if code == "method_unknown":
            assert method not in str(details["known"]).split(", ")


@pytest.mark.parametrize(
    ("headers", "status", "code"),
    [
        ({}, 415, "header_needed"),
        ({"Content-Type": "text/plain"}, 415, "header_needed"),
        ({"Content-Type": "multipart/form-data"}, 415, "header_needed"),
        ({**JSON, "Origin": "https://elsewhere.example"}, 403, "foreign_page"),
        ({**JSON, "Origin": "null"}, 403, "foreign_page"),
        ({**JSON, "Origin": "http://127.0.0.1:1"}, 403, "foreign_page"),
        ({**JSON, "Sec-Fetch-Site": "cross-site"}, 403, "foreign_page"),
        ({**JSON, "Host": "elsewhere.example"}, 403, "pairing_needed"),
        ({**JSON, "Host": "localhost.elsewhere.example:8199"}, 403, "pairing_needed"),
        ({**JSON, "Host": b"\xff.example"}, 403, "pairing_needed"),
        ({**JSON, "Host": "a.example", "X-Model-Keeper-Token": b"\xff"}, 403, "pairing_needed"),
        ({**JSON, "Content-Encoding": "gzip"}, 400, "body_unreadable"),
    ],
)
def test_requests_of_others_change_nothing(
    server: PanelServer, headers: dict[str, Any], status: int, code: str
) -> None:
    job_id = idle(server, "a.safetensors")
    refused(server.ask("POST", "jobs", {"url": HERE}, headers), status, code)
    if "Content-Encoding" not in headers:
        refused(server.ask("POST", f"jobs/{job_id}/cancel", {}, headers), status, code)
        refused(server.ask("PATCH", "settings", {"concurrency": 9}, headers), status, code)
    assert server.get(f"jobs/{job_id}")["job"]["state"] == "pending"
    assert server.get("settings")["values"]["concurrency"] == 3


def test_our_header_is_as_good_as_the_content_type(server: PanelServer) -> None:
    job_id = idle(server, "a.safetensors")
    own = {"X-Model-Keeper": "1", "Sec-Fetch-Site": "same-origin", "Origin": server.url}
    assert server.ask("POST", f"jobs/{job_id}/pause", None, own).data["state"] == "paused"


def test_a_body_in_pieces_is_limited_too(server: PanelServer) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=PATIENCE)
    pieces = (b" " * (64 << 10) for _ in range(32))
    connection.request("POST", "/model-manager/v1/jobs", pieces, headers=JSON, encode_chunked=True)
    answer = connection.getresponse()
    assert answer.status == 413
    assert json.loads(answer.read())["error"]["code"] == "body_too_large"
    connection.close()


def test_what_nobody_foresaw_is_an_answer_too_and_is_in_the_log(
    server: PanelServer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(*_: Any) -> Any:
        raise ZeroDivisionError("a detail that is nobody's business")

    monkeypatch.setattr(server.host.store.jobs, "counts", breaks)
    reply = server.ask("GET", "jobs")
    refused(reply, 500, "internal")
    assert "nobody's business" not in json.dumps(reply.data)
    assert "nobody's business" in caplog.text
