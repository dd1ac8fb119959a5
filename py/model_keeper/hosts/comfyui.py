"""The host inside ComfyUI: registers routes at import, builds everything else in the background.

Facts: custom nodes are imported on ComfyUI's event loop, before its server runs; what is registered
later is not served; shutdown hooks are never called. So importing this module is light and touches
nothing, and every state is durable when it is made.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import web

from model_keeper import __version__
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.tasks import TaskOwner
from model_keeper.web.api import PREFIX, Api, problem_response

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from model_keeper.hosts.comfyui_host import ComfyHost
    from model_keeper.store import JobStore
    from model_keeper.web.changes import ChangeFeed
    from model_keeper.web.guard import Guard
    from model_keeper.web.legacy.api import LegacyApi

EVENT = "modelKeeper.jobs"

_log = logging.getLogger("model_keeper")
_THREADS = 8
_PROMPT_TRIES = 200  # prompts whose models are still to be counted; more are not worth the memory
_START_SECONDS = 10.0  # what a request waits for a host that starts
_AGAIN_SECONDS = 1.0  # after trouble that may pass
_ROUTE = f"{PREFIX}/{{tail:(?s:.*)}}"
#: What has a route of its own, ours or theirs, is first.
_LEGACY_ROUTE = "/model-manager/{tail:(?s:.*)}"


@dataclass(frozen=True)
class _Served:
    """What answers, once it stands."""

    api: Api
    legacy: LegacyApi


class ComfyEntry:
    """What ComfyUI calls. Whatever fails here is said in the log and in the panel, never raised."""

    def __init__(self, server: Any, install: str) -> None:
        self._server = server
        self._install = install
        self._served: _Served | KeeperError = KeeperError("host_starting")
        self._settled = asyncio.Event()
        self._tasks = TaskOwner()
        self._prompts: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue(_PROMPT_TRIES)

    def register(self) -> None:
        """Everything that has to be there before ComfyUI's server starts."""
        self._server.routes.route("*", _ROUTE)(self.handle)
        self._server.routes.route("*", _LEGACY_ROUTE)(self.handle_legacy)
        self._server.add_on_prompt_handler(self.note_prompt)
        self._server.app.on_startup.append(self.start)

    async def start(self, _app: web.Application) -> None:
        """Build the rest while ComfyUI's page is already served."""
        self._tasks.start(self._build(), name="model-keeper start")

    async def handle(self, request: web.Request) -> web.StreamResponse:
        served = await self._settled_within()
        if isinstance(served, KeeperError):
            return problem_response(served)
        return await served.api.handle(request)

    async def handle_legacy(self, request: web.Request) -> web.StreamResponse:
        """The API of the upstream panel."""
        served = await self._settled_within()
        if isinstance(served, KeeperError):
            from model_keeper.web.legacy.envelope import failed

            return failed(served)
        return await served.legacy.handle(request)

    def note_prompt(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keep a queued prompt for counting. On ComfyUI's loop: it has to be quick."""
        prompt = data.get("prompt")
        if isinstance(prompt, dict) and not self._prompts.full():
            self._prompts.put_nowait(prompt)
        return data

    async def _settled_within(self) -> _Served | KeeperError:
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(self._settled.wait(), _START_SECONDS)
        return self._served

    async def _build(self) -> None:
        """Until it stands, or until it is known why it never will."""
        from concurrent.futures import ThreadPoolExecutor

        pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="model-keeper")
        told: set[str] = set()
        while True:
            self._served = await self._attempt(pool)
            self._settled.set()
            if not isinstance(self._served, KeeperError):
                return
            if self._served.code not in told:
                _tell(self._served)
                told.add(self._served.code)
            if not self._served.retryable:
                return
            await asyncio.sleep(_AGAIN_SECONDS)

    async def _attempt(self, pool: Executor) -> _Served | KeeperError:
        loop = asyncio.get_running_loop()
        try:
            host, store = await loop.run_in_executor(pool, self._open)
            return self._serve(host, store, pool)
        except KeeperError as error:
            return error
        except Exception as exc:  # noqa: BLE001 - the edge: ComfyUI must start whatever happens
            _log.exception("Model Keeper could not start")
            return KeeperError("internal", why=type(exc).__name__, log="ComfyUI's log")

    def _open(self) -> tuple[ComfyHost, JobStore]:
        """Raises KeeperError dependency_missing, and as opening the store."""
        try:
            from model_keeper.hosts.comfyui_host import ComfyHost
        except ImportError as exc:
            raise KeeperError(
                "dependency_missing",
                what="Model Keeper",
                package=exc.name or "?",
                command=self._install,
            ) from exc
        import folder_paths
        import nodes

        host = ComfyHost(
            os.environ,
            self._server,
            folder_paths,
            lambda: nodes.NODE_CLASS_MAPPINGS,
            _listens_on(),
        )
        return host, host.open()

    def _serve(self, host: ComfyHost, store: JobStore, pool: Executor) -> _Served:
        from model_keeper.engine.attendance import Attendance
        from model_keeper.web.changes import ChangeFeed
        from model_keeper.web.guard import Guard
        from model_keeper.web.v1.table import build_api

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
        self._tasks.start(self._keep_up(host, pool), name="model-keeper upkeep")
        self._tasks.start(self._push(feed), name="model-keeper events")
        self._tasks.start(self._count(host, pool), name="model-keeper usage")
        self._tasks.start(self._settle(host, pool), name="model-keeper settle")
        legacy = self._serve_legacy(host, guard, feed, pool)
        return _Served(build_api(host, guard, feed, pool), legacy)

    def _serve_legacy(
        self, host: ComfyHost, guard: Guard, feed: ChangeFeed, pool: Executor
    ) -> LegacyApi:
        from model_keeper.web.legacy.companions import companions_of
        from model_keeper.web.legacy.relay import LegacyRelay
        from model_keeper.web.legacy.scans import Scans
        from model_keeper.web.legacy.table import build_legacy

        companions = companions_of(host.state)
        legacy = build_legacy(host, guard, companions, pool, self._send)
        relay = LegacyRelay(host.store, feed, companions, Scans(host), pool)
        self._tasks.start(relay.run(legacy.used, self._send), name="legacy relay")
        return legacy

    async def _push(self, feed: ChangeFeed) -> None:
        """One message for everybody; whoever missed one sees it by its cursor and asks."""
        from model_keeper.web.shapes import written

        async for changes in feed.follow():
            if self._server.sockets:
                self._server.send_sync(EVENT, written(changes))

    def _send(self, event: str, data: Any) -> None:
        self._server.send_sync(event, data)

    async def _settle(self, host: ComfyHost, pool: Executor) -> None:
        await asyncio.get_running_loop().run_in_executor(pool, host.library.settle_changes)

    async def _keep_up(self, host: ComfyHost, pool: Executor) -> None:
        loop = asyncio.get_running_loop()
        upkeep = await loop.run_in_executor(pool, host.upkeep, lambda: host.facts().generating)
        await upkeep.run(pool)

    async def _count(self, host: ComfyHost, pool: Executor) -> None:
        loop = asyncio.get_running_loop()
        while True:
            prompt = await self._prompts.get()
            await loop.run_in_executor(pool, host.count_models, prompt)


def register(server: Any, install: str) -> None:
    """Make ComfyUI's ``server`` (PromptServer.instance) serve Model Keeper.

    ``install`` is the command that installs the packages. A second copy of Model Keeper says in the
    log that it does nothing: it would count every prompt and announce every change once more.
    """
    if _ROUTE in {route.path for route in server.routes if isinstance(route, web.RouteDef)}:
        _log.warning("[Model Keeper] It is loaded already; this second copy does nothing.")
        _log.warning("[Model Keeper] Keep one of its folders in custom_nodes and remove the other.")
        return
    ComfyEntry(server, install).register()


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
