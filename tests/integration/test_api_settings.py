"""Settings, tokens, pairing, secrets and health over HTTP."""

from __future__ import annotations

import json
import os
import stat
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import JobKind, NewJob
from model_keeper.domain.settings import Settings
from model_keeper.engine.worker_link import WorkerLink
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.testing.civitai import KEY, FakeCivitai
from model_keeper.testing.hub import TOKEN, FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.testing.origin import Origin
from tests.integration.panel_server import PanelServer, refused
from tests.integration.panels import JSON
from tests.integration.patience import BEARS_SILENCE, HELD

GATED = safetensors(30_000, seed=1)
FREE = safetensors(20_000, seed=2)
LARGE = safetensors(1_500_000, seed=3)
STRANGER = {**JSON, "Host": "keeper.example"}
REPO = "people/gated"
KEPT = f"https://huggingface.co/{REPO}/resolve/main/vae/kept.safetensors"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.repo(REPO, gated=True).accepted = True
        made.add(REPO, "vae/kept.safetensors", GATED)
        yield made


@pytest.fixture
def civitai() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        yield made


@pytest.fixture
def server(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[PanelServer]:
    """Watched from when it serves: nothing that is asked of it may hold up its loop."""
    with PanelServer(tmp_path) as made:
        request.getfixturevalue("blocking_refused")
        yield made


@pytest.fixture
def entitled(
    tmp_path: Path, hub: FakeHub, civitai: FakeCivitai, request: pytest.FixtureRequest
) -> Iterator[PanelServer]:
    """A server whose tokens may go to the fake providers."""
    hosts = f"huggingface={hub.server.netloc},civitai={civitai.server.netloc}"
    environment = {
        "HF_ENDPOINT": hub.url,
        "MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url,
        "MODEL_KEEPER_TOKEN_HOSTS": hosts,
    }
    with PanelServer(tmp_path, **environment) as made:
        request.getfixturevalue("blocking_refused")
        yield made


def idle(server: PanelServer, name: str = "a.safetensors") -> str:
    """A job for a machine that nobody serves."""
    job = NewJob(JobKind.DOWNLOAD, {}, target="elsewhere", dest_key=name)
    return server.host.store.queue.enqueue(job).job.id


# -- settings ------------------------------------------------------------------------------------


def test_settings_are_changed_by_name_for_everybody(server: PanelServer) -> None:
    before = server.get("settings")["values"]
    assert set(before) == set(vars(Settings()))
    changed = server.ask("PATCH", "settings", {"concurrency": 5, "bandwidth": 100_000})
    assert changed.data["values"] == {**before, "concurrency": 5, "bandwidth": 100_000}
    with StandaloneHost(state_dir=server.state) as other:
        assert other.store.settings.read().concurrency == 5
    assert server.ask("PATCH", "settings", before).data["values"] == before
    assert server.ask("PATCH", "settings", {}).data["values"] == before


@pytest.mark.parametrize(
    "body",
    [
        {"concurrency": 0},
        {"concurrency": "3"},
        {"concurrency": None},
        {"bandwidth": 5},
        {"verify_hashes": 1},
        {"models_dir": "/models\0"},
        {"allowed_hosts": "models.lan"},
        {"allowed_hosts": [1]},
        {"colour": "red"},
        {"self": 1},
        {"": 1},
        [],
        "text",
        b'{"timeout_seconds": NaN}',
        b'{"timeout_seconds": 1e999}',
    ],
)
def test_one_wrong_setting_changes_none(server: PanelServer, body: Any) -> None:
    before = server.get("settings")
    if isinstance(body, dict):
        body = {"max_retries": 9, **body}
    refused(server.ask("PATCH", "settings", body), 400, "invalid_request")
    assert server.get("settings") == before


# -- tokens --------------------------------------------------------------------------------------


def test_a_token_goes_in_and_never_comes_out(
    entitled: PanelServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    kept = entitled.ask("PUT", "credentials/huggingface", {"token": f" {TOKEN}\n"})
    assert kept.data == {"credential": {"provider": "huggingface", "source": "file"}, "retried": 0}
    job = entitled.post("jobs", {"url": KEPT})["job"]
    assert entitled.finished(job["id"])["state"] == "succeeded"
    read = ("jobs", f"jobs/{job['id']}", "events?since=0", "settings", "credentials", "health")
    answers: list[Any] = [kept.data, *(entitled.get(path) for path in read)]
    for method, path, body in [
        ("POST", "links/inspect", {"text": KEPT}),
        ("PUT", "credentials/civitai", {"token": f"{TOKEN} {TOKEN}"}),
        ("PUT", "credentials/nobody", {"token": TOKEN}),
        ("POST", "credentials/huggingface/test", {}),
    ]:
        answers.append(entitled.ask(method, path, body).data)

    assert TOKEN not in json.dumps(answers)
    assert TOKEN not in entitled.log()
    assert TOKEN not in caplog.text
    known = {path.name for path in entitled.state.rglob("*") if _holds(path, TOKEN)}
    assert known == {"credentials.json"}
    if os.name == "posix":
        assert stat.S_IMODE((entitled.state / "credentials.json").stat().st_mode) == 0o600


def _holds(path: Path, text: str) -> bool:
    return path.is_file() and text.encode() in path.read_bytes()


def test_what_failed_for_want_of_a_token_goes_on_with_it(entitled: PanelServer) -> None:
    model = {"name": "kept.safetensors", "url": KEPT, "directory": "vae"}
    job_id = entitled.post("workflows/fetch", {"models": [model]})["job"]["id"]
    assert entitled.finished(job_id)["error"]["family"] == "credentials"

    other = entitled.ask("PUT", "credentials/civitai", {"token": KEY})
    assert other.data["retried"] == 0, "the other provider's downloads are not helped"
    kept = entitled.ask("PUT", "credentials/huggingface", {"token": TOKEN})

    assert kept.data["retried"] == 1
    entitled.job_in(job_id, "succeeded")
    assert (entitled.models / "vae" / "kept.safetensors").read_bytes() == GATED


def test_a_token_is_tried_at_its_provider(entitled: PanelServer) -> None:
    def tried(provider: str) -> Any:
        return entitled.ask("POST", f"credentials/{provider}/test", {})

    refused(tried("huggingface"), 400, "invalid_request")
    entitled.ask("PUT", "credentials/huggingface", {"token": "hf_wrong"})
    refused(tried("huggingface"), 422, "hf_token_refused")
    entitled.ask("PUT", "credentials/huggingface", {"token": TOKEN})
    assert tried("huggingface").data == {"provider": "huggingface", "name": "loopback"}
    entitled.ask("PUT", "credentials/civitai", {"token": "wrong"})
    refused(tried("civitai"), 422, "civitai_key_refused")
    entitled.ask("PUT", "credentials/civitai", {"token": KEY})
    assert tried("civitai").data == {"provider": "civitai", "name": "loopback"}
    forgotten = entitled.ask("DELETE", "credentials/civitai")
    assert forgotten.data["credential"] == {"provider": "civitai", "source": None}
    refused(tried("nobody"), 400, "invalid_request")


def test_a_provider_that_does_not_answer_is_said(tmp_path: Path) -> None:
    with PanelServer(tmp_path, HF_ENDPOINT="http://127.0.0.1:1", HF_TOKEN="hf_any") as server:
        refused(server.ask("POST", "credentials/huggingface/test", {}), 502, "unreachable")


@pytest.mark.parametrize("token", ["", " ", "two words", "a\nb", "t\u00f6ken", "\0", "\ud800"])
def test_what_no_header_can_carry_is_no_token(server: PanelServer, token: str) -> None:
    refused(server.ask("PUT", "credentials/civitai", {"token": token}), 400, "invalid_request")
    assert server.get("credentials")["items"][1] == {"provider": "civitai", "source": None}


def test_the_environment_goes_before_what_is_kept(tmp_path: Path) -> None:
    with PanelServer(tmp_path, HF_TOKEN="from_outside") as server:
        for method, body in (("PUT", {"token": TOKEN}), ("DELETE", None)):
            reply = server.ask(method, "credentials/huggingface", body)
            assert reply.data["credential"]["source"] == "environment"
        for method in ("PUT", "DELETE"):
            reply = server.ask(method, "credentials/nobody", {"token": "x"})
            refused(reply, 400, "invalid_request")


# -- who may write -------------------------------------------------------------------------------


def test_a_stranger_pairs_once_and_then_writes(server: PanelServer) -> None:
    job_id = idle(server)
    health = server.ask("GET", "health", headers=STRANGER).data
    assert health["writes"]["code"] == "pairing_needed"
    refused(server.ask("POST", f"jobs/{job_id}/pause", {}, STRANGER), 403, "pairing_needed")
    code = server.host.pairing.code()

    token = server.ask("POST", "pair", {"code": code.lower()}, STRANGER).data["token"]

    paired = {**STRANGER, "X-Model-Keeper-Token": token}
    assert server.ask("POST", f"jobs/{job_id}/pause", {}, paired).data["state"] == "paused"
    assert server.ask("GET", "health", headers=paired).data["writes"] is None
    refused(server.ask("POST", "pair", {"code": code}, STRANGER), 403, "pairing_code_wrong")
    wrong = {**STRANGER, "X-Model-Keeper-Token": token[:-1]}
    refused(server.ask("POST", f"jobs/{job_id}/resume", {}, wrong), 403, "pairing_needed")
    foreign = {**paired, "Sec-Fetch-Site": "cross-site"}
    refused(server.ask("POST", f"jobs/{job_id}/resume", {}, foreign), 403, "foreign_page")
    assert code not in json.dumps([server.get("health"), health])


def test_guessing_the_code_makes_a_new_one(server: PanelServer) -> None:
    code = server.host.pairing.code()
    for guess in ("", "AAAA-AAAA", "x" * 32, code[:-1], "\ud800"):
        refused(server.ask("POST", "pair", {"code": guess}), 403, "pairing_code_wrong")
    refused(server.ask("POST", "pair", {"code": code}), 403, "pairing_code_wrong")
    refused(server.ask("POST", "pair", {"code": "x" * 33}), 400, "invalid_request")
    refused(server.ask("POST", "pair", {}), 400, "invalid_request")
    assert server.ask("POST", "pair", {"code": server.host.pairing.code()}).status == 200


def test_a_name_that_is_listed_needs_no_pairing(server: PanelServer) -> None:
    server.ask("PATCH", "settings", {"allowed_hosts": ["Keeper.example", "other.example:8443"]})
    job_id = idle(server)
    for host in ("keeper.example", "keeper.example:9000", "other.example:8443"):
        for action in ("pause", "resume"):
            headers = {**JSON, "Host": host, "Origin": f"https://{host}"}
            assert server.ask("POST", f"jobs/{job_id}/{action}", {}, headers).status == 200, host
    headers = {**JSON, "Host": "other.example:9000"}
    refused(server.ask("POST", f"jobs/{job_id}/pause", {}, headers), 403, "pairing_needed")


def test_with_a_secret_nothing_is_told_without_it(tmp_path: Path) -> None:
    with PanelServer(tmp_path, secret="open-sesame") as server:
        job_id = idle(server)
        reading = ("health", "jobs", f"jobs/{job_id}", "events", "settings", "credentials")
        for path in (*reading, "folders", "openapi.json"):
            for given in ("", "guess", "open-sesam\xff"):
                headers = {"X-Model-Keeper-Token": given}
                refused(server.ask("GET", path, headers=headers), 401, "token_needed")
        for path in (f"jobs/{job_id}/pause", "pair", "worker/wake", "links/inspect"):
            refused(server.ask("POST", path, {}), 401, "token_needed")

        ways = ({"Authorization": "Bearer open-sesame"}, {"X-Model-Keeper-Token": "open-sesame"})
        for way, action in zip(ways, ("pause", "resume"), strict=True):
            headers = {**STRANGER, **way}
            assert server.ask("GET", "health", headers=headers).data["writes"] is None
            assert server.ask("POST", f"jobs/{job_id}/{action}", {}, headers).status == 200
        foreign = {**STRANGER, **ways[0], "Origin": "null"}
        refused(server.ask("POST", f"jobs/{job_id}/pause", {}, foreign), 403, "foreign_page")


# -- health --------------------------------------------------------------------------------------


def test_a_healthy_server_has_no_problem_and_a_worker_where_there_is_work(
    server: PanelServer,
) -> None:
    health = server.get("health")
    assert (health["host"], health["problems"], health["writes"]) == ("standalone", [], None)
    assert health["worker"]["running"] is False
    assert health["default_folder"]["path"] == str(server.models / "checkpoints")
    woken = server.post("worker/wake")
    assert woken["running"] is True
    assert server.get("health")["worker"]["pid"] == woken["pid"] == server.worker_pid()


def test_unknown_folders_are_a_problem_and_no_failure(server: PanelServer) -> None:
    server.ask("PATCH", "settings", {"models_dir": None})
    health = server.get("health")
    assert [problem["code"] for problem in health["problems"]] == ["roots_unknown"]
    assert (health["default_folder"], health["writes"]) == (None, None)


@contextmanager
def database_gone(server: PanelServer, instead: bytes | None) -> Iterator[None]:
    """For a while something else is where the database was: a folder, or other bytes."""
    path = server.host.state.database
    away = path.with_name("away")
    away.mkdir()
    for file in path.parent.glob(f"{path.name}*"):
        file.rename(away / file.name)
    path.mkdir() if instead is None else path.write_bytes(instead)
    server.host.store._database.engine.dispose()
    yield
    path.rmdir() if instead is None else path.unlink()
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    for file in away.iterdir():
        file.rename(path.parent / file.name)
    server.host.store._database.engine.dispose()


@pytest.mark.parametrize(
    ("instead", "code"),
    [(None, "database_unavailable"), (b"no database" * 500, "database_corrupt")],
)
def test_a_database_that_is_gone_is_a_stated_condition_and_not_the_end(
    server: PanelServer, instead: bytes | None, code: str
) -> None:
    job_id = idle(server)
    begun = time.monotonic()
    with database_gone(server, instead):
        asked = [
            ("GET", "jobs", None),
            ("GET", "events?wait=1", None),
            ("POST", f"jobs/{job_id}/pause", {}),
            ("PATCH", "settings", {"concurrency": 5}),
            ("GET", "folders", None),
        ]
        with ThreadPoolExecutor(len(asked) + 1) as pool:
            health = pool.submit(server.get, "health")
            replies = [pool.submit(server.ask, *each) for each in asked]
        for reply in replies:
            refused(reply.result(), 503, code)
        assert [problem["code"] for problem in health.result()["problems"]] == [code]
        assert health.result()["writes"]["code"] == code
        assert server.get("openapi.json")["openapi"] == "3.1.0"
        assert time.monotonic() - begun < 15.0, "it is said while somebody still waits"
    assert server.post(f"jobs/{job_id}/pause")["state"] == "paused"
    assert server.get("health")["problems"] == []


def test_a_worker_that_cannot_be_had_is_replaced_by_a_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none() -> Any:
        raise KeeperError("worker_unavailable", why="no process can be had", log="-")

    with PanelServer(tmp_path) as server, Origin() as origin:
        monkeypatch.setattr(server.host.supervisor, "ensure", none)
        url = origin.add("a.safetensors", FREE)
        job_id = server.post("jobs", {"url": url, "category": "loras"})["job"]["id"]
        assert server.finished(job_id)["state"] == "succeeded"
        assert server.get("health")["worker"]["pid"] == os.getpid()

        server.post("worker/wake")
        thread = server.host._thread
        assert thread is not None
        thread.stop()
        later = origin.add("b.safetensors", FREE)
        job_id = server.post("jobs", {"url": later, "category": "loras"})["job"]["id"]
        assert server.finished(job_id)["state"] == "succeeded", "one that has ended is replaced too"


def test_while_comfyui_generates_a_download_rests_and_then_goes_on(
    server: PanelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    generates, tell = threading.Event(), WorkerLink.tell_generating
    monkeypatch.setattr(
        WorkerLink, "tell_generating", lambda link, _: tell(link, generates.is_set())
    )
    server.ask(
        "PATCH",
        "settings",
        {"wait_for_generation": True, "connections_per_file": 1, "timeout_seconds": BEARS_SILENCE},
    )
    with Origin() as origin:
        url = origin.add("a.safetensors", LARGE, **HELD)
        job_id = server.post("jobs", {"url": url, "category": "loras"})["job"]["id"]
        server.job_in(job_id, "running")
        generates.set()

        server.job_in(job_id, "pending")
        server.until(lambda: server.get("health")["worker"]["resting"], bool)
        origin.served("a.safetensors").gate.set()
        generates.clear()

        assert server.finished(job_id)["state"] == "succeeded"
        assert origin.sent("a.safetensors") < 1.5 * len(LARGE), "what had come was kept"
    events = [entry["event"] for entry in server.get(f"jobs/{job_id}")["history"]]
    assert events.count("claim") == 2
