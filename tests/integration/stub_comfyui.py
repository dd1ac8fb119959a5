"""A stub ComfyUI with an extension that tells what it sees, and a plain HTTP client."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from model_keeper.testing.comfyui.process import ComfyUIProcess
from tests.integration.patience import PATIENCE

EXTENSION = """
import asyncio, threading
from pathlib import Path

import folder_paths
import nodes
from aiohttp import web
from comfy.cli_args import args
from server import PromptServer

host = PromptServer.instance
seen = {
    "name": __name__,
    "loop": asyncio.get_running_loop() is host.loop,
    "frozen": host.app.frozen,
    "session": host.client_session is None,
    "port": args.port,
    "prompts": [],
}

async def started(app):
    seen["session"] = host.client_session is not None

host.app.on_startup.append(started)

@host.routes.get("/probe/seen")
async def answer(request):
    return web.json_response({**seen, "tasks": host.prompt_queue.get_tasks_remaining()})

@host.routes.post("/probe/tell")
async def tell(request):
    asked = await request.json()
    work = lambda: host.send_sync("probe.event", asked["data"], asked.get("sid"))
    threading.Thread(target=work).start()
    return web.json_response({})

@host.routes.get("/probe/preview/{name}")
async def preview(request):
    headers = {"Cache-Control": "no-cache"} if request.query else {}
    status = 404 if "gone" in request.path else 200
    return web.Response(status=status, headers=headers)

def note(prompt):
    seen["prompts"].append(sorted(prompt))
    return prompt

def broken(prompt):
    raise ValueError("a handler that fails")

host.add_on_prompt_handler(broken)
host.add_on_prompt_handler(note)

class Listed:
    RETURN_TYPES = ()
    CATEGORY = "probe"

    @classmethod
    def INPUT_TYPES(cls):
        return {"required": {"name": (folder_paths.get_filename_list("probe_models"),)}}

folder_paths.add_model_folder_path("probe_models", str(Path(folder_paths.models_dir, "probe")))
NODE_CLASS_MAPPINGS = {"Listed": Listed, "SaveImage": Listed}
NODE_DISPLAY_NAME_MAPPINGS = {"Listed": "Listed files"}
WEB_DIRECTORY = "web"
"""


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    url: str, method: str = "GET", headers: Mapping[str, str] | None = None, body: Any = None
) -> Answer:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=PATIENCE)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        data = None if body is None else json.dumps(body)
        connection.request(method, target, data, dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, dict(response.headers), response.read())
    finally:
        connection.close()


def write(path: Path, content: str | bytes = b"x") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


def write_extension(folder: Path) -> Path:
    write(folder / "__init__.py", EXTENSION)
    write(folder / "web" / "panel.js", "export {}")
    write(folder / "web" / "chunk.mjs", "export {}")
    write(folder / "web" / "deep" / "other.js", "export {}")
    write(folder / "locales" / "en" / "main.json", '{"probe": {"hello": "Hello"}}')
    write(folder / "locales" / "en" / "settings.json", '{"probe_Flag": {"name": "A flag"}}')
    write(folder / "locales" / "de" / "main.json", "no json")
    return folder


@contextmanager
def probed_host(folder: Path, *options: str) -> Iterator[ComfyUIProcess]:
    """The extension is loaded from ``folder/my.ext-main``; ``custom_nodes`` is in ``folder/base``."""
    extension = write_extension(folder / "my.ext-main")
    with ComfyUIProcess(folder / "base", "--custom-node", str(extension), *options) as process:
        yield process
