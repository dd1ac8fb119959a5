"""The worker's own port on the loopback: live progress, wake-ups, secrets. Nonce required."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from aiohttp import web

from model_keeper.engine.worker_link import NONCE_HEADER


@dataclass(frozen=True)
class ControlHooks:
    """What the port can ask of the worker."""

    live: Callable[[], Mapping[str, object]]
    health: Callable[[], Mapping[str, object]]
    wake: Callable[[], None]
    stop: Callable[[], None]
    share_secrets: Callable[[Mapping[str, str]], None]
    note_generating: Callable[[bool], None]


class WorkerControl:
    """An HTTP server on 127.0.0.1, port chosen by the system."""

    def __init__(self, hooks: ControlHooks, nonce: str) -> None:
        self._hooks = hooks
        self._nonce = nonce
        self._runner: web.AppRunner | None = None
        self.port = 0
        self.last_contact = time.monotonic()

    async def start(self) -> None:
        app = web.Application(middlewares=[self._guard], client_max_size=64 * 1024)
        app.router.add_get("/live", self._live)
        app.router.add_get("/health", self._health)
        app.router.add_post("/wake", self._wake)
        app.router.add_post("/stop", self._stop)
        app.router.add_put("/secrets", self._secrets)
        app.router.add_put("/generating", self._generating)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def close(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    @web.middleware
    async def _guard(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        given = request.headers.get(NONCE_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._nonce.encode()):
            raise web.HTTPForbidden
        self.last_contact = time.monotonic()
        return await handler(request)

    async def _live(self, _request: web.Request) -> web.Response:
        return web.json_response({"jobs": self._hooks.live()})

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response(self._hooks.health())

    async def _wake(self, _request: web.Request) -> web.Response:
        self._hooks.wake()
        return web.json_response({})

    async def _stop(self, _request: web.Request) -> web.Response:
        self._hooks.stop()
        return web.json_response({})

    async def _secrets(self, request: web.Request) -> web.Response:
        data: Any = await request.json()
        if not isinstance(data, dict) or not all(
            isinstance(k, str) and isinstance(v, str) for k, v in data.items()
        ):
            raise web.HTTPBadRequest
        self._hooks.share_secrets(data)
        return web.json_response({})

    async def _generating(self, request: web.Request) -> web.Response:
        data: Any = await request.json()
        if not isinstance(data, dict) or not isinstance(data.get("generating"), bool):
            raise web.HTTPBadRequest
        self._hooks.note_generating(data["generating"])
        return web.json_response({})
