"""The standalone server's socket: the changes that long polling gives, pushed."""

from __future__ import annotations

import asyncio
import contextlib
import json

from aiohttp import WSMsgType, web

from model_keeper.domain.errors import KeeperError
from model_keeper.engine.tasks import TaskOwner
from model_keeper.web.api import asked_by, problem_response
from model_keeper.web.changes import ChangeFeed
from model_keeper.web.guard import Guard
from model_keeper.web.shapes import written

PROTOCOL = "model-keeper"
_OFFERED = "Sec-WebSocket-Protocol"
_HEARTBEAT = 20.0


class ChangeSocket:
    """``GET ws``. A browser cannot send headers here: a token comes as a second sub-protocol."""

    def __init__(self, feed: ChangeFeed, guard: Guard) -> None:
        self._feed = feed
        self._guard = guard

    async def handle(self, request: web.Request) -> web.StreamResponse:
        offered = [part.strip() for part in request.headers.get(_OFFERED, "").split(",")]
        token = next((part for part in offered if part and part != PROTOCOL), "")
        asked = asked_by(request, token=token)
        try:
            loop = asyncio.get_running_loop()  # on a thread: the guard looks into the settings
            await loop.run_in_executor(None, self._guard.admit_socket, asked)
        except KeeperError as error:
            return problem_response(error)
        socket = web.WebSocketResponse(protocols=(PROTOCOL,), heartbeat=_HEARTBEAT)
        if not socket.can_prepare(request).ok:
            return problem_response(KeeperError("invalid_request", what="This is a WebSocket."))
        await socket.prepare(request)
        async with TaskOwner() as tasks:
            tasks.start(self._send(socket), name="changes")
            async for message in socket:  # nothing is expected: its end is what is waited for
                if message.type is WSMsgType.ERROR:
                    break
        return socket

    async def _send(self, socket: web.WebSocketResponse) -> None:
        with contextlib.suppress(ConnectionError):
            async for changes in self._feed.follow():
                await socket.send_str(json.dumps(written(changes), ensure_ascii=False))
