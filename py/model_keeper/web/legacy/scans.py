"""The panel's look-up of all models: a refresh of metadata, shown as a map of paths."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import pure_path
from model_keeper.domain.jobs import LIVE, Job, JobId, JobKind
from model_keeper.domain.queue import ItemState, JobQuery
from model_keeper.engine.metadata_jobs import INCOMPLETE, TASK
from model_keeper.library.index_text import as_text
from model_keeper.web.changes import Changes
from model_keeper.web.legacy.backend import LegacyBackend

_PAGE = 5_000
_MODES = ("diff", "full")

Information = Mapping[str, Any]
"""``mode``, and ``models``: by path whether it was looked up."""


class Scans:
    """Every method may block. Only one refresh is told of: the newest that is not done."""

    def __init__(self, backend: LegacyBackend) -> None:
        self._backend = backend
        self._told: dict[JobId, Mapping[ItemState, int]] = {}

    def start(self, mode: str, path: str | None) -> Information:
        """Look up what is incomplete (diff) or everything (full), perhaps only below ``path``.

        Raises KeeperError invalid_request, outside_model_folders, roots_unknown.
        """
        if mode not in _MODES:
            raise KeeperError(
                "invalid_request", what=f"“mode” must be one of: {', '.join(_MODES)}."
            )
        self._backend.library.freshness.ensure(self._backend.model_folders())
        ids = None if path is None else list(self._below(path))
        refreshes = self._backend.library.refreshes
        job = refreshes.request(ids, only_incomplete=mode == "diff", fresh=mode == "full").job
        self._backend.wake_worker()
        return self._information(job)

    def latest(self) -> Information | None:
        """Of the refresh that is under way, if one is."""
        query = JobQuery(states=LIVE, kinds=frozenset({JobKind.METADATA}), limit=10)
        found = self._backend.store.jobs.page(query).items
        job = next((job for job in found if _is_refresh(job)), None)
        return None if job is None else self._information(job)

    def told(self, changes: Changes) -> list[tuple[str, Any]]:
        """The event, where a refresh is further than it was when it was told of last."""
        ids = {JobId(job.id) for job in changes.jobs if job.kind is JobKind.METADATA}
        ids |= self._told.keys() & set(map(JobId, changes.live))
        messages: list[tuple[str, Any]] = []
        for job in self._backend.store.jobs.several(sorted(ids)) if ids else ():
            counts = self._backend.store.items.counts(job.id)
            if not _is_refresh(job) or self._told.get(job.id) == counts:
                continue
            messages.append(("update_scan_information_task", self._information(job)))
            self._told[job.id] = counts
            if not job.live:
                self._told.pop(job.id)
        return messages

    def _information(self, job: Job) -> Information:
        mode = "diff" if str(job.payload.get("query", "")).startswith(INCOMPLETE) else "full"
        paths = {
            found.id: as_text(found.file.path) for found in self._backend.library.models.walk()
        }
        models = {
            paths[item.key]: item.state is not ItemState.PENDING
            for item in self._items(job.id)
            if item.key in paths
        }
        return {"mode": mode, "models": models}

    def _items(self, job_id: JobId) -> Iterator[Any]:
        after = -1
        while page := self._backend.store.items.page(job_id, limit=_PAGE, after=after):
            yield from page
            after = page[-1].idx

    def _below(self, path: str) -> Iterator[str]:
        if not self._backend.model_folders().locate(str(pure_path(path) / "any")):
            raise KeeperError("outside_model_folders", path=path)
        for found in self._backend.library.models.walk():
            if pure_path(path) in pure_path(found.file.path).parents:
                yield found.id


def _is_refresh(job: Job) -> bool:
    return job.payload.get("task") == TASK
