"""From an HTTP request to a call and back: matching, guarding, parsing, and one error shape."""

from __future__ import annotations

import asyncio
import inspect
import json
import logging
from concurrent.futures import Executor
from functools import partial
from typing import Any

from aiohttp import web

from model_keeper.domain.errors import KeeperError
from model_keeper.web.content import Content
from model_keeper.web.content_response import content_response
from model_keeper.web.guard import HEADER, TOKEN_HEADER, Asked, Guard
from model_keeper.web.problems import Problem, problem_view, status_of
from model_keeper.web.route import Caller, Match, RouteTable
from model_keeper.web.shapes import parsed, parsed_query, written

_log = logging.getLogger(__name__)

PREFIX = "/model-manager/v1"


class Api:
    """The API of one host. ``pool`` runs what blocks: the store, providers, large JSON."""

    def __init__(self, routes: RouteTable, guard: Guard, pool: Executor) -> None:
        self.routes = routes
        self.guard = guard
        self._pool = pool

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a request below the prefix; its ``tail`` is the rest of the path."""
        tail = request.match_info["tail"]
        try:
            match = self.routes.find(request.method, tail)
            asked = asked_by(request)
            await self._admit(match, asked)
            return await self._answer(request, match, asked)
        except KeeperError as error:
            return problem_response(error)
        except Exception as exc:  # noqa: BLE001 - the edge: the host's server must not see ours fail
            _log.exception("%s %s failed for a reason that is not known", request.method, tail)
            return problem_response(
                KeeperError("internal", why=type(exc).__name__, log="the server's log")
            )

    async def _admit(self, match: Match, asked: Asked) -> None:
        judge = self.guard.admit_write if match.route.is_guarded else self.guard.admit_read
        loop = asyncio.get_running_loop()  # on a thread: the guard looks into the settings
        await loop.run_in_executor(self._pool, judge, asked)

    async def _answer(self, request: web.Request, match: Match, asked: Asked) -> web.StreamResponse:
        route = match.route
        raw = await _body(request, route.most_bytes) if route.body is not None else b""
        query = dict(request.query)

        def arguments() -> dict[str, Any]:
            given: dict[str, Any] = dict(match.names)
            if route.query is not None:
                given["query"] = parsed_query(route.query, query)
            if route.body is not None:
                given["body"] = raw if route.is_raw else parsed(route.body, _json(raw))
            if route.wants_caller:
                given["caller"] = Caller(asked)
            return given

        def blocking() -> bytes | Content:
            return _packed(route.call(**arguments()))

        loop = asyncio.get_running_loop()
        if inspect.iscoroutinefunction(route.call):
            result = await route.call(**arguments())
            body = await loop.run_in_executor(self._pool, partial(_packed, result))
        else:
            body = await loop.run_in_executor(self._pool, blocking)
        if isinstance(body, Content):
            return content_response(body, request, route.status)
        return web.Response(
            body=body,
            status=route.status,
            content_type="application/json",
            headers={"Cache-Control": "no-store"},
        )


def asked_by(request: web.Request, token: str = "") -> Asked:
    """The facts of a request that the guard judges; ``token`` where it came by another way."""
    headers = request.headers
    token = token or headers.get(TOKEN_HEADER, "")
    bearer = headers.get("Authorization", "")
    if not token and bearer.startswith("Bearer "):
        token = bearer.removeprefix("Bearer ")
    return Asked(
        host=headers.get("Host", ""),
        method=request.method,
        origin=headers.get("Origin", ""),
        fetch_site=headers.get("Sec-Fetch-Site", ""),
        content_type=headers.get("Content-Type", ""),
        our_header=HEADER in headers,
        token=token,
    )


def problem_response(error: KeeperError) -> web.Response:
    headers = {"Cache-Control": "no-store"}
    if error.retry_after:
        headers["Retry-After"] = str(max(1, round(error.retry_after)))
    return web.Response(
        body=_bytes(Problem(problem_view(error))),
        status=status_of(error),
        content_type="application/json",
        headers=headers,
    )


async def _body(request: web.Request, most: int) -> bytes:
    too_large = KeeperError("body_too_large", limit=most >> 20)
    if (request.content_length or 0) > most:
        raise too_large
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        raise too_large from None
    except web.RequestPayloadError:  # it is not compressed in the way that its header says
        raise KeeperError("body_unreadable") from None
    if len(body) > most:
        raise too_large
    return body


def _json(raw: bytes) -> Any:
    if not raw.strip():
        return {}
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        raise KeeperError("body_unreadable") from None


def _packed(answer: Any) -> bytes | Content:
    return answer if isinstance(answer, Content) else _bytes(answer)


def _bytes(answer: Any) -> bytes:
    """UTF-8; half a surrogate pair, as in a file name that is no UTF-8, stays a JSON escape."""
    return json.dumps(written(answer), ensure_ascii=False).encode(errors="backslashreplace")
