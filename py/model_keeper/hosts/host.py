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

from model_keeper.domain.downloads import Download, NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Job
from model_keeper.engine.actions import JobActions
from model_keeper.engine.clock import SystemClock, SystemZone
from model_keeper.engine.follow import Watch
from model_keeper.engine.pairing import Pairing
from model_keeper.engine.questions import Ask, ask_nobody
from model_keeper.engine.staging import staging_path
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.supervisor import WorkerSupervisor
from model_keeper.engine.worker_link import WorkerLink, WorkerRecord
from model_keeper.net.credentials import Credentials
from model_keeper.store import JobStore, open_store

if TYPE_CHECKING:
    from model_keeper.engine.intake import Intake
    from model_keeper.engine.library_services import LibraryServices
    from model_keeper.engine.network import Network
    from model_keeper.engine.prechecks import PreChecks
    from model_keeper.engine.preview_recovery import PreviewRecovery
    from model_keeper.engine.upkeep import Upkeep
    from model_keeper.engine.workflow_services import WorkflowServices
    from model_keeper.hosts.worker import WorkerService, WorkerThread
    from model_keeper.providers.registry import Providers

_log = logging.getLogger(__name__)
_Self = TypeVar("_Self", bound="KeeperHost")


class KeeperHost:
    """Everything one process needs to use a state folder. Close it, or use it in ``with``.

    Its larger parts are imported when they are first asked for: a command that reads the queue
    would wait longer for them than for all that it does.
    """

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
        from model_keeper.engine.network import Network

        return Network(self.clock, self.credentials, self.store.settings.read)

    @cached_property
    def library(self) -> LibraryServices:
        from model_keeper.engine.library_services import LibraryServices

        return LibraryServices(
            self.store,
            self.state,
            self.clock,
            self.model_folders,
            network=self._network_settings,
        )

    @cached_property
    def workflows(self) -> WorkflowServices:
        from model_keeper.engine.workflow_services import WorkflowServices

        return WorkflowServices(
            self.store,
            self.state,
            self.clock,
            self.library,
            self.network,
            self._network_settings,
            self,
        )

    @cached_property
    def _network_settings(self) -> NetworkSettings:
        return NetworkSettings.from_environment(self._environment)

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
        """Decides on downloads; ``ask`` answers what only a person can."""
        from model_keeper.engine.arrivals import completes
        from model_keeper.engine.intake import Intake

        return Intake(
            self.network,
            self._network_settings,
            folders,
            ask,
            complete=completes(self._environment, self.store.settings.read()),
        )

    def model_folders(self) -> FolderTable:
        """The folders of now. Raises roots_unknown."""
        raise NotImplementedError

    def workflow_folders(self) -> Sequence[Path]:
        """Where people keep their workflows on this machine."""
        named = self._environment.get("MODEL_KEEPER_WORKFLOWS_DIR")
        return (Path(named).expanduser().absolute(),) if named else ()

    def definitions(self) -> Mapping[str, Any]:
        """The definitions of the nodes that are installed; empty where no ComfyUI runs here."""
        return {}

    def listed(self, folders: FolderTable) -> Mapping[str, Sequence[str]]:
        """The files of each category as ComfyUI's loaders list them."""
        del folders
        return {}

    def preview_recovery(self) -> PreviewRecovery:
        """Finds pictures of models, and fetches them."""
        return self.library.recovery(self.network, self._network_settings)

    def providers(self) -> Providers:
        return self.network.providers(self._network_settings)

    def ensure_worker(self) -> WorkerLink | None:
        """A worker that works on the queue: a process, or else a thread of this one (None)."""
        with self._starting:
            if self._thread is not None and self._thread.works:
                return None
            try:
                link = self.supervisor.ensure()
            except KeeperError as exc:
                _log.warning("%s It works inside this program instead.", exc.message)
                from model_keeper.hosts.worker import WorkerThread

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
        from model_keeper.hosts.worker import WorkerService

        return WorkerService(
            self.state,
            database_url=self._database_url,
            targets=targets,
            idle_seconds=idle_seconds,
        )

    def upkeep(self, generating: Callable[[], bool] = lambda: False) -> Upkeep:
        """What a host that stays does by itself."""
        from model_keeper.engine.upkeep import Upkeep

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

    def _discard(self, job: Job) -> None:
        download = Download.from_payload(job.payload)
        self.network.transfer(download.network).discard(staging_path(download))
