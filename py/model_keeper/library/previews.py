"""The previews of the models in one's folders: found, chosen by a person, and given back."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePath

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.ports import Clock
from model_keeper.domain.previews import marked_previews, preview_begin, previews_in
from model_keeper.formats.media import Medium, medium_of
from model_keeper.library.pictures import medium_at, open_picture

_FOLDERS_KEPT = 64
_SETTLED_NS = 2_000_000_000  # some file systems tell times no finer
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_CHUNK = 1 << 20
_MARK = ".preview"


@dataclass(frozen=True)
class FoundPreview:
    """The file that shows a model, and what it is by its content."""

    path: Path
    medium: Medium


@dataclass(frozen=True)
class _Listing:
    mtime_ns: int
    previews: Mapping[str, tuple[str, ...]]


class Previews:
    """Previews beside models, and in ``folder`` where a model's own folder cannot be written.

    Safe to use from several threads and programs. ``folder`` holds ``own``, those pictures by
    place; ``chosen``, a file by the SHA256 of what a person chose, so that a choice stays one when
    the model is moved; and ``kept``, what had to make room.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._own = folder / "own"
        self._chosen = folder / "chosen"
        self._kept = folder / "kept"
        self._clock = clock
        self._listings: OrderedDict[tuple[str, tuple[str, ...]], _Listing] = OrderedDict()
        self._lock = threading.Lock()

    def named(self, folder: Path, listed: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        """By model what could be its preview, the best first: one look at the folder for all.

        ``listed`` are the endings of its category. Raises OSError.
        """
        key = (str(folder), tuple(listed))
        mtime = folder.stat().st_mtime_ns
        with self._lock:
            known = self._listings.get(key)
            if known is not None and known.mtime_ns == mtime:
                self._listings.move_to_end(key)
                return known.previews
        listing = _Listing(mtime, previews_in(os.listdir(folder), listed))  # noqa: PTH208 - names
        if self._clock.now_ms() * 1_000_000 - mtime > _SETTLED_NS:
            with self._lock:
                self._listings[key] = listing
                while len(self._listings) > _FOLDERS_KEPT:
                    self._listings.popitem(last=False)
        return listing.previews

    def find(self, folders: FolderTable, place: Destination) -> FoundPreview | None:
        """The preview of the model at ``place``: the first file that is a picture or a film.

        Raises KeeperError file_not_found where there is no such model.
        """
        path = _model(folders, place)
        own = self._own_path(place)
        medium = _medium(own)
        if medium is not None:
            return FoundPreview(own, medium)
        try:
            names = self.named(path.parent, _endings(folders, place)).get(path.name, ())
        except OSError:
            return None
        for name in names:
            beside = path.with_name(name)
            medium = _medium(beside)
            if medium is not None:
                return FoundPreview(beside, medium)
        return None

    def is_chosen(self, path: Path) -> bool:
        """Whether a person chose the picture at ``path``, be it for a model that has moved since.

        One that cannot be read counts as chosen: it is not ours to replace.
        """
        if path.parent == self._own:
            return True
        try:
            return self._chosen.is_dir() and (self._chosen / _digest_of(path)).exists()
        except OSError:
            return True

    def choose(self, folders: FolderTable, place: Destination, data: bytes) -> FoundPreview:
        """Make ``data`` the preview of the model at ``place`` until a person says otherwise.

        It becomes ``<stem>.preview.<ending>``, with the whole file name where other models share
        the stem. What was there is kept first. Raises KeeperError file_not_found, picture_unusable,
        disk_full, storage_failed.
        """
        path = _model(folders, place)
        medium = medium_of(data[:64])
        if medium is None:
            raise KeeperError("picture_unusable", why="its content is no picture")
        try:
            try:
                written = self._put_beside(path, data, medium, _endings(folders, place))
            except OSError as exc:
                if exc.errno not in _READ_ONLY:
                    raise
                written = self._own_path(place)
                self._drop(written)
                written.parent.mkdir(parents=True, exist_ok=True)
                _written(written, data).replace(written)
            else:
                self._drop(self._own_path(place))
        except OSError as exc:
            raise _storage_error(exc, path) from exc
        self._forget_listings()
        return FoundPreview(written, medium)

    def go_back(self, folders: FolderTable, place: Destination) -> None:
        """Take a choice back: what it replaced comes back, and what was chosen is kept apart.

        Nothing chosen is fine. Raises KeeperError file_not_found, folder_read_only, disk_full,
        storage_failed.
        """
        found = self.find(folders, place)
        if found is None or not self.is_chosen(found.path):
            return
        try:
            replaced = self._replaced_by(found.path)
            self._drop(found.path)
            begin = found.path.stem[: -len(_MARK)]
            for tail, kept in replaced.items():
                self._bring_back(found.path.with_name(begin + tail), kept)
        except OSError as exc:
            raise _storage_error(exc, found.path) from exc
        self._forget_listings()

    def _put_beside(self, path: Path, data: bytes, medium: Medium, listed: Collection[str]) -> Path:
        names = os.listdir(path.parent)  # noqa: PTH208 - names
        begin = preview_begin(path.name, names, listed)
        target = path.with_name(f"{begin}.preview{medium.ending}")
        others = [path.with_name(name) for name in marked_previews(begin, names)]
        temporary = _written(target, data)
        try:
            replaced: dict[str, str] = {}
            for other in others:
                kept = self._keep(other)
                tail = other.name[len(begin) :]
                replaced |= self._replaced_by(other) if self.is_chosen(other) else {tail: kept}
            self._remember(hashlib.sha256(data).hexdigest(), replaced)
            temporary.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        for other in others:
            if not _is_same(other, target):
                other.unlink()
        return target

    def _remember(self, digest: str, replaced: Mapping[str, str]) -> None:
        """Write down that a person chose this content, and what it takes the place of."""
        self._chosen.mkdir(parents=True, exist_ok=True)
        path = self._chosen / digest
        if replaced or not path.exists():
            _written(path, json.dumps(replaced).encode()).replace(path)

    def _replaced_by(self, chosen: Path) -> dict[str, str]:
        """What was there before a choice: by the end of its name, where it is kept."""
        if chosen.parent == self._own:
            return {}
        try:
            data = json.loads((self._chosen / _digest_of(chosen)).read_bytes())
        except (OSError, ValueError):
            return {}
        return (
            {str(tail): str(kept) for tail, kept in data.items()} if isinstance(data, dict) else {}
        )

    def _bring_back(self, path: Path, kept: str) -> None:
        copy = self._kept / Path(kept).name
        if copy.is_file() and not os.path.lexists(path):
            _written(path, copy.read_bytes()).replace(path)

    def _drop(self, path: Path) -> None:
        if os.path.lexists(path):
            self._keep(path)
            path.unlink()

    def _keep(self, path: Path) -> str:
        """Copy the picture at ``path`` to where nothing replaces it; the name of the copy."""
        self._kept.mkdir(parents=True, exist_ok=True)
        copy = self._kept / f"{secrets.token_hex(6)}-{path.name[-60:]}"
        shutil.copy2(path, copy, follow_symlinks=path.exists())  # of a dead link the link
        return copy.name

    def _own_path(self, place: Destination) -> Path:
        digest = hashlib.sha256(place.path.encode("utf-8", "surrogatepass")).hexdigest()
        return self._own / digest

    def _forget_listings(self) -> None:
        with self._lock:
            self._listings.clear()


def _model(folders: FolderTable, place: Destination) -> Path:
    """The model's path, where a loader of the category lists it."""
    path = Path(place.path)
    listed = folders.accepts(place.category, path.name)
    try:
        if listed and path.is_file():
            return path
    except (OSError, ValueError):  # a name that no file system has
        pass
    raise KeeperError("file_not_found", path=place.relative)


def _endings(folders: FolderTable, place: Destination) -> tuple[str, ...]:
    ending = PurePath(place.relative).suffix.lower()
    return (*folders.extensions.get(place.category, ()), ending)


def _medium(path: Path) -> Medium | None:
    try:
        with open_picture(path) as file:
            return medium_at(file)
    except OSError:
        return None


def _digest_of(path: Path) -> str:
    digest = hashlib.sha256()
    with open_picture(path) as file:
        while piece := file.read(_CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _written(target: Path, data: bytes) -> Path:
    """``data`` in a new file beside ``target``, under a name that no loader lists."""
    temporary = target.with_name(f".model-keeper-{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _is_same(one: Path, other: Path) -> bool:
    """Also where a file system does not tell their cases apart."""
    try:
        return one.samefile(other)
    except OSError:
        return not os.path.lexists(one)


def _storage_error(exc: OSError, path: Path) -> KeeperError:
    if exc.errno in {errno.ENOSPC, errno.EDQUOT}:
        return KeeperError("disk_full", path=str(path.parent), needed="more", free="too little")
    if exc.errno in _READ_ONLY:
        return KeeperError("folder_read_only", path=str(path.parent))
    return KeeperError("storage_failed", path=str(path), why=(exc.strerror or "unknown").lower())
