"""The standalone server: the API under both prefixes, the socket, and the panel."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from aiohttp import web

from model_keeper.domain.errors import KeeperError
from model_keeper.engine.attendance import Attendance
from model_keeper.engine.tasks import TaskOwner
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.web.api import PREFIX, Api
from model_keeper.web.changes import ChangeFeed
from model_keeper.web.guard import Guard
from model_keeper.web.legacy.api import PREFIX as LEGACY_PREFIX
from model_keeper.web.legacy.api import LegacyApi
from model_keeper.web.legacy.companions import companions_of
from model_keeper.web.legacy.relay import LegacyRelay
from model_keeper.web.legacy.scans import Scans
from model_keeper.web.legacy.table import build_legacy
from model_keeper.web.panel_files import PanelFiles
from model_keeper.web.socket import ChangeSocket
from model_keeper.web.v1.table import build_api

_THREADS = 12
_LARGEST_BODY = 65 << 20  # a route says what it takes; this is only the most of all


class KeeperServer:
    """Serves one host until it is stopped."""

    def __init__(
        self,
        host: StandaloneHost,
        *,
        listen: str,
        port: int,
        secret: str | None,
        panel: Path | None,
    ) -> None:
        """``secret``: what every request has to carry. ``panel`` None serves the API alone."""
        self._host = host
        self._listen = listen
        self._port = port
        self._secret = secret
        self._panel = panel
        self._stopped: asyncio.Event | None = None

    async def serve(self, ready: Callable[[int], None]) -> None:
        """Serve until :meth:`stop` or a signal; ``ready`` gets the port.

        Raises KeeperError port_busy, database_unavailable and what opening the store raises.
        """
        self._stopped = asyncio.Event()
        _handle_signals(self.stop)
        pool = ThreadPoolExecutor(_THREADS, thread_name_prefix="api")
        loop = asyncio.get_running_loop()
        store = await loop.run_in_executor(pool, lambda: self._host.store)
        feed = ChangeFeed(store, self._host.live, pool)
        feed.start()
        companions = companions_of(self._host.state)
        guard = self._guard()
        legacy = build_legacy(self._host, guard, companions, pool)
        app = self._application(build_api(self._host, guard, feed, pool), legacy, feed)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await runner.setup()
        try:
            port = await self._bind(runner)
            async with TaskOwner() as duties:
                duties.start(self._attendance(pool).run(), name="attendance")
                duties.start(self._upkeep(pool), name="upkeep")
                duties.start(self._settle(pool), name="settle")
                relay = LegacyRelay(store, feed, companions, Scans(self._host), pool)
                duties.start(relay.run(legacy.used, None), name="legacy relay")
                ready(port)
                await self._stopped.wait()
        finally:
            feed.stop()
            await runner.cleanup()
            pool.shutdown(wait=False, cancel_futures=True)

    def stop(self) -> None:
        """End soon. Call it on the server's loop."""
        if self._stopped is not None:
            self._stopped.set()

    def _guard(self) -> Guard:
        host = self._host
        return Guard(
            lambda: host.store.settings.read().allowed_hosts,
            host.pairing.knows,
            secret=self._secret,
        )

    def _application(self, api: Api, legacy: LegacyApi, feed: ChangeFeed) -> web.Application:
        socket = ChangeSocket(feed, api.guard)
        app = web.Application(client_max_size=_LARGEST_BODY)
        for prefix in (PREFIX, f"/api{PREFIX}"):
            app.router.add_get(f"{prefix}/ws", socket.handle)
            app.router.add_route("*", f"{prefix}/{{tail:(?s:.*)}}", api.handle)
        for prefix in (LEGACY_PREFIX, f"/api{LEGACY_PREFIX}"):
            app.router.add_route("*", f"{prefix}/{{tail:(?s:.*)}}", legacy.handle)
        if self._panel is not None:
            PanelFiles(self._panel).add_to(app)
        return app

    async def _bind(self, runner: web.AppRunner) -> int:
        try:
            await web.TCPSite(runner, self._listen, self._port).start()
        except OSError as exc:
            if exc.errno == errno.EADDRINUSE:
                raise KeeperError("port_busy", port=self._port) from None
            why = (exc.strerror or str(exc)).lower().rpartition(": ")[2]
            what = f"Nothing can be served at {self._listen}, port {self._port}: {why}."
            raise KeeperError("invalid_request", what=what) from None
        port: int = runner.addresses[0][1]
        return port

    async def _settle(self, pool: ThreadPoolExecutor) -> None:
        await asyncio.get_running_loop().run_in_executor(pool, self._host.library.settle_changes)

    async def _upkeep(self, pool: ThreadPoolExecutor) -> None:
        loop = asyncio.get_running_loop()
        upkeep = await loop.run_in_executor(pool, self._host.upkeep)
        await upkeep.run(pool)

    def _attendance(self, pool: ThreadPoolExecutor) -> Attendance:
        host = self._host
        return Attendance(host.store, host.supervisor.running, host.wake_worker, pool)


def _handle_signals(stop: Callable[[], None]) -> None:
    if sys.platform == "win32":
        return  # Ctrl+C interrupts the loop there
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(RuntimeError, ValueError):  # not on the main thread: tests
            loop.add_signal_handler(number, stop)
