"""The one shape of every answer of this API: ``{success, data}`` or ``{success, error}``."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web

from model_keeper.domain.errors import KeeperError
from model_keeper.web.problems import status_of

#: Codes that say that there is no such route: whoever asks then is not the panel.
_NO_ROUTE = frozenset({"route_unknown", "method_unknown"})


def succeeded(data: Any, status: int = 200) -> web.Response:
    """``data`` is what ``json.dumps`` takes."""
    return _answer({"success": True, "data": data}, status)


def failed(error: KeeperError) -> web.Response:
    """Status 200, as the panel expects; only a route that is not there is a 404 or a 405."""
    status = status_of(error) if error.code in _NO_ROUTE else 200
    return _answer({"success": False, "error": sentences(error)}, status)


def sentences(error: KeeperError) -> str:
    """What happened and what to do, in the one text that the panel shows."""
    return f"{error.message} {error.hint}"


def _answer(body: Any, status: int) -> web.Response:
    """UTF-8; half a surrogate pair, as in a file name that is no UTF-8, stays a JSON escape."""
    return web.Response(
        body=json.dumps(body, ensure_ascii=False).encode(errors="backslashreplace"),
        status=status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"},
    )
