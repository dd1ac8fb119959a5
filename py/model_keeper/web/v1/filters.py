"""Saved filters: searches of the library under names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.domain.saved_filters import SavedFilter
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend

_AREA = "Library"


@dataclass(frozen=True)
class FilterView:
    """A search under a name."""

    name: str
    query: Annotated[str, About("In the search language.")]
    category: Annotated[str | None, About("Only this ComfyUI folder.")]


@dataclass(frozen=True)
class FilterList:
    """By name."""

    items: tuple[FilterView, ...]


@dataclass(frozen=True)
class FilterRequest:
    """What the filter finds."""

    query: Annotated[str, About("In the search language.", maxLength=2000)]
    category: Annotated[str | None, About("Only this ComfyUI folder.", maxLength=200)] = None


class FiltersApi:
    """Kept with the settings: every browser has the same."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        query = ("query_key_unknown", "query_value_wrong", "query_too_long", "invalid_request")
        return [
            Route("GET", "filters", self.list, "Saved searches.", FilterList, _AREA),
            Route("PUT", "filters/{name}", self.put, "Save a search under a name.", FilterView,
                  _AREA, body=FilterRequest, errors=query),
            Route("DELETE", "filters/{name}", self.remove, "Forget a saved search.", FilterList,
                  _AREA, errors=("filter_unknown",)),
        ]  # fmt: skip

    def list(self) -> FilterList:
        found = self._backend.store.filters.all()
        return FilterList(tuple(FilterView(each.name, each.query, each.category) for each in found))

    def put(self, name: str, body: FilterRequest) -> FilterView:
        self._backend.store.filters.put(SavedFilter(name, body.query, body.category))
        return FilterView(name, body.query, body.category)

    def remove(self, name: str) -> FilterList:
        self._backend.store.filters.remove(name)
        return self.list()
