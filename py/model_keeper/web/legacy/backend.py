"""What this API needs of the host beyond the other one."""

from __future__ import annotations

from typing import Protocol

from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Job
from model_keeper.engine.freshness import Freshness
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.engine.state_folder import StateFolder
from model_keeper.library.index import LibraryIndex
from model_keeper.web.v1.backend import Backend


class LegacyBackend(Backend, Protocol):
    """Every method may block."""

    state: StateFolder

    @property
    def library(self) -> LibraryIndex: ...

    @property
    def freshness(self) -> Freshness: ...

    @property
    def library_changes(self) -> LibraryChanges: ...

    def request_scan(self, folders: FolderTable) -> Job:
        """A scan by the worker; one that is under way is joined."""
