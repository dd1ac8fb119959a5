"""A preview for a model that has none: taken from where there is one, and written beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import Enum
from itertools import islice
from pathlib import Path

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.ports import Control
from model_keeper.domain.preview_policy import Exposure, PreviewPolicy
from model_keeper.domain.previews import is_usual_name
from model_keeper.engine.known_pictures import BESIDE, KnownPicture, KnownPictures
from model_keeper.engine.previews import ModelPreviews
from model_keeper.library.picture_notes import PictureNote

_MOST_TRIED = 5

#: What is at fault is the picture, not this machine nor the way to its host: another may do.
_OF_THE_PICTURE = frozenset(
    {"not_found", "gone", "forbidden", "login_needed", "unexpected_status", "server_error"}
    | {"server_busy", "picture_unusable", "too_large", "stalled", "connection_lost"}
    | {"protocol_error", "redirect_loop", "host_refused", "insecure_scheme", "link_unreadable"}
    | {"file_not_found", "tls_failed"}
)


class Recovery(str, Enum):
    """What became of a model's preview."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"  # it has one already, or one that a person chose
    UNKNOWN = "unknown"  # nobody knows a picture of it


class PreviewRecovery:
    """Finds and writes previews as ``policy`` allows, and makes a person's choice one."""

    def __init__(
        self,
        previews: ModelPreviews,
        pictures: KnownPictures,
        policy: Callable[[], PreviewPolicy],
    ) -> None:
        self._previews = previews
        self._pictures = pictures
        self._policy = policy

    def is_wanted(self, folders: FolderTable, place: Destination, *, over: bool) -> bool:
        """Whether a preview is to be looked for. Raises KeeperError file_not_found.

        A picture that only some programs find is no preview yet. ``over``: one that is there is to
        be replaced too, unless a person chose it.
        """
        seen = self._previews.look_up(folders, place)
        if seen is None:
            return True
        if over:
            return not self._previews.note(seen.found).chosen
        name = place.relative.rpartition("/")[2]
        path = seen.found.path
        return path.parent == Path(place.path).parent and not is_usual_name(name, path.name)

    def recover(
        self,
        folders: FolderTable,
        place: Destination,
        *,
        over: bool = False,
        control: Control | None = None,
    ) -> Recovery:
        """Give the model the best preview that is known and may be fetched unasked.

        Where none of those that were tried could be had it raises the KeeperError of the first;
        else as :meth:`ModelPreviews.put`, and Interrupted.
        """
        if not self.is_wanted(folders, place, over=over):
            return Recovery.UNCHANGED
        failure: KeeperError | None = None
        for picture in islice(self._candidates(folders, place, over=over), _MOST_TRIED):
            if control is not None:
                control.check()
            try:
                put = self._put(folders, place, picture, control, over=over)
            except KeeperError as error:
                if error.code not in _OF_THE_PICTURE:
                    raise
                failure = failure or error
                continue
            return Recovery.CHANGED if put else Recovery.UNCHANGED
        if failure is not None:
            raise failure
        return Recovery.UNKNOWN

    def known(self, folders: FolderTable, place: Destination) -> list[KnownPicture]:
        """Every picture that is known for the model; their order stays while nothing changes."""
        return self._pictures.of(folders, place)

    def shown_of(
        self, folders: FolderTable, place: Destination, known: Iterable[KnownPicture]
    ) -> KnownPicture | None:
        """Which of the ``known`` pictures is the model's preview now, if it is one of them."""
        seen = self._previews.look_up(folders, place)
        if seen is None:
            return None
        source = self._previews.note(seen.found).source
        for picture in known:
            if picture.url is not None and picture.url == source:
                return picture
            if picture.url is None and self._is_same(folders, place, picture):
                return picture
        return None

    def may_show(self, picture: KnownPicture) -> bool:
        """Whether it may be read and shown to whoever looks through what is known."""
        hidden = self._policy().exposure(picture.nsfw_level) is Exposure.HIDE
        return not hidden and self._pictures.may_be_asked(picture)

    def small(self, picture: KnownPicture) -> tuple[str, bytes]:
        """The picture as small WebP, and what tells it from others; a still of what moves.

        It is fetched once and kept as long as there is room. Raises as :meth:`recover`.
        """
        return self._previews.small(picture.key, lambda: self._pictures.read(picture))

    def choose(self, folders: FolderTable, place: Destination, picture: KnownPicture) -> None:
        """Fetch the picture and make it the person's choice. Raises as :meth:`recover`."""
        note = PictureNote(chosen=True, nsfw_level=picture.nsfw_level, source=picture.url)
        self._previews.put(folders, place, self._pictures.read(picture), note, over=True)

    def _is_same(self, folders: FolderTable, place: Destination, picture: KnownPicture) -> bool:
        try:
            return self._previews.shows(folders, place, self._pictures.read(picture))
        except KeeperError:
            return False

    def _candidates(
        self, folders: FolderTable, place: Destination, *, over: bool
    ) -> list[KnownPicture]:
        """The best first. What lies beside the model shows it already, whatever it is."""
        known = [each for each in self.known(folders, place) if self._pictures.may_be_asked(each)]
        beside = [each for each in known if each.source == BESIDE and not over]
        others = [each for each in known if each.source != BESIDE]
        return [*beside, *self._policy().preferred(others, lambda each: each.nsfw_level)]

    def _put(
        self,
        folders: FolderTable,
        place: Destination,
        picture: KnownPicture,
        control: Control | None,
        *,
        over: bool,
    ) -> bool:
        """Whether the model has another preview now."""
        data = self._previews.slim(self._pictures.read(picture, control))
        if over and self._previews.shows(folders, place, data):
            return False
        note = PictureNote(nsfw_level=picture.nsfw_level, source=picture.url)
        over = over or picture.source == BESIDE
        return self._previews.put(folders, place, data, note, over=over)
