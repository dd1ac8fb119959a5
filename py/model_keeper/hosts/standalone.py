"""The standalone host: the composition root of the terminal and of the standalone server."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from model_keeper import __version__
from model_keeper.domain.folders import FolderTable
from model_keeper.engine.model_folders import model_folders
from model_keeper.engine.state_folder import StateFolder, default_state_folder
from model_keeper.hosts.host import KeeperHost
from model_keeper.web.v1.backend import HostFacts


class StandaloneHost(KeeperHost):
    """A host outside ComfyUI: its folders are named, set, or published by a ComfyUI."""

    def __init__(
        self,
        *,
        state_dir: Path | None = None,
        database_url: str | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        super().__init__(
            StateFolder(state_dir or default_state_folder(environment)),
            actor="terminal",
            database_url=database_url,
            environment=environment,
        )

    def folders(
        self, models_dir: Path | None, extra_model_paths: Sequence[Path] = ()
    ) -> FolderTable:
        """The model folders: as named, else as the settings say, else as a ComfyUI published them.

        Raises KeeperError roots_unknown.
        """
        return model_folders(self.store, models_dir, extra_model_paths)

    def model_folders(self) -> FolderTable:
        return self.folders(None)

    def facts(self) -> HostFacts:
        return HostFacts("standalone", __version__)
