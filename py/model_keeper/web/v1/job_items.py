"""What became of each item of a job; and a job as a refresh task."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Job
from model_keeper.domain.queue import Item, ItemState
from model_keeper.domain.vocabularies import Vocabulary, described
from model_keeper.engine.item_jobs import item_error
from model_keeper.library.index_text import as_text
from model_keeper.web.problems import ProblemView, problem_view
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend

_AREA = "Jobs"
_MOST_MODELS = 1_000


@dataclass(frozen=True)
class ItemListQuery:
    """Which items of a job to list."""

    state: Annotated[tuple[ItemState, ...], About("Any of these, by commas.")] = ()
    limit: Annotated[int, About("Rows of a page.", minimum=1, maximum=1000)] = 100
    after: Annotated[
        int | None, About("`next` of the page before.", minimum=0, maximum=2**31 - 1)
    ] = None


@dataclass(frozen=True)
class ItemView:
    """One item of a job. ``model`` is its id in the library, where it is a model of it."""

    idx: int
    key: str
    model: str | None
    name: str
    state: ItemState
    outcome: Annotated[str | None, About("What it counts as in the job's result.")]
    error: ProblemView | None


@dataclass(frozen=True)
class ItemList:
    """In the order in which they are worked through."""

    items: tuple[ItemView, ...]
    next: int | None
    total: Annotated[int, About("Of the wanted states.")]
    counts: Annotated[Mapping[str, int], About("By state, whatever is wanted.")]


@dataclass(frozen=True)
class RefreshTaskView:
    """A job as a task of a refresh. ``progress`` is from 0 to 1."""

    id: str
    type: Annotated[str, About("metadata, preview or full.")]
    models: Annotated[tuple[str, ...], About("Their names, the first thousand.")]
    priority: Annotated[str, About("low, normal or high.")]
    progress: float
    status: Annotated[str, About("pending, running, completed or failed.")]
    error: str | None


class JobItemsApi:
    """Jobs that work through items."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        found = ("job_not_found",)
        return [
            Route("GET", "jobs/{id}/items", self.list, "The items that a job works through.",
                  ItemList, _AREA, query=ItemListQuery, errors=found),
            Route("GET", "tasks/{id}", self.task, "A job as a refresh task.", RefreshTaskView,
                  _AREA, errors=found),
        ]  # fmt: skip

    def list(self, id: str, query: ItemListQuery) -> ItemList:  # noqa: A002 - the name in the path
        job, items = self._backend.store.jobs.get(id), self._backend.store.items
        after = -1 if query.after is None else query.after
        rows = items.page(job.id, states=query.state, limit=query.limit + 1, after=after)
        shown, counts = rows[: query.limit], items.counts(job.id)
        return ItemList(
            items=tuple(map(self._view, shown)),
            next=shown[-1].idx if len(rows) > query.limit else None,
            total=sum(counts[state] for state in query.state or counts),
            counts={state.value: count for state, count in counts.items()},
        )

    def task(self, id: str) -> RefreshTaskView:  # noqa: A002 - the name in the path
        job = self._backend.store.jobs.get(id)
        items = self._backend.store.items.page(job.id, limit=_MOST_MODELS)
        return refresh_task(job, [self._view(item).name for item in items])

    def _view(self, item: Item) -> ItemView:
        try:
            name = as_text(self._backend.library.models.get(item.key).file.name)
            model: str | None = item.key
        except KeeperError as error:
            if error.code != "model_not_in_library":
                raise
            name, model = item.key, None
        problem = item_error(item)
        return ItemView(
            idx=item.idx,
            key=item.key,
            model=model,
            name=as_text(item.data.get("name") or name),
            state=item.state,
            outcome=item.data.get("outcome"),
            error=None if problem is None else problem_view(problem),
        )


def refresh_task(job: Job, models: Sequence[str]) -> RefreshTaskView:
    payload: dict[str, Any] = {**job.payload, "models": list(models)} if models else {**job.payload}
    said = described(replace(job, payload=payload), (), Vocabulary.REFRESH)
    return RefreshTaskView(**{**said, "models": tuple(said["models"])})
