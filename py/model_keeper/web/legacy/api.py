"""From a request of the panel to a call and back."""

from __future__ import annotations

import asyncio
import inspect
import logging
from concurrent.futures import Executor
from functools import partial
from typing import Any

from aiohttp import web

from model_keeper.domain.errors import KeeperError
from model_keeper.web.api import asked_by
from model_keeper.web.guard import Guard
from model_keeper.web.legacy.envelope import failed, succeeded
from model_keeper.web.legacy.form import Form, read_form
from model_keeper.web.route import Match, RouteTable
from model_keeper.web.shapes import written

_log = logging.getLogger(__name__)

PREFIX = "/model-manager"


class LegacyApi:
    """The panel's API of one host. ``pool`` runs what blocks.

    A call gets the names of its path, ``query`` where its route declares one, ``body`` as a
    :class:`Form`, or the request itself where it is a coroutine. What it returns is the data of the
    envelope, or a response of its own.
    """

    def __init__(self, routes: RouteTable, guard: Guard, pool: Executor) -> None:
        self.routes = routes
        self._guard = guard
        self._pool = pool
        self._used = asyncio.Event()

    async def used(self) -> None:
        """Wait until a panel asks for the first time: before that nobody listens to its events."""
        await self._used.wait()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer a request below the prefix; its ``tail`` is the rest of the path."""
        tail = request.match_info["tail"]
        try:
            match = self.routes.find(request.method, tail)
            self._used.set()
            await self._admit(match, request)
            return await self._answer(request, match)
        except KeeperError as error:
            return failed(error)
        except Exception as exc:  # noqa: BLE001 - the edge: the host's server must not see ours fail
            _log.exception("%s %s failed for a reason that is not known", request.method, tail)
            return failed(KeeperError("internal", why=type(exc).__name__, log="the server's log"))

    async def _admit(self, match: Match, request: web.Request) -> None:
        """A GET that does something needs more than an old page sends, also one of ours."""
        judge = self._guard.admit_read
        if match.route.is_guarded:
            is_get = request.method == "GET"
            judge = self._guard.admit_write if is_get else self._guard.admit_own_page
        await self._threaded(judge, asked_by(request))

    async def _answer(self, request: web.Request, match: Match) -> web.StreamResponse:
        route = match.route
        given: dict[str, Any] = dict(match.names)
        if route.query is not None:
            given["query"] = dict(request.query)
        if inspect.iscoroutinefunction(route.call):
            result = await route.call(request, **given)
        else:
            if route.body is Form:
                given["body"] = await read_form(request)
            result = await self._threaded(partial(route.call, **given))
        if isinstance(result, web.StreamResponse):
            return result
        answer: web.StreamResponse = await self._threaded(
            lambda: succeeded(written(result), route.status)
        )
        return answer

    async def _threaded(self, call: Any, *args: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._pool, call, *args)
