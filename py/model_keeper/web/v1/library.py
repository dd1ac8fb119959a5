"""The library: find models, say what one thinks of them, and have them scanned and hashed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from model_keeper.domain.model_marks import ModelMarks, tidy_tags
from model_keeper.engine.library import Library
from model_keeper.library.index_text import as_text
from model_keeper.library.search import Facets, Found, Search, SearchPage
from model_keeper.library.summaries import Share
from model_keeper.web.route import Route
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.jobs import Accepted, accepted
from model_keeper.web.v1.library_shapes import (
    FacetsView,
    FacetView,
    HashRequest,
    LibraryQueryView,
    MarksPatch,
    MarksView,
    ModelList,
    ModelView,
    ScanRequest,
    ShareView,
    SpaceView,
)

_AREA = "Library"


class LibraryApi:
    """Answers come from the index; none waits for a scan."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def _library(self) -> Library:
        return self._backend.library.models

    def routes(self) -> list[Route]:
        query = ("query_key_unknown", "query_value_wrong", "query_too_long", "invalid_request")
        found = ("model_not_in_library",)
        return [
            Route("GET", "library", self.list, "Find models.", ModelList, _AREA,
                  query=LibraryQueryView, errors=(*query, "index_unusable")),
            Route("POST", "library/scan", self.scan, "Look at all folders again.", Accepted, _AREA,
                  202, body=ScanRequest, errors=("roots_unknown",)),
            Route("POST", "library/hash", self.hash, "Hash models in the background.", Accepted,
                  _AREA, 202, body=HashRequest, errors=(*found, *query)),
            Route("GET", "library/space", self.space, "What takes how much room.", SpaceView,
                  _AREA),
            Route("GET", "library/{id}", self.get, "One model.", ModelView, _AREA, errors=found),
            Route("PATCH", "library/{id}", self.mark, "Change its favourite, rating, notes, tags.",
                  ModelView, _AREA, body=MarksPatch, errors=(*found, "invalid_request")),
        ]  # fmt: skip

    def list(self, query: LibraryQueryView) -> ModelList:
        page = self._library.search(query.q, search_of(query))
        return ModelList(items=tuple(map(model_view, page.items)), **page_view(self._library, page))

    def get(self, id: str) -> ModelView:  # noqa: A002 - the name in the path
        return model_view(self._library.get(id))

    def mark(self, id: str, body: MarksPatch) -> ModelView:  # noqa: A002 - the name in the path
        marks = patched_marks(self._library.get(id).marks, body)
        return model_view(self._library.mark(id, marks))

    def scan(self, body: ScanRequest) -> Accepted:
        del body
        return accepted(self._backend, self._library.request_scan(self._backend.model_folders()))

    def hash(self, body: HashRequest) -> Accepted:
        desk, places = self._backend.library.desk, None
        if (body.ids, body.query) != (None, None):
            places = desk.chosen(body.ids, body.query, body.category, body.without)
        return accepted(self._backend, self._library.request_hashes(places))

    def space(self) -> SpaceView:
        space = self._library.space()
        return SpaceView(
            files=space.total.files,
            bytes=space.total.bytes,
            by_category=_shares(space.by_category),
            by_base_model=_shares(space.by_base_model),
            by_root=_shares(space.by_root),
            by_last_use=_shares(space.by_last_use),
        )


def search_of(query: LibraryQueryView) -> Search:
    """The page that is asked for."""
    return Search(
        category=query.category,
        sort=query.sort,
        backwards=query.backwards,
        limit=query.limit,
        after=query.after,
        offset=query.offset,
        facets=query.facets,
    )


def page_view(library: Library, page: SearchPage) -> dict[str, Any]:
    """What a page of models says beside its items."""
    state = library.scan_state()
    return {
        "next": page.next,
        "total": page.total,
        "facets": facets_view(page.facets) if page.facets else None,
        "scanned_at": state.scanned_at,
        "scanning": state.scanning,
    }


def model_view(found: Found) -> ModelView:
    file, header = found.file, found.file.header
    return ModelView(
        id=found.id,
        category=file.category,
        root=as_text(file.root),
        relative=as_text(file.relative),
        name=as_text(file.name),
        size=file.size,
        changed_at=file.mtime_ns // 1_000_000,
        online=file.online,
        format=header.format,
        base_model=found.base_model,
        kind=header.kind,
        precision=header.precision,
        title=found.title,
        trigger_words=header.trigger_words,
        problem=header.problem,
        hashes=file.hashes,
        claimed=file.claimed,
        runs=found.runs,
        last_used=found.last_run or None,
        completeness=found.completeness,
        missing=found.missing,
        has_preview=found.has_preview,
        preview_nsfw_level=found.preview_nsfw_level,
        marks=MarksView(
            found.marks.favourite, found.marks.rating, found.marks.notes, found.marks.tags
        ),
    )


def facets_view(facets: Facets) -> FacetsView:
    return FacetsView(
        _counted(facets.category), _counted(facets.base_model), _counted(facets.format)
    )


def patched_marks(marks: ModelMarks, patch: MarksPatch) -> ModelMarks:
    """The marks with what the patch names. Raises invalid_request."""
    return ModelMarks(
        favourite=marks.favourite if patch.favourite is None else patch.favourite,
        rating=marks.rating if patch.rating is None else patch.rating,
        notes=marks.notes if patch.notes is None else patch.notes,
        tags=marks.tags if patch.tags is None else tidy_tags(patch.tags),
    )


def _counted(counts: Mapping[str | None, int]) -> tuple[FacetView, ...]:
    return tuple(FacetView(value, count) for value, count in counts.items())


def _shares(shares: Iterable[Share]) -> tuple[ShareView, ...]:
    return tuple(ShareView(share.value, share.files, share.bytes) for share in shares)
