"""The standalone server on a thread of this process: quick to start, and its loop can be watched."""

from __future__ import annotations

import asyncio
import json
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import aiohttp

from model_keeper.hosts.server import KeeperServer
from model_keeper.hosts.standalone import StandaloneHost
from tests.integration.panels import PREFIX, PanelHost, Reply

_STARTING = 30.0
_PUSHING = 30.0


class PanelServer(PanelHost):
    """A server whose store and model folders lie below ``folder``. Use it in ``with``."""

    host: StandaloneHost

    def __init__(self, folder: Path, *, secret: str | None = None, **environment: str) -> None:
        super().__init__(folder, "standalone", **environment)
        self._secret = secret
        self._end: Callable[[], None] = lambda: None

    def __enter__(self) -> PanelServer:
        super().__enter__()
        return self

    def start(self) -> None:
        self.host = StandaloneHost(state_dir=self.state, environment=dict(os.environ))
        self.host.store.settings.change(
            models_dir=str(self.models), timeout_seconds=2.0, max_retries=3
        )
        server = KeeperServer(
            self.host, listen="127.0.0.1", port=0, secret=self._secret, panel=None
        )
        port: Future[int] = Future()
        loop = asyncio.new_event_loop()

        def serve() -> None:
            asyncio.set_event_loop(loop)
            try:
                loop.run_until_complete(server.serve(port.set_result))
            except BaseException as exc:
                if port.done():
                    raise
                port.set_exception(exc)
            finally:
                loop.close()

        thread = threading.Thread(target=serve, name="panel-server")
        thread.start()

        def end() -> None:
            loop.call_soon_threadsafe(server.stop)
            thread.join()

        self.url = f"http://127.0.0.1:{port.result(_STARTING)}"
        self._end = end

    def kill(self) -> None:
        self._end()
        self._end = lambda: None
        self.host.close()

    def log(self) -> str:
        """What the worker wrote; the server's own log is pytest's."""
        path = self.host.state.worker_log
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def events(self, since: int | None = None, wait: float = 0.0) -> Any:
        cursor = "" if since is None else f"&since={since}"
        return self.get(f"events?wait={wait}{cursor}")

    def finished(self, job_id: str) -> Any:
        """The job at its end, whichever that is."""
        return self.job_in(job_id, "succeeded", "failed", "cancelled")

    def pushed(
        self,
        act: Callable[[], Any],
        enough: Callable[[list[Any]], bool],
        *,
        protocols: Sequence[str] = ("model-keeper",),
        **headers: str,
    ) -> list[Any]:
        """What a socket sends until it is ``enough``; ``act`` is done after its first message.

        Raises aiohttp.WSServerHandshakeError where it does not open.
        """

        async def follow() -> list[Any]:
            address = f"{self.url}{PREFIX}/ws"
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(address, protocols=protocols, headers=headers) as socket,
            ):
                messages = [json.loads(await socket.receive_str(timeout=_PUSHING))]
                await asyncio.get_running_loop().run_in_executor(None, act)
                while not enough(messages):
                    messages.append(json.loads(await socket.receive_str(timeout=_PUSHING)))
                return messages

        return asyncio.run(follow())


def refused(reply: Reply, status: int, code: str) -> Mapping[str, Any]:
    """Every refusal has the one shape, a real status, and is kept by no browser. Its details."""
    assert (reply.status, reply.data.get("error", {}).get("code")) == (status, code), reply
    assert set(reply.data) == {"error"}
    error = reply.data["error"]
    assert set(error) == {"code", "message", "hint", "family", "retryable", "details"}
    assert error["message"].strip()
    assert error["hint"].strip()
    assert isinstance(error["retryable"], bool)
    assert reply.headers["Cache-Control"] == "no-store"
    assert reply.headers["Content-Type"].startswith("application/json")
    details: Mapping[str, Any] = error["details"]
    return details
