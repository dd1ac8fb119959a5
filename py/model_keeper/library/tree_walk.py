"""Walking one root: what changed below it since it was last seen. Links are followed."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from model_keeper.library.index_text import ending

# os and not pathlib all through this module: a Path for each file would take longer than its stat.
# ruff: noqa: PTH114, PTH116, PTH118

#: Nobody unmounts by deleting this many files; an empty folder in their place is a mount point.
_MANY_FILES = 100
#: The coarsest clock of a file system (FAT): a folder may change again within one tick.
_TICK_NS = 2_000_000_000
_CHECK_EVERY = 256

_STAGING = (
    *(".part", ".part.json", ".part.json.new", ".lock"),  # ours
    *(".crdownload", ".download", ".incomplete", ".aria2"),
)
_NOBODYS_FOLDERS = frozenset(
    {"$RECYCLE.BIN", "System Volume Information", "lost+found", "@eaDir", "#recycle", "__MACOSX"}
)

Facts = tuple[int, int, str]
"""Size, time of change in nanoseconds, and identity of a file."""


@dataclass
class KnownFolder:
    """A folder as it was last seen. ``mtime_ns`` None: its entries have to be listed again.

    ``files`` and ``folders`` are those directly in it, by name.
    """

    identity: str
    mtime_ns: int | None
    online: bool = True
    files: dict[str, Facts] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)


@dataclass
class TreeChanges:
    """What differs from what was known. Names are relative to the root, with forward slashes.

    ``files``: (folder, name, facts), new or changed. ``folders``: new or changed, without entries.
    ``offline``: folders whose volume could not be read, the highest only. ``seen``: files counted.
    """

    files: list[tuple[str, str, Facts]] = field(default_factory=list)
    files_gone: list[str] = field(default_factory=list)
    folders: dict[str, KnownFolder] = field(default_factory=dict)
    folders_gone: list[str] = field(default_factory=list)
    offline: list[str] = field(default_factory=list)
    added: int = 0
    seen: int = 0

    def __bool__(self) -> bool:
        return bool(self.files or self.files_gone or self.folders or self.folders_gone)


@dataclass
class _Listing:
    """``complete``: nothing in it can appear without the folder's own time of change moving."""

    files: dict[str, Facts] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)
    complete: bool = True
    empty: bool = True


class TreeWalk:
    """One walk of ``root``. Run it once."""

    def __init__(
        self,
        root: str,
        endings: frozenset[str],
        known: dict[str, KnownFolder],
        now_ns: int,
        step: Callable[[int], None],
    ) -> None:
        """``endings``: what is listed, ``*`` for everything.

        ``step`` is called every some hundred files with their number so far; what it raises ends
        the walk.
        """
        self._root = root
        self._endings = None if "*" in endings else endings
        self._known = known
        self._settled_before = now_ns - _TICK_NS
        self._step = step
        self._reached: set[str] = set()
        self._changes = TreeChanges()
        self._until_step = _CHECK_EVERY
        self._identity: str | None = None  # of the root, once it was reached

    def run(self) -> TreeChanges:
        """The changes. A folder that cannot be read keeps what is known of it, marked offline."""
        waiting: list[tuple[str, str, tuple[str, ...]]] = [("", self._root, ())]
        while waiting:
            relative, path, above = waiting.pop()
            found = self._visit(relative, path, above)
            if found is not None:
                identity, folders = found
                waiting += [
                    (_joined(relative, name), os.path.join(path, name), (*above, identity))
                    for name in folders
                ]
        if self._root_went_away():
            self._reached.clear()
            self._changes = TreeChanges()
            self._keep_offline("")
        else:
            for relative in self._known.keys() - self._reached:
                self._forget(relative)
        self._step(self._changes.seen)
        return self._changes

    def _visit(
        self, relative: str, path: str, above: tuple[str, ...]
    ) -> tuple[str, list[str]] | None:
        """Its identity and the names of its folders; None where there is nothing to go into."""
        known = self._known.get(relative)
        try:
            status = os.stat(path)
            identity = identity_of(status, path)
            if not relative:
                self._identity = identity
            if identity in above:
                return None  # a link that leads back to where it came from
            if known and (known.identity, known.mtime_ns) == (identity, status.st_mtime_ns):
                self._recheck(relative, path, known)
                return identity, known.folders
            listing = self._list(path, known)
        except OSError as exc:
            self._unreachable(relative, path, exc)
            return None
        if known and listing.empty and self._is_empty_mount_point(relative, known, identity):
            self._keep_offline(relative)
            return None
        settled = listing.complete and status.st_mtime_ns < self._settled_before
        self._note(relative, known, KnownFolder(identity, status.st_mtime_ns if settled else None))
        self._compare(relative, known.files if known else {}, listing.files)
        return identity, listing.folders

    def _list(self, path: str, known: KnownFolder | None) -> _Listing:
        found = _Listing()
        with os.scandir(path) as entries:
            for entry in entries:
                found.empty = False
                if is_ignored(entry.name):
                    continue
                try:
                    self._sort_in(entry, found)
                except OSError:
                    found.complete = False  # a link to what is not there, for now
                    if known and entry.name in known.folders:
                        found.folders.append(entry.name)
        return found

    def _sort_in(self, entry: os.DirEntry[str], found: _Listing) -> None:
        if entry.is_dir():
            found.folders.append(entry.name)
            return
        wanted = self._endings is None or ending(entry.name) in self._endings
        if not wanted and not entry.is_symlink():
            return
        self._tick()
        status = os.stat(entry.path)  # not the entry's own: on Windows that one lacks the number
        if wanted and stat.S_ISREG(status.st_mode):
            found.files[entry.name] = facts_of(status, entry.path)

    def _recheck(self, relative: str, path: str, known: KnownFolder) -> None:
        """A folder whose entries are the same: only its files are looked at."""
        now: dict[str, Facts] = {}
        complete = True
        for name in known.files:
            self._tick()
            place = os.path.join(path, name)
            try:
                now[name] = facts_of(os.stat(place), place)
            except FileNotFoundError:
                complete = False
            except OSError:
                now[name] = known.files[name]
                complete = False
        again = KnownFolder(known.identity, known.mtime_ns if complete else None)
        self._note(relative, known, again)
        self._compare(relative, known.files, now)

    def _tick(self) -> None:
        self._until_step -= 1
        if not self._until_step:
            self._until_step = _CHECK_EVERY
            self._step(self._changes.seen)

    def _note(self, relative: str, known: KnownFolder | None, now: KnownFolder) -> None:
        self._reached.add(relative)
        before = known and (known.identity, known.mtime_ns, known.online)
        if before != (now.identity, now.mtime_ns, now.online):
            self._changes.folders[relative] = now

    def _compare(self, folder: str, before: dict[str, Facts], now: dict[str, Facts]) -> None:
        changes = self._changes
        changes.seen += len(now)
        if before == now:
            return
        for name, facts in now.items():
            if before.get(name) != facts:
                changes.files.append((folder, name, facts))
                changes.added += name not in before
        changes.files_gone += [_joined(folder, name) for name in before.keys() - now.keys()]

    def _unreachable(self, relative: str, path: str, exc: OSError) -> None:
        """A folder that was removed is gone; a volume that is off is not."""
        removed = isinstance(exc, (FileNotFoundError, NotADirectoryError))
        if removed and relative and not os.path.islink(path):
            return
        self._keep_offline(relative)

    def _is_empty_mount_point(self, relative: str, known: KnownFolder, identity: str) -> bool:
        count = sum(len(self._known[inner].files) for inner in self._below(relative))
        moved = known.identity.partition(":")[0] != identity.partition(":")[0]
        return count >= _MANY_FILES or (moved and count > 0)

    def _keep_offline(self, relative: str) -> None:
        for inner in self._below(relative):
            known = self._known[inner]
            self._note(inner, known, KnownFolder(known.identity, known.mtime_ns, online=False))
            self._changes.seen += len(known.files)
        if relative in self._known:
            self._changes.offline.append(relative)

    def _below(self, relative: str) -> Iterator[str]:
        """``relative`` and every folder known below it."""
        if relative not in self._known:
            return
        waiting = [relative]
        while waiting:
            folder = waiting.pop()
            yield folder
            waiting += [_joined(folder, name) for name in self._known[folder].folders]

    def _root_went_away(self) -> bool:
        """Whether the drive vanished meanwhile: what was not found then is not gone."""
        if self._identity is None:
            return False
        try:
            return identity_of(os.stat(self._root), self._root) != self._identity
        except OSError:
            return True

    def _forget(self, relative: str) -> None:
        self._changes.folders_gone.append(relative)
        self._changes.files_gone += [
            _joined(relative, name) for name in self._known[relative].files
        ]


def names_in(root: str, folders: Iterable[str]) -> dict[str, list[str]]:
    """Every name in these folders below ``root``; a folder that cannot be read is left out."""
    found = {}
    for folder in folders:
        try:
            found[folder] = os.listdir(os.path.join(root, *folder.split("/")))  # noqa: PTH208
        except OSError:
            continue
    return found


def is_ignored(name: str) -> bool:
    """Whether it is hidden, on its way, or a system's own: no model, whatever its category."""
    return name.startswith(".") or name.endswith(_STAGING) or name in _NOBODYS_FOLDERS


def facts_of(status: os.stat_result, path: str) -> Facts:
    return status.st_size, status.st_mtime_ns, identity_of(status, path)


def identity_of(status: os.stat_result, path: str) -> str:
    """``device:number`` of an inode, or the path where the file system has no numbers."""
    return f"{status.st_dev}:{status.st_ino}" if status.st_ino else f"path:{path}"


def _joined(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name
