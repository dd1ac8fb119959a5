"""Refreshes as jobs: asked for by people and schedules, run by a worker."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.jobs import Job, JobKind, NewJob, Priority, request_key
from model_keeper.domain.library_query import parse_query
from model_keeper.domain.ports import Clock, Control, ProgressSink
from model_keeper.domain.queue import Enqueued
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.hub_links import HubLinks
from model_keeper.engine.item_jobs import ItemHandler
from model_keeper.engine.library import Library
from model_keeper.engine.metadata_facts import CivitaiFacts, HubFacts
from model_keeper.engine.metadata_records import MetadataRecords
from model_keeper.engine.metadata_refresh import RefreshWork
from model_keeper.engine.network import Network
from model_keeper.engine.running import Outcome, Running
from model_keeper.net.http import HttpClient
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.hub_library import HubLibrary
from model_keeper.providers.huggingface import HuggingFace
from model_keeper.providers.huggingface_search import HuggingFaceSearch
from model_keeper.providers.remembered import Misses, Remembered, RememberedHashes
from model_keeper.store import JobStore

TASK = "refresh"
INCOMPLETE = "is:incomplete"


def refresh_job(
    network: NetworkSettings,
    *,
    ids: Sequence[str] | None = None,
    query: str = "",
    category: str | None = None,
    without: Sequence[str] = (),
    fresh: bool = False,
    priority: int = Priority.NORMAL,
) -> NewJob:
    """A refresh of these places, or of all that ``query`` finds; the same request joins a live one.

    ``without``: of what is found not these.
    ``fresh``: providers are also asked for what they did not know lately.
    """
    request = {
        "task": TASK,
        "ids": None if ids is None else list(dict.fromkeys(ids)),
        "query": query,
        "category": category,
        "without": sorted(set(without)),
        "fresh": fresh,
    }
    key = request_key(TASK, request)
    payload = {**request, "network": asdict(network)}
    return NewJob(JobKind.METADATA, payload, dest_key=key, source_key=key, priority=priority)


class MetadataRefreshes:
    """Where people ask for refreshes. Raises database_unavailable."""

    def __init__(self, store: JobStore, models: Library, network: NetworkSettings) -> None:
        self._store = store
        self._models = models
        self._network = network

    def request(
        self,
        ids: Sequence[str] | None = None,
        query: str = "",
        *,
        category: str | None = None,
        without: Sequence[str] = (),
        only_incomplete: bool | None = None,
        fresh: bool = False,
        priority: int = Priority.NORMAL,
    ) -> Enqueued:
        """A refresh by the worker, of these places or of all that ``query`` finds.

        ``only_incomplete``: those of them that lack something; None is yes where no places are
        named. Raises query_*.
        """
        if only_incomplete is None:
            only_incomplete = ids is None
        if only_incomplete and ids is not None:
            ids = [each for each in ids if self._models.get(each).missing]
        elif only_incomplete:
            query = f"{INCOMPLETE} {query}".strip()
        parse_query(query)
        new = refresh_job(
            self._network,
            ids=ids,
            query=query,
            category=category,
            without=without,
            fresh=fresh,
            priority=priority,
        )
        return self._store.queue.enqueue(new)


class RefreshHandler:
    """Runs refreshes, with the network settings that each was enqueued with."""

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        network: Network,
        library: Library,
        hashing: Hashing,
        records: MetadataRecords,
    ) -> None:
        self._store = store
        self._clock = clock
        self._network = network
        self._library = library
        self._hashing = hashing
        self._records = records

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        settings = NetworkSettings.from_json(running.job.payload.get("network"))
        fresh = bool(running.job.payload.get("fresh"))
        work = self.work(settings, fresh=fresh, control=running.control)
        return ItemHandler(self._store, self._clock, work).run(running, report)

    def discard(self, job: Job) -> None:
        """What was written stays written."""

    def work(
        self, settings: NetworkSettings, *, fresh: bool = False, control: Control | None = None
    ) -> RefreshWork:
        """What one run does, for whoever needs it within another job.

        ``control`` ends waits for hosts when the job shall stop.
        """
        client = self._network.client(settings)
        if control is not None:
            client = client.under(control)
        return RefreshWork(
            self._library,
            self._hashing,
            self._records,
            self._civitai(client, settings, fresh=fresh),
            self._hub(client, settings, fresh=fresh),
            self._clock,
        )

    def _civitai(
        self, client: HttpClient, settings: NetworkSettings, *, fresh: bool
    ) -> CivitaiFacts:
        civitai = Civitai(client, self._clock, settings.civitai_endpoint)
        misses = Misses(self._store.negative_answers, self._clock, fresh=fresh)
        return CivitaiFacts(civitai, RememberedHashes(civitai, misses))

    def _hub(self, client: HttpClient, settings: NetworkSettings, *, fresh: bool) -> HubFacts:
        hub = HuggingFace(client, self._clock, settings.hf_endpoint)
        search = HuggingFaceSearch(hub, HubLibrary(client, hub.endpoint), self._clock)
        answers = self._store.negative_answers
        remembered = Remembered(search, answers, self._clock, fresh=fresh)
        return HubFacts(hub, remembered, HubLinks(self._store, hub.host))
