"""The trash: what lies in it, bringing it back, and deleting it for good."""

from __future__ import annotations

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.library.index_text import as_text
from model_keeper.web.problems import problem_view
from model_keeper.web.route import Route
from model_keeper.web.v1.backend import Backend
from model_keeper.web.v1.change_shapes import (
    ChangeAnswer,
    PurgedProblem,
    PurgedView,
    PurgeRequest,
    TrashList,
    TrashRestoreRequest,
)
from model_keeper.web.v1.change_views import change_answer, trash_view

_AREA = "Changes"


class TrashApi:
    """Nothing but purging ever deletes a model."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    @property
    def _changes(self) -> LibraryChanges:
        return self._backend.library.changes

    def routes(self) -> list[Route]:
        return [
            Route("GET", "library/trash", self.list, "What was thrown away.", TrashList, _AREA),
            Route("POST", "library/trash/restore", self.restore, "Bring models back.",
                  ChangeAnswer, _AREA, body=TrashRestoreRequest, errors=("library_busy",)),
            Route("POST", "library/trash/purge", self.purge, "Delete models for good.",
                  PurgedView, _AREA, body=PurgeRequest,
                  errors=("library_busy", "invalid_request", "not_in_trash")),
        ]  # fmt: skip

    def list(self) -> TrashList:
        trashed = self._changes.trashed()
        folders = self._folders()
        items = tuple(trash_view(item, files, folders) for item, files in trashed.items())
        freed = sum(space.freed for space in self._changes.trash_space())
        return TrashList(items, None, len(items), freed)

    def restore(self, body: TrashRestoreRequest) -> ChangeAnswer:
        return change_answer(self._backend, self._backend.library.desk.restore(body.ids))

    def purge(self, body: PurgeRequest) -> PurgedView:
        if body.all == bool(body.ids):
            raise KeeperError("invalid_request", what="Name either “ids” or “all”.")
        trashed = self._changes.trashed()
        chosen = tuple(trashed) if body.all else body.ids
        unknown = next((item for item in chosen if item not in trashed), None)
        if unknown is not None:
            raise KeeperError("not_in_trash", path=unknown)
        purged = self._changes.purge(chosen)
        problems = tuple(
            PurgedProblem(as_text(path), problem_view(error)) for path, error in purged.problems
        )
        return PurgedView(purged.files, purged.freed, problems)

    def _folders(self) -> FolderTable:
        try:
            return self._backend.model_folders()
        except KeeperError:
            return FolderTable()  # what was thrown away is shown even so
