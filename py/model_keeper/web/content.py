"""Answers that are no JSON: pictures, films, files to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aiohttp import web

_HEADERS: Mapping[str, str] = {
    "Cache-Control": "private, no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src 'self'; sandbox"
    ),
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True)
class Content:
    """What a call answers instead of a shape: bytes, or a file that is sent as it lies there.

    ``media_type`` is what the content is, never what a name says. Browsers keep it and ask each
    time whether it is still the same: bytes by ``etag``, a file by its time and size; a file is
    also sent in parts, as films need it. Nothing in it may run. ``headers`` go before ours.
    """

    body: bytes | Path
    media_type: str
    etag: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


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
