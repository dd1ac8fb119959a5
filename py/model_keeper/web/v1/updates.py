"""Updates of models: look for them, list them, ignore them, fetch them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.domain.errors import KeeperError
from model_keeper.engine.updates import ModelUpdate
from model_keeper.library.index_text import as_text
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.chosen_models import Ids
from model_keeper.web.v1.jobs import Accepted, BatchAccepted, accept_batch, accepted

_AREA = "Updates"
_MOST_FETCHED = 200


@dataclass(frozen=True)
class UpdateCheckRequest:
    """Which models to look for updates of; without ``ids`` and ``query`` all."""

    ids: Ids = None
    query: Annotated[str, About("As the library is searched.", maxLength=2000)] = ""
    fresh: Annotated[bool, About("Ask again for what was gone lately.")] = False


@dataclass(frozen=True)
class UpdateListQuery:
    """Which updates to list."""

    ignored: Annotated[bool, About("Those that are ignored, too.")] = True
    limit: Annotated[int, About("Rows of a page.", minimum=1, maximum=1000)] = 100
    after: Annotated[str | None, About("`next` of the page before.", maxLength=100)] = None


@dataclass(frozen=True)
class InstalledVersion:
    """The version that is here."""

    version: Annotated[str, About("Its name.")]
    version_id: int
    base_model: str | None
    pinned: Annotated[bool, About("Of a commit that was chosen: the newest is of the branch.")]


@dataclass(frozen=True)
class NewestVersion:
    """The version that is offered, and its file that takes the place of the one that is here."""

    version_id: int
    name: str
    base_model: str | None
    published_at: Annotated[int | None, About("Ms UTC.")]
    size: Annotated[int | None, About("Bytes.")]
    file_name: str
    sha256: str | None
    url: str
    page_url: str | None


@dataclass(frozen=True)
class RefusedVersion:
    """A newer version that is no update: ``why`` is one of the words in docs/updates.md."""

    version_id: int
    name: str
    why: str


@dataclass(frozen=True)
class UpdateView:
    """A model with an update. ``model`` is its id in the library."""

    model: str
    name: str
    category: str
    installed: InstalledVersion
    newest: NewestVersion
    refused: Annotated[tuple[RefusedVersion, ...], About("The newest first.")]
    ignored: bool
    checked_at: Annotated[int, About("Ms UTC.")]


@dataclass(frozen=True)
class UpdateList:
    """The latest published first."""

    items: tuple[UpdateView, ...]
    next: str | None
    total: Annotated[int, About("On all pages.")]
    checked_at: Annotated[int | None, About("When anything was last looked for, ms UTC.")]


@dataclass(frozen=True)
class IgnoreRequest:
    """Ignore one version of the model at a place, or ``all`` that ever come; or no longer."""

    model: Annotated[str, About("Its id in the library.")]
    version_id: int | None = None
    all: bool = False
    ignored: bool = True


@dataclass(frozen=True)
class Ignoring:
    """How it is now."""

    model: str
    ignored: bool


@dataclass(frozen=True)
class UpdateFetchRequest:
    """The models whose updates are wanted."""

    models: Annotated[tuple[str, ...], About("Their ids.", minItems=1, maxItems=_MOST_FETCHED)]


class UpdatesApi:
    """Updates that the last checks found."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        known = ("model_not_in_library", "update_unknown")
        query = ("query_key_unknown", "query_value_wrong", "query_too_long")
        return [
            Route("POST", "updates/check", self.check, "Look for newer versions of models.",
                  Accepted, _AREA, 202, body=UpdateCheckRequest, errors=query),
            Route("GET", "updates", self.list, "Models with an update.", UpdateList, _AREA,
                  query=UpdateListQuery),
            Route("POST", "updates/ignore", self.ignore, "Ignore updates, or no longer.",
                  Ignoring, _AREA, body=IgnoreRequest, errors=known),
            Route("POST", "updates/fetch", self.fetch, "Download updates; old files stay.",
                  BatchAccepted, _AREA, 202, body=UpdateFetchRequest, errors=("roots_unknown",)),
        ]  # fmt: skip

    def check(self, body: UpdateCheckRequest) -> Accepted:
        enqueued = self._backend.library.updates.request_check(
            body.ids, body.query, fresh=body.fresh
        )
        return accepted(self._backend, enqueued)

    def list(self, query: UpdateListQuery) -> UpdateList:
        updates = self._backend.library.updates
        rows = updates.all(ignored=query.ignored)
        places = [row.place for row in rows]
        first = places.index(query.after) + 1 if query.after in places else 0
        shown = rows[first : first + query.limit]
        more = first + query.limit < len(rows)
        return UpdateList(
            items=tuple(map(update_view, shown)),
            next=shown[-1].place if more else None,
            total=len(rows),
            checked_at=updates.checked_at(),
        )

    def ignore(self, body: IgnoreRequest) -> Ignoring:
        if body.all is (body.version_id is not None):
            raise KeeperError("invalid_request", what="Name either a “version_id” or “all”.")
        self._backend.library.updates.ignore(body.model, body.version_id, ignored=body.ignored)
        return Ignoring(body.model, body.ignored)

    def fetch(self, body: UpdateFetchRequest) -> BatchAccepted:
        """An entry that cannot be fetched says why; the others go on."""
        intake = self._backend.intake(self._backend.model_folders())
        planned = self._backend.library.updates.plans(body.models, intake)
        return accept_batch(self._backend, planned, title=None)


def update_view(update: ModelUpdate) -> UpdateView:
    checked, offer = update.checked, update.offer
    return UpdateView(
        model=update.place,
        name=as_text(update.file.name),
        category=update.file.category,
        installed=InstalledVersion(
            checked.version_name, checked.version_id, checked.base_model, checked.pinned
        ),
        newest=NewestVersion(
            version_id=offer.version_id,
            name=offer.name,
            base_model=offer.base_model,
            published_at=offer.published_at,
            size=offer.size,
            file_name=offer.file_name,
            sha256=offer.sha256,
            url=offer.url,
            page_url=offer.page,
        ),
        refused=tuple(
            RefusedVersion(each.version_id, each.name, each.why.value)
            for each in checked.judgement.refused
        ),
        ignored=update.ignored,
        checked_at=checked.checked_at,
    )
