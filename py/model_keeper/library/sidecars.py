"""The sidecars of model files: everybody's are read, only ours is written."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from filelock import FileLock, Timeout

from model_keeper.domain.completeness import judged
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.metadata_json import to_json
from model_keeper.domain.metadata_merge import Merge, same_but_for_moments
from model_keeper.files.failures import file_failed
from model_keeper.files.replacement import replace_file
from model_keeper.library.sidecar_places import ModelPlace, kept_sidecars
from model_keeper.library.sidecar_reading import FILE_KEY, SidecarReading, read_own, read_sidecars

_LOCK_SECONDS = 30.0
_NOT_WRITABLE = {errno.EROFS, errno.EACCES, errno.EPERM, errno.ENAMETOOLONG, errno.ENOENT}


@dataclass(frozen=True)
class Written:
    """``path`` is our sidecar; ``changed`` whether it had to be written.

    ``metadata`` is what it says now, ``merge`` what :meth:`Sidecars.update` was given.
    """

    path: Path
    changed: bool
    metadata: ModelMetadata
    merge: Merge


class Sidecars:
    """Reads and writes metadata beside the models.

    ``state`` is a folder of ours, for models whose folder cannot be written to and for locks. Safe
    for the threads and processes that share it.
    """

    def __init__(
        self, state: Path, write_file: Callable[[Path, bytes], None] = replace_file
    ) -> None:
        self._state = state
        self._write_file = write_file

    def read(
        self,
        place: ModelPlace,
        *,
        sha256: str | None = None,
        has_preview: bool = False,
        names: Collection[str] | None = None,
    ) -> SidecarReading:
        """Never raises for what a sidecar holds. ``sha256`` is the model's, where it is known.

        ``names`` are those in the model's folder, folded, for who has listed it.
        """
        reading = read_sidecars(place, place.within(self._state), sha256, names)
        metadata = judged(reading.metadata, place.category, has_preview=has_preview)
        return replace(reading, metadata=metadata)

    def kept(self) -> frozenset[Path]:
        """The sidecars that lie in the state folder."""
        return kept_sidecars(self._state).all()

    def place_of(self, root: str, relative: str) -> Path:
        """Where the sidecar of a model would be kept in the state folder."""
        return ModelPlace("", root, relative).within(self._state)

    def own_of(self, place: ModelPlace) -> Path | None:
        """Our sidecar of the model; None where there is none, or none that can be read."""
        for path in self._own(place):
            with suppress(KeeperError):
                if isinstance(self._present(path, place), ModelMetadata):
                    return path
        return None

    def update(
        self,
        place: ModelPlace,
        change: Callable[[ModelMetadata], Merge],
        *,
        sha256: str | None = None,
        has_preview: bool = False,
    ) -> Written:
        """Replace what is known of a model by what ``change`` makes of it.

        ``change`` gets everything that the sidecars say, read while no other writer is at it.
        Nothing is written where nothing but moments differs, nor where nothing is known. In a
        folder that cannot be written to, and where other tools have taken both names, it is kept in
        the state folder.

        Raises KeeperError sidecar_unreadable where our own sidecar is damaged (it is left as it
        is), file_locked, storage_failed.
        """
        with self._lock(place):
            present = {path: self._present(path, place) for path in self._own(place)}
            merge = change(self.read(place, sha256=sha256).metadata)
            metadata = judged(merge.metadata, place.category, has_preview=has_preview)
            path, changed = self._write(place, metadata, present)
            return Written(path, changed, metadata, merge)

    def _own(self, place: ModelPlace) -> tuple[Path, ...]:
        return (*place.own, place.within(self._state))

    def _present(self, path: Path, place: ModelPlace) -> ModelMetadata | bool:
        """What our sidecar says; True where another's is in its place, False where none is."""
        try:
            return read_own(path, place) or True
        except FileNotFoundError:
            return False

    def _write(
        self, place: ModelPlace, metadata: ModelMetadata, present: dict[Path, ModelMetadata | bool]
    ) -> tuple[Path, bool]:
        if not metadata.says_anything and not any(present.values()):
            return place.own[0], False
        content = _document(place, metadata)
        for path in self._chosen(place, present):
            old = present[path]
            if isinstance(old, ModelMetadata) and _same(old, metadata):
                return path, False
            try:
                if path not in place.own:
                    path.parent.mkdir(parents=True, exist_ok=True)
                self._write_file(path, content)
            except OSError as error:
                if error.errno in _NOT_WRITABLE and path in place.own:
                    continue
                raise file_failed(error, path) from error
            if path in place.own:
                with suppress(OSError):
                    place.within(self._state).unlink()
            return path, True
        raise AssertionError("the state folder is always tried")

    def _chosen(self, place: ModelPlace, present: dict[Path, ModelMetadata | bool]) -> list[Path]:
        """Where to try: beside the model in a place that is ours or free, then the state folder."""
        beside = place.own[:1] if place.shared else place.own
        ours = [path for path in beside if isinstance(present[path], ModelMetadata)]
        free = [path for path in beside if present[path] is False]
        return [*(ours or free)[:1], place.within(self._state)]

    @contextmanager
    def _lock(self, place: ModelPlace) -> Iterator[None]:
        kept = place.within(self._state)
        path = self._state / "locks" / f"{kept.parent.name}.lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(path, timeout=_LOCK_SECONDS)
            lock.acquire()
        except Timeout as error:
            raise KeeperError("file_locked", path=str(path)) from error
        except OSError as error:
            raise file_failed(error, path) from error
        try:
            yield
        finally:
            lock.release()


def _document(place: ModelPlace, metadata: ModelMetadata) -> bytes:
    document = {FILE_KEY: place.name, **to_json(metadata)}
    try:
        return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
    except UnicodeEncodeError:  # names that are no text, halves of characters
        return (json.dumps(document, indent=2) + "\n").encode()


def _same(old: ModelMetadata, new: ModelMetadata) -> bool:
    return same_but_for_moments(old, new) and old.completeness is new.completeness
