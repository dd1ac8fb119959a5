"""Changes of models: moved, renamed, described and thrown away, and no file is ever lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Change, ChangeItem, ItemState
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.companions import picture_ending, write_beside
from model_keeper.web.legacy.form import Form
from model_keeper.web.legacy.places import Places
from model_keeper.web.legacy.sidecars import names_in, preview_name, write_description
from model_keeper.web.route import Route

_AREA = "Models"
_NO_PREVIEW = "undefined"


class EditsApi:
    """Every move and deletion goes through the journal of changes and can be undone."""

    def __init__(self, backend: LegacyBackend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        path = "model/{type}/{index}/{filename:.*}"
        return [
            Route("PUT", path, self.change, "Change a model.", Any, _AREA, body=Form),
            Route("DELETE", path, self.trash, "Throw a model away.", Any, _AREA),
        ]

    def change(self, type: str, index: str, filename: str, body: Form) -> None:  # noqa: A002 - as in the path
        """Its preview, its description, its place: whichever the form names, in this order.

        All is checked before anything is changed. Raises KeeperError panel_cannot, and as
        LibraryChanges.move.
        """
        places = Places(self._backend.model_folders())
        model = places.place(type, index, filename)
        path = Path(model.path)
        target = _target(places, body)
        preview = self._preview(path, body)
        described = path.with_suffix(".md")
        if body.has("description"):
            places.check(described)
        if preview is not None:
            write_beside(path, *preview)
        if body.has("description"):
            write_description(described, body.text("description"))
        if target is not None and target != model:
            _refuse_failed(self._backend.library.changes.move([(model, target)]))

    def trash(self, type: str, index: str, filename: str) -> None:  # noqa: A002 - as in the path
        """With all that belongs to it, into the trash of its folder."""
        model = Places(self._backend.model_folders()).place(type, index, filename)
        _refuse_failed(self._backend.library.changes.trash([model]))

    @staticmethod
    def _preview(model: Path, body: Form) -> tuple[str, bytes] | None:
        """The first preview of a model; what would replace or remove one is refused."""
        picture = body.files.get("previewFile")
        address = body.values.get("previewFile")
        if picture is None and address is None:
            return None
        has_one = preview_name(model.stem, names_in(model.parent)) is not None
        if address == _NO_PREVIEW and not has_one:
            return None
        ending = picture_ending(picture) if picture is not None else None
        if has_one or picture is None or ending is None:
            raise KeeperError("panel_cannot", what="replace or remove a preview")
        return ending, picture


def _target(places: Places, body: Form) -> Destination | None:
    if not body.has("type", "pathIndex", "fullname"):
        return None
    return places.new(body.text("type"), body.text("pathIndex"), body.text("fullname"))


def _refuse_failed(change: Change) -> None:
    """Raises what stopped the one model that the change was about."""
    item: ChangeItem = change.items[0]
    if item.state is not ItemState.DONE:
        raise KeeperError(item.error_code or "internal", **item.error_details)
