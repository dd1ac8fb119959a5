"""The extension in the stub of ComfyUI, as a person's browser and other custom nodes meet it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from model_keeper.engine.clock import SystemClock
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.worker_link import WorkerLink, WorkerRecord
from model_keeper.store import JobStore, open_store
from model_keeper.testing.comfyui.process import ComfyUIProcess
from tests.integration.patience import PATIENCE
from tests.integration.stub_comfyui import Answer, ask, write

ROOT = Path(__file__).parent.parent.parent
PREFIX = "/model-manager/v1"
JSON = {"Content-Type": "application/json"}

#: What a ComfyUI has imported and put in place before it comes to its custom nodes, without any of
#: our own modules. ``serve`` comes after the load, as in ComfyUI.
_LOADING = """
import asyncio, importlib.util, io, json, logging, os, sys, threading, types
from importlib.abc import MetaPathFinder
from pathlib import Path
import aiohttp
from aiohttp import web

asked = json.loads(sys.argv[1])
folder, user = Path(asked["folder"]), Path(asked["user"])
if not asked["installed"]:
    sys.path[:] = [p for p in sys.path if not Path(p, "model_keeper", "__init__.py").is_file()]

class Refusal(MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in asked["missing"]:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Refusal())
log = io.StringIO()
logging.basicConfig(level=logging.INFO, format="%(message)s", stream=log)

class PromptServer:
    def __init__(self):
        self.loop = asyncio.get_running_loop()
        self.app, self.routes, self.sockets = web.Application(), web.RouteTableDef(), {}
        self.handlers = []
        if asked["strange"]:
            del self.routes

    def add_on_prompt_handler(self, handler):
        self.handlers.append(handler)

def module(name, **members):
    sys.modules[name] = types.ModuleType(name)
    vars(sys.modules[name]).update(members)

noticed, watching = [], False
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
DEEDS = {"os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "os.fork", "os.exec",
         "os.posix_spawn", "os.system", "subprocess.Popen", "socket.connect", "socket.bind",
         "socket.getaddrinfo", "sqlite3.connect", "_thread.start_new_thread"}

def note(event, args):
    if watching and (event in DEEDS or event == "open" and args[2] & WRITING):
        noticed.append([event, str(args[0])])

sys.addaudithook(note)

async def main():
    global watching
    module("server", PromptServer=PromptServer)
    module("folder_paths", folder_names_and_paths={"loras": ([str(user / "loras")], {".safetensors"})},
           get_system_user_directory=lambda name: str(user / f"__{name}"))
    module("nodes", NODE_CLASS_MAPPINGS={})
    host = PromptServer.instance = PromptServer()
    name = str(folder).replace(".", "_x_")
    spec = importlib.util.spec_from_file_location(name, folder / "__init__.py")
    loaded = sys.modules[name] = importlib.util.module_from_spec(spec)
    before, threads, watching = set(sys.modules), set(threading.enumerate()), True
    spec.loader.exec_module(loaded)
    watching = False
    answer = {
        "nodes": getattr(loaded, "NODE_CLASS_MAPPINGS", None),
        "web": getattr(loaded, "WEB_DIRECTORY", None),
        "routes": [[route.method, route.path] for route in getattr(host, "routes", ())],
        "imported": sorted(set(sys.modules) - before),
        "source": getattr(sys.modules.get("model_keeper"), "__file__", None),
        "noticed": noticed,
        "threads": [thread.name for thread in set(threading.enumerate()) - threads],
        "kept": sorted(str(path) for path in user.rglob("*")),
    }
    if asked["serve"]:
        answer["health"] = await health(host)
    answer["log"] = log.getvalue().splitlines()
    print(json.dumps(answer))

async def health(host):
    host.app.add_routes(host.routes)
    runner = web.AppRunner(host.app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{port}/model-manager/v1/health") as answer:
                found = await answer.json()
            if found.get("error", {}).get("code") != "host_starting":
                return [answer.status, found]

asyncio.run(main())
"""


def load(
    folder: Path,
    user: Path,
    *,
    missing: Sequence[str] = (),
    serve: bool = False,
    installed: Path | None = None,
    strange: bool = False,
) -> dict[str, Any]:
    """What happens when a fresh Python loads ``folder`` as ComfyUI does, and, with ``serve``, then.

    ``missing`` packages cannot be imported. ``installed`` is a site-packages folder whose packages
    come before those of the folder; without it no model_keeper is installed. ``strange``: ComfyUI's
    server has no routes.
    """
    asked = {
        "folder": str(folder),
        "user": str(user),
        "missing": list(missing),
        "serve": serve,
        "installed": installed is not None,
        "strange": strange,
    }
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    environment.pop("MODEL_KEEPER_STATE_DIR", None)
    if installed is not None:
        environment["PYTHONPATH"] = str(installed)
    run = subprocess.run(
        [sys.executable, "-c", _LOADING, json.dumps(asked)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stderr == ""
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


class Extension:
    """The extension in a stub ComfyUI whose folders are below ``base``. Use it in ``with``."""

    def __init__(self, base: Path, *options: str, nodes: Mapping[str, str] | None = None) -> None:
        """``nodes``: the sources of other custom nodes by name; ComfyUI loads them before ours."""
        self.base = base
        self.state = StateFolder(base / "user" / "__model_keeper")
        self._options = options
        self._comfyui: ComfyUIProcess | None = None
        for name, source in (nodes or {}).items():
            write(base / "custom_nodes" / name / "__init__.py", source)

    @property
    def comfyui(self) -> ComfyUIProcess:
        assert self._comfyui is not None, "use it in with"
        return self._comfyui

    @property
    def url(self) -> str:
        return self.comfyui.url

    def start(self) -> None:
        process = ComfyUIProcess(self.base, "--custom-node", str(ROOT), *self._options)
        self._comfyui = process.__enter__()

    def kill(self) -> None:
        """End ComfyUI without a word, as SIGKILL does; a worker lives on."""
        if self._comfyui is not None:
            self._comfyui.__exit__(None, None, None)
            self._comfyui = None

    def __enter__(self) -> Extension:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.kill()
        record = WorkerRecord.read(self.state)
        if record is not None:
            WorkerLink(record).stop()

    def log(self) -> list[str]:
        return self.comfyui.log().splitlines()

    def ask(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] = JSON
    ) -> Answer:
        """A request below the API, as ComfyUI's page sends it."""
        return ask(f"{self.url}/api{PREFIX}/{path}", method, headers, body)

    def get(self, path: str) -> Any:
        answer = self.ask("GET", path)
        assert answer.status == 200, answer
        return answer.json

    def post(self, path: str, body: Any) -> Any:
        answer = self.ask("POST", path, body)
        assert answer.status in {200, 202}, answer
        return answer.json

    def until(self, read: Callable[[], Any], wanted: Callable[[Any], Any]) -> Any:
        """What ``read`` gives, once it is wanted; looked at again after every event."""
        cursor = self.get("events")["next"]
        deadline = time.monotonic() + PATIENCE
        while not wanted(found := read()):
            assert time.monotonic() < deadline, found
            cursor = self.get(f"events?since={cursor}&wait=1")["next"]
        return found

    def job(self, job_id: str) -> Any:
        return self.get(f"jobs/{job_id}")["job"]

    def finished(self, job_id: str) -> Any:
        """The job, once it has succeeded."""
        return self.until(lambda: self.job(job_id), lambda job: job["state"] == "succeeded")

    @contextmanager
    def store(self) -> Iterator[JobStore]:
        """The store beside the running host, as another program would open it."""
        store = open_store(self.state.database, clock=SystemClock(), actor="test")
        try:
            yield store
        finally:
            store.close()
