"""The previews of the models in one's folders: found, chosen by a person, and given back."""

from __future__ import annotations

import contextlib
import errno
import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from filelock import FileLock, Timeout

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.ports import Clock
from model_keeper.domain.previews import (
    is_usual_name,
    marked_previews,
    names_near,
    preview_begin,
    previews_in,
    previews_of,
)
from model_keeper.files.failures import storage_error
from model_keeper.files.replacement import (
    create_file,
    remove_leftovers,
    replace_file,
    temporary_beside,
)
from model_keeper.formats.media import Medium, medium_of
from model_keeper.library.kept_apart import kept_previews
from model_keeper.library.kept_pictures import KeptPictures
from model_keeper.library.picture_files import medium_at, open_picture
from model_keeper.library.picture_notes import PictureNote, PictureNotes

_FOLDERS_KEPT = 64
_SETTLED_NS = 2_000_000_000  # some file systems tell times no finer
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_LOCK_SECONDS = 30.0
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

    Safe to use from several threads and programs. ``folder`` also holds ``notes``, what is known of
    a picture by its content, so that a choice stays one when the model is moved; and ``kept``, what
    had to make room. ``apart`` is what cannot lie beside its model.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder = folder
        self.apart = kept_previews(folder)
        self._notes = PictureNotes(folder / "notes")
        self._kept = KeptPictures(folder / "kept")
        self._clock = clock
        self._listings: OrderedDict[tuple[str, tuple[str, ...]], _Listing] = OrderedDict()
        self._lock = threading.Lock()

    def _named(self, path: Path, listed: Collection[str]) -> tuple[str, ...]:
        """What may show the model at ``path``, the best first. Raises OSError.

        One look at a folder serves all its models, until it changes. While it changes, each asks
        for its own names only.
        """
        folder = path.parent
        mtime = folder.stat().st_mtime_ns
        if self._clock.now_ms() * 1_000_000 - mtime <= _SETTLED_NS:
            return previews_of(path.name, _listed_in(folder), listed)
        key = (str(folder), tuple(listed))
        with self._lock:
            known = self._listings.get(key)
        if known is None or known.mtime_ns != mtime:
            known = _Listing(mtime, previews_in(_listed_in(folder), listed))
        with self._lock:
            self._listings[key] = known
            self._listings.move_to_end(key)
            while len(self._listings) > _FOLDERS_KEPT:
                self._listings.popitem(last=False)
        return known.previews.get(path.name, ())

    def find(self, folders: FolderTable, place: Destination) -> FoundPreview | None:
        """The preview of the model at ``place``: the first file that is a picture or a film.

        Raises KeeperError file_not_found where there is no such model.
        """
        return self.shown(_model(folders, place), _endings(folders, place))

    def shown(self, path: Path, listed: Collection[str]) -> FoundPreview | None:
        """The preview of the model at ``path``; ``listed`` are the endings of its category."""
        return self._kept_apart(path) or next(self._beside(path, listed), None)

    def foreign(self, folders: FolderTable, place: Destination) -> list[FoundPreview]:
        """Pictures beside the model under names that ComfyUI does not look for, the best first.

        Raises KeeperError file_not_found where there is no such model.
        """
        path = _model(folders, place)
        listed = _endings(folders, place)
        return list(self._beside(path, listed, lambda name: not is_usual_name(path.name, name)))

    def note(self, path: Path) -> PictureNote:
        """What is known of the picture at ``path``.

        One that cannot be read counts as chosen: it is not ours to replace.
        """
        try:
            return self._notes.of(path)
        except OSError:
            return PictureNote(chosen=True)

    def glance(self, path: str) -> tuple[os.stat_result, int | None] | None:
        """The state and the rating of a picture or film; None for anything else.

        One look, for thousands of them.
        """
        try:
            with open_picture(path) as file:
                if medium_at(file) is None:
                    return None
                return os.fstat(file.fileno()), self._notes.of_open(file).nsfw_level
        except OSError:
            return None

    def put(
        self,
        folders: FolderTable,
        place: Destination,
        data: bytes,
        note: PictureNote,
        *,
        over: bool = False,
    ) -> FoundPreview | None:
        """Make ``data`` the preview of the model at ``place``, and remember what ``note`` says.

        It becomes ``<stem>.preview.<ending>``, with the whole file name where other models share
        the stem. What a person chose stays until a person chooses again, and what is there stays
        unless ``over``: None then. What is replaced is kept first. Raises KeeperError
        file_not_found, picture_unusable, disk_full, storage_failed.
        """
        path = _model(folders, place)
        medium = medium_of(data[:64])
        if medium is None:
            raise KeeperError("picture_unusable", why="its content is no picture")
        try:
            with self._alone():
                shown = self.find(folders, place)
                stays = shown is not None and (not over or self.note(shown.path).chosen)
                if stays and not note.chosen:
                    return None
                written = self._written(path, data, medium, _endings(folders, place), note)
        except OSError as exc:
            raise storage_error(exc, path) from exc
        self._forget_listings()
        return FoundPreview(written, medium)

    def go_back(self, folders: FolderTable, place: Destination) -> None:
        """Take a choice back: what it replaced comes back, and what was chosen is kept apart.

        Nothing chosen is fine. Raises KeeperError file_not_found, folder_read_only, disk_full,
        storage_failed.
        """
        found = self.find(folders, place)
        if found is None:
            return
        try:
            with self._alone():
                note = self.note(found.path)
                if not note.chosen:
                    return
                not_chosen = replace(note, chosen=False, replaced={})
                self._notes.put(found.path.read_bytes(), not_chosen)
                self._kept.drop(found.path)
                begin = found.path.stem[: -len(_MARK)]
                for tail, kept in note.replaced.items():
                    self._kept.bring_back(found.path.with_name(begin + tail), kept)
        except OSError as exc:
            raise storage_error(exc, found.path) from exc
        self._forget_listings()

    def rate(self, folders: FolderTable, place: Destination, nsfw_level: int | None) -> None:
        """Say how the model's preview is rated, as Civitai's bit field; None for not at all.

        Raises KeeperError file_not_found, also where it has no preview; disk_full, storage_failed.
        """
        found = self.find(folders, place)
        if found is None:
            raise KeeperError("file_not_found", path=place.relative)
        try:
            with self._alone(), open_picture(found.path) as file:
                data = file.read()
                note = replace(self._notes.of_content(data), nsfw_level=nsfw_level)
                self._notes.put(data, note)
        except OSError as exc:
            raise storage_error(exc, found.path) from exc

    def remove(self, folders: FolderTable, place: Destination) -> None:
        """Take every preview of the model away, whoever put it there; all are kept apart.

        Raises KeeperError file_not_found, folder_read_only, disk_full, storage_failed.
        """
        path = _model(folders, place)
        try:
            with self._alone():
                while (found := self.find(folders, place)) is not None:
                    self._kept.drop(found.path)
                    self._forget_listings()
        except OSError as exc:
            raise storage_error(exc, path) from exc

    def _kept_apart(self, path: Path) -> FoundPreview | None:
        own = self.apart.of(str(path))
        medium = _medium(own)
        return FoundPreview(own, medium) if medium else None

    def _beside(
        self, path: Path, listed: Collection[str], wanted: Callable[[str], bool] | None = None
    ) -> Iterator[FoundPreview]:
        try:
            names = self._named(path, listed)
        except OSError:
            return
        for name in filter(wanted, names):
            medium = _medium(path.with_name(name))
            if medium is not None:
                yield FoundPreview(path.with_name(name), medium)

    def _written(
        self,
        path: Path,
        data: bytes,
        medium: Medium,
        listed: Collection[str],
        note: PictureNote,
    ) -> Path:
        own = self.apart.of(str(path))
        try:
            written = self._put_beside(path, data, medium, listed, note)
        except OSError as exc:
            if exc.errno not in _READ_ONLY:
                raise
            self._kept.drop(own)
            own.parent.mkdir(parents=True, exist_ok=True)
            self._remember(data, note, {})
            replace_file(own, data)
            return own
        self._kept.drop(own)
        return written

    def _put_beside(
        self, path: Path, data: bytes, medium: Medium, listed: Collection[str], note: PictureNote
    ) -> Path:
        names = _listed_in(path.parent)
        remove_leftovers(path.parent, names, self._clock.now_ms())
        near = names_near(path.name, names)
        begin = preview_begin(path.name, near, listed)
        target = path.with_name(f"{begin}.preview{medium.ending}")
        beside = previews_of(path.name, near, listed)
        others = [path.with_name(name) for name in marked_previews(begin, beside)]
        temporary = temporary_beside(target)
        try:
            create_file(temporary, data)
            replaced: dict[str, str] = {}
            for other in others:
                kept = self._kept.keep(other)
                known = self.note(other) if other.is_file() else PictureNote()
                tail = other.name[len(begin) :]
                replaced |= known.replaced if known.chosen else {tail: kept}
            self._remember(data, note, replaced)
            temporary.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        for other in others:
            if not _is_same(other, target):
                other.unlink()
        return target

    def _remember(self, data: bytes, note: PictureNote, replaced: Mapping[str, str]) -> None:
        """Before the picture is there: a choice must not be taken for anything else."""
        known = self._notes.of_content(data)
        self._notes.put(
            data,
            PictureNote(
                chosen=note.chosen or known.chosen,
                nsfw_level=known.nsfw_level if note.nsfw_level is None else note.nsfw_level,
                source=note.source or known.source,
                replaced=replaced or known.replaced,
            ),
        )

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else changes previews meanwhile. Raises KeeperError file_locked, OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        path = self._folder / "writing.lock"
        try:
            with FileLock(path, timeout=_LOCK_SECONDS):
                yield
        except Timeout:
            raise KeeperError("file_locked", path=str(path)) from None

    def _forget_listings(self) -> None:
        """What was listed may be of the same moment as our own change."""
        with self._lock:
            self._listings.clear()


def _listed_in(folder: Path) -> list[str]:
    """The names in a folder. Raises OSError."""
    return os.listdir(folder)  # noqa: PTH208 - names, of tens of thousands


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


def _is_same(one: Path, other: Path) -> bool:
    """Also where a file system does not tell their cases apart."""
    try:
        return one.samefile(other)
    except OSError:
        return not os.path.lexists(one)
