"""The trash: a folder on the volume of what is thrown away, whose files no loader lists."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import TRASH_FOLDER, is_slot
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.names import staging_name

#: What every name in it ends in: no category of ComfyUI has it.
_ENDING = ".trash"


@dataclass(frozen=True)
class TrashSpace:
    """Of the trash in one folder: how much lies there, and how much emptying it would free.

    Bytes. A file with several names is counted once; one that has a name elsewhere frees nothing.
    """

    folder: str
    files: int
    size: int
    freed: int


class TrashFolders:
    """Where the trash of a file is."""

    def __init__(self, folders: FolderTable) -> None:
        self._folders = folders

    def slot(self, path: str, key: str, *, near: bool = False) -> str:
        """A free place for the file ``path``. ``key`` is of this throwing away alone.

        In its root where that is the same volume, else in the folder nearest to the root that is;
        ``near``: in its own folder, which certainly is. Not below a root that lists every file,
        where there is another place. Raises KeeperError folder_read_only, link_leaves_folders.
        """
        name = staging_name(Path(path).name, key).removesuffix(".part") + _ENDING
        places = [Path(path).parent] if near else list(self._places(Path(path)))
        for folder in places:
            trash = folder / TRASH_FOLDER
            if _is_link(trash):
                raise KeeperError("link_leaves_folders", path=str(trash))
            try:
                trash.mkdir(exist_ok=True)
            except OSError:
                continue
            if os.access(trash, os.W_OK):
                return str(trash / name)
        raise KeeperError("folder_read_only", path=str(Path(path).parent))

    def _places(self, path: Path) -> Iterator[Path]:
        """Folders on the volume of ``path``: unlisted ones first, then from the root down."""
        volume = path.parent.stat().st_dev
        roots = [Path(place.root) for place in self._folders.locate(str(path))]
        top = roots[-1] if roots else path.parent
        chain = [folder for folder in (path.parent, *path.parent.parents) if _is_in(folder, top)]
        beyond = [top.parent] if self._lists_everything(top) else []
        candidates = [
            folder
            for folder in [*beyond, *reversed(chain)]
            if folder.is_dir() and folder.stat().st_dev == volume
        ]
        yield from (folder for folder in candidates if not self._lists_everything(folder))
        yield from (folder for folder in reversed(chain) if folder in candidates)

    def _lists_everything(self, folder: Path) -> bool:
        return any(
            _is_in(folder, Path(root.path))
            for category, roots in self._folders.roots.items()
            for root in roots
            if not self._folders.extensions.get(category)
        )


def purge(slot: str) -> int:
    """Delete what lies at ``slot`` for good; the bytes that were freed.

    Nothing there is fine. Raises KeeperError link_leaves_folders where it is no place in a trash
    or the trash is a link, and OSError.
    """
    path = Path(slot)
    if not is_slot(slot) or ".." in path.parts or _is_link(path.parent):
        raise KeeperError("link_leaves_folders", path=slot)
    try:
        status = path.lstat()
    except FileNotFoundError:
        return 0
    path.unlink()
    return _size(status) if status.st_nlink == 1 else 0


def space(slots: Iterable[str]) -> list[TrashSpace]:
    """What lies in each trash of these places."""
    found: dict[str, dict[tuple[int, int], list[os.stat_result]]] = {}
    for slot in slots:
        try:
            status = Path(slot).lstat()
        except OSError:
            continue
        of_folder = found.setdefault(str(Path(slot).parent), {})
        of_folder.setdefault((status.st_dev, status.st_ino), []).append(status)
    return [
        TrashSpace(
            folder=folder,
            files=sum(map(len, contents.values())),
            size=sum(_size(names[0]) for names in contents.values()),
            freed=sum(
                _size(names[0]) for names in contents.values() if names[0].st_nlink <= len(names)
            ),
        )
        for folder, contents in sorted(found.items())
    ]


def _size(status: os.stat_result) -> int:
    """Bytes; a link has none."""
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _is_in(folder: Path, top: Path) -> bool:
    return folder == top or top in folder.parents


def _is_link(path: Path) -> bool:
    """A symbolic link, or a junction, which Python 3.10 does not tell from a folder."""
    if path.is_symlink():
        return True
    return path.exists() and Path(os.path.realpath(path)).name != path.name
