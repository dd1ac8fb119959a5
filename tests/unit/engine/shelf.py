"""A small library with everything that keeps it, for tests."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from model_keeper.domain.folders import FolderTable, Root
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.scanning import Scanning
from model_keeper.library.index import LibraryIndex, open_index
from model_keeper.library.previews import Previews
from model_keeper.library.said_models import SaidModels
from model_keeper.library.shown_previews import ShownPreviews
from model_keeper.library.sidecars import Sidecars
from model_keeper.store import JobStore
from model_keeper.testing.model_files import safetensors
from tests.doubles import FakeClock
from tests.stores import open_fresh

#: When the files were last changed: any other change leaves another time.
LONG_AGO_NS = 1_600_000_000_000_000_000


class Shelf:
    """A folder of loras with its store, index and hashing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "loras"
        self.folder.mkdir()
        self.clock = FakeClock()
        self.store: JobStore = open_fresh(folder / "k.sqlite3", clock=self.clock)
        self.index: LibraryIndex = open_index(folder / "index.sqlite3")
        self.hashing = Hashing(self.store, self.index, self.clock, "here")
        self.sidecars = Sidecars(folder / "sidecars")
        self.said = SaidModels(self.index, self.sidecars)
        previews = Previews(folder / "previews", self.clock)
        self.shown = ShownPreviews(self.index, lambda: previews)
        self.scanning = Scanning(self.index, self.hashing, self.said, self.shown)
        self.table = FolderTable(
            {"loras": (Root("loras", str(self.folder)),)}, {"loras": (".safetensors",)}
        )

    def add(self, name: str, size: int = 4_000, seed: int = 0) -> Path:
        path = self.folder / name
        path.write_bytes(safetensors(size, seed=seed))
        os.utime(path, ns=(LONG_AGO_NS, LONG_AGO_NS))
        return path

    def refresh(self) -> None:
        self.scanning.refresh(self.table)

    def indexed(self, name: str) -> Mapping[str, str]:
        [file] = self.index.named(name)
        return file.hashes

    def close(self) -> None:
        self.index.close()
        self.store.close()
