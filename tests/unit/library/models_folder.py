"""A library for tests: a models folder, its table and its index."""

from __future__ import annotations

import time
from pathlib import Path

from model_keeper.domain.folders import FolderTable, Root
from model_keeper.library.index import LibraryIndex, open_index
from model_keeper.library.scan import Scan, ScanSummary

#: Long after every file of the tests was made: folders count as settled.
LATER_NS = time.time_ns() + 3_600_000_000_000


class Library:
    """A models folder, its table and its index."""

    def __init__(self, folder: Path) -> None:
        self.models = folder / "models"
        self.index: LibraryIndex = open_index(folder / "index.sqlite3")
        self.table = FolderTable()
        self.with_category("loras", (".safetensors",))

    def with_category(
        self, category: str, extensions: tuple[str, ...], folder: str | None = None
    ) -> None:
        root = self.models / (folder or category)
        root.mkdir(parents=True, exist_ok=True)
        self.table = self.table.with_root(Root(category, str(root)), extensions)

    def add(self, name: str, content: bytes = b"x") -> Path:
        path = self.models / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def scan(self) -> ScanSummary:
        return Scan(self.index, self.table, lambda: LATER_NS).run()

    def names(self, category: str = "loras") -> list[str]:
        return sorted(file.relative for file in self.index.page(category).items)

    def online(self) -> set[bool]:
        return {file.online for file in self.index.page().items}
