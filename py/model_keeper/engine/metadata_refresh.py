"""The metadata refresh: what headers and providers say of models is written beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from model_keeper.domain.completeness import judge
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Job
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.metadata_merge import Merge, gone_upstream, merged, replaced_between
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.ports import Clock, Control
from model_keeper.domain.queue import Item, ItemResult
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.item_jobs import Postponed, failed, postponed, skipped, succeeded
from model_keeper.engine.library import Library
from model_keeper.engine.metadata_facts import CivitaiFacts, HubFacts, Said, Subject
from model_keeper.engine.metadata_records import MetadataRecords
from model_keeper.files.failures import file_failed
from model_keeper.library.contents import file_state
from model_keeper.library.header_metadata import HEADER_ORIGIN, read_header_metadata
from model_keeper.library.search import Found
from model_keeper.providers.civitai_metadata import civitai_origin
from model_keeper.providers.huggingface_metadata import huggingface_origin

_GROUP_SECONDS = 60.0


@dataclass(frozen=True)
class _Ready:
    """An item whose file is hashed, with what its header says."""

    item: Item
    found: Found
    subject: Subject
    header: ModelMetadata


@dataclass
class _Told:
    """What Civitai and then the Hub say of one model."""

    parts: list[Said]

    @property
    def known(self) -> bool:
        return any(said.metadata is not None for said in self.parts)

    @property
    def errors(self) -> list[KeeperError]:
        return [said.error for said in self.parts if said.error is not None]

    def wait(self, job: Job) -> Postponed | None:
        """Whether the model is to be asked for again, later in this job."""
        waits = (postponed(job, error) for error in self.errors)
        return next((wait for wait in waits if wait is not None), None)


class RefreshWork:
    """One run of a refresh. Its items are places of the library.

    Counted are ``changed``, ``unchanged``, and ``unknown``: nobody knows the model, and nothing is
    new.
    """

    stage = "metadata"
    outcomes = ("changed", "unchanged", "unknown")
    together = 100

    def __init__(
        self,
        library: Library,
        hashing: Hashing,
        records: MetadataRecords,
        civitai: CivitaiFacts,
        hub: HubFacts,
        clock: Clock,
    ) -> None:
        self._library = library
        self._hashing = hashing
        self._records = records
        self._civitai = civitai
        self._hub = hub
        self._clock = clock

    def keys(self, job: Job) -> Sequence[str]:
        """Each file once, the most used first. Raises KeeperError query_…"""
        payload = job.payload
        if payload["ids"] is not None:
            return list(payload["ids"])
        query, category = payload["query"], payload["category"]
        found = self._library.ranked(query, category, payload.get("without", ()))
        return [each.id for each in found]

    def work(self, job: Job, items: Sequence[Item], control: Control) -> Iterator[ItemResult]:
        group: list[_Ready] = []
        began = self._clock.monotonic()
        for item in items:
            control.check()
            try:
                found = self._library.get(item.key)
            except KeeperError as error:
                yield failed(item, error)
                continue
            try:
                group.append(self._ready(item, found, control))
            except KeeperError as error:
                yield failed(item, error, name=found.file.name)
            if self._clock.monotonic() - began > _GROUP_SECONDS:  # what is large is told of soon
                yield from self._asked(job, group, control)
                group, began = [], self._clock.monotonic()
        yield from self._asked(job, group, control)

    def _ready(self, item: Item, found: Found, control: Control) -> _Ready:
        """Raises KeeperError for what is wrong with the file, its place or its sidecar."""
        file = found.file
        if not file.online:
            raise KeeperError("storage_failed", path=file.path, why="its drive is off")
        header = _header(file)
        sha256 = self._hashing.of(file.path, control=control)["sha256"]
        record = self._records.read(file)
        return _Ready(item, found, Subject(file, sha256, record.metadata), header)

    def _asked(self, job: Job, group: Sequence[_Ready], control: Control) -> Iterator[ItemResult]:
        if not group:
            return
        waiting: Postponed | None = None
        said = self._civitai.of([each.subject for each in group])
        for ready in group:
            control.check()
            told = _Told([said[ready.subject.sha256]])
            wait = told.wait(job)
            if wait is None:
                search = not told.known and not told.errors
                told.parts.append(self._hub.of(ready.subject, search=search))
                wait = told.wait(job)
            if wait is None:
                yield self._written(ready, told)
            waiting = waiting or wait
        if waiting is not None:  # what needs nobody who cannot be asked now is done
            raise waiting

    def _written(self, ready: _Ready, told: _Told) -> ItemResult:
        name = ready.found.file.name
        try:
            written = self._records.update(
                ready.found, lambda old: self._merged(old, ready.header, told.parts)
            )
        except KeeperError as error:
            return failed(ready.item, error, name=name)
        found = ready.found
        verdict = judge(written.metadata, found.file.category, has_preview=found.has_preview)
        if told.errors and verdict.issues:
            return failed(ready.item, told.errors[0], name=name, changed=written.changed)
        if written.changed:
            return succeeded(ready.item, "changed", name=name)
        if not told.known:
            return skipped(ready.item, "unknown", name=name)
        return succeeded(ready.item, "unchanged", name=name)

    def _merged(self, old: ModelMetadata, header: ModelMetadata, parts: Sequence[Said]) -> Merge:
        """Everybody's word, the weakest owner's first."""
        now = self._clock.now_ms()
        origins = (HEADER_ORIGIN, civitai_origin(now), huggingface_origin(now))
        metadata = old
        for said, origin in zip((Said(header), *parts), origins):  # noqa: B905 - the Hub may be left out
            if said.metadata is not None:
                metadata = merged(metadata, said.metadata, origin).metadata
            elif said.gone:
                metadata = gone_upstream(metadata, origin)
        return Merge(metadata, replaced_between(old, metadata))


def _header(file: ModelFile) -> ModelMetadata:
    """What the file's header says, and what its tensors told. Raises KeeperError for a bad file."""
    try:
        state = file_state(file.path)
        same = (state.size, state.mtime_ns) == (file.size, file.mtime_ns)
        if file.header.problem is not None and same:
            raise KeeperError("model_broken", path=file.path, why=file.header.problem)
        said = read_header_metadata(file.path)
    except OSError as error:
        raise file_failed(error, file.path) from error
    return replace(said, base_model=said.base_model or file.header.base_model)
