"""``PromptServer``: the application of ComfyUI, its events and every route that it has."""

from __future__ import annotations

import asyncio
import json
import logging
import platform
import socket
import sys
import uuid
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import aiohttp
from aiohttp import web

from model_keeper.testing.comfyui.folder_paths import FolderPaths, is_within
from model_keeper.testing.comfyui.listings import ModelListings, NodeListings
from model_keeper.testing.comfyui.middlewares import middlewares
from model_keeper.testing.comfyui.nodes import Nodes
from model_keeper.testing.comfyui.prompts import PromptQueue, PromptRoutes
from model_keeper.testing.comfyui.user_data import UserManager

_log = logging.getLogger(__name__)
_MIB = 1 << 20

VERSION = "0.27.0"


class PromptServer:
    """What ``from server import PromptServer`` gives an extension.

    ``routes`` is served twice, as it is and below ``/api``; only what is added before
    ``add_routes`` counts. ``send_sync`` may be called from any thread.
    """

    instance: ClassVar[PromptServer]

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        folder_paths: FolderPaths,
        args: Namespace,
        web_root: Path,
        *,
        hold_prompts: bool = False,
    ) -> None:
        self.loop = loop
        self.folder_paths = folder_paths
        self.args = args
        self.web_root = str(web_root)
        self.nodes = Nodes(folder_paths)
        self.routes = web.RouteTableDef()
        self.app = web.Application(
            client_max_size=args.max_upload_size * _MIB,
            middlewares=middlewares(
                cors_origin=args.enable_cors_header, policy=args.disable_api_nodes
            ),
        )
        self.sockets: dict[str, web.WebSocketResponse] = {}
        self.sockets_metadata: dict[str, dict[str, Any]] = {}
        self.messages: asyncio.Queue[tuple[str, Any, str | None]] = asyncio.Queue()
        self.client_session: aiohttp.ClientSession | None = None
        self.client_id: str | None = None
        self.on_prompt_handlers: list[Callable[[dict[str, Any]], dict[str, Any]]] = []
        self.user_manager = UserManager(folder_paths)
        self.prompt_queue = PromptQueue(self, hold=hold_prompts)
        self._features = {
            "supports_preview_metadata": True,
            "supports_model_type_tags": True,
            "max_upload_size": args.max_upload_size * _MIB,
            "extension": {"manager": {"supports_v4": True}},
            "node_replacements": True,
            "assets": False,
        }
        self._add_own_routes()

    def add_on_prompt_handler(self, handler: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        self.on_prompt_handlers.append(handler)

    def trigger_on_prompt(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What each handler makes of it; one that fails is logged and changes nothing."""
        for handler in self.on_prompt_handlers:
            try:
                asked = handler(asked)
            except Exception:  # noqa: BLE001 - the handlers of others are logged only
                _log.exception("An error occurred during the on_prompt_handler processing")
        return asked

    def send_sync(self, event: str, data: Any, sid: str | None = None) -> None:
        """To one browser, or to all."""
        self.loop.call_soon_threadsafe(self.messages.put_nowait, (event, data, sid))

    async def send(self, event: str, data: Any, sid: str | None = None) -> None:
        for name, browser in list(self.sockets.items()):
            if sid in {None, name}:
                try:
                    await browser.send_json({"type": event, "data": data})
                except (aiohttp.ClientError, ConnectionError) as error:
                    _log.warning("send error: %s", error)

    async def publish_loop(self) -> None:
        """Never ends."""
        while True:
            await self.send(*await self.messages.get())

    def get_queue_info(self) -> dict[str, Any]:
        return self.prompt_queue.info()

    def add_routes(self) -> None:
        """Once the extensions are loaded: their routes and web folders, then the frontend."""
        self.user_manager.add_routes(self.routes)
        ModelListings(self.folder_paths).add_routes(self.routes)
        for route in self.routes:
            if isinstance(route, web.RouteDef):
                self.app.router.add_route(
                    route.method, "/api" + route.path, route.handler, **route.kwargs
                )
        self.app.add_subapp("/internal", self._internal())
        self.app.router.add_get("/api/assets", _assets_are_off)
        self.app.add_routes(self.routes)
        for name, folder in self.nodes.EXTENSION_WEB_DIRS.items():
            self.app.router.add_static(f"/extensions/{name}", folder)
        self.app.router.add_static("/", self.web_root)

    async def start(self, listening: socket.socket) -> None:
        """Serve; it is never stopped in an orderly way, as in ComfyUI."""
        self.client_session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=None))
        runner = web.AppRunner(self.app, access_log=None)
        await runner.setup()
        await web.SockSite(runner, listening).start()

    def _add_own_routes(self) -> None:
        self.routes.get("/ws")(self._socket)
        self.routes.get("/")(self._page)
        NodeListings(self.nodes, self.folder_paths, Path(self.web_root)).add_routes(self.routes)
        PromptRoutes(self.prompt_queue, self.nodes, self.trigger_on_prompt).add_routes(self.routes)
        self.routes.get("/view")(self._view)
        self.routes.get("/system_stats")(self._system_stats)
        self.routes.get("/features")(_answering(self._features))
        self.routes.get("/node_replacements")(_answering({}))
        self.routes.get("/global_subgraphs")(_answering({}))

    async def _page(self, _: web.Request) -> web.StreamResponse:
        headers = {
            "Cache-Control": "no-store, must-revalidate",
            "Pragma": "no-cache",
            "Expires": "0",
        }
        return web.FileResponse(Path(self.web_root, "index.html"), headers=headers)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        browser = web.WebSocketResponse()
        await browser.prepare(request)
        sid = request.query.get("clientId") or uuid.uuid4().hex
        self.sockets[sid] = browser
        self.sockets_metadata[sid] = {"feature_flags": {}}
        try:
            await self.send("status", {"status": self.get_queue_info(), "sid": sid}, sid)
            async for message in browser:
                if message.type == aiohttp.WSMsgType.TEXT:
                    await self._received(json.loads(message.data), sid)
        finally:
            if self.sockets.get(sid) is browser:
                del self.sockets[sid]
                del self.sockets_metadata[sid]
        return browser

    async def _received(self, message: dict[str, Any], sid: str) -> None:
        if message.get("type") == "feature_flags":
            self.sockets_metadata[sid]["feature_flags"] = message.get("data", {})
            await self.send("feature_flags", self._features, sid)

    async def _view(self, request: web.Request) -> web.StreamResponse:
        query = request.query
        root = self.folder_paths.get_directory_by_type(query.get("type", "output"))
        if root is None or "filename" not in query:
            return web.Response(status=400)
        path = Path(root, query.get("subfolder", ""), query["filename"])
        if not is_within(root, str(path)):
            return web.Response(status=403)
        return web.FileResponse(path)

    async def _system_stats(self, _: web.Request) -> web.Response:
        gigabytes = 16 << 30
        system = {
            "os": sys.platform,
            "ram_total": gigabytes,
            "ram_free": gigabytes,
            "comfyui_version": VERSION,
            "required_frontend_version": "1.45.20",
            "installed_templates_version": None,
            "required_templates_version": None,
            "python_version": platform.python_version(),
            "pytorch_version": "none",
            "embedded_python": False,
            "argv": sys.argv,
        }
        device = {"name": "cpu", "type": "cpu", "index": None}
        memory = ("vram_total", "vram_free", "torch_vram_total", "torch_vram_free")
        devices = [{**device, **dict.fromkeys(memory, gigabytes)}]
        return web.json_response({"system": system, "devices": devices})

    def _internal(self) -> web.Application:
        """``/internal``: the frontend's own routes; not below ``/api``."""

        async def folders(_: web.Request) -> web.Response:
            table = self.folder_paths.folder_names_and_paths
            return web.json_response({name: paths for name, (paths, _) in table.items()})

        app = web.Application()
        app.router.add_get("/logs", _answering(""))
        no_logs = {"entries": [], "size": {"cols": 80, "rows": 24}}
        app.router.add_get("/logs/raw", _answering(no_logs))
        app.router.add_patch("/logs/subscribe", _answering({}))
        app.router.add_get("/folder_paths", folders)
        app.router.add_get("/files/{type}", _answering([]))
        return app


def _answering(data: Any) -> Callable[[web.Request], Any]:
    """A handler that always answers the same."""

    async def answer(_: web.Request) -> web.Response:
        return web.json_response(data)

    return answer


async def _assets_are_off(_: web.Request) -> web.Response:
    error = {"code": "SERVICE_DISABLED", "message": "Assets system is disabled.", "details": {}}
    return web.json_response({"error": error}, status=503)
