"""The host inside ComfyUI: registers routes at import, builds everything else in the background.

Facts: custom nodes are imported on ComfyUI's event loop, before its server runs; what is registered
later is not served; shutdown hooks are never called. So importing this module is light and touches
nothing, and every state is durable when it is made.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from aiohttp import web

from model_keeper import __version__
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.tasks import TaskOwner
from model_keeper.web.api import PREFIX, Api, problem_response

if TYPE_CHECKING:
    from model_keeper.hosts.comfyui_host import ComfyHost

EVENT = "modelKeeper.jobs"

_log = logging.getLogger("model_keeper")
_THREADS = 8
_PROMPT_TRIES = 200  # prompts whose models are still to be counted; more are not worth the memory


class ComfyEntry:
    """What ComfyUI calls. Whatever fails here is said in the log and in the panel, never raised."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self._api: asyncio.Future[Api] | None = None
        self._tasks = TaskOwner()
        self._prompts: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue(_PROMPT_TRIES)

    def register(self) -> None:
        """Everything that has to be there before ComfyUI's server starts."""
        self._server.routes.route("*", f"{PREFIX}/{{tail:.*}}")(self.handle)
        self._server.add_on_prompt_handler(self.note_prompt)
        self._server.app.on_startup.append(self.start)

    async def start(self, _app: web.Application) -> None:
        """Build the rest while ComfyUI's page is already served."""
        self._api = asyncio.get_running_loop().create_future()
        self._tasks.start(self._build(self._api), name="model-keeper start")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        if self._api is None:
            return problem_response(KeeperError("host_starting"))
        try:
            api = await asyncio.shield(self._api)
        except KeeperError as error:
            return problem_response(error)
        return await api.handle(request)

    def note_prompt(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep a queued prompt for counting. On ComfyUI's loop: it has to be quick."""
        prompt = data.get("prompt")
        if isinstance(prompt, dict) and not self._prompts.full():
            self._prompts.put_nowait(prompt)
        return data

    async def _build(self, ready: asyncio.Future[Api]) -> None:
        loop = asyncio.get_running_loop()
        try:
            host = await loop.run_in_executor(None, _host, self._server)
            api = await self._serve(host)
        except KeeperError as error:
            _tell(error)
            ready.set_exception(error)
        except Exception as exc:  # noqa: BLE001 - the edge: ComfyUI must start whatever happens
            _log.exception("Model Keeper could not start")
            why = KeeperError("internal", why=type(exc).__name__, log="ComfyUI's log")
            ready.set_exception(why)
        else:
            ready.set_result(api)
        ready.exception()  # looked at here, so that nobody is told that nobody looked

    async def _serve(self, host: ComfyHost) -> Api:
        from concurrent.futures import ThreadPoolExecutor

        from model_keeper.engine.attendance import Attendance
        from model_keeper.web.changes import ChangeFeed
        from model_keeper.web.guard import Guard
        from model_keeper.web.v1.table import build_api

        pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="model-keeper")
        loop = asyncio.get_running_loop()
        store = await loop.run_in_executor(pool, host.open)
        feed = ChangeFeed(store, host.live, pool)
        feed.start()
        guard = Guard(lambda: store.settings.read().allowed_hosts, host.pairing.knows)
        attendance = Attendance(
            store,
            host.supervisor.running,
            host.wake_worker,
            pool,
            generating=lambda: host.facts().generating,
        )
        self._tasks.start(attendance.run(), name="model-keeper attendance")
        self._tasks.start(self._push(feed), name="model-keeper events")
        self._tasks.start(self._count(host, pool), name="model-keeper usage")
        return build_api(host, guard, feed, pool)

    async def _push(self, feed: Any) -> None:
        """One message for everybody; whoever missed one sees it by its cursor and asks."""
        from model_keeper.web.shapes import written

        async for changes in feed.follow():
            if self._server.sockets:
                self._server.send_sync(EVENT, written(changes))

    async def _count(self, host: ComfyHost, pool: Any) -> None:
        loop = asyncio.get_running_loop()
        while True:
            prompt = await self._prompts.get()
            await loop.run_in_executor(pool, host.count_models, prompt)


def register(server: Any) -> None:
    """Make ComfyUI's ``server`` (PromptServer.instance) serve Model Keeper."""
    ComfyEntry(server).register()


def _host(server: Any) -> ComfyHost:
    """Raises KeeperError dependency_missing."""
    import folder_paths

    try:
        from model_keeper.hosts.comfyui_host import ComfyHost
    except ImportError as exc:
        raise KeeperError(
            "dependency_missing",
            what="Model Keeper",
            package=exc.name or "?",
            command="pip install -r requirements.txt",
        ) from exc
    return ComfyHost(os.environ, server, folder_paths, _listens_on())


def _listens_on() -> str:
    """The addresses of ``--listen``, by commas."""
    try:
        from comfy.cli_args import args
    except ImportError:
        return "127.0.0.1"
    return str(args.listen or "127.0.0.1")


def _tell(error: KeeperError) -> None:
    _log.error("[Model Keeper %s] %s", __version__, error.message)
    _log.error("[Model Keeper %s] %s", __version__, error.hint)
