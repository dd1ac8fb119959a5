"""A library whose files are changed: two categories, a store, and everything that joins them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from model_keeper.domain.downloads import Destination
from model_keeper.domain.file_changes import Change, TrashedFile
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.engine.change_follower import ChangeFollower
from model_keeper.engine.change_runner import ChangeRunner, publish_through
from model_keeper.engine.deduplication import Deduplication
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.engine.organising import Organising
from model_keeper.library.file_changes import FileSteps, Publish
from model_keeper.library.index import open_index
from model_keeper.library.previews import Previews
from model_keeper.library.scan import Scan
from model_keeper.library.shown_previews import ShownPreviews
from model_keeper.library.sidecar_places import kept_sidecars
from model_keeper.library.sidecars import Sidecars
from model_keeper.store import open_store
from model_keeper.transfer.publish import Publisher
from tests.doubles import FakeClock

HOST = "here"
_LONG_AGO_NS = 1_600_000_000_000_000_000


class ChangedLibrary:
    """``models`` has the roots ``loras`` and ``vae``; ``other`` is a second root for loras."""

    def __init__(
        self,
        folder: Path,
        *,
        second: Path | None = None,
        wrap: Callable[[Publish], Publish] = lambda publish: publish,
        kept_ms: int | None = 1000,
    ) -> None:
        self.clock = FakeClock()
        self.models = folder / "models"
        self.other = (second or folder) / "other"
        self.table = FolderTable()
        for category, path in (
            ("loras", self.models / "loras"),
            ("vae", self.models / "vae"),
            ("loras", self.other),
        ):
            path.mkdir(parents=True, exist_ok=True)
            self.table = self.table.with_root(
                Root(category, str(path)), (".safetensors", ".ckpt", ".pt")
            )
        self.store = open_store(folder / "state" / "keeper.sqlite3", clock=self.clock, actor="me")
        self.index = open_index(folder / "state" / "index.sqlite3")
        self.hashing = Hashing(self.store, self.index, self.clock, HOST)
        publish = wrap(publish_through(Publisher(self.clock)))
        self.steps = FileSteps(publish)
        self.sidecars = Sidecars(folder / "state" / "sidecars")
        self.previews = Previews(folder / "state" / "previews", self.clock)
        self.follow = ChangeFollower(
            self.store,
            self.index,
            self.hashing,
            HOST,
            kept=(self.previews.apart, kept_sidecars(folder / "state" / "sidecars")),
            shown=ShownPreviews(self.index, lambda: self.previews).note,
        )
        self.runner = ChangeRunner(
            self.store,
            self.steps,
            self.clock,
            HOST,
            folder / "state" / "changes.lock",
            follow=self.follow,
            kept_ms=kept_ms,
        )
        self.changes = LibraryChanges(self.store, self.runner, lambda: self.table, HOST)
        self.duplicates = Deduplication(self.store, self.index, self.runner, lambda: self.table)
        self.organising = Organising(self.index, self.changes)

    def close(self) -> None:
        self.store.close()
        self.index.close()

    def add(self, name: str, content: bytes | str | None = None) -> Path:
        """A file at ``name`` below the models folder, holding its own name unless told."""
        path = self.models / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = name if content is None else content
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        os.utime(path, ns=(_LONG_AGO_NS, _LONG_AGO_NS))
        return path

    def lora(self, relative: str, *, second: bool = False) -> Destination:
        root = self.other if second else self.models / "loras"
        return Destination("loras", str(root), relative)

    def vae(self, relative: str) -> Destination:
        return Destination("vae", str(self.models / "vae"), relative)

    def scan(self) -> None:
        Scan(self.index, self.table).run()

    def hash_all(self) -> None:
        """Compute what the index lacks, of files that look old."""
        for path in [*self.models.rglob("*.*"), *self.other.rglob("*.*")]:
            if path.is_file() and not path.is_symlink():
                self.hashing.of(str(path))

    def names(self) -> set[str]:
        """What lies in the models folder, without the trash."""
        return names_below(self.models)

    def trashed(self) -> list[TrashedFile]:
        return [file for files in self.changes.trashed().values() for file in files]


def names_below(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if (path.is_symlink() or path.is_file()) and ".model-keeper-trash" not in path.parts
    }


def contents_below(*folders: Path) -> set[bytes]:
    """Every content that can be read at its own name, in the trash too; links count nothing."""
    found = set()
    for top in folders:
        waiting = [str(top)]
        while waiting:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif not entry.is_symlink():
                        fd = os.open(entry.path, os.O_RDONLY)
                        found.add(os.read(fd, 1 << 20))
                        os.close(fd)
    return found


def errors_of(change: Change) -> list[str | None]:
    return [item.error_code for item in change.items]
