"""What works on the library of one state folder; each part is made when it is first used."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import cached_property, partial

from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import JobKind, Priority
from model_keeper.domain.ports import Clock
from model_keeper.domain.prechecks import Key
from model_keeper.domain.recommendations import in_category
from model_keeper.domain.schedules import Task
from model_keeper.engine.arrivals import ArrivalHandler
from model_keeper.engine.broken_files import BrokenFiles
from model_keeper.engine.bundles import Bundles
from model_keeper.engine.change_desk import ChangeDesk
from model_keeper.engine.change_follower import ChangeFollower
from model_keeper.engine.change_jobs import Orders
from model_keeper.engine.change_runner import ChangeRunner, publish_through
from model_keeper.engine.clock import SystemZone
from model_keeper.engine.collected_facts import CollectedFacts
from model_keeper.engine.collection_jobs import (
    CollectionHandler,
    CollectionShelf,
    CollectionWork,
    Restoring,
)
from model_keeper.engine.collections import Collections
from model_keeper.engine.deduplication import Deduplication
from model_keeper.engine.freshness import Freshness
from model_keeper.engine.hash_jobs import hash_job
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.item_jobs import ItemWork
from model_keeper.engine.known_pictures import KnownPictures
from model_keeper.engine.library import Library
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.engine.maintenance import Maintenance
from model_keeper.engine.metadata_jobs import (
    INCOMPLETE,
    MetadataRefreshes,
    RefreshHandler,
    refresh_job,
)
from model_keeper.engine.metadata_records import MetadataRecords
from model_keeper.engine.network import Network
from model_keeper.engine.organising import Organising, values_with
from model_keeper.engine.prechecks import PreChecks
from model_keeper.engine.preview_jobs import MISSING, PreviewRepairs, preview_job
from model_keeper.engine.preview_recovery import PreviewRecovery
from model_keeper.engine.preview_repair import PreviewHandler, PreviewWork
from model_keeper.engine.previews import ModelPreviews
from model_keeper.engine.processes import host_id
from model_keeper.engine.purging import purge_job
from model_keeper.engine.replacing import Replacing
from model_keeper.engine.running import Handler
from model_keeper.engine.scan_findings import ScanFindings
from model_keeper.engine.scanning import Scanning
from model_keeper.engine.space_watch import SpaceWatch
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.update_checks import UpdateHandler, update_job
from model_keeper.engine.updates import ModelUpdates
from model_keeper.engine.upkeep_jobs import Builder, UpkeepJobs
from model_keeper.engine.watched_roots import WatchedRoots
from model_keeper.library.file_changes import FileSteps
from model_keeper.library.index import LibraryIndex, open_index
from model_keeper.library.kept_apart import kept_previews
from model_keeper.library.said_models import SaidModels
from model_keeper.library.shown_previews import ShownPreviews
from model_keeper.library.sidecar_places import kept_sidecars
from model_keeper.library.sidecars import Sidecars
from model_keeper.store import JobStore
from model_keeper.transfer.publish import Publisher

_log = logging.getLogger(__name__)


class LibraryServices:
    """Close it. ``folders`` are those of now; it may raise roots_unknown, and so may its users.

    ``network`` is kept with the jobs that ask providers. ``idle``: what reads much gives way to
    everything else on this machine.
    """

    def __init__(
        self,
        store: JobStore,
        state: StateFolder,
        clock: Clock,
        folders: Callable[[], FolderTable],
        *,
        network: NetworkSettings | None = None,
        idle: bool = False,
    ) -> None:
        self._store = store
        self._state = state
        self._clock = clock
        self._folders = folders
        self._network = network or NetworkSettings()
        self._idle = idle

    @cached_property
    def index(self) -> LibraryIndex:
        """Nothing is opened or scanned before it is asked."""
        return open_index(self._state.index)

    @cached_property
    def models(self) -> Library:
        return Library(self._store, self.index, self._clock)

    @cached_property
    def hashing(self) -> Hashing:
        return Hashing(self._store, self.index, self._clock, host_id(), idle=self._idle)

    @cached_property
    def scanning(self) -> Scanning:
        return Scanning(self.index, self.hashing, self.said, self.shown)

    @cached_property
    def sidecars(self) -> Sidecars:
        return Sidecars(self._state.sidecars)

    @cached_property
    def said(self) -> SaidModels:
        return SaidModels(self.index, self.sidecars)

    @cached_property
    def shown(self) -> ShownPreviews:
        return ShownPreviews(self.index, lambda: self.previews.files)

    @cached_property
    def records(self) -> MetadataRecords:
        """What is written of models, and what it said before."""
        return MetadataRecords(self._store, self.sidecars, self.said, self._clock, host_id())

    @cached_property
    def refreshes(self) -> MetadataRefreshes:
        return MetadataRefreshes(self._store, self.models, self._network)

    def refresh_handler(self, network: Network) -> RefreshHandler:
        return self._refreshing(network, self.models)

    def _refreshing(self, network: Network, models: Library) -> RefreshHandler:
        return RefreshHandler(self._store, self._clock, network, models, self.hashing, self.records)

    def arrival_handlers(self, network: Network) -> Mapping[JobKind, Handler]:
        """What writes the metadata and the previews of files that have just come."""

        def metadata(settings: NetworkSettings, models: Library, _: FolderTable) -> ItemWork:
            return self._refreshing(network, models).work(settings)

        def previews(settings: NetworkSettings, models: Library, folders: FolderTable) -> ItemWork:
            recovery = self.recovery(network, settings)
            refresh = self._refreshing(network, models).work(settings)
            return PreviewWork(models, lambda: folders, recovery, refresh)

        works = {JobKind.METADATA: metadata, JobKind.PREVIEW: previews}
        return {
            kind: ArrivalHandler(self._store, self._clock, self.index, work)
            for kind, work in works.items()
        }

    @cached_property
    def repairs(self) -> PreviewRepairs:
        return PreviewRepairs(self._store, self._network)

    def repair_handler(self, network: Network) -> PreviewHandler:
        return PreviewHandler(
            self._store,
            self._clock,
            self.models,
            self._folders,
            partial(self.recovery, network),
            self.refresh_handler(network).work,
        )

    def recovery(self, network: Network, settings: NetworkSettings) -> PreviewRecovery:
        """What finds previews, asking through ``network`` as ``settings`` say."""
        pictures = KnownPictures(self.previews.files, self.sidecars, network.pictures(settings))
        return PreviewRecovery(
            self.previews, pictures, lambda: self._store.settings.read().preview_policy
        )

    @cached_property
    def freshness(self) -> Freshness:
        def refresh(folders: FolderTable) -> None:
            roots = self.roots.kept_fresh(folders)
            self.scanning.refresh(folders, roots=roots, headers=False)

        return Freshness(refresh, self._clock)

    @cached_property
    def roots(self) -> WatchedRoots:
        return WatchedRoots(self._store, self.index, self._folders, host_id())

    @cached_property
    def _runner(self) -> ChangeRunner:
        return ChangeRunner(
            self._store,
            FileSteps(publish_through(Publisher(self._clock))),
            self._clock,
            host_id(),
            self._state.path / "changes.lock",
            follow=self._follower,
        )

    @cached_property
    def _follower(self) -> ChangeFollower:
        return ChangeFollower(
            self._store,
            self.index,
            self.hashing,
            host_id(),
            kept=(kept_previews(self._state.previews), kept_sidecars(self._state.sidecars)),
            shown=self.shown.note,
        )

    @cached_property
    def replacing(self) -> Replacing:
        return Replacing(self._runner, self._follower, self._folders)

    @cached_property
    def changes(self) -> LibraryChanges:
        """Moves, renames and throws away model files; every change can be undone."""
        return LibraryChanges(self._store, self._runner, self._folders, host_id())

    @cached_property
    def deduplication(self) -> Deduplication:
        return Deduplication(self._store, self.index, self._runner, self._folders)

    @cached_property
    def organising(self) -> Organising:
        values = values_with(lambda file: self.records.read(file).metadata)
        return Organising(self.index, self.changes, values)

    @cached_property
    def orders(self) -> Orders:
        """Changes of many files, as a worker carries them out."""
        return Orders(self._runner, self.changes, self.deduplication, self._folders)

    @cached_property
    def desk(self) -> ChangeDesk:
        """Where people ask for changes of models."""
        return ChangeDesk(self._store, self.models, self.changes, self.orders, self._folders)

    def prechecks(self, key: Callable[[str], Key]) -> PreChecks:
        """What is looked at before a download; ``key`` says what is known of a provider's key."""
        return PreChecks(self._store, self.index, self.sidecars, key)

    @cached_property
    def broken(self) -> BrokenFiles:
        return BrokenFiles(self._store, self.models, self.records, self._folders, self._network)

    @cached_property
    def updates(self) -> ModelUpdates:
        return ModelUpdates(self._store, self.models, self.index, self._network)

    def update_handler(self, network: Network) -> UpdateHandler:
        return UpdateHandler(
            self._store, self._clock, network, self.models, self.index, self.records
        )

    @cached_property
    def collections(self) -> Collections:
        """Exports what is known of models, and restores it."""
        shelf = CollectionShelf(self._state.collections)
        return Collections(
            self._store,
            self._clock,
            self.models,
            shelf,
            self._collected_facts,
            self.freshness.ensure,
        )

    @cached_property
    def bundles(self) -> Bundles:
        return Bundles(self.collections, self.models)

    @cached_property
    def collection_handler(self) -> CollectionHandler:
        def restoring(folders: FolderTable) -> Restoring:
            self.freshness.ensure(folders)
            facts = self._collected_facts(folders)
            return Restoring(self.index, self.models, self.hashing, facts)

        shelf = CollectionShelf(self._state.collections)
        work = CollectionWork(self._store, shelf, restoring)
        return CollectionHandler(self._store, self._clock, work, shelf)

    def _collected_facts(self, folders: FolderTable) -> CollectedFacts:
        return CollectedFacts(
            self.models, self.sidecars, self.records, lambda: self.previews, folders
        )

    @cached_property
    def upkeep_jobs(self) -> UpkeepJobs:
        builders: dict[Task, Builder] = {
            Task.HASH: lambda _: hash_job(),
            Task.METADATA: lambda category: refresh_job(
                self._network, query=INCOMPLETE, category=category, priority=Priority.LOW
            ),
            Task.PREVIEWS: lambda category: preview_job(
                self._network, query=MISSING, category=category, priority=Priority.LOW
            ),
            Task.UPDATES: lambda category: update_job(
                self._network, query=in_category("", category)
            ),
            Task.TRASH: lambda _: purge_job(),
        }
        return UpkeepJobs(self._store, self._folders, host_id(), builders)

    @cached_property
    def maintenance(self) -> Maintenance:
        return Maintenance(
            self._store,
            self.index,
            self.upkeep_jobs,
            self.space,
            self._folders,
            self._clock,
            SystemZone(),
            host_id(),
        )

    @cached_property
    def findings(self) -> ScanFindings:
        return ScanFindings(self._store, self.maintenance)

    @cached_property
    def space(self) -> SpaceWatch:
        return SpaceWatch(self._store, self._folders, self._clock, host_id())

    @cached_property
    def previews(self) -> ModelPreviews:
        return ModelPreviews(
            self._state.previews,
            self._clock,
            lambda: self._store.settings.read().preview_cache_bytes,
            self.shown.note,
        )

    def settle_changes(self) -> None:
        """For the start of a program: end or take back what one that was killed had begun.

        It fails nobody: the next change does the same.
        """
        try:
            if not self._store.file_changes.open(host_id()):
                return  # nothing else is opened for nothing
            for change in self.changes.settle_cut():
                _log.info("the change %s of files was cut, and is settled", change.id)
        except KeeperError as error:
            _log.info("changes of files that were cut are settled later: %s", error.message)

    def close(self) -> None:
        if "previews" in self.__dict__:
            self.previews.close()
        if "index" in self.__dict__:
            self.index.close()
