"""What the API needs of the host that serves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # a command shows what the API shows, and needs no host's parts for it
    from model_keeper.domain.folders import FolderTable
    from model_keeper.domain.ports import Clock
    from model_keeper.engine.actions import JobActions
    from model_keeper.engine.intake import Intake
    from model_keeper.engine.library_services import LibraryServices
    from model_keeper.engine.pairing import Pairing
    from model_keeper.engine.prechecks import PreChecks
    from model_keeper.engine.preview_recovery import PreviewRecovery
    from model_keeper.engine.workflow_services import WorkflowServices
    from model_keeper.net.credentials import Credentials
    from model_keeper.providers.registry import Providers
    from model_keeper.store import JobStore


@dataclass(frozen=True)
class HostFacts:
    """What a host says of itself. ``name`` is comfyui or standalone."""

    name: str
    version: str
    notes: tuple[str, ...] = ()
    generating: bool = False


class Backend(Protocol):
    """Every method may block."""

    @property
    def store(self) -> JobStore: ...

    @property
    def actions(self) -> JobActions: ...

    @property
    def clock(self) -> Clock: ...

    @property
    def library(self) -> LibraryServices: ...

    @property
    def workflows(self) -> WorkflowServices: ...

    @property
    def prechecks(self) -> PreChecks: ...

    @property
    def credentials(self) -> Credentials: ...

    @property
    def pairing(self) -> Pairing: ...

    def output_folder(self) -> Path | None:
        """Where ComfyUI puts what it makes; None where none runs here."""

    def facts(self) -> HostFacts: ...

    def model_folders(self) -> FolderTable:
        """The folders of now. Raises roots_unknown."""

    def intake(self, folders: FolderTable) -> Intake:
        """Decides on downloads; what only a person could answer is an error."""

    def preview_recovery(self) -> PreviewRecovery:
        """Finds pictures of models, and fetches them."""

    def providers(self) -> Providers: ...

    def wake_worker(self) -> None:
        """See that a worker looks at the queue now: start one, or wake the one that runs."""

    def worker_health(self) -> Mapping[str, Any] | None:
        """What the worker says of itself; None where none answers."""

    def live(self) -> Mapping[str, Mapping[str, Any]]:
        """Progress by job id, of what runs now."""
