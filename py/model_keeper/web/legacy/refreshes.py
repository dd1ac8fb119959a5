"""Metadata refreshes and repairs of previews, enqueued: of one model, of several, of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Job
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
            Route("POST", "preview/regenerate", self.previews, "Give models the previews that"
                  " they lack.", Any, _AREA, 202, body=Form),
        ]  # fmt: skip

    def one(self, type: str, index: str, filename: str) -> dict[str, Any]:  # noqa: A002 - as in the path
        job = self._backend.library.refreshes.request([self._key(type, index, filename)]).job
        return self._answer(job, [filename])

    def several(self, body: Form) -> dict[str, Any]:
        """``models`` are ``type/index/name`` or objects; without them all that lack something.

        Raises KeeperError invalid_request, and as Places.existing.
        """
        keys, names = self._models(body)
        job = self._backend.library.refreshes.request(keys, priority=_priority(body)).job
        return self._answer(job, names)

    def previews(self, body: Form) -> dict[str, Any]:
        """The same for previews; ``force``: also of those that have one that no person chose."""
        keys, names = self._models(body)
        only_missing = body.values.get("force") is not True
        repairs = self._backend.library.repairs
        job = repairs.request(keys, only_missing=only_missing, priority=_priority(body)).job
        return self._answer(job, names)

    def _models(self, body: Form) -> tuple[list[str] | None, list[str]]:
        """Their ids and names; None and no names for all. Raises as :meth:`several`."""
        named = body.values.get("models")
        if named is not None and not (isinstance(named, list) and len(named) <= _MOST):
            raise KeeperError("invalid_request", what=f"“models” must list {_MOST} at the most.")
        models = [_model(entry) for entry in named or ()]
        keys = [self._key(*model) for model in models]
        return keys or None, [model[2] for model in models]

    def _key(self, category: str, index: str, name: str) -> str:
        folders = self._backend.model_folders()
        place = Places(folders).place(category, index, name)
        self._backend.library.freshness.ensure(folders)
        return place_key(place.category, place.root, place.relative)

    def _answer(self, job: Job, names: Sequence[str]) -> dict[str, Any]:
        self._backend.wake_worker()
        return {"job": JobViews(self._backend.store).one(job), "task": refresh_task(job, names)}


def _priority(body: Form) -> int:
    given = body.values.get("priority", "normal")
    if not isinstance(given, (str, int)):
        raise KeeperError("invalid_request", what="“priority” must be low, normal or high.")
    return priority_of(given)


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
