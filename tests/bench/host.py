"""What the extension costs ComfyUI: its import, its bundle, and its event loop under downloads."""

from __future__ import annotations

import gzip
import http.client
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from model_keeper.engine.clock import SystemClock
from model_keeper.engine.hash_jobs import hash_job
from model_keeper.engine.state_folder import StateFolder
from model_keeper.store import open_store
from model_keeper.testing.comfyui.process import ComfyUIProcess
from model_keeper.testing.model_files import write_safetensors
from tests.bench.nginx import Nginx
from tests.bench.report import Limit, Table

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 7
DOWNLOADS = 8
_MIB = 1 << 20
_SIZE = 128 * _MIB
_HASHED = 40_000_000_000
_RATE = 13 * _MIB  # a connection; eight of them are about 100 MB/s
_PREFIX = "/model-manager/v1"

#: ComfyUI has imported aiohttp long before it comes to its custom nodes.
_IMPORT = """
import importlib.util, sys, time, types
from aiohttp import web
server = types.ModuleType("server")
server.PromptServer = types.SimpleNamespace(instance=types.SimpleNamespace(
    routes=web.RouteTableDef(), app=types.SimpleNamespace(on_startup=[]), sockets={},
    add_on_prompt_handler=lambda handler: None))
sys.modules["server"] = server
begun = time.perf_counter()
spec = importlib.util.spec_from_file_location("probe", sys.argv[1] + "/__init__.py",
    submodule_search_locations=[sys.argv[1]])
module = importlib.util.module_from_spec(spec)
sys.modules["probe"] = module
spec.loader.exec_module(module)
print((time.perf_counter() - begun) * 1000)
assert server.PromptServer.instance.app.on_startup, "it did not register"
"""

#: Another custom node, which notes by how much its timer is late.
_PROBE = """
import asyncio, time
from aiohttp import web
from server import PromptServer
NODE_CLASS_MAPPINGS = {}
late, tasks = [], []

async def watch():
    while True:
        due = time.perf_counter() + 0.005
        await asyncio.sleep(0.005)
        late.append((time.perf_counter() - due) * 1000)

async def start(app):
    tasks.append(asyncio.get_running_loop().create_task(watch()))

PromptServer.instance.app.on_startup.append(start)

@PromptServer.instance.routes.get("/probe")
async def read(request):
    taken, late[:] = list(late), []
    return web.json_response(taken)
"""


def measure(work: Path, table: Table) -> None:
    """Every row about ComfyUI and its page."""
    table.limit(Limit("import inside ComfyUI, milliseconds", _import_time(), 100))
    table.limit(Limit("panel: what ComfyUI's page loads, kB packed", _entry_kilobytes(), 80))
    table.limit(Limit("panel: all of it when opened, kB packed", _all_kilobytes(), None))
    idle, loaded = _loop_delays(work)
    table.limit(Limit("ComfyUI's loop when idle, p99 delay in milliseconds", idle, None))
    table.limit(
        Limit(
            "ComfyUI's loop under eight downloads and a hash, p99 delay in milliseconds", loaded, 20
        )
    )


def _import_time() -> float:
    """The shortest of several fresh interpreters, which is the one with the least noise."""
    times = []
    for _ in range(ROUNDS):
        run = subprocess.run(
            [sys.executable, "-c", _IMPORT, str(ROOT)], capture_output=True, text=True, check=True
        )
        times.append(float(run.stdout))
    return min(times)


def _entry_kilobytes() -> float:
    dist = ROOT / "web" / "dist"
    found = {dist / "model-keeper.js"}
    waiting = list(found)
    while waiting:
        path = waiting.pop()
        for name in re.findall(r'^import .*?"(\.[^"]+)";$', path.read_text(), re.MULTILINE):
            imported = (path.parent / name).resolve()
            if imported not in found:
                found.add(imported)
                waiting.append(imported)
    return _packed(found)


def _all_kilobytes() -> float:
    dist = ROOT / "web" / "dist"
    return _packed(set(dist.rglob("*.mjs")) | {dist / "model-keeper.js"})


def _packed(files: set[Path]) -> float:
    return sum(len(gzip.compress(path.read_bytes())) for path in files) / 1000


def _loop_delays(work: Path) -> tuple[float, float]:
    files = work / "host-files"
    files.mkdir()
    for number in range(DOWNLOADS):
        write_safetensors(files / f"model-{number}.safetensors", _SIZE, seed=number)
    probe = work / "probe"
    probe.mkdir()
    (probe / "__init__.py").write_text(_PROBE)
    os.environ["MODEL_KEEPER_ALLOW_HOSTS"] = "127.0.0.1"
    os.environ["MODEL_KEEPER_STATE_DIR"] = str(work / "host-state")
    custom = ("--custom-node", str(ROOT), "--custom-node", str(probe))
    with Nginx(files, work, rate=_RATE) as nginx, ComfyUIProcess(work / "host", *custom) as host:
        _ask(
            host.url, "PATCH", f"{_PREFIX}/settings", {"concurrency": 8, "connections_per_file": 1}
        )
        _ask(host.url, "GET", "/probe")
        time.sleep(3)
        idle = _ask(host.url, "GET", "/probe")
        links = [nginx.url(f"model-{n}.safetensors", throttled=True) for n in range(DOWNLOADS)]
        items = [{"url": link, "category": "checkpoints"} for link in links]
        batch = _ask(host.url, "POST", f"{_PREFIX}/batches", {"items": items})["job"]["id"]
        hashing = _hash_without_end(work)
        _ask(host.url, "GET", "/probe")
        while _ask(host.url, "GET", f"{_PREFIX}/jobs/{batch}")["job"]["state"] != "succeeded":
            time.sleep(0.5)
        loaded = _ask(host.url, "GET", "/probe")
        state = _ask(host.url, "GET", f"{_PREFIX}/jobs/{hashing}")["job"]["state"]
        assert state == "running", f"the hash is {state}"
        _ask(host.url, "POST", f"{_PREFIX}/jobs/{hashing}/cancel", {})
    return _p99(idle), _p99(loaded)


def _hash_without_end(work: Path) -> str:
    """A hash job over a file with holes, which takes longer than the downloads."""
    path = work / "holes.safetensors"
    with path.open("wb") as file:
        file.truncate(_HASHED)
    os.utime(path, (1_600_000_000, 1_600_000_000))
    store = open_store(
        StateFolder(work / "host-state").database, clock=SystemClock(), actor="bench"
    )
    try:
        return store.queue.enqueue(hash_job([str(path)])).job.id
    finally:
        store.close()


def _p99(delays: list[float]) -> float:
    return sorted(delays)[int(len(delays) * 0.99)]


def _ask(url: str, method: str, path: str, body: Any = None) -> Any:
    connection = http.client.HTTPConnection(urlsplit(url).netloc, timeout=30)
    try:
        data = None if body is None else json.dumps(body)
        connection.request(method, path, data, {"Content-Type": "application/json"})
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()
