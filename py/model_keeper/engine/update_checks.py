"""The update check: which models of the library have a newer version, asked in few requests."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict

from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Job, JobKind, NewJob, Priority, request_key
from model_keeper.domain.ports import Clock, Control, ProgressSink
from model_keeper.domain.queue import Item, ItemResult
from model_keeper.domain.updates import Checked, Installed, OfferedVersion, judge
from model_keeper.engine.item_jobs import ItemHandler, failed, postponed, skipped, succeeded
from model_keeper.engine.library import Library
from model_keeper.engine.network import Network
from model_keeper.engine.running import Outcome, Running
from model_keeper.library.index import LibraryIndex
from model_keeper.library.search import Found
from model_keeper.providers.civitai import Civitai
from model_keeper.providers.civitai_answers import Version
from model_keeper.providers.civitai_updates import RememberedModels, model_id_of, offered_version
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

    Counted are ``update``, ``current``, ``unknown`` (to Civitai), ``unhashed`` and ``gone``: the
    model's page, or the file itself.
    """

    def __init__(
        self, store: JobStore, clock: Clock, network: Network, index: LibraryIndex
    ) -> None:
        self._store = store
        self._clock = clock
        self._network = network
        self._index = index

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        payload = running.job.payload
        settings = NetworkSettings.from_json(payload.get("network"))
        civitai = Civitai(self._network.client(settings), self._clock, settings.civitai_endpoint)
        fresh = bool(payload.get("fresh"))
        misses = Misses(self._store.negative_answers, self._clock, fresh=fresh)
        work = UpdateWork(
            self._store,
            self._clock,
            self._index,
            RememberedHashes(civitai, misses),
            RememberedModels(civitai, misses, self._clock),
        )
        return ItemHandler(self._store, self._clock, work).run(running, report)

    def discard(self, job: Job) -> None:
        """What was found stays found."""


class UpdateWork:
    """One run of a check. No model is asked for twice."""

    stage = TASK
    outcomes = ("update", "current", "unknown", "unhashed", "gone")
    together = 100

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        index: LibraryIndex,
        hashes: RememberedHashes,
        models: RememberedModels,
    ) -> None:
        self._store = store
        self._clock = clock
        self._index = index
        self._library = Library(store, index, clock)
        self._hashes = hashes
        self._models = models
        self._versions: dict[int, tuple[OfferedVersion, ...] | None] = {}

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
            known = self._ask([sha256 for each in found.values() if (sha256 := _sha256(each))])
        except KeeperError as exc:
            raise postponed(job, exc) or exc from exc
        judged = self._judged(known)
        self._store.updates.put(list(judged.values()))
        for item in items:
            if item.idx in found:
                yield self._result(item, found[item.idx], known, judged)

    def _ask(self, hashes: Sequence[str]) -> dict[str, Version]:
        """The versions of these contents; what their models offer is kept."""
        known = self._hashes.versions_by_hash(dict.fromkeys(hashes))
        models = {model for version in known.values() if (model := model_id_of(version))}
        asked = sorted(models - self._versions.keys())
        if asked:
            answers = self._models.versions(asked)
            self._versions.update({model: answers.get(model) for model in asked})
        return known

    def _judged(self, known: Mapping[str, Version]) -> dict[str, Checked]:
        checked = {}
        for sha256, version in known.items():
            model_id = model_id_of(version)
            versions = self._versions.get(model_id or 0)
            if model_id is None or versions is None:
                continue
            installed = Installed(sha256, model_id, offered_version(version, self._clock.now_ms()))
            checked[sha256] = Checked(
                sha256=sha256,
                model_id=model_id,
                version_id=version.id,
                version_name=installed.version.name,
                base_model=installed.version.base_model,
                judgement=judge(installed, versions, self._here(versions)),
            )
        return checked

    def _here(self, versions: Sequence[OfferedVersion]) -> set[str]:
        offered = {file.sha256 for version in versions for file in version.files if file.sha256}
        return {sha256 for sha256 in offered if self._index.with_sha256(sha256)}

    @staticmethod
    def _result(
        item: Item,
        found: Found,
        known: Mapping[str, Version],
        judged: Mapping[str, Checked],
    ) -> ItemResult:
        sha256, name = _sha256(found), found.file.name
        if sha256 is None:
            return skipped(item, "unhashed", name=name)
        if sha256 not in known:
            return skipped(item, "unknown", name=name)
        checked = judged.get(sha256)
        if checked is None:
            return skipped(item, "gone", name=name)
        offer = checked.judgement.offer
        refused = [[r.version_id, r.name, r.why.value] for r in checked.judgement.refused]
        if offer is None:
            return succeeded(item, "current", name=name, refused=refused)
        return succeeded(item, "update", name=name, version=offer.name, refused=refused)


def _sha256(found: Found) -> str | None:
    return found.file.sha256 or found.file.claimed.get("sha256")
