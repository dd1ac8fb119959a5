"""Free space, volume by volume. A folder that is not there yet counts as its nearest parent."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from model_keeper.library.volumes import Volumes


@dataclass(frozen=True)
class VolumeSpace:
    """What is planned for one volume, in bytes. ``folder`` is the first that was planned there."""

    folder: Path
    needed: int
    free: int

    @property
    def missing(self) -> int:
        """How many bytes have to be freed first; 0 where everything fits."""
        return max(0, self.needed - self.free)


@dataclass(frozen=True)
class VolumeRoom:
    """The room of one volume, in bytes. ``folder`` is the first that lies there."""

    folder: str
    free: int
    total: int


def rooms(folders: Iterable[str]) -> tuple[VolumeRoom, ...]:
    """The volumes of folders, in the order in which they are first named.

    A folder that is not there, or cannot be asked, is left out.
    """
    found: dict[int, VolumeRoom] = {}
    for folder in folders:
        try:
            volume = Path(folder).stat().st_dev
            if volume not in found:
                usage = shutil.disk_usage(folder)
                found[volume] = VolumeRoom(folder, usage.free, usage.total)
        except OSError:
            continue
    return tuple(found.values())


def free_bytes(folder: Path) -> int:
    """The bytes that may still be written to the volume of ``folder``. Raises OSError."""
    return shutil.disk_usage(nearest_present(folder)).free


def same_volume(one: Path, other: Path) -> bool:
    """Whether a rename between the two folders moves no bytes. Raises OSError."""
    volumes = Volumes()
    return volumes.of(nearest_present(one)) == volumes.of(nearest_present(other))


def planned_space(plan: Iterable[tuple[Path, int]]) -> tuple[VolumeSpace, ...]:
    """What every volume needs in all and has free, for rows of (folder, bytes).

    In the order in which the volumes are first named. Raises OSError.
    """
    folders: dict[int, Path] = {}
    needed: dict[int, int] = {}
    for folder, size in plan:
        volume = _volume(folder)
        folders.setdefault(volume, folder)
        needed[volume] = needed.get(volume, 0) + size
    return tuple(
        VolumeSpace(folder, needed[volume], free_bytes(folder))
        for volume, folder in folders.items()
    )


def nearest_present(folder: Path) -> Path:
    """``folder``, or the nearest of its parents that is there."""
    path = folder.absolute()
    while not path.exists() and path != path.parent:
        path = path.parent
    return path


def _volume(folder: Path) -> int:
    return nearest_present(folder).stat().st_dev
