"""The files of a model as they lie in its folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from model_keeper.domain.categories import WEIGHT_EXTENSIONS
from model_keeper.domain.downloads import Destination
from model_keeper.domain.file_sets import Companion, companions, stem_of
from model_keeper.domain.folders import FolderTable

_WEIGHTS = frozenset({*WEIGHT_EXTENSIONS, ".gguf", ".onnx", ".engine", ".pte", ".tflite"})


@dataclass(frozen=True)
class FileSet:
    """A model and the files that belong to it, all in one folder."""

    place: Destination
    companions: tuple[Companion, ...] = ()

    @property
    def path(self) -> Path:
        return Path(self.place.path)

    @property
    def own(self) -> tuple[Companion, ...]:
        """Those that belong to no other model."""
        return tuple(companion for companion in self.companions if not companion.shared)


def read_file_set(folders: FolderTable, place: Destination) -> FileSet:
    """The model at ``place`` with what lies beside it. Raises OSError."""
    path = Path(place.path)
    stem = stem_of(path.name)
    with os.scandir(path.parent) as entries:  # of tens of thousands: what they are is asked of few
        names = [each.name for each in entries if each.name.startswith(stem) and _is_file(each)]
    listed = model_endings(folders, place.category)
    found = companions(path.name, names, lambda name: ending(name) in listed)
    return FileSet(place, found)


def model_endings(folders: FolderTable, category: str) -> frozenset[str]:
    """What the files of models end in: weights, and whatever else the category lists."""
    return _WEIGHTS | frozenset(folders.extensions.get(category, ()))


def ending(name: str) -> str:
    return PurePosixPath(name).suffix.lower()


def _is_file(entry: os.DirEntry[str]) -> bool:
    return entry.is_symlink() or entry.is_file(follow_symlinks=False)
