"""What follows a download: its ``.info`` first, and its preview behind it.

Both are jobs of their own, enqueued in the transaction that ends the download. They slow nothing
down, fail nothing but themselves, and a worker that is killed in between leaves them in the queue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path, PurePath

from model_keeper.domain.downloads import Download, NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.domain.jobs import Job, JobKind, NewJob, Priority, request_key
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.ports import Clock, ProgressSink
from model_keeper.domain.settings import Settings
from model_keeper.engine.item_jobs import ItemHandler, ItemWork
from model_keeper.engine.library import Library
from model_keeper.engine.running import Outcome, Running
from model_keeper.library.contents import file_state
from model_keeper.library.index import LibraryIndex
from model_keeper.library.places import place_key
from model_keeper.library.search import Found
from model_keeper.store import JobStore

TASK = "arrivals"
VARIABLE = "MODEL_KEEPER_COMPLETE_DOWNLOADS"

_WITHOUT = frozenset({"configs"})  # nobody has pictures or trigger words for them


def completes(environment: Mapping[str, str], settings: Settings) -> bool:
    """Whether downloads are followed by their metadata and preview: as ``VARIABLE``, or set."""
    said = environment.get(VARIABLE, "").strip().lower()
    return settings.complete_downloads if not said else said not in {"0", "off", "false", "no"}


def arrival_jobs(download: Download, path: Path) -> tuple[NewJob, ...]:
    """What is to follow the file that just came to ``path``, each after the one before."""
    place = download.destination
    root = PurePath(place.root)
    if not download.complete or place.category in _WITHOUT or root not in path.parents:
        return ()
    relative = path.relative_to(root).as_posix()
    same = {
        "task": TASK,
        "roots": {place.category: list(download.roots) or [place.root]},
        "query": "",
        "category": None,
        "fresh": False,
        "over": False,
        "network": asdict(download.network),
    }
    key = request_key(TASK, same)
    places = {
        place_key(place.category, place.root, relative): [place.category, place.root, relative]
    }
    return tuple(
        NewJob(
            kind, {**same, "places": places}, source_key=f"{kind.value}:{key}",
            priority=Priority.LOW,
        )
        for kind in (JobKind.METADATA, JobKind.PREVIEW)
    )  # fmt: skip


class ArrivedModels(Library):
    """The library, with files that have just come and that no scan has seen yet."""

    def __init__(
        self,
        store: JobStore,
        index: LibraryIndex,
        clock: Clock,
        arrived: Mapping[str, Sequence[str]],
    ) -> None:
        super().__init__(store, index, clock)
        self._arrived = arrived

    def get(self, place: str) -> Found:
        """Raises model_not_in_library for a file that is gone again."""
        try:
            return super().get(place)
        except KeeperError as exc:
            if exc.code != "model_not_in_library" or place not in self._arrived:
                raise
            category, root, relative = self._arrived[place]
            try:
                state = file_state(str(Path(root).joinpath(*relative.split("/"))))
            except OSError:
                raise exc from None
        file = ModelFile(category, root, relative, state.size, state.mtime_ns, state.inode)
        return Found(place, file)


class ArrivalHandler:
    """Runs one of the jobs that follow: ``work`` is what is done with the models that have come."""

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        index: LibraryIndex,
        work: Callable[[NetworkSettings, Library, FolderTable], ItemWork],
    ) -> None:
        self._store = store
        self._clock = clock
        self._index = index
        self._work = work

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        payload = running.job.payload
        models = ArrivedModels(self._store, self._index, self._clock, payload["places"])
        folders = FolderTable(
            {
                category: tuple(Root(category, path) for path in paths)
                for category, paths in payload["roots"].items()
            }
        )
        network = NetworkSettings.from_json(payload.get("network"))
        job = replace(running.job, payload={**payload, "ids": list(payload["places"])})
        handler = ItemHandler(self._store, self._clock, self._work(network, models, folders))
        return handler.run(replace(running, job=job), report)

    def discard(self, job: Job) -> None:
        """What was written stays written."""
