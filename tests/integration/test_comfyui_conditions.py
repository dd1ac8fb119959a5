"""Under the conditions that people's ComfyUIs are in: options, neighbours, broken disks, big files."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from model_keeper.testing.server import LoopbackServer, Reply, Request, json_reply
from tests.integration.extension import JSON, PREFIX, ROOT, Extension
from tests.integration.patience import PATIENCE
from tests.integration.stub_comfyui import ask, write

_TEXT = {"Content-Type": "text/plain"}
_OURS = {"X-Model-Keeper": "1"}
_LAN = "192.168.7.7:8188"
_REBOUND = "models.attacker.example:8188"
_FOREIGN = "https://attacker.example"

_UPSTREAM = """
from aiohttp import web
from server import PromptServer
NODE_CLASS_MAPPINGS = {}

@PromptServer.instance.routes.get("/model-manager/models")
async def models(request):
    return web.json_response({"success": True, "data": []})
"""

_CATCH_ALL = """
from aiohttp import web
from server import PromptServer
NODE_CLASS_MAPPINGS = {}

@PromptServer.instance.routes.route("*", "/model-manager/{tail:.*}")
async def everything(request):
    return web.json_response({"theirs": request.match_info["tail"]})
"""

#: Keeps what goes through the log, as ComfyUI does to show it to whoever asks.
_LOG = """
import io, logging
from aiohttp import web
from server import PromptServer
NODE_CLASS_MAPPINGS = {}
kept = io.StringIO()
logging.getLogger().addHandler(logging.StreamHandler(kept))

@PromptServer.instance.routes.get("/probe/log")
async def log(request):
    return web.Response(text=kept.getvalue())
"""

#: Notes on which threads workflows are read, from when it is asked for the first time.
_WATCH = """
import threading
from aiohttp import web
from server import PromptServer
NODE_CLASS_MAPPINGS = {}
threads = []

def watched(read):
    def reading(*values, **named):
        threads.append(threading.current_thread().name)
        return read(*values, **named)
    return reading

@PromptServer.instance.routes.post("/probe/watch")
async def watch(request):
    from model_keeper.web.v1 import workflows
    workflows.read_workflow = watched(workflows.read_workflow)
    return web.json_response(threading.current_thread().name)

@PromptServer.instance.routes.get("/probe/threads")
async def answer(request):
    return web.json_response(threads)
"""


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("HF_", "MODEL_KEEPER_"))]:
        monkeypatch.delenv(name)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extension]:
    with Extension(tmp_path_factory.mktemp("plain")) as host:
        yield host


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Extension]:
    with Extension(tmp_path_factory.mktemp("cors"), "--enable-cors-header") as host:
        yield host


def write_status(host: Extension, headers: Mapping[str, str]) -> tuple[int, str]:
    """What a request that would change something gets: status and code, which ComfyUI's own
    refusals do not have. ``{own}`` in a header stands for the host's own name and port."""
    own = urlsplit(host.url).netloc
    sent = {name: value.replace("{own}", own) for name, value in headers.items()}
    answer = host.ask("POST", "workflows/analyze", {}, sent)
    if not answer.body:
        return answer.status, "comfyui"
    return answer.status, answer.json.get("error", {}).get("code", "")


_ADMITTED, _COMFYUI = (200, ""), (403, "comfyui")
_PAGE, _HEADER, _PAIRING = (403, "foreign_page"), (415, "header_needed"), (403, "pairing_needed")


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({**JSON, "Origin": "http://{own}"}, _ADMITTED),
        ({**JSON, "Origin": "http://{own}", "Sec-Fetch-Site": "same-origin"}, _ADMITTED),
        (JSON, _ADMITTED),
        ({**_TEXT, **_OURS}, _ADMITTED),
        (_TEXT, _HEADER),
        ({**_TEXT, "Origin": "http://{own}"}, _HEADER),
        ({**JSON, "Origin": "null"}, _PAGE),
        ({**JSON, **_OURS, "Origin": "null"}, _PAGE),
        ({**JSON, "Origin": _FOREIGN}, _COMFYUI),
        ({**JSON, "Origin": "http://{own}", "Sec-Fetch-Site": "cross-site"}, _COMFYUI),
        ({**JSON, "Host": _REBOUND}, _PAIRING),
        ({**JSON, "Host": _REBOUND, "Origin": f"http://{_REBOUND}"}, _PAIRING),
        ({**JSON, **_OURS, "Host": _REBOUND, "Sec-Fetch-Site": "same-origin"}, _PAIRING),
        ({**JSON, "Host": _REBOUND, "Origin": _FOREIGN}, _PAGE),
    ],
)
def test_who_may_change_something(
    plain: Extension, headers: dict[str, str], outcome: tuple[int, str]
) -> None:
    assert write_status(plain, headers) == outcome


@pytest.mark.parametrize(
    ("headers", "outcome"),
    [
        ({**JSON, "Origin": "http://{own}"}, _ADMITTED),
        (JSON, _ADMITTED),
        ({**JSON, "Origin": _FOREIGN}, _PAGE),
        ({**JSON, **_OURS, "Origin": _FOREIGN}, _PAGE),
        ({**JSON, "Origin": "null"}, _PAGE),
        ({**JSON, "Sec-Fetch-Site": "cross-site"}, _PAGE),
        (_TEXT, _HEADER),
    ],
)
def test_who_may_change_something_where_comfyui_lets_every_page_in(
    open_to_all: Extension, headers: dict[str, str], outcome: tuple[int, str]
) -> None:
    leave = open_to_all.ask("OPTIONS", "jobs", None, {"Origin": _FOREIGN})
    assert leave.status == 200
    assert leave.headers["Access-Control-Allow-Origin"] == "*"
    assert write_status(open_to_all, headers) == outcome


def test_a_browser_of_another_machine_pairs_by_the_code_on_the_console(tmp_path: Path) -> None:
    with Extension(tmp_path, "--listen", "0.0.0.0", nodes={"log": _LOG}) as host:
        lan = {**JSON, "Host": _LAN, "Origin": f"http://{_LAN}"}
        health = host.ask("GET", "health", None, lan)
        assert health.status == 200
        assert health.json["writes"]["code"] == "pairing_needed"
        assert write_status(host, lan) == _PAIRING
        found = re.search(r"pairing code is (\S+)", host.comfyui.log())
        assert found is not None
        code = found[1]
        for shown in (health.body.decode(), ask(f"{host.url}/probe/log").body.decode()):
            assert code not in shown
            assert code.replace("-", "") not in shown
        assert str(host.state.pairing) in ask(f"{host.url}/probe/log").body.decode()
        paired = host.ask("POST", "pair", {"code": code}, lan)
        assert (
            write_status(host, {**lan, "X-Model-Keeper-Token": paired.json["token"]}) == _ADMITTED
        )
        again = host.ask("POST", "pair", {"code": code}, lan)
        assert again.json["error"]["code"] == "pairing_code_wrong"


def test_only_this_machine_needs_no_code(plain: Extension) -> None:
    assert "pairing" not in plain.comfyui.log()
    assert not plain.state.pairing.exists()


def test_the_api_works_under_comfyuis_content_policy(tmp_path: Path) -> None:
    with Extension(tmp_path, "--disable-api-nodes") as host:
        answer = host.ask("GET", "health")
        assert answer.status == 200
        assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
        assert write_status(host, JSON) == _ADMITTED


def test_everything_is_served_below_a_path_of_a_proxy(tmp_path: Path) -> None:
    with Extension(tmp_path, "--sub-path", "/comfy") as host:
        assert host.url.endswith("/comfy")
        assert host.get("health")["host"] == "comfyui"
        assert write_status(host, {**JSON, "Origin": "http://{own}"}) == _ADMITTED
        scripts = ask(f"{host.url}/extensions").json
        assert [name for name in scripts if name.startswith(f"/extensions/{ROOT.name}/")] == [
            f"/extensions/{ROOT.name}/model-keeper.js"
        ]
        for file in (ROOT / "web" / "dist").rglob("*"):
            if file.is_file():
                name = file.relative_to(ROOT / "web" / "dist").as_posix()
                served = ask(f"{host.url}/extensions/{ROOT.name}/{name}")
                assert (served.status, served.body) == (200, file.read_bytes()), name


def test_the_upstream_extension_beside_ours(tmp_path: Path) -> None:
    with Extension(tmp_path, nodes={"ComfyUI-Model-Manager": _UPSTREAM}) as host:
        for prefix in ("", "/api"):
            theirs = ask(f"{host.url}{prefix}/model-manager/models")
            assert theirs.json == {"success": True, "data": []}
        (note,) = host.get("health")["notes"]
        assert "ComfyUI-Model-Manager" in note
        assert host.comfyui.log().count(note) == 1


def test_an_extension_that_answers_everything_below_our_name(tmp_path: Path) -> None:
    with Extension(tmp_path, nodes={"everything": _CATCH_ALL}) as host:
        assert host.get("health")["problems"] == []
        assert ask(f"{host.url}{PREFIX}/health").json["host"] == "comfyui"
        assert ask(f"{host.url}/model-manager/other").json == {"theirs": "other"}


def test_a_second_copy_does_nothing_and_says_so(tmp_path: Path) -> None:
    copy = tmp_path / "a second copy"
    copy.symlink_to(ROOT, target_is_directory=True)
    write(tmp_path / "models" / "loras" / "b.safetensors")
    with Extension(tmp_path, "--custom-node", str(copy)) as host:
        assert host.get("health")["problems"] == []
        assert host.comfyui.log().count("this second copy does nothing") == 1
        prompts = [{"1": {"inputs": {"lora_name": "b.safetensors"}}}] * 2
        for prompt in prompts:
            ask(f"{host.url}/prompt", "POST", JSON, {"prompt": prompt})
        with host.store() as store:
            uses = host.until(store.usage.all, lambda uses: uses and uses[0].runs >= len(prompts))
        assert uses[0].runs == len(prompts)


def stated(host: Extension, code: str, *, hint: str) -> None:
    """Every route answers 503 with the code, ComfyUI's page is there, and the log says it once."""
    routes = (("GET", "health"), ("GET", "jobs"), ("POST", "jobs"), ("GET", "nothing"))
    answers = [host.ask(method, path, {}) for method, path in routes]
    assert [(answer.status, answer.json["error"]["code"]) for answer in answers] == [
        (503, code)
    ] * len(routes)
    message = answers[0].json["error"]["message"]
    assert ask(f"{host.url}/").status == 200
    lines = host.log()
    (what,) = [n for n, line in enumerate(lines) if message in line]
    assert hint in lines[what + 1]
    assert "Traceback" not in host.comfyui.log()


def test_a_damaged_database_is_named_and_left_alone(tmp_path: Path) -> None:
    host = Extension(tmp_path)
    damaged = b"this is no database " * 500
    write(host.state.database, damaged)
    with host:
        stated(host, "database_corrupt", hint="Move it away and start again")
        assert host.state.database.read_bytes() == damaged


def test_a_database_that_another_program_holds_is_waited_for(tmp_path: Path) -> None:
    with Extension(tmp_path) as host:
        host.get("health")
        host.kill()
        with closing(sqlite3.connect(host.state.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            host.start()
            stated(host, "database_unavailable", hint="Work goes on by itself")
        while host.ask("GET", "health").status != 200:
            pass
        assert host.get("health")["problems"] == []


def test_a_state_folder_that_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "a file")
    monkeypatch.setenv("MODEL_KEEPER_STATE_DIR", str(tmp_path / "a file" / "state"))
    with Extension(tmp_path) as host:
        stated(host, "state_unusable", hint="MODEL_KEEPER_STATE_DIR")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_state_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    host = Extension(tmp_path)
    host.state.create()
    host.state.path.chmod(0o500)
    try:
        with host:
            stated(host, "database_read_only", hint="Change its rights")
    finally:
        host.state.path.chmod(0o700)


def large_workflow() -> dict[str, Any]:
    """Five megabytes of nodes, one of which names a model with a link."""
    text = "a long prompt " * 20
    nodes: list[dict[str, Any]] = [
        {"id": n, "type": "CLIPTextEncode", "mode": 0, "properties": {}, "widgets_values": [text]}
        for n in range(2, 14_000)
    ]
    link = "https://huggingface.co/people/models/resolve/main/a.safetensors"
    model = {"name": "a.safetensors", "url": link, "directory": "loras"}
    loader = {"id": 1, "type": "LoraLoaderModelOnly", "mode": 0, "widgets_values": [model["name"]]}
    return {"nodes": [{**loader, "properties": {"models": [model]}}, *nodes], "links": []}


def test_a_large_workflow_keeps_nobody_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is read beside ComfyUI's loop, and while its sources are asked others are answered."""
    asked, answer = threading.Event(), threading.Event()

    def source(_: Request) -> Reply:
        asked.set()
        answer.wait()
        return json_reply({}, 404)

    workflow = large_workflow()
    assert len(json.dumps(workflow)) > 5_000_000
    monkeypatch.setenv("MODEL_KEEPER_ALLOW_HOSTS", "127.0.0.1")
    hub = LoopbackServer(source)
    monkeypatch.setenv("HF_ENDPOINT", hub.url)
    with hub, Extension(tmp_path, nodes={"watch": _WATCH}) as host, ThreadPoolExecutor(1) as pool:
        loop = ask(f"{host.url}/probe/watch", "POST").json
        analysis = pool.submit(host.post, "workflows/analyze", {"workflow": workflow})
        try:
            assert asked.wait(PATIENCE)
            assert host.get("health")["host"] == "comfyui"
            assert not analysis.done()
        finally:
            answer.set()
        (need,) = analysis.result()["items"]
        assert need["name"] == "a.safetensors"
        threads = ask(f"{host.url}/probe/threads").json
        assert threads
        assert loop not in threads
