"""Changes of models: moved, renamed, thrown away, marked; what was done, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.model_marks import ModelMarks, tidy_tags
from model_keeper.engine.change_desk import ChangeDesk, Handled, ModelResult, Target
from model_keeper.web.route import Route
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.change_shapes import (
    ActionRequest,
    ChangeAnswer,
    ChangeList,
    ChangesQuery,
    MoveRequest,
    NoRequest,
    PatchedList,
    PatchRequest,
    RenameRequest,
    TagsChange,
)
from model_keeper.web.v1.change_views import change_answer, change_view, patched_view

_AREA = "Changes"
_MOST_MARKED = 2_000
_REFUSED = (
    *("model_not_in_library", "roots_unknown", "library_busy", "invalid_request"),
    *("category_unknown", "root_unknown", "folder_read_only"),
)
_FOUND = ("query_key_unknown", "query_value_wrong", "query_too_long")


class ChangesApi:
    """Renames are done when the answer comes; what copies or compares bytes becomes a job."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def _desk(self) -> ChangeDesk:
        return self._backend.library.desk

    def routes(self) -> list[Route]:
        return [
            Route("GET", "library/changes", self.list, "What was changed, newest first.",
                  ChangeList, _AREA, query=ChangesQuery),
            Route("GET", "library/changes/{id}", self.get, "One change, model by model.",
                  ChangeAnswer, _AREA, errors=("change_unknown",)),
            Route("POST", "library/changes/{id}/undo", self.undo, "Take a change back.",
                  ChangeAnswer, _AREA, body=NoRequest,
                  errors=("change_unknown", "change_undone", "library_busy")),
            Route("POST", "library/workflows/patch", self.patch,
                  "Let stored workflows name what a change moved.", PatchedList, _AREA,
                  body=PatchRequest, errors=("change_unknown", "loader_table_unreadable")),
            Route("POST", "library/actions", self.act, "Do something with many models.",
                  ChangeAnswer, _AREA, body=ActionRequest, errors=(*_REFUSED, *_FOUND)),
            Route("POST", "library/{id}/move", self.move, "Put a model into another folder.",
                  ChangeAnswer, _AREA, body=MoveRequest, errors=_REFUSED),
            Route("POST", "library/{id}/rename", self.rename, "Give a model another name.",
                  ChangeAnswer, _AREA, body=RenameRequest, errors=_REFUSED),
            Route("POST", "library/{id}/trash", self.trash, "Throw a model away.",
                  ChangeAnswer, _AREA, body=NoRequest, errors=_REFUSED),
        ]  # fmt: skip

    def list(self, query: ChangesQuery) -> ChangeList:
        changes = self._backend.library.changes
        found = changes.latest(query.limit + 1, before=query.after)
        shown, trash = found[: query.limit], changes.slots()
        return ChangeList(
            items=tuple(change_view(change, trash) for change in shown),
            next=shown[-1].id if len(found) > len(shown) else None,
            total=changes.count(),
        )

    def get(self, id: str) -> ChangeAnswer:  # noqa: A002 - the name in the path
        change = self._backend.library.changes.get(id)
        return change_answer(
            self._backend, Handled(change=change, results=self._desk.results(change))
        )

    def undo(self, id: str, body: NoRequest) -> ChangeAnswer:  # noqa: A002 - the name in the path
        del body
        change = self._backend.library.changes.undo(id)
        return change_answer(
            self._backend, Handled(change=change, results=self._desk.results(change))
        )

    def patch(self, body: PatchRequest) -> PatchedList:
        changes = self._backend.library.changes
        changed = changes.names_changed(changes.get(body.change))
        results = self._backend.workflows.stored_workflows().patch(changed, body.paths)
        return PatchedList(tuple(map(patched_view, results)))

    def move(self, id: str, body: MoveRequest) -> ChangeAnswer:  # noqa: A002 - the name in the path
        return self._of_one(self._desk.move([id], _target(body)))

    def rename(self, id: str, body: RenameRequest) -> ChangeAnswer:  # noqa: A002 - as in the path
        return self._of_one(self._desk.rename(id, body.name))

    def trash(self, id: str, body: NoRequest) -> ChangeAnswer:  # noqa: A002 - the name in the path
        del body
        return self._of_one(self._desk.trash([id]))

    def act(self, body: ActionRequest) -> ChangeAnswer:
        chosen = self._desk.chosen(body.ids, body.query, body.category, body.without)
        if body.action == "move":
            return change_answer(
                self._backend, self._desk.move(chosen, _target(body.to or MoveRequest()))
            )
        if body.action == "trash":
            return change_answer(self._backend, self._desk.trash(chosen))
        if len(chosen) > _MOST_MARKED:
            what = f"These are {len(chosen)} models, and {_MOST_MARKED} are the most at once."
            raise KeeperError("invalid_request", what=what)
        if body.action == "tag" and body.tags is None:
            raise KeeperError("invalid_request", what="Name the “tags” to add or to remove.")
        return change_answer(self._backend, Handled(results=tuple(self._marked(chosen, body))))

    def _marked(self, chosen: Iterable[str], body: ActionRequest) -> Iterable[ModelResult]:
        models = self._backend.library.models
        for model in chosen:
            try:
                models.mark(model, _marks(models.get(model).marks, body))
                yield ModelResult(model, model)
            except KeeperError as error:
                yield ModelResult(model, error=error)

    def _of_one(self, handled: Handled) -> ChangeAnswer:
        """Raises what stopped the one model."""
        for result in handled.results:
            if result.error is not None:
                raise result.error
        return change_answer(self._backend, handled)


def _target(body: MoveRequest) -> Target:
    return Target(body.category, body.root, body.folder)


def _marks(marks: ModelMarks, body: ActionRequest) -> ModelMarks:
    if body.action == "favourite":
        return ModelMarks(body.favourite, marks.rating, marks.notes, marks.tags)
    change = body.tags or TagsChange()
    gone = set(tidy_tags(change.remove))
    kept = [tag for tag in marks.tags if tag not in gone]
    return ModelMarks(marks.favourite, marks.rating, marks.notes, tidy_tags([*kept, *change.add]))
