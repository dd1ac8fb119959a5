"""A reverse proxy that serves a server below a path, and strips the path, as nginx is told to."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterable
from typing import Any

import aiohttp
from aiohttp import web
from multidict import CIMultiDict

_OF_ONE_HOP = frozenset(
    {"connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length"}
)


async def serve_below(prefix: str, inner_port: int, listening: socket.socket) -> None:
    """Serve 127.0.0.1:``inner_port`` below ``prefix``; nothing else is there."""
    session = aiohttp.ClientSession(
        timeout=aiohttp.ClientTimeout(total=None), auto_decompress=False, cookie_jar=None
    )
    proxy = _Proxy(session, f"http://127.0.0.1:{inner_port}", prefix)
    app = web.Application()
    app.router.add_get(prefix, proxy.add_slash)
    app.router.add_route("*", prefix + "/{rest:.*}", proxy.forward)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.SockSite(runner, listening).start()


class _Proxy:
    """The Host header is passed on, so the server's origin check sees what the browser sent."""

    def __init__(self, session: aiohttp.ClientSession, target: str, prefix: str) -> None:
        self._session = session
        self._target = target
        self._prefix = prefix

    async def add_slash(self, _: web.Request) -> web.StreamResponse:
        raise web.HTTPMovedPermanently(self._prefix + "/")

    async def forward(self, request: web.Request) -> web.StreamResponse:
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._forward_socket(request)
        async with self._session.request(
            request.method,
            self._url(request),
            headers=_end_to_end(request.headers.items()),
            data=request.content if request.body_exists else None,
            allow_redirects=False,
        ) as answer:
            response = web.StreamResponse(
                status=answer.status,
                reason=answer.reason,
                headers=_end_to_end(answer.headers.items()),
            )
            response.content_length = answer.content_length
            await response.prepare(request)
            async for chunk in answer.content.iter_any():
                await response.write(chunk)
            await response.write_eof()
            return response

    async def _forward_socket(self, request: web.Request) -> web.StreamResponse:
        headers = {"Host": request.headers["Host"], "Origin": request.headers.get("Origin", "")}
        async with self._session.ws_connect(self._url(request), headers=headers) as inner:
            outer = web.WebSocketResponse()
            await outer.prepare(request)
            await asyncio.gather(_pump(outer, inner), _pump(inner, outer))
            return outer

    def _url(self, request: web.Request) -> str:
        return self._target + request.raw_path.removeprefix(self._prefix)


async def _pump(source: Any, target: Any) -> None:
    async for message in source:
        if message.type == aiohttp.WSMsgType.TEXT:
            await target.send_str(message.data)
        elif message.type == aiohttp.WSMsgType.BINARY:
            await target.send_bytes(message.data)
    await target.close()


def _end_to_end(headers: Iterable[tuple[str, str]]) -> CIMultiDict[str]:
    kept = [(name, value) for name, value in headers if name.lower() not in _OF_ONE_HOP]
    return CIMultiDict(kept)
