"""Tidying: duplicates that are freed, and models that are put into folders by a template."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from model_keeper.domain.duplicates import DuplicateGroup, Freeing, SameWeights
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.organising import Placement
from model_keeper.library.index_text import as_text
from model_keeper.library.places import place_key
from model_keeper.web.route import Route
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.change_shapes import ChangeAnswer
from model_keeper.web.v1.change_views import change_answer
from model_keeper.web.v1.library import model_view
from model_keeper.web.v1.library_shapes import ModelView
from model_keeper.web.v1.tidying_shapes import (
    DuplicatesList,
    DuplicatesView,
    FreeingPlan,
    FreeingRequest,
    FreeingView,
    OrganisePlan,
    OrganiseRequest,
    PlacementView,
    SameWeightsView,
    VariantView,
)

_AREA = "Changes"
_MOST_SAME_WEIGHTS = 100


class TidyingApi:
    """Plans change nothing; what is applied can be undone."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        unusable = ("template_unusable", "category_unknown", "invalid_request")
        wrong = ("invalid_request", "model_not_in_library")
        return [
            Route("GET", "library/duplicates", self.duplicates, "Models that are here twice.",
                  DuplicatesList, _AREA),
            Route("POST", "library/duplicates/plan", self.plan_freeing,
                  "What freeing duplicates would do.", FreeingPlan, _AREA, body=FreeingRequest,
                  errors=wrong),
            Route("POST", "library/duplicates/apply", self.free, "Free duplicates.", ChangeAnswer,
                  _AREA, body=FreeingRequest, errors=wrong),
            Route("POST", "library/organise/plan", self.plan_organising,
                  "Where models would go by a template.", OrganisePlan, _AREA,
                  body=OrganiseRequest, errors=unusable),
            Route("POST", "library/organise/apply", self.organise, "Move them there.",
                  ChangeAnswer, _AREA, body=OrganiseRequest, errors=(*unusable, "library_busy")),
        ]  # fmt: skip

    def duplicates(self) -> DuplicatesList:
        deduplication = self._backend.library.deduplication
        views = []
        for group in deduplication.groups():
            names = [name for file in group.files for name in file.names]
            views.append(
                DuplicatesView(
                    sha256=group.sha256,
                    size=group.keep.size,
                    files=len(group.files),
                    bytes_freed=group.freed(),
                    kept=_id(names[0]),
                    items=self._models(names),
                )
            )
        same = list(islice(deduplication.same_weights(), _MOST_SAME_WEIGHTS + 1))
        return DuplicatesList(
            items=tuple(views),
            next=None,
            total=len(views),
            bytes_freed=sum(view.bytes_freed for view in views),
            same_weights=tuple(map(self._same_weights, same[:_MOST_SAME_WEIGHTS])),
            more_same_weights=len(same) > _MOST_SAME_WEIGHTS,
        )

    def plan_freeing(self, body: FreeingRequest) -> FreeingPlan:
        views = tuple(_freeing(group, body.how) for group in self._groups(body))
        return FreeingPlan(views, None, len(views), sum(view.bytes_freed for view in views))

    def free(self, body: FreeingRequest) -> ChangeAnswer:
        handled = self._backend.library.desk.deduplicate(self._groups(body), body.how)
        return change_answer(self._backend, handled)

    def plan_organising(self, body: OrganiseRequest) -> OrganisePlan:
        views = tuple(map(_placement, self._placements(body)))
        return OrganisePlan(views, None, len(views))

    def organise(self, body: OrganiseRequest) -> ChangeAnswer:
        handled = self._backend.library.desk.organise(self._placements(body))
        return change_answer(self._backend, handled)

    def _same_weights(self, same: SameWeights) -> SameWeightsView:
        variants = (
            VariantView(each.sha256, each.size, len(each.files), self._models(each.names))
            for each in same.variants
        )
        return SameWeightsView(same.tensors, tuple(variants))

    def _models(self, names: Iterable[ModelFile]) -> tuple[ModelView, ...]:
        models = self._backend.library.models
        return tuple(model_view(models.get(_id(name))) for name in names)

    def _groups(self, body: FreeingRequest) -> list[DuplicateGroup]:
        groups = self._backend.library.deduplication.groups(body.keep)
        wanted = None if body.sha256s is None else {sha256.lower() for sha256 in body.sha256s}
        return [
            _keeping(group, body.chosen.get(group.sha256))
            for group in groups
            if wanted is None or group.sha256 in wanted
        ]

    def _placements(self, body: OrganiseRequest) -> list[Placement]:
        if (body.category, body.ids, body.query) == (None, None, None):
            what = "Name a “category”, “ids” or a “query”."
            raise KeeperError("invalid_request", what=what)
        library = self._backend.library
        only = None
        categories = {body.category} if body.category is not None else set()
        if body.ids is not None or body.query is not None:
            only = set(library.desk.chosen(body.ids, body.query, body.category))
            categories = {library.models.get(model).file.category for model in only}
        for category in categories:
            self._backend.model_folders().of(category)
        return [
            placement
            for category in sorted(categories)
            for placement in library.organising.plan(category, body.template, only=only)
        ]


def _keeping(group: DuplicateGroup, model: str | None) -> DuplicateGroup:
    """The group with a person's choice. Raises KeeperError model_not_in_library."""
    if model is None:
        return group
    for file in group.files:
        for name in file.names:
            if _id(name) == model:
                return group.keeping(name.path)
    raise KeeperError("model_not_in_library", id=model)


def _freeing(group: DuplicateGroup, how: Freeing) -> FreeingView:
    others: Sequence[ModelFile] = [name for file in group.others for name in file.names]
    return FreeingView(
        sha256=group.sha256,
        kept=_id(group.keep.names[0]),
        others=tuple(map(_id, others)),
        bytes_freed=group.freed(how),
    )


def _placement(placement: Placement) -> PlacementView:
    model, target = placement.model, placement.target
    return PlacementView(
        id=place_key(model.category, model.root, model.relative),
        category=model.category,
        root=as_text(model.root),
        old=as_text(model.relative),
        new=as_text(target.relative),
        why=placement.why,
    )


def _id(file: ModelFile) -> str:
    return place_key(file.category, file.root, file.relative)
