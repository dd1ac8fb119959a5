"""Broken files: which there are, and getting them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.engine.broken_files import BrokenFiles
from model_keeper.engine.submission import Submission
from model_keeper.library.search import Found
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.change_shapes import NoRequest
from model_keeper.web.v1.jobs import Accepted
from model_keeper.web.v1.library import model_view, page_view, search_of
from model_keeper.web.v1.library_shapes import LibraryQueryView, ModelList, ModelView
from model_keeper.web.views import JobViews

_AREA = "Library"


@dataclass(frozen=True)
class BrokenView(ModelView):
    """A file that cannot be read, and whether it can be had again."""

    source: Annotated[str | None, About("Where it can be got again; null: nobody knows.")]
    job: Annotated[str | None, About("The download that is on its way to its place.")]


@dataclass(frozen=True)
class BrokenList(ModelList):
    """A page of broken files."""

    items: tuple[BrokenView, ...]


class BrokenApi:
    """Broken files. The list asks nobody outside; what replaces one is a download."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def _broken(self) -> BrokenFiles:
        return self._backend.library.broken

    def routes(self) -> list[Route]:
        query = ("query_key_unknown", "query_value_wrong", "query_too_long", "invalid_request")
        refusals = ("model_not_in_library", "model_not_broken", "source_unknown")
        return [
            Route("GET", "library/broken", self.list, "Models that cannot be read.", BrokenList,
                  _AREA, query=LibraryQueryView, errors=query),
            Route("POST", "library/{id}/get-again", self.get_again,
                  "Download a broken file again, into its place.", Accepted, _AREA, 202,
                  body=NoRequest,
                  errors=(*refusals, "file_changed_since", "destination_busy", "not_found",
                          "choice_needed", "roots_unknown")),
        ]  # fmt: skip

    def list(self, query: LibraryQueryView) -> BrokenList:
        page = self._backend.library.models.search(f"is:broken {query.q}", search_of(query))
        items = tuple(self._view(found) for found in page.items)
        return BrokenList(items=items, **page_view(self._backend.library.models, page))

    def get_again(self, id: str, body: NoRequest) -> Accepted:  # noqa: A002 - the name in the path
        """The broken file stays until the new one is proven, and then goes into the trash."""
        del body
        plan = self._broken.plan(id, self._backend.intake(self._backend.model_folders()))
        submitted = Submission(self._backend.store).one(plan)
        self._backend.wake_worker()
        return Accepted(JobViews(self._backend.store).one(submitted.job), submitted.deduplicated)

    def _view(self, found: Found) -> BrokenView:
        source = self._broken.source(found.file)
        job = self._broken.on_its_way(found.file)
        return BrokenView(
            **vars(model_view(found)), source=source.link if source else None, job=job
        )
