"""Pictures that are known for models: looked at, chosen, and given to those that have none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.known_pictures import KnownPicture
from model_keeper.web.content import Content
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.chosen_models import Category, Ids, Without
from model_keeper.web.v1.jobs import Accepted, accepted, priority_of
from model_keeper.web.v1.previews import PreviewFacts, preview_facts

_AREA = "Library"
_FETCHING = (
    *("forbidden", "gone", "login_needed", "rate_limited", "server_error", "server_busy"),
    *("too_large", "stalled", "unreachable", "host_refused", "insecure_scheme", "not_found"),
)


@dataclass(frozen=True)
class PreviewRepairRequest:
    """Which models: these, or all that are found; of those the ones that have no preview."""

    ids: Ids = None
    query: Annotated[str, About("In the search language.", maxLength=2000)] = ""
    category: Category = None
    without: Without = ()
    only_missing: Annotated[
        bool, About("False: previews that no person chose are replaced, too.")
    ] = True
    priority: Annotated[int | str, About("low, normal, high, or a number.")] = 0


@dataclass(frozen=True)
class KnownPictureView:
    """A picture that could show a model. What is not known of it is null."""

    index: Annotated[int, About("Its number, for `choose`.")]
    type: Annotated[str, About("image or video.")]
    width: int | None
    height: int | None
    nsfw_level: Annotated[int | None, About("Civitai's bit field; null where nobody said.")]
    source: Annotated[str, About("beside, header, or who named its address.")]
    shown: Annotated[bool, About("Whether it is the preview now.")]
    thumbnail: Annotated[
        str | None,
        About("A path of this API with a small one; null where its host or a setting forbids it."),
    ]


@dataclass(frozen=True)
class KnownPictureList:
    """In the order in which they are preferred by whoever named them."""

    items: tuple[KnownPictureView, ...]
    total: int


@dataclass(frozen=True)
class PictureChoice:
    """One of the known pictures."""

    index: Annotated[int, About("As it is listed.", minimum=0)]


@dataclass(frozen=True)
class RatingRequest:
    """How strong a picture is."""

    nsfw_level: Annotated[
        int, About("Civitai's bit field; 0 for not rated.", minimum=0, maximum=63)
    ]


class KnownPicturesApi:
    """No browser asks a foreign host: every picture comes from here."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        where = "library/{id}/previews"
        found = ("model_not_in_library", "file_not_found", "roots_unknown")
        queries = ("query_key_unknown", "query_value_wrong", "query_too_long")
        writes = ("picture_unusable", "folder_read_only", "disk_full", "storage_failed")
        return [
            Route("POST", "previews/repair", self.repair, "Give models the previews they lack.",
                  Accepted, _AREA, 202, body=PreviewRepairRequest, errors=queries),
            Route("GET", where, self.list, "The pictures that are known for a model.",
                  KnownPictureList, _AREA, errors=found),
            Route("PATCH", where, self.rate, "Say how the preview of a model is rated.",
                  PreviewFacts, _AREA, body=RatingRequest, errors=(*found, *writes)),
            Route("GET", f"{where}/{{index}}", self.small, "One of them, small.", Content, _AREA,
                  errors=(*found, *_FETCHING, "picture_unusable"), guarded=True),
            Route("POST", f"{where}/choose", self.choose, "Make one of them the preview, until"
                  " a person says otherwise.", PreviewFacts, _AREA, body=PictureChoice,
                  errors=(*found, *_FETCHING, *writes)),
        ]  # fmt: skip

    def repair(self, body: PreviewRepairRequest) -> Accepted:
        enqueued = self._backend.library.repairs.request(
            body.ids,
            body.query,
            category=body.category,
            without=body.without,
            only_missing=body.only_missing,
            priority=priority_of(body.priority),
        )
        return accepted(self._backend, enqueued)

    def list(self, id: str) -> KnownPictureList:  # noqa: A002 - the name in the path
        return known_pictures(self._backend, id)

    def small(self, id: str, index: str) -> Content:  # noqa: A002 - the name in the path
        recovery = self._backend.preview_recovery()
        picture = self._known(id, int(index) if index.isdecimal() else -1)
        if not recovery.may_show(picture):
            raise KeeperError("host_refused", host=picture.source)
        key, data = recovery.small(picture)
        return Content(data, "image/webp", etag=key)

    def rate(self, id: str, body: RatingRequest) -> PreviewFacts:  # noqa: A002 - the name in the path
        folders, place = self._backend.model_folders(), _place(self._backend, id)
        self._backend.library.previews.rate(folders, place, body.nsfw_level or None)
        return preview_facts(self._backend, folders, place)

    def choose(self, id: str, body: PictureChoice) -> PreviewFacts:  # noqa: A002 - the name in the path
        folders, place = self._backend.model_folders(), _place(self._backend, id)
        picture = self._known(id, body.index)
        self._backend.preview_recovery().choose(folders, place, picture)
        return preview_facts(self._backend, folders, place)

    def _known(self, model: str, index: int) -> KnownPicture:
        folders, place = self._backend.model_folders(), _place(self._backend, model)
        known = self._backend.preview_recovery().known(folders, place)
        if not 0 <= index < len(known):
            what = f"There is no picture {index}: the model has {len(known)}."
            raise KeeperError("invalid_request", what=what)
        return known[index]


def known_pictures(backend: Backend, model: str) -> KnownPictureList:
    """Those of the model with this id. Raises model_not_in_library, file_not_found."""
    folders, place = backend.model_folders(), _place(backend, model)
    recovery = backend.preview_recovery()
    known = recovery.known(folders, place)
    shown = recovery.shown_of(folders, place, known)
    items = tuple(
        KnownPictureView(
            index=index,
            type=picture.type,
            width=picture.width,
            height=picture.height,
            nsfw_level=picture.nsfw_level,
            source=picture.source,
            shown=picture is shown,
            thumbnail=f"library/{model}/previews/{index}" if recovery.may_show(picture) else None,
        )
        for index, picture in enumerate(known)
    )
    return KnownPictureList(items, len(items))


def _place(backend: Backend, model: str) -> Destination:
    file = backend.library.models.get(model).file
    return Destination(file.category, file.root, file.relative)
