"""What ComfyUI 0.27 does to every request: cache headers, origin check or CORS, CSP."""

from __future__ import annotations

import ipaddress
import logging
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Middleware

_log = logging.getLogger(__name__)
_Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_IMAGES = (".jpg", ".jpeg", ".png", ".ppm", ".bmp", ".pgm", ".tif", ".tiff", ".webp")
_HOUR, _DAY = 3600, 86400
_KEPT_A_DAY = frozenset({*range(200, 207), 301, 308})
_NOT_KEPT = frozenset({302, 303, 307})

_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self' data:; frame-src 'self'; object-src 'self';"
)


def middlewares(*, cors_origin: str | None, policy: bool) -> list[Middleware]:
    """In ComfyUI's order. ``cors_origin`` replaces the origin check; ``policy`` adds the CSP."""
    chosen: list[Middleware] = [cache_control, deprecation_warning]
    chosen.append(allow_origin(cors_origin) if cors_origin else same_origin_only)
    if policy:
        chosen.append(security_policy)
    return chosen


@web.middleware
async def cache_control(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """Scripts are never kept; images a day, missing ones an hour. A route's own header wins.

    As in ComfyUI, a static image that is missing is kept a day too: that it is missing is found
    after this. A 404 that is raised (no such route) gets no header.
    """
    response = await handler(request)
    header = _cache_header(request.path, response.status)
    if header:
        response.headers.setdefault("Cache-Control", header)
    return response


def _cache_header(path: str, status: int) -> str | None:
    name = path.rpartition("/")[2]
    if path.endswith((".js", ".css")) or (name.startswith("index") and name.endswith(".json")):
        return "no-store"
    if not path.lower().endswith(_IMAGES):
        return None
    if status == 404:
        return f"public, max-age={_HOUR}"
    if status in _KEPT_A_DAY:
        return f"public, max-age={_DAY}"
    return "no-cache" if status in _NOT_KEPT else None


@web.middleware
async def deprecation_warning(request: web.Request, handler: _Handler) -> web.StreamResponse:
    if request.path.startswith(("/scripts/ui", "/extensions/core/")):
        _log.warning("[DEPRECATION WARNING] import of a deprecated file: %s", request.path)
    return await handler(request)


@web.middleware
async def same_origin_only(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """403 to other sites: the browser says so, or Host is loopback and Origin is another one.

    No Origin and ``Origin: null`` pass, and so does any Origin where Host is not loopback.
    """
    if request.headers.get("Sec-Fetch-Site") == "cross-site":
        return web.Response(status=403)
    host, origin = request.headers.get("Host"), request.headers.get("Origin")
    if host and origin and _differs(host.lower(), origin.lower()):
        _log.warning("request with non matching host and origin %s != %s", host, origin)
        return web.Response(status=403)
    return await _answer(request, handler)


def _differs(host: str, origin: str) -> bool:
    """Ports are compared only where both are given."""
    asked, asking = urlsplit(f"//{host}"), urlsplit(origin)
    if not asked.hostname or not asking.hostname or not _is_loopback(asked.hostname):
        return False
    if asked.port is None or asking.port is None:
        return asked.hostname != asking.hostname
    return (asked.hostname, asked.port) != (asking.hostname, asking.port)


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost"


def allow_origin(allowed: str) -> Middleware:
    """Every answer may be read by pages of ``allowed`` (``*``: of any site)."""

    @web.middleware
    async def cors(request: web.Request, handler: _Handler) -> web.StreamResponse:
        response = await _answer(request, handler)
        response.headers["Access-Control-Allow-Origin"] = allowed
        response.headers["Access-Control-Allow-Methods"] = "POST, GET, DELETE, PUT, OPTIONS, PATCH"
        response.headers["Access-Control-Allow-Headers"] = "Content-Type, Authorization"
        response.headers["Access-Control-Allow-Credentials"] = "true"
        return response

    return cors


@web.middleware
async def security_policy(request: web.Request, handler: _Handler) -> web.StreamResponse:
    response = await _answer(request, handler)
    response.headers["Content-Security-Policy"] = _POLICY
    return response


async def _answer(request: web.Request, handler: _Handler) -> web.StreamResponse:
    """``OPTIONS`` is answered for every path."""
    if request.method == "OPTIONS":
        return web.Response()
    return await handler(request)
