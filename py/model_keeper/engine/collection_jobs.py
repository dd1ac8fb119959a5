"""The collection job: restores what a collection says of models, each as soon as it is here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from model_keeper.domain.collection_json import from_json, to_json
from model_keeper.domain.collections import CollectedModel, Collection
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import HELD, Event, Job, JobKind, JobState, NewJob
from model_keeper.domain.ports import Clock, Control, ProgressSink
from model_keeper.domain.queue import Item, ItemResult, JobQuery
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.item_jobs import ItemHandler, failed, skipped, succeeded
from model_keeper.engine.library import Library
from model_keeper.engine.running import Outcome, Running
from model_keeper.files.failures import file_failed
from model_keeper.files.replacement import replace_file
from model_keeper.library.index import LibraryIndex
from model_keeper.library.places import place_key
from model_keeper.library.search import Found
from model_keeper.store import JobStore

if TYPE_CHECKING:
    from model_keeper.engine.collected_facts import CollectedFacts

_EVERYTHING = 1_000_000
_LOOK_AGAIN = 2.0  # seconds
_SLOWEST = 30.0
_JOBS_A_SECOND = 1_000  # how many downloads make the next look a second later
_PAGE = 1_000
_ON_ITS_WAY = frozenset({JobState.PENDING, JobState.RUNNING, JobState.VERIFYING})


class CollectionShelf:
    """Collections that are being applied, kept until they are."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, collection: Collection) -> str:
        """Keep it, durably; its name. The same collection has one name. Raises storage_failed."""
        content = json.dumps(to_json(collection), ensure_ascii=True).encode("ascii")
        name = hashlib.sha256(content).hexdigest()[:32]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            replace_file(self._path(name), content)
        except OSError as exc:
            raise file_failed(exc, self._path(name)) from exc
        return name

    def get(self, name: str) -> Collection:
        """Raises file_not_found, storage_failed, collection_*."""
        try:
            content = self._path(name).read_bytes()
        except FileNotFoundError:
            raise KeeperError("file_not_found", path=str(self._path(name))) from None
        except OSError as exc:
            raise file_failed(exc, self._path(name)) from exc
        try:
            return from_json(json.loads(content)).collection
        except ValueError as exc:
            raise KeeperError("collection_unreadable", why="it is damaged") from exc

    def remove(self, name: str) -> None:
        """Raises storage_failed."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as exc:
            raise file_failed(exc, self._path(name)) from exc

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def collection_job(name: str, models: int, folders: FolderTable) -> NewJob:
    """A job that restores the collection that is kept under ``name``, in these folders."""
    key = f"collection:{name}"
    payload = {"collection": name, "models": models, "folders": folders.to_json()}
    return NewJob(JobKind.COLLECTION, payload, dest_key=key, source_key=key)


class Restoring:
    """Finds the models of a collection in the library and restores what is said of them."""

    def __init__(
        self, index: LibraryIndex, library: Library, hashing: Hashing, facts: CollectedFacts
    ) -> None:
        self._index = index
        self._library = library
        self._hashing = hashing
        self._facts = facts

    def restore(self, model: CollectedModel, control: Control) -> bool | None:
        """Whether anything was new here; None where the model is not here.

        A file that nobody hashed is hashed first. Raises KeeperError collection_file_differs where
        another content has the name, and as :meth:`CollectedFacts.restore`.
        """
        found = self._equal(model) or self._named(model, control)
        return None if found is None else self._facts.restore(found, model)

    def _equal(self, model: CollectedModel) -> Found | None:
        files = self._index.with_sha256(model.sha256) if model.sha256 else ()
        equal = [each for each in files if each.sha256 == model.sha256 and each.online]
        if not equal:
            return None
        place = (model.category, model.relative)
        equal.sort(
            key=lambda file: (
                (file.category, file.relative) != place,
                file.category != model.category,
            )
        )
        return self._found(equal[0].category, equal[0].root, equal[0].relative)

    def _named(self, model: CollectedModel, control: Control) -> Found | None:
        files = self._index.at(model.category, model.relative)
        file = next((each for each in files if each.online), None)
        if file is None:
            return None
        differs = KeeperError("collection_file_differs", path=file.path)
        if model.size not in {None, file.size}:
            raise differs
        sha256 = model.sha256
        if sha256 and self._hashing.of(file.path, control=control).get("sha256") != sha256:
            raise differs
        return self._found(file.category, file.root, file.relative)

    def _found(self, category: str, root: str, relative: str) -> Found:
        return self._library.get(place_key(category, root, relative))


class CollectionWork:
    """The items of a collection job are the keys of its models.

    Of a batch it is the last member: it waits for the downloads beside it.
    """

    stage = "collection"
    outcomes = ("restored", "unchanged", "missing")
    together = _EVERYTHING

    def __init__(
        self, store: JobStore, shelf: CollectionShelf, restoring: Callable[[FolderTable], Restoring]
    ) -> None:
        """``restoring`` is for a library that knows what lies in these folders now."""
        self._store = store
        self._shelf = shelf
        self._restoring = restoring

    def keys(self, job: Job) -> Sequence[str]:
        return [model.key for model in self._shelf.get(_name(job)).models]

    def work(self, job: Job, items: Sequence[Item], control: Control) -> Iterator[ItemResult]:
        models = {model.key: model for model in self._shelf.get(_name(job)).models}
        restoring = self._restoring(FolderTable.from_json(job.payload["folders"]))
        waiting = list(items)
        while waiting:
            arriving = self._arriving(job)
            left = []
            for item in waiting:
                control.check()
                model = models[item.key]
                if model.key in arriving:
                    left.append(item)
                else:
                    yield _restored(item, model, restoring, control)
            waiting = left
            if waiting:
                control.wait(min(_LOOK_AGAIN + len(arriving) / _JOBS_A_SECOND, _SLOWEST))

    def _arriving(self, job: Job) -> frozenset[str]:
        """The keys of models whose downloads go on by themselves."""
        if job.parent_id is None:
            return frozenset()
        found: set[str] = set()
        after = None
        kinds = frozenset({JobKind.DOWNLOAD})
        while True:
            page = self._store.jobs.page(
                JobQuery(_ON_ITS_WAY, kinds, parent=job.parent_id, limit=_PAGE, after=after)
            )
            found |= {_key(each) for each in page.items if each.wait_reason not in HELD}
            after = page.next
            if after is None:
                return frozenset(found)


class CollectionHandler:
    """Runs collection jobs. A result counts models: restored, unchanged, missing, failed."""

    def __init__(
        self, store: JobStore, clock: Clock, work: CollectionWork, shelf: CollectionShelf
    ) -> None:
        self._items = ItemHandler(store, clock, work)
        self._shelf = shelf

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        outcome = self._items.run(running, report)
        if outcome is None or outcome.event is not Event.SUCCEED:
            return outcome
        return replace(outcome, discard=True)

    def discard(self, job: Job) -> None:
        """The collection itself is of no use any more."""
        self._shelf.remove(_name(job))


def _restored(
    item: Item, model: CollectedModel, restoring: Restoring, control: Control
) -> ItemResult:
    try:
        changed = restoring.restore(model, control)
    except KeeperError as error:
        return failed(item, error)
    if changed is None:
        return skipped(item, "missing")
    return succeeded(item, "restored" if changed else "unchanged")


def _name(job: Job) -> str:
    return str(job.payload["collection"])


def _key(job: Job) -> str:
    destination: Mapping[str, str] = job.payload["destination"]
    return f"{destination['category']}/{destination['relative']}"
