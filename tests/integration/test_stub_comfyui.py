"""The stub ComfyUI treats requests and extensions as ComfyUI 0.27 was measured to do."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import pytest

from model_keeper.testing.comfyui.process import ComfyUIProcess
from tests.integration.patience import PATIENCE
from tests.integration.stub_comfyui import ask, probed_host, write


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ComfyUIProcess]:
    folder = tmp_path_factory.mktemp("host")
    custom_nodes = folder / "base" / "custom_nodes"
    write(custom_nodes / "broken-one" / "__init__.py", "import no_such_module_at_all")
    write(custom_nodes / "broken-one" / "locales" / "en" / "main.json", '{"probe": {"bye": "Bye"}}')
    write(custom_nodes / "off.disabled" / "__init__.py", "raise SystemExit(9)")
    write(custom_nodes / "bare.py", "VALUE = 1")
    with probed_host(folder) as process:
        yield process


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"Origin": "http://{netloc}"}, 200),
        ({"Origin": "http://127.0.0.1"}, 200),
        ({"Origin": "http://localhost:{port}"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Origin": "https://example.org"}, 403),
        ({"Origin": "null"}, 200),
        ({"Host": "192.0.2.7:{port}", "Origin": "https://example.org"}, 200),
        ({"Host": "localhost:{port}", "Origin": "https://example.org"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "192.0.2.7:{port}", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
def test_the_origin_check(host: ComfyUIProcess, headers: dict[str, str], status: int) -> None:
    netloc = urlsplit(host.url).netloc
    port = netloc.partition(":")[2]
    sent = {name: value.format(netloc=netloc, port=port) for name, value in headers.items()}
    assert ask(host.url + "/api/probe/seen", headers=sent).status == status


def test_options_is_answered_for_every_path(host: ComfyUIProcess) -> None:
    assert ask(host.url + "/no/such/path", "OPTIONS").status == 200


@pytest.mark.parametrize(
    ("path", "status", "header"),
    [
        ("/extensions/my.ext-main/panel.js", 200, "no-store"),
        ("/extensions/my.ext-main/chunk.mjs", 200, None),
        ("/probe/preview/a.json", 200, None),
        ("/probe/preview/index-1.json", 200, "no-store"),
        ("/probe/preview/a.png", 200, "public, max-age=86400"),
        ("/api/probe/preview/A.WEBP", 200, "public, max-age=86400"),
        ("/api/probe/preview/gone.jpg", 404, "public, max-age=3600"),
        ("/api/probe/preview/gone.jpg?own=1", 404, "no-cache"),
        # Whether a static file is there is known only after the header is set.
        ("/extensions/my.ext-main/no-such.png", 404, "public, max-age=86400"),
        ("/", 200, "no-store, must-revalidate"),
    ],
)
def test_cache_headers(host: ComfyUIProcess, path: str, status: int, header: str | None) -> None:
    answer = ask(host.url + path)
    assert (answer.status, answer.headers.get("Cache-Control")) == (status, header)


@pytest.mark.parametrize("path", ["/probe/seen", "/object_info/KSampler", "/settings", "/models"])
def test_every_route_is_served_twice(host: ComfyUIProcess, path: str) -> None:
    plain, prefixed = ask(host.url + path), ask(host.url + "/api" + path)
    assert plain.status == 200
    assert plain.body == prefixed.body


def test_routes_that_are_not_there(host: ComfyUIProcess) -> None:
    """The static frontend covers every path, so writing to an unknown one is 405, not 404."""
    assert ask(host.url + "/api/no/such").status == 404
    assert ask(host.url + "/api/no/such", "POST").status == 405
    assert ask(host.url + "/api/extensions/my.ext-main/panel.js").status == 404
    assert ask(host.url + "/api/assets").status == 503


def test_an_extension_is_loaded_as_in_comfyui(host: ComfyUIProcess) -> None:
    seen = ask(host.url + "/probe/seen").json
    assert seen["name"].endswith("/my_x_ext-main")
    assert "." not in seen["name"]
    assert seen["loop"]
    assert not seen["frozen"]
    assert seen["session"]
    assert seen["port"] == urlsplit(host.url).port


def test_an_extension_that_fails_stops_nobody(host: ComfyUIProcess) -> None:
    custom_nodes = host.base / "custom_nodes"
    failure = f"Cannot import {custom_nodes / 'broken-one'} module for custom nodes: No module"
    assert failure in host.log()
    assert "Traceback" in host.log()
    assert f"(IMPORT FAILED): {custom_nodes / 'broken-one'}" in host.log()
    assert f"Skip {custom_nodes / 'bare.py'} module" in host.log()
    assert "off.disabled" not in host.log()


def test_scripts_are_listed_at_any_depth_and_modules_are_not(host: ComfyUIProcess) -> None:
    assert ask(host.url + "/extensions").json == [
        "/extensions/my.ext-main/deep/other.js",
        "/extensions/my.ext-main/panel.js",
    ]


def test_translations_of_all_folders_are_one_tree(host: ComfyUIProcess) -> None:
    trees = ask(host.url + "/i18n").json
    assert trees["en"] == {
        "probe": {"hello": "Hello", "bye": "Bye"},
        "settings": {"probe_Flag": {"name": "A flag"}},
    }
    assert trees["de"] == {}


def test_events_reach_one_browser_or_all(host: ComfyUIProcess) -> None:
    async def talk() -> list[list[Any]]:
        async with aiohttp.ClientSession() as session:
            sockets = [
                await session.ws_connect(f"{host.url}/ws?clientId={name}") for name in ("a", "b")
            ]
            for data in ({"sid": "b", "data": 1}, {"data": 2}):
                await session.post(host.url + "/api/probe/tell", json=data)
            received: list[list[Any]] = []
            for socket in sockets:
                hello = await socket.receive_json()
                assert (hello["type"], hello["data"]["sid"]) == ("status", "ab"[len(received)])
                received.append([])
                while received[-1][-1:] != [2]:
                    message = await socket.receive_json()
                    if message["type"] == "probe.event":
                        received[-1].append(message["data"])
                await socket.close()
            return received

    assert asyncio.run(talk()) == [[2], [1, 2]]


def test_the_first_message_exchanges_features(host: ComfyUIProcess) -> None:
    async def talk() -> Any:
        async with (
            aiohttp.ClientSession() as session,
            session.ws_connect(host.url + "/ws") as socket,
        ):
            await socket.receive_json()
            await socket.send_json({"type": "feature_flags", "data": {}})
            while (message := await socket.receive_json())["type"] != "feature_flags":
                pass
            return message["data"]

    assert asyncio.run(talk()) == ask(host.url + "/features").json


def test_api_nodes_off_sends_a_security_policy(tmp_path: Path) -> None:
    with ComfyUIProcess(tmp_path, "--disable-api-nodes") as host:
        for path in ("/", "/api/settings"):
            policy = ask(host.url + path).headers["Content-Security-Policy"]
            assert "connect-src 'self' data:;" in policy
            assert "media-src" not in policy
        assert ask(host.url, headers={"Origin": "https://example.org"}).status == 403


def test_cors_replaces_the_origin_check(tmp_path: Path) -> None:
    with ComfyUIProcess(tmp_path, "--enable-cors-header") as host:
        sent = {"Origin": "https://example.org", "Sec-Fetch-Site": "cross-site"}
        answer = ask(host.url + "/settings", headers=sent)
        assert (answer.status, answer.headers["Access-Control-Allow-Origin"]) == (200, "*")
        assert "Content-Security-Policy" not in answer.headers


def test_below_a_sub_path_nothing_else_is_served(tmp_path: Path) -> None:
    with probed_host(tmp_path, "--sub-path", "/comfy/ui/") as host:
        root = host.url.removesuffix("/comfy/ui")
        assert ask(root + "/").status == 404
        assert ask(root + "/api/settings").status == 404
        assert ask(host.url).headers["Location"] == "/comfy/ui/"
        assert b"Stub ComfyUI" in ask(host.url + "/").body
        assert ask(host.url + "/extensions").json[1] == "/extensions/my.ext-main/panel.js"
        script = ask(host.url + "/extensions/my.ext-main/panel.js")
        assert script.headers["Cache-Control"] == "no-store"
        sent = ask(host.url + "/api/userdata/a%2Fb.txt?full_info=true", "POST", body="é" * 100_000)
        assert sent.json["path"] == "a/b.txt"
        assert sent.json["size"] == len(ask(host.url + "/api/userdata/a%2Fb.txt").body)
        foreign = ask(host.url + "/settings", headers={"Origin": "https://example.org"})
        assert foreign.status == 403

        async def first_message() -> Any:
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(host.url + "/ws?clientId=me") as socket,
            ):
                return await socket.receive_json()

        assert asyncio.run(first_message())["data"]["sid"] == "me"


@pytest.mark.parametrize(
    ("sent", "code", "left"), [(signal.SIGTERM, -signal.SIGTERM, []), (signal.SIGINT, 0, ["exit"])]
)
def test_no_shutdown_hook_ever_runs(
    tmp_path: Path, sent: signal.Signals, code: int, left: list[str]
) -> None:
    write(
        tmp_path / "custom_nodes" / "hooks.py",
        f"""
import atexit
from pathlib import Path
from server import PromptServer

left = Path({str(tmp_path / "left")!r})
left.mkdir()

async def ended(app):
    (left / "hook").touch()

async def around(app):
    yield
    (left / "context").touch()

app = PromptServer.instance.app
app.on_shutdown.append(ended)
app.on_cleanup.append(ended)
app.cleanup_ctx.append(around)
atexit.register((left / "exit").touch)
NODE_CLASS_MAPPINGS = {{}}
""",
    )
    with ComfyUIProcess(tmp_path) as host:
        host.process.send_signal(sent)
        assert host.process.wait(PATIENCE) == code
    assert [path.name for path in (tmp_path / "left").iterdir()] == left


def test_a_host_that_cannot_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="unrecognized arguments: --nonsense"),
        ComfyUIProcess(tmp_path, "--nonsense"),
    ):
        pytest.fail("it started")
