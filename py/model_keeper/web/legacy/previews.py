"""Pictures and videos beside models, and a drawing for those that have none."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path, PurePosixPath
from typing import Any

from aiohttp import web

from model_keeper.domain.errors import KeeperError
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.companions import Companions
from model_keeper.web.legacy.places import Places
from model_keeper.web.legacy.sidecars import MEDIA_TYPES, names_in, preview_name
from model_keeper.web.route import Route

_AREA = "Previews"
#: Asked again each time, answered with 304 where nothing changed: ComfyUI would say a day.
_HEADERS = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",
}
_DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">'
    '<rect width="512" height="512" fill="#2b2b2b"/>'
    '<g fill="none" stroke="#6b6b6b" stroke-width="16" stroke-linejoin="round">'
    '<path d="M256 120 376 188v136L256 392 136 324V188z"/>'
    '<path d="M136 188l120 68 120-68M256 256v136"/></g></svg>'
)


class PreviewsApi:
    """Serves what lies there, as it lies there."""

    def __init__(self, backend: LegacyBackend, companions: Companions) -> None:
        self._backend = backend
        self._companions = companions

    def routes(self) -> list[Route]:
        return [
            Route("GET", "preview/download/{filename}", self.of_task, "Of a task.", Any, _AREA),
            Route("GET", "preview/{type}/{index}/{filename:.*}", self.of_model, "Of a model.", Any,
                  _AREA),
        ]  # fmt: skip

    def of_task(self, filename: str) -> web.StreamResponse:
        found = self._companions.named(filename)
        return _served(found) if found else _drawing()

    def of_model(self, type: str, index: str, filename: str) -> web.StreamResponse:  # noqa: A002 - as in the path
        """``filename`` has any ending: the preview of that stem. Raises KeeperError as Places."""
        places = Places(self._backend.model_folders())
        asked = places.below(places.root(type, index), filename)
        names = names_in(asked.parent)
        found = preview_name(PurePosixPath(asked.name).stem, names)
        if found is None and asked.suffix.lower() in MEDIA_TYPES and asked.name in names:
            found = asked.name
        if found is None:
            return self._kept_apart(asked, names)
        path = places.check(asked.with_name(found))
        if not path.is_file():
            raise KeeperError("file_not_found", path=str(path))
        return _served(path)

    def _kept_apart(self, asked: Path, names: Collection[str]) -> web.StreamResponse:
        """What the state folder has for a model of that stem, in a folder that is not ours."""
        stem = PurePosixPath(asked.name).stem
        files = self._backend.library.previews.files
        for name in sorted(names):
            found = files.shown(asked.with_name(name), ()) if Path(name).stem == stem else None
            if found is not None and files.apart.has(found.path):
                headers = {**_HEADERS, "Content-Type": found.medium.type}
                return web.FileResponse(found.path, headers=headers)
        return _drawing()


def _served(path: Path) -> web.StreamResponse:
    kind = MEDIA_TYPES[path.suffix.lower()]
    return web.FileResponse(path, headers={**_HEADERS, "Content-Type": kind})


def _drawing() -> web.StreamResponse:
    return web.Response(text=_DRAWING, content_type="image/svg+xml", headers=_HEADERS)
