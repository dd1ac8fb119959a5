"""What a host does with previews: looks them up, makes them small, and takes a person's choice."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.names import escapes
from model_keeper.domain.ports import Clock
from model_keeper.files.failures import file_failed
from model_keeper.files.replacement import remove_leftovers, temporary_beside
from model_keeper.formats.media import Medium
from model_keeper.formats.reading import Broken
from model_keeper.library.picture_files import MOST_BYTES, medium_at, open_picture
from model_keeper.library.picture_notes import PictureNote
from model_keeper.library.previews import FoundPreview, Previews
from model_keeper.library.thumbnail_cache import Source, ThumbnailCache
from model_keeper.library.thumbnails import Thumbnails

_log = logging.getLogger(__name__)

_LOOKING = 2
_PROOF_PIXELS = 320
_SLIM_PIXELS = 1280
_LARGE = 1 << 20


@dataclass(frozen=True)
class LookedUp:
    """A preview with the state of its file."""

    found: FoundPreview
    source: Source


class ModelPreviews:
    """Previews below one state folder. Close it.

    ``files`` are the previews themselves, ``looking`` threads for what blocks.
    """

    def __init__(
        self,
        folder: Path,
        clock: Clock,
        cache_bytes: Callable[[], int],
        changed: Callable[[str], None] = lambda _: None,
    ) -> None:
        """``changed`` is told the path of each model that has another preview now."""
        from model_keeper.library.pictures import Pictures  # Pillow: few ever look at previews

        self._trials = folder / "trials"
        self._clock = clock
        self._changed = changed
        self._pictures = Pictures(clock)
        self.files = Previews(folder, clock)
        self._cache = ThumbnailCache(folder / "small", cache_bytes)
        self.thumbnails = Thumbnails(self._pictures, self._cache)
        self.looking = ThreadPoolExecutor(_LOOKING, thread_name_prefix="model-keeper-previews")

    def look_up(self, folders: FolderTable, place: Destination) -> LookedUp | None:
        """Raises KeeperError file_not_found where there is no such model."""
        found = self.files.find(folders, place)
        try:
            return LookedUp(found, Source.at(found.path)) if found else None
        except OSError:  # gone between two looks
            return None

    def note(self, found: FoundPreview) -> PictureNote:
        """What is known of the picture that its file does not say."""
        return self.files.note(found.path)

    def choose(self, folders: FolderTable, place: Destination, data: bytes) -> None:
        """Make ``data`` the model's preview, as a person wishes. Raises as :meth:`put`."""
        self.put(folders, place, data, PictureNote(chosen=True), over=True)

    def put(
        self,
        folders: FolderTable,
        place: Destination,
        data: bytes,
        note: PictureNote,
        *,
        over: bool = False,
    ) -> bool:
        """Make ``data`` the model's preview; whether it is. Raises as :meth:`Previews.put`.

        A picture has to be one that can be shown.
        """
        self._prove(data)
        put = self.files.put(folders, place, data, note, over=over)
        if put is not None:
            self._tell(place)
        return put is not None

    def choose_output(
        self, folders: FolderTable, place: Destination, outputs: Path | None, name: str
    ) -> None:
        """The same with a file that ComfyUI made: ``name`` is relative to its output folder.

        Raises KeeperError file_not_found, destination_outside_root for one outside it, also by a
        link, body_too_large, and as :meth:`choose`.
        """
        self.choose(folders, place, _output(outputs, name))

    def go_back(self, folders: FolderTable, place: Destination) -> None:
        """Take a choice back. Raises as :meth:`Previews.go_back`."""
        self.files.go_back(folders, place)
        self._tell(place)

    def rate(self, folders: FolderTable, place: Destination, nsfw_level: int | None) -> None:
        """Say how the model's preview is rated. Raises as :meth:`Previews.rate`."""
        self.files.rate(folders, place, nsfw_level)
        self._tell(place)

    def remove(self, folders: FolderTable, place: Destination) -> None:
        """Take every preview of the model away. Raises as :meth:`Previews.remove`."""
        self.files.remove(folders, place)
        self._tell(place)

    def close(self) -> None:
        self.looking.shutdown(wait=True, cancel_futures=True)
        self.thumbnails.close()

    def _tell(self, place: Destination) -> None:
        try:
            self._changed(place.path)
        except KeeperError as exc:  # the picture is there, and the next scan finds it
            _log.warning("The library does not know the preview of %s yet: %s", place.path, exc)

    def shows(self, folders: FolderTable, place: Destination, data: bytes) -> bool:
        """Whether the model's preview is exactly this. Raises KeeperError file_not_found."""
        seen = self.look_up(folders, place)
        if seen is None or seen.source.size != len(data):
            return False
        try:
            with open_picture(seen.found.path) as file:
                return file.read(len(data) + 1) == data
        except OSError:
            return False

    def small(self, key: str, read: Callable[[], bytes]) -> tuple[str, bytes]:
        """The picture that ``read`` gives as small WebP, kept by ``key``; the key with its size.

        Raises KeeperError picture_unusable, storage_failed, and as ``read``.
        """
        key = f"{key[:32]}-{_PROOF_PIXELS}"
        kept = self._cache.get(key)
        if kept is None:
            with self._trial(read()) as trial:
                kept = self._pictures.small(trial, _PROOF_PIXELS, moving=False)
            self._cache.put(key, kept)
        return key, kept

    def slim(self, data: bytes) -> bytes:
        """The same picture, smaller where it is far larger than any preview needs.

        Films stay as they are. Raises KeeperError picture_unusable, storage_failed.
        """
        if len(data) <= _LARGE:
            return data
        with self._trial(data) as trial:
            medium = _medium(trial)
            if medium is None or medium.is_film:
                return data
            return min(data, self._pictures.small(trial, _SLIM_PIXELS, moving=True), key=len)

    def _prove(self, data: bytes) -> None:
        """Raises KeeperError picture_unusable, storage_failed."""
        with self._trial(data) as trial:
            medium = _medium(trial)
            if medium is None or not medium.is_film:  # not every machine can read films
                self._pictures.small(trial, _PROOF_PIXELS, moving=False)

    @contextlib.contextmanager
    def _trial(self, data: bytes) -> Iterator[Path]:
        """A file of ours with these bytes, for as long as they are looked at."""
        trial = temporary_beside(self._trials / "picture")
        try:
            self._trials.mkdir(parents=True, exist_ok=True)
            remove_leftovers(self._trials, os.listdir(self._trials), self._clock.now_ms())  # noqa: PTH208 - names
            trial.write_bytes(data)
            yield trial
        except Broken as broken:
            raise KeeperError("picture_unusable", why=str(broken)) from broken
        except OSError as exc:
            raise file_failed(exc, trial) from exc
        finally:
            with contextlib.suppress(OSError):
                trial.unlink()


def _medium(path: Path) -> Medium | None:
    with open_picture(path) as file:
        return medium_at(file)


def _output(outputs: Path | None, name: str) -> bytes:
    missing = KeeperError("file_not_found", path=name)
    if outputs is None:
        raise missing
    outside = KeeperError("destination_outside_root", path=name, root=str(outputs))
    if escapes(name):
        raise outside
    try:
        real = (outputs / name).resolve(strict=True)
        if outputs.resolve() not in real.parents:
            raise outside
        with open_picture(real) as file:
            data = file.read(MOST_BYTES + 1)
    except (OSError, ValueError, RuntimeError):
        raise missing from None
    if len(data) > MOST_BYTES:
        raise KeeperError("body_too_large", limit=MOST_BYTES >> 20)
    return data
