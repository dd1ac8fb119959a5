"""The update check: which models of the library have a newer version, asked in few requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.jobs import Job, JobKind, NewJob, Priority, request_key
from model_keeper.domain.ports import Clock, Control, ProgressSink
from model_keeper.domain.queue import Item, ItemResult
from model_keeper.domain.updates import Checked
from model_keeper.engine.hub_links import HubLinks
from model_keeper.engine.item_jobs import (
    ItemHandler,
    Postponed,
    failed,
    postponed,
    skipped,
    succeeded,
)
from model_keeper.engine.library import Library
from model_keeper.engine.metadata_records import MetadataRecords
from model_keeper.engine.network import Network
from model_keeper.engine.running import Outcome, Running
from model_keeper.engine.update_sources import (
    CivitaiUpdates,
    HubUpdates,
    Told,
    UpdateSource,
    sha256_of,
    told_by_all,
)
from model_keeper.library.index import LibraryIndex
from model_keeper.library.search import Found
from model_keeper.net.http import HttpClient
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_updates import RememberedModels
from model_keeper.providers.huggingface import HuggingFace
from model_keeper.providers.huggingface_updates import RepositoryPlaces
from model_keeper.providers.remembered import Misses, RememberedHashes
from model_keeper.store import JobStore

TASK = "updates"


def update_job(
    network: NetworkSettings,
    *,
    ids: Sequence[str] | None = None,
    query: str = "",
    fresh: bool = False,
    priority: int = Priority.LOW,
) -> NewJob:
    """A check of these places, or of all that ``query`` finds; the same request joins a live one.

    ``fresh``: models that were gone lately are asked for again.
    """
    named = None if ids is None else sorted(set(ids))
    key = request_key(TASK, (named, query, fresh))
    payload = {
        "task": TASK,
        "ids": named,
        "query": query,
        "fresh": fresh,
        "network": asdict(network),
    }
    return NewJob(
        JobKind.METADATA, payload, dest_key=key, source_key=key, priority=priority, max_attempts=8
    )


class UpdateHandler:
    """Runs update checks. Their items are places of the library.

    Counted are ``update``, ``current``, ``unknown`` (to every provider), ``unhashed`` and
    ``gone``: the model's page, its repository, or the file itself.
    """

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        network: Network,
        library: Library,
        index: LibraryIndex,
        records: MetadataRecords,
    ) -> None:
        self._store = store
        self._clock = clock
        self._network = network
        self._library = library
        self._index = index
        self._records = records

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        payload = running.job.payload
        settings = NetworkSettings.from_json(payload.get("network"))
        client = self._network.client(settings).under(running.control)
        misses = Misses(self._store.negative_answers, self._clock, fresh=bool(payload.get("fresh")))
        sources = (self._hub(client, settings, misses), self._civitai(client, settings, misses))
        work = UpdateWork(self._store, self._library, sources)
        return ItemHandler(self._store, self._clock, work).run(running, report)

    def discard(self, job: Job) -> None:
        """What was found stays found."""

    def _hub(self, client: HttpClient, settings: NetworkSettings, misses: Misses) -> HubUpdates:
        hub = HuggingFace(client, self._clock, settings.hf_endpoint)
        links = HubLinks(self._store, hub.host)
        return HubUpdates(RepositoryPlaces(hub, misses), links, self._records, self._index)

    def _civitai(
        self, client: HttpClient, settings: NetworkSettings, misses: Misses
    ) -> CivitaiUpdates:
        civitai = Civitai(client, self._clock, settings.civitai_endpoint)
        return CivitaiUpdates(
            RememberedHashes(civitai, misses),
            RememberedModels(civitai, misses, self._clock),
            self._index,
            self._clock,
        )


class UpdateWork:
    """One run of a check. What the first of ``sources`` says goes before what the next one says."""

    stage = TASK
    outcomes = ("update", "current", "unknown", "unhashed", "gone")
    together = 100

    def __init__(self, store: JobStore, library: Library, sources: Sequence[UpdateSource]) -> None:
        self._store = store
        self._library = library
        self._sources = sources

    def keys(self, job: Job) -> Sequence[str]:
        """Raises KeeperError query_…"""
        if job.payload["ids"] is not None:
            return list(job.payload["ids"])
        return [found.id for found in self._library.walk(job.payload["query"])]

    def work(self, job: Job, items: Sequence[Item], control: Control) -> Iterator[ItemResult]:
        found: dict[int, Found] = {}
        for item in items:
            try:
                found[item.idx] = self._library.get(item.key)
            except KeeperError as exc:
                if exc.code != "model_not_in_library":
                    raise
                yield failed(item, exc)
        control.check()
        try:
            told = told_by_all(self._sources, list(found.values()))
        except KeeperError as exc:
            raise postponed(job, exc) or exc from exc
        self._store.updates.put([each for each in told.values() if isinstance(each, Checked)])
        waiting: Postponed | None = None
        for item in items:
            if item.idx not in found:
                continue
            wait = _wait(job, found[item.idx], told)
            if wait is None:
                yield _result(item, found[item.idx], told)
            waiting = waiting or wait
        if waiting is not None:  # what another provider knows is done
            raise waiting


def _wait(job: Job, found: Found, told: Mapping[str, Told]) -> Postponed | None:
    """Whether a model is to be asked about again, later in this job."""
    said = told.get(sha256_of(found.file) or "")
    return postponed(job, said) if isinstance(said, KeeperError) else None


def _result(item: Item, found: Found, told: Mapping[str, Told]) -> ItemResult:
    sha256, name = sha256_of(found.file), found.file.name
    if sha256 is None:
        return skipped(item, "unhashed", name=name)
    if sha256 not in told:
        return skipped(item, "unknown", name=name)
    said = told[sha256]
    if isinstance(said, KeeperError):
        if said.family is Family.NOT_FOUND:
            return skipped(item, "gone", name=name, why=said.code)
        return failed(item, said, name=name)
    offer = said.judgement.offer
    refused = [[r.version_id, r.name, r.why.value] for r in said.judgement.refused]
    if offer is None:
        return succeeded(item, "current", name=name, refused=refused)
    return succeeded(item, "update", name=name, version=offer.name, refused=refused)
