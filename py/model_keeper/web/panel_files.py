"""The panel's files, for the server that has no ComfyUI to show them."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from model_keeper.domain.errors import KeeperError

_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "connect-src 'self' ws: wss:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)


def panel_folder() -> Path:
    """Where the built panel lies: in the installed package, else in the checkout.

    Raises KeeperError panel_missing.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "_web", package.parent.parent / "web" / "dist"):
        if (folder / "index.html").is_file():
            return folder
    raise KeeperError("panel_missing")


class PanelFiles:
    """Serves the files of one folder, the page itself at its root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add_to(self, app: web.Application) -> None:
        app.router.add_get("/", self._page)
        app.router.add_get("/{name:[^/]+\\.(?:mjs|js|html|svg)}", self._file)
        app.router.add_get("/chunks/{name:[^/]+\\.mjs}", self._chunk)

    async def _page(self, _request: web.Request) -> web.StreamResponse:
        return _served(self._folder / "index.html")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        return _served(self._folder / request.match_info["name"])

    async def _chunk(self, request: web.Request) -> web.StreamResponse:
        return _served(self._folder / "chunks" / request.match_info["name"])


def _served(path: Path) -> web.StreamResponse:
    """Asked again each time, answered with 304 where nothing changed."""
    headers = {
        "Cache-Control": "no-cache",
        "Content-Security-Policy": _POLICY,
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
    if path.suffix == ".mjs":  # some systems do not know it
        headers["Content-Type"] = "text/javascript; charset=utf-8"
    return web.FileResponse(path, headers=headers)
