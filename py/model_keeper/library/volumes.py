"""Volumes as renaming sees them: one device may be mounted twice, and then a rename is refused."""

from __future__ import annotations

import os
import re
from pathlib import Path

_MOUNTS = Path("/proc/self/mountinfo")
_OCTAL = re.compile(r"\\([0-7]{3})")
_PLACE = 4  # its column

Volume = tuple[int, str]
"""A device, and where on it is mounted; the latter is empty where the system does not tell."""


class Volumes:
    """The volumes of folders, with the mounts of the moment when it was made."""

    def __init__(self, mounts: Path = _MOUNTS) -> None:
        self._points = _mount_points(mounts)
        self._known: dict[Path, Volume] = {}

    def of(self, folder: Path) -> Volume:
        """Of ``folder``, which has to be there. Raises OSError."""
        found = self._known.get(folder)
        if found is None:
            real = Path(os.path.realpath(folder))
            point = next((str(p) for p in (real, *real.parents) if str(p) in self._points), "")
            found = self._known[folder] = (folder.stat().st_dev, point)
        return found


def _mount_points(mounts: Path) -> frozenset[str]:
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:  # another system
        return frozenset()
    columns = [line.split(" ") for line in lines]
    return frozenset(
        _OCTAL.sub(lambda found: chr(int(found[1], 8)), row[_PLACE])
        for row in columns
        if len(row) > _PLACE
    )
