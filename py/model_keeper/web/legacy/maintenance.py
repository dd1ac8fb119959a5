"""What keeps the library true, enqueued; and what this API does not take."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from model_keeper.domain.errors import KeeperError
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.route import Route
from model_keeper.web.views import JobView, JobViews

_AREA = "Maintenance"


class MaintenanceApi:
    """A scan of the model folders, and the refusal of uploads."""

    def __init__(self, backend: LegacyBackend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        return [
            Route("GET", "maintenance/scan", self.scan, "Look through the folders.", Any, _AREA,
                  202, guarded=True),
            Route("POST", "upload", self.upload, "Take a file in.", Any, _AREA),
        ]  # fmt: skip

    def scan(self) -> dict[str, JobView]:
        job = self._backend.library.models.request_scan(self._backend.model_folders()).job
        self._backend.wake_worker()
        return {"job": JobViews(self._backend.store).one(job)}

    async def upload(self, request: web.Request) -> None:
        """Raises KeeperError panel_cannot before a byte of the file is read."""
        del request
        raise KeeperError("panel_cannot", what="upload a file")
