"""Metadata refreshes, enqueued: of one model, of several, of all that lack something."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.library.places import place_key
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.form import Form
from model_keeper.web.legacy.places import Places
from model_keeper.web.route import Route
from model_keeper.web.v1.job_items import refresh_task
from model_keeper.web.v1.jobs import priority_of
from model_keeper.web.views import JobViews

_AREA = "Maintenance"
_MOST = 10_000


class RefreshesApi:
    """Answers at once with the job, also as a task of a refresh."""

    def __init__(self, backend: LegacyBackend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        one, several = "Ask the providers about a model.", "Ask the providers about models."
        path = "model/{type}/{index}/{filename:.*}/metadata/refresh"
        return [
            Route("GET", path, self.one, one, Any, _AREA, 202, guarded=True),
            Route("POST", path, self.one, one, Any, _AREA, 202),
            Route("POST", "batch/metadata/refresh", self.several, several, Any, _AREA, 202,
                  body=Form),
        ]  # fmt: skip

    def one(self, type: str, index: str, filename: str) -> dict[str, Any]:  # noqa: A002 - as in the path
        return self._enqueued([self._key(type, index, filename)], [filename], "normal")

    def several(self, body: Form) -> dict[str, Any]:
        """``models`` are ``type/index/name`` or objects; without them all that lack something.

        Raises KeeperError invalid_request, and as Places.existing.
        """
        named = body.values.get("models")
        priority = body.values.get("priority", "normal")
        if named is not None and not (isinstance(named, list) and len(named) <= _MOST):
            raise KeeperError("invalid_request", what=f"“models” must list {_MOST} at the most.")
        if not isinstance(priority, (str, int)):
            raise KeeperError("invalid_request", what="“priority” must be low, normal or high.")
        if not named:
            return self._enqueued(None, (), priority)
        models = [_model(entry) for entry in named]
        keys = [self._key(*model) for model in models]
        return self._enqueued(keys, [model[2] for model in models], priority)

    def _key(self, category: str, index: str, name: str) -> str:
        folders = self._backend.model_folders()
        place = Places(folders).place(category, index, name)
        self._backend.library.freshness.ensure(folders)
        return place_key(place.category, place.root, place.relative)

    def _enqueued(
        self, keys: Sequence[str] | None, names: Sequence[str], priority: str | int
    ) -> dict[str, Any]:
        refreshes = self._backend.library.refreshes
        job = refreshes.request(keys, priority=priority_of(priority)).job
        self._backend.wake_worker()
        return {"job": JobViews(self._backend.store).one(job), "task": refresh_task(job, names)}


def _model(entry: Any) -> tuple[str, str, str]:
    """Category, number of the folder, and name. Raises invalid_request."""
    if isinstance(entry, str) and entry.count("/") >= 2:
        category, index, filename = entry.split("/", 2)
        return category, index, filename
    about: Mapping[str, Any] = entry if isinstance(entry, Mapping) else {}
    kind, name = about.get("type"), about.get("filename", about.get("fullname"))
    if not isinstance(kind, str) or not isinstance(name, str):
        what = "A model is “type/index/name”, or has “type”, “index” and “filename”."
        raise KeeperError("invalid_request", what=what)
    return kind, str(about.get("index", about.get("pathIndex", 0))), name
