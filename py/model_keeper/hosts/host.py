"""What every host is made of: the composition root that the terminal and the servers share."""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, TypeVar

from model_keeper.domain.candidates import CandidateSource
from model_keeper.domain.downloads import Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Job
from model_keeper.engine.actions import JobActions
from model_keeper.engine.arrivals import completes
from model_keeper.engine.batches import Batches
from model_keeper.engine.clock import SystemClock, SystemZone
from model_keeper.engine.engine import Engine
from model_keeper.engine.follow import Watch
from model_keeper.engine.intake import Intake, Wishes
from model_keeper.engine.library_services import LibraryServices
from model_keeper.engine.needs import Needs
from model_keeper.engine.network import Network, network_settings
from model_keeper.engine.pairing import Pairing
from model_keeper.engine.prechecks import PreChecks
from model_keeper.engine.questions import Ask, ask_nobody
from model_keeper.engine.relinking import Relinker
from model_keeper.engine.resolving.declared import Declared
from model_keeper.engine.resolving.disk import OnDisk
from model_keeper.engine.resolving.library import InLibrary
from model_keeper.engine.resolving.proofs import Proofs
from model_keeper.engine.resolving.workflow import Sources, WorkflowResolver
from model_keeper.engine.staging import staging_path
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.stored_workflows import StoredWorkflows
from model_keeper.engine.submission import Submission
from model_keeper.engine.supervisor import WorkerSupervisor
from model_keeper.engine.upkeep import Upkeep
from model_keeper.engine.worker_link import WorkerLink, WorkerRecord
from model_keeper.hosts.worker import WorkerService, WorkerThread
from model_keeper.net.credentials import Credentials
from model_keeper.providers.registry import Providers
from model_keeper.providers.sources import listed_sources, searching_sources
from model_keeper.store import JobStore, open_store
from model_keeper.workflows.definitions import live_loaders, missing_nodes
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.manifest import Manifest
from model_keeper.workflows.reader import Workflow
from model_keeper.workflows.references import references

if TYPE_CHECKING:
    from model_keeper.engine.preview_recovery import PreviewRecovery  # Pillow, which few need

_log = logging.getLogger(__name__)
_HASHED_WHILE_ONE_WAITS = 1 << 30  # bytes: about a second, and only once for each file
_Self = TypeVar("_Self", bound="KeeperHost")


class KeeperHost:
    """Everything one process needs to use a state folder. Close it, or use it in ``with``."""

    def __init__(
        self,
        state: StateFolder,
        *,
        actor: str,
        database_url: str | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self.state = state
        self.clock = SystemClock()
        self._actor = actor
        self._environment = environment
        self._database_url = database_url or environment.get("MODEL_KEEPER_DATABASE_URL")
        self._thread: WorkerThread | None = None
        self._starting = threading.Lock()

    @cached_property
    def store(self) -> JobStore:
        self.state.create()
        return open_store(
            self._database_url or self.state.database, clock=self.clock, actor=self._actor
        )

    @cached_property
    def credentials(self) -> Credentials:
        return Credentials(self.state.credentials, self._environment)

    @cached_property
    def network(self) -> Network:
        return Network(self.clock, self.credentials, self.store.settings.read)

    @cached_property
    def library(self) -> LibraryServices:
        return LibraryServices(
            self.store,
            self.state,
            self.clock,
            self.model_folders,
            network=network_settings(self._environment),
        )

    @cached_property
    def _listed_models(self) -> tuple[CandidateSource, ...]:
        return listed_sources(self.state.path)

    @cached_property
    def supervisor(self) -> WorkerSupervisor:
        arguments = ["--database-url", self._database_url] if self._database_url else []
        return WorkerSupervisor(self.state, self.clock, arguments=arguments)

    @cached_property
    def actions(self) -> JobActions:
        return JobActions(self.store, self._discard)

    @cached_property
    def pairing(self) -> Pairing:
        return Pairing(self.state.pairing)

    @cached_property
    def prechecks(self) -> PreChecks:
        return self.library.prechecks(
            lambda provider: self.network.keys.tested(provider, self.providers())
        )

    def output_folder(self) -> Path | None:
        """Where ComfyUI puts what it makes; None where none runs here."""
        return None

    def intake(self, folders: FolderTable, ask: Ask = ask_nobody) -> Intake:
        return Intake(
            self.network,
            network_settings(self._environment),
            folders,
            ask,
            complete=completes(self._environment, self.store.settings.read()),
        )

    def resolver(
        self, folders: FolderTable, *, fresh: bool = False, largest_hashed: int | None = None
    ) -> WorkflowResolver:
        """Finds what workflows want, in the order in which sources are trusted.

        ``fresh``: providers are also asked for what they did not have a while ago. Files that may
        be the wanted ones are hashed at once, up to ``largest_hashed`` bytes.
        """
        loaders = self.loaders(folders)
        relinker = Relinker(
            self.library.index, sha256_of=lambda file: self.sha256_of(file.path, largest_hashed)
        )
        library = InLibrary(relinker, lambda: self.library.freshness.ensure(folders))
        sources = Sources(
            disk=(OnDisk(folders), library),
            near=(Declared(), *self._listed_models),
            far=self._searches(fresh=fresh),
            proofs=Proofs(self.intake(folders).look_up_unasked),
        )
        return WorkflowResolver(lambda workflow: references(workflow, loaders), sources)

    def sha256_of(self, path: str, largest: int | None = None) -> str | None:
        """None for a file that cannot be read, or that has more than ``largest`` bytes."""
        try:
            if largest is not None and Path(path).stat().st_size > largest:
                return self.library.hashing.known(path).get("sha256")
            return self.library.hashing.of(path, wanted=("sha256",)).get("sha256")
        except (KeeperError, OSError):
            return None

    def loaders(self, folders: FolderTable) -> LoaderTable:
        """What is known about nodes: the shipped table, what runs here, the person's own file.

        Raises KeeperError loader_table_unreadable.
        """
        table = LoaderTable.shipped()
        definitions = self.definitions()
        if definitions:
            table = table.below(live_loaders(definitions, self.listed(folders), table))
        own = self.state.loaders
        if own.is_file():
            text = own.read_text(encoding="utf-8", errors="replace")
            table = table.below(LoaderTable.parsed(text, source=str(own)))
        return table

    def model_folders(self) -> FolderTable:
        """The folders of now. Raises roots_unknown."""
        raise NotImplementedError

    def workflow_folders(self) -> Sequence[Path]:
        """Where people keep their workflows on this machine."""
        named = self._environment.get("MODEL_KEEPER_WORKFLOWS_DIR")
        return (Path(named).expanduser().absolute(),) if named else ()

    def stored_workflows(self) -> StoredWorkflows:
        return StoredWorkflows(self.workflow_folders(), lambda: self.loaders(self.model_folders()))

    def definitions(self) -> Mapping[str, Any]:
        """The definitions of the nodes that are installed; empty where no ComfyUI runs here."""
        return {}

    def listed(self, folders: FolderTable) -> Mapping[str, Sequence[str]]:
        """The files of each category as ComfyUI's loaders list them."""
        del folders
        return {}

    def missing_nodes(self, workflow: Workflow) -> Mapping[str, int]:
        """How many nodes there are of each type that is not installed; empty where unknown."""
        definitions = self.definitions()
        if not definitions:
            return {}
        return {
            missing.type: len(missing.nodes) for missing in missing_nodes(workflow, definitions)
        }

    def engine(
        self,
        folders: FolderTable,
        *,
        manifest: Manifest | None = None,
        keep: bool = True,
        fresh: bool = False,
        search: bool = True,
        ask: Ask = ask_nobody,
        wishes: Wishes | None = None,
        patient: bool = False,
    ) -> Engine:
        """The Python API over ``folders``; see :class:`Engine` and :class:`Watch`.

        Not ``search``: no provider is asked for names.
        """
        resolver = self.resolver(folders, fresh=fresh)
        batches = Batches(Submission(self.store), self.watch(patient=patient).follow)
        needs = Needs(resolver, self.intake(folders, ask))
        return Engine(
            resolver,
            needs,
            batches,
            manifest=manifest,
            keep=keep,
            missing_nodes=self.missing_nodes,
            search=search,
            wishes=wishes,
        )

    def needs(self, folders: FolderTable, *, fresh: bool = False) -> Needs:
        resolver = self.resolver(folders, fresh=fresh, largest_hashed=_HASHED_WHILE_ONE_WAITS)
        return Needs(resolver, self.intake(folders))

    def preview_recovery(self) -> PreviewRecovery:
        """Finds pictures of models, and fetches them."""
        return self.library.recovery(self.network, network_settings(self._environment))

    def providers(self) -> Providers:
        return self.network.providers(network_settings(self._environment))

    def ensure_worker(self) -> WorkerLink | None:
        """A worker that works on the queue: a process, or else a thread of this one (None)."""
        with self._starting:
            if self._thread is not None and self._thread.works:
                return None
            try:
                link = self.supervisor.ensure()
            except KeeperError as exc:
                _log.warning("%s It works inside this program instead.", exc.message)
                self._thread = WorkerThread(self.worker_service(("local",), None))
                self._thread.start()
                return None
        link.share_secrets(self.credentials.from_environment())
        link.wake()
        return link

    def wake_worker(self) -> None:
        """See that a worker looks at the queue now."""
        self.ensure_worker()

    def worker_link(self) -> WorkerLink | None:
        """The worker that wrote its record last, whether it answers or not."""
        record = WorkerRecord.read(self.state)
        return WorkerLink(record) if record else None

    def worker_health(self) -> Mapping[str, Any] | None:
        link = self.supervisor.running()
        return link.health() if link else None

    def live(self) -> Mapping[str, Mapping[str, Any]]:
        link = self.worker_link()
        return (link.live() if link else None) or {}

    def worker_service(self, targets: tuple[str, ...], idle_seconds: float | None) -> WorkerService:
        """A worker of this state folder, to be served by this process."""
        return WorkerService(
            self.state,
            database_url=self._database_url,
            targets=targets,
            idle_seconds=idle_seconds,
        )

    def upkeep(self, generating: Callable[[], bool] = lambda: False) -> Upkeep:
        """What a host that stays does by itself."""
        return Upkeep(
            self.store,
            self.library.upkeep_jobs,
            self.library.space,
            self.clock,
            SystemZone(),
            wake_worker=self.wake_worker,
            generating=generating,
        )

    def watch(self, *, patient: bool) -> Watch:
        return Watch(self.store, self.clock, self.ensure_worker, patient=patient)

    def close(self) -> None:
        if self._thread is not None:
            self._thread.stop()
        if "network" in self.__dict__:
            self.network.close()
        if "library" in self.__dict__:
            self.library.close()
        if "store" in self.__dict__:
            self.store.close()

    def __enter__(self: _Self) -> _Self:  # noqa: PYI019 - typing.Self is newer than 3.10
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.close()

    def _searches(self, *, fresh: bool) -> tuple[CandidateSource, ...]:
        settings = network_settings(self._environment)
        return searching_sources(
            self.network.client(settings),
            self.clock,
            self.store.negative_answers,
            hf_endpoint=settings.hf_endpoint,
            civitai_endpoint=settings.civitai_endpoint,
            fresh=fresh,
        )

    def _discard(self, job: Job) -> None:
        download = Download.from_payload(job.payload)
        self.network.transfer(download.network).discard(staging_path(download))
