"""Duplicates: files of the same bytes, which of them to keep, and what that frees.

Files of the same weights under other headers are none: nothing of them is to be freed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from model_keeper.domain.model_files import ModelFile


class KeepRule(str, Enum):
    """Which of several equal files to keep; the first rule that tells them apart decides."""

    ROOT_ORDER = "root_order"  # the one whose root ComfyUI searches first
    MOST_USED = "most_used"
    OLDEST = "oldest"
    SHORTEST_PATH = "shortest_path"


DEFAULT_RULES = (
    KeepRule.ROOT_ORDER,
    KeepRule.MOST_USED,
    KeepRule.OLDEST,
    KeepRule.SHORTEST_PATH,
)


class Freeing(str, Enum):
    """What is done with the others."""

    TRASH = "trash"
    HARDLINK = "hardlink"
    REFLINK = "reflink"


@dataclass(frozen=True)
class EqualFile:
    """One file of some bytes, under all its names that are no links.

    ``blocks`` says where its bytes lie on the disk: equal for files that share them, None where
    the system does not tell. ``linked_from`` are symbolic links that lead to one of its names.
    """

    names: tuple[ModelFile, ...]
    blocks: str | None = None
    linked_from: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return self.names[0].size

    @property
    def volume(self) -> str | None:
        """Its device; None where files have no numbers."""
        inode = self.names[0].inode
        return inode.rpartition(":")[0] if inode else None


@dataclass(frozen=True)
class DuplicateGroup:
    """Two or more files of one computed SHA256, the one to keep first."""

    sha256: str
    files: tuple[EqualFile, ...]

    @property
    def keep(self) -> EqualFile:
        return self.files[0]

    @property
    def others(self) -> tuple[EqualFile, ...]:
        return self.files[1:]

    def keeping(self, path: str) -> DuplicateGroup:
        """The same with a person's choice. Raises ValueError for a path that is not among them."""
        chosen = [file for file in self.files if any(name.path == path for name in file.names)]
        if not chosen:
            raise ValueError(path)
        return DuplicateGroup(
            self.sha256, (chosen[0], *(file for file in self.files if file is not chosen[0]))
        )

    def freed(self, how: Freeing = Freeing.TRASH) -> int:
        """The bytes that are free in the end, the trash being empty.

        Several names of a file, and files that share their blocks, are counted once. A link frees
        nothing on another volume than that of the kept file.
        """
        counted = {self.keep.blocks} if self.keep.blocks else set()
        total = 0
        for file in self.others:
            if how is not Freeing.TRASH and file.volume != self.keep.volume:
                continue
            if file.blocks is None or file.blocks not in counted:
                total += file.size
            if file.blocks is not None:
                counted.add(file.blocks)
        return total


@dataclass(frozen=True)
class Variant:
    """Some weights under one header: the files of one computed SHA256."""

    sha256: str
    files: tuple[EqualFile, ...]

    @property
    def size(self) -> int:
        return self.files[0].size

    @property
    def names(self) -> tuple[ModelFile, ...]:
        return tuple(name for file in self.files for name in file.names)


@dataclass(frozen=True)
class SameWeights:
    """Two or more variants of one computed hash of the tensors.

    They differ in the metadata of their headers, or in the order of their tensors.
    """

    tensors: str
    variants: tuple[Variant, ...]


def ordered(
    files: Sequence[EqualFile],
    rules: Sequence[KeepRule],
    root_order: Sequence[str],
    uses: Mapping[str, int],
) -> tuple[EqualFile, ...]:
    """``files``, the one to keep first. ``uses``: how often each path ran."""
    position = {root: index for index, root in enumerate(root_order)}

    def of_name(name: ModelFile) -> tuple[object, ...]:
        keys: Mapping[KeepRule, Callable[[], object]] = {
            KeepRule.ROOT_ORDER: lambda: position.get(name.root, len(position)),
            KeepRule.MOST_USED: lambda: -uses.get(name.path, 0),
            KeepRule.OLDEST: lambda: name.mtime_ns,
            KeepRule.SHORTEST_PATH: lambda: (len(name.path), name.path),
        }
        return (*(keys[rule]() for rule in rules), name.path)

    return tuple(sorted(files, key=lambda file: min(map(of_name, file.names))))
