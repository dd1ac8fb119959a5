"""The folder where a host keeps its state, and what lies in it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.errors import KeeperError

_APP = "model-keeper"


@dataclass(frozen=True)
class StateFolder:
    """Names of the files below one state folder."""

    path: Path

    @property
    def database(self) -> Path:
        return self.path / "keeper.sqlite3"

    @property
    def index(self) -> Path:
        """A cache: it may be deleted at any time."""
        return self.path / "index.sqlite3"

    @property
    def sidecars(self) -> Path:
        """What is written of models whose folders cannot be written to."""
        return self.path / "sidecars"

    @property
    def collections(self) -> Path:
        """Collections that are being applied."""
        return self.path / "collections"

    @property
    def previews(self) -> Path:
        return self.path / "previews"

    @property
    def worker_lock(self) -> Path:
        return self.path / "worker.lock"

    @property
    def worker_record(self) -> Path:
        return self.path / "worker.json"

    @property
    def worker_log(self) -> Path:
        return self.path / "worker.log"

    @property
    def worker_start_log(self) -> Path:
        return self.path / "worker-start.log"

    @property
    def failures_log(self) -> Path:
        return self.path / "verification_failures.log"

    @property
    def credentials(self) -> Path:
        return self.path / "credentials.json"

    @property
    def loaders(self) -> Path:
        """The person's own additions to the loader table."""
        return self.path / "loaders.json"

    @property
    def manifest(self) -> Path:
        """Decisions about workflows that belong to no project of their own."""
        return self.path / "pyproject.toml"

    @property
    def pairing(self) -> Path:
        return self.path / "pairing.json"

    def create(self) -> None:
        """Make the folder, readable by its owner only. Raises KeeperError state_unusable."""
        try:
            self.path.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as exc:
            why = (exc.strerror or str(exc)).lower()
            raise KeeperError("state_unusable", path=str(self.path), why=why) from None


def default_state_folder(environment: Mapping[str, str]) -> Path:
    """The platform's data folder, unless ``MODEL_KEEPER_STATE_DIR`` names another."""
    named = environment.get("MODEL_KEEPER_STATE_DIR")
    if named:
        return Path(named).expanduser().absolute()
    if sys.platform == "win32":
        base = environment.get("LOCALAPPDATA")
        return (Path(base) if base else Path.home() / "AppData" / "Local") / _APP
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / _APP
    base = environment.get("XDG_DATA_HOME")
    return (Path(base) if base else Path.home() / ".local" / "share") / _APP
