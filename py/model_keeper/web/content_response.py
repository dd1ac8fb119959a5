"""How content is sent: what keeps it from doing harm, and when it need not be sent again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from aiohttp import web

from model_keeper.web.content import Content

_HEADERS: Mapping[str, str] = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


def content_response(content: Content, request: web.Request, status: int) -> web.StreamResponse:
    """The answer to ``request``: 304 where it has this content already."""
    headers = {**_HEADERS, "Content-Type": content.media_type, **content.headers}
    if isinstance(content.body, Path):
        return web.FileResponse(content.body, headers=headers, status=status)
    if content.etag is not None and _has(request, content.etag):
        del headers["Content-Type"]
        response = web.Response(status=304, headers=headers)
    else:
        response = web.Response(body=content.body, status=status, headers=headers)
    response.etag = content.etag
    return response


def _has(request: web.Request, etag: str) -> bool:
    return any(known.value in {etag, "*"} for known in request.if_none_match or ())
