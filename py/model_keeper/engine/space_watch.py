"""Free space of the model folders' volumes, and one warning each time that it gets low."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.notifications import Level, Notice
from model_keeper.domain.ports import Clock
from model_keeper.library.index_text import as_text
from model_keeper.library.space import VolumeRoom, rooms
from model_keeper.store import JobStore

_EVERY = 60.0  # seconds


@dataclass(frozen=True)
class Volume:
    """A volume of model folders; ``low``: less is free than the person wants."""

    room: VolumeRoom
    low: bool


class SpaceWatch:
    """Looks at the volumes of the model folders."""

    def __init__(
        self,
        store: JobStore,
        folders: Callable[[], FolderTable],
        clock: Clock,
        host: str,
        measure: Callable[[list[str]], tuple[VolumeRoom, ...]] = rooms,
    ) -> None:
        self._store = store
        self._folders = folders
        self._clock = clock
        self._host = host
        self._measure = measure
        self._next = clock.monotonic() + _EVERY  # whoever starts has something else in mind

    def volumes(self, folders: FolderTable | None = None) -> tuple[Volume, ...]:
        """Those that are there, the first searched first; none where no folder is known."""
        try:
            table = folders or self._folders()
        except KeeperError:
            return ()
        paths = dict.fromkeys(root.path for roots in table.roots.values() for root in roots)
        low = self._store.settings.read().low_space_bytes
        return tuple(Volume(room, room.free < low) for room in self._measure(list(paths)))

    def look(self) -> None:
        """Once a minute at the most: warn of what got low, and forget it when there is enough.

        Between the two settings nothing is said, or a download would warn again and again.
        """
        now = self._clock.monotonic()
        if now < self._next:
            return
        self._next = now + _EVERY
        enough = self._store.settings.read().enough_space_bytes
        for volume in self.volumes():
            room = volume.room
            key = f"space_low:{self._host}:{as_text(room.folder)}"
            if volume.low:
                data: dict[str, str | int] = {"path": as_text(room.folder), "free": room.free}
                notice = Notice("space_low", data, Level.WARNING, key=key)
                self._store.notifications.tell_once(notice)
            elif room.free >= enough:
                self._store.notifications.settle(key)
