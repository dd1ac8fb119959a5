"""Repairs of previews as jobs: asked for by people and schedules, run by a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.jobs import JobKind, NewJob, Priority, request_key
from model_keeper.domain.library_query import parse_query
from model_keeper.domain.queue import Enqueued
from model_keeper.store import JobStore

MISSING = "missing:preview"


def preview_job(
    network: NetworkSettings,
    *,
    ids: Sequence[str] | None = None,
    query: str = "",
    category: str | None = None,
    without: Sequence[str] = (),
    over: bool = False,
    priority: int = Priority.NORMAL,
) -> NewJob:
    """A repair of these places, or of all that ``query`` finds; the same request joins a live one.

    ``without``: of what is found not these.
    ``over``: previews that no person chose are replaced, too.
    """
    request = {
        "ids": None if ids is None else list(dict.fromkeys(ids)),
        "query": query,
        "category": category,
        "without": sorted(set(without)),
        "over": over,
    }
    key = request_key("previews", request)
    payload = {**request, "network": asdict(network)}
    return NewJob(JobKind.PREVIEW, payload, dest_key=key, source_key=key, priority=priority)


class PreviewRepairs:
    """Where people ask for repairs. Raises database_unavailable."""

    def __init__(self, store: JobStore, network: NetworkSettings) -> None:
        self._store = store
        self._network = network

    def request(
        self,
        ids: Sequence[str] | None = None,
        query: str = "",
        *,
        category: str | None = None,
        without: Sequence[str] = (),
        only_missing: bool = True,
        priority: int = Priority.NORMAL,
    ) -> Enqueued:
        """A repair by the worker, of these places or of all that ``query`` finds.

        Not ``only_missing``: what no person chose is replaced. Raises query_*.
        """
        if only_missing and ids is None:
            query = f"{MISSING} {query}".strip()
        parse_query(query)
        new = preview_job(
            self._network,
            ids=ids,
            query=query,
            category=category,
            without=without,
            over=not only_missing,
            priority=priority,
        )
        return self._store.queue.enqueue(new)
