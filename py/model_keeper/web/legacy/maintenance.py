"""What keeps the library true, enqueued."""

from __future__ import annotations

from typing import Any

from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.route import Route
from model_keeper.web.views import JobView, JobViews

_AREA = "Maintenance"


class MaintenanceApi:
    """A scan of the model folders."""

    def __init__(self, backend: LegacyBackend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        return [
            Route("GET", "maintenance/scan", self.scan, "Look through the folders.", Any, _AREA,
                  202, guarded=True),
        ]  # fmt: skip

    def scan(self) -> dict[str, JobView]:
        job = self._backend.library.models.request_scan(self._backend.model_folders()).job
        self._backend.wake_worker()
        return {"job": JobViews(self._backend.store).one(job)}
