"""Relinks: which file of the library a workflow means, decided from what is known of both."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import takewhile
from pathlib import PurePosixPath

from model_keeper.domain.candidates import Evidence
from model_keeper.domain.model_files import ModelFile


class RelinkStatus(str, Enum):
    ON_DISK = "on_disk"  # the loader finds it as it is written
    RELINK = "relink"  # it is there, and has to be written in another way
    AMBIGUOUS = "ambiguous"  # a person has to look
    ABSENT = "absent"


EXACT_PATH = Evidence("exact_path", 100, "It lies where the workflow expects it.")
SAME_HASH = Evidence("same_hash", 100, "Its SHA256 is the one that is wanted.")
SEPARATORS = Evidence("separators", 95, "Only the slashes of its path are written differently.")
LETTER_CASE = Evidence("letter_case", 95, "Only capital and small letters differ.")
OTHER_FOLDER = Evidence("other_folder", 90, "It has the same name in another folder.")
SAME_SIZE = Evidence("same_size", 5, "Its size is the one that is wanted.")
OTHER_CATEGORY = Evidence("other_category", 0, "It lies in a folder where this node does not look.")
SEVERAL = Evidence("several", 0, "Several different files could be meant.")
UNPROVEN = Evidence("unproven", 0, "Its SHA256 has not been computed yet.")
CLAIMED = Evidence("claimed_hash", 0, "Somebody says that its SHA256 is the one that is wanted.")
UNKNOWN_CATEGORY = Evidence("unknown_category", 0, "Nobody knows where this node looks for it.")
UNWRITABLE = Evidence("unwritable", 0, "Its name cannot be written in a prompt.")
OFFLINE = Evidence("offline", 0, "It is on a drive that is not connected.")
BROKEN = Evidence("broken", -100, "A file of this name is broken.")
OTHER_CONTENT = Evidence(
    "other_content", -100, "A file of this name is there, but of other content."
)


@dataclass(frozen=True)
class Relink:
    """How a place of a workflow stands. ``value`` is what to write there, for a relink only.

    ``file`` is the one that is meant, for on_disk and relink. ``candidates`` are shown for a
    choice. ``elsewhere`` has the wanted content, proven, in categories where the node does not
    look: to be copied or linked. ``to_hash`` may have it: their SHA256 would tell.
    """

    status: RelinkStatus
    value: str | None = None
    file: ModelFile | None = None
    candidates: tuple[ModelFile, ...] = ()
    elsewhere: tuple[ModelFile, ...] = ()
    to_hash: tuple[ModelFile, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Sought:
    """What is known of the wanted file. ``name`` has forward slashes and its extension, if any."""

    name: str
    category: str | None = None
    hashes: frozenset[str] = frozenset()
    size: int | None = None

    def proves(self, file: ModelFile) -> bool:
        return file.sha256 in self.hashes

    def contradicts(self, file: ModelFile) -> bool:
        """Whether ``file`` cannot be the wanted one. Bytes that were hashed decide alone."""
        stated = file.sha256 or file.claimed.get("sha256")
        if self.hashes and stated is not None:
            return stated.lower() not in self.hashes
        return self.size is not None and file.size != self.size

    def accepts(self, file: ModelFile) -> bool:
        """Whether its name is enough: a wanted hash has to be seen, for many files share a size."""
        return not self.hashes or self.proves(file)

    def looks_in(self, file: ModelFile) -> bool:
        return self.category is None or file.category == self.category

    def nearness(self, file: ModelFile) -> tuple[object, ...]:
        """Smaller is nearer to the wanted path; never equal for two places."""
        wanted, found = PurePosixPath(self.name), PurePosixPath(file.relative)
        folders = zip(
            _folded(str(wanted.parent)).split("/"),
            _folded(str(found.parent)).split("/"),
            strict=False,
        )
        shared = len(list(takewhile(lambda pair: pair[0] == pair[1], folders)))
        return (
            _folded(str(wanted)) != _folded(str(found)),
            wanted.name != found.name,
            -shared,
            len(found.parts),
            file.relative,
            file.root,
            file.category,
        )


def one_content(files: Iterable[ModelFile]) -> bool:
    """Whether all ``files`` hold the same bytes for certain: equal SHA256, or one inode."""
    rows = list(files)
    by_inode = {file.inode: file.sha256 for file in rows if file.inode and file.sha256}
    contents = set()
    for file in rows:
        sha256 = file.sha256 or (by_inode.get(file.inode) if file.inode else None)
        contents.add(sha256 or file.inode or file.path)
    return len(contents) <= 1


def nearest(sought: Sought, files: Sequence[ModelFile]) -> ModelFile:
    return min(files, key=sought.nearness)


def difference(sought: Sought, file: ModelFile) -> Evidence:
    """What differs between the wanted path and that of ``file``, as the reason to take it."""
    if file.relative == sought.name:
        return SEPARATORS
    if _folded(file.relative) == _folded(sought.name):
        return LETTER_CASE
    return OTHER_FOLDER


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())
