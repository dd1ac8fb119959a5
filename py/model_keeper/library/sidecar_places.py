"""Where the sidecars of a model file lie, ours and those of others."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from model_keeper.library.kept_apart import KeptApart
from model_keeper.library.model_stems import ModelStems

_INFO = ".info"


@dataclass(frozen=True)
class ModelPlace:
    """A model file by its root and its path below it; ``category`` is the root's.

    ``shared``: another model file of its folder has the same stem, so that a sidecar with that stem
    may be meant for either.
    """

    category: str
    root: str
    relative: str
    shared: bool = False

    @cached_property
    def path(self) -> Path:
        return Path(self.root).joinpath(*self.relative.split("/"))

    @cached_property
    def name(self) -> str:
        return PurePosixPath(self.relative).name

    @cached_property
    def stem(self) -> str:
        return stem_of(self.name)

    def beside(self, ending: str, *, whole_name: bool = False) -> Path:
        """The file next to it with this ending, after its stem or its whole name."""
        return self.path.with_name((self.name if whole_name else self.stem) + ending)

    @property
    def own(self) -> tuple[Path, ...]:
        """Where our sidecar may be, the first one preferred."""
        by_name, by_stem = self.beside(_INFO, whole_name=True), self.beside(_INFO)
        if by_name == by_stem:
            return (by_name,)
        return (by_name, by_stem) if self.shared else (by_stem, by_name)

    def within(self, state: Path) -> Path:
        """Where it is kept for a model folder that cannot be written to."""
        return kept_sidecars(state).of(str(self.path))


def kept_sidecars(state: Path) -> KeptApart:
    """Our sidecars of models whose folders cannot be written to, in a folder of ours."""
    return KeptApart(state, _INFO)


def stem_of(name: str) -> str:
    """A file's name without its last ending."""
    return PurePosixPath(name).stem


def model_place(
    category: str, root: str, relative: str, stems: ModelStems | None = None
) -> ModelPlace:
    """The place, with what its folder says of its stem.

    ``stems`` are those of the model's folder, for who has them; else the folder is listed. Raises
    OSError where it cannot be.
    """
    place = ModelPlace(category, root, relative)
    if stems is None:
        stems = ModelStems(os.listdir(place.path.parent))  # noqa: PTH208 - names only
    return replace(place, shared=stems.shares(place.name))
