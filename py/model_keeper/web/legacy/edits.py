"""Changes of models: moved, renamed, described and thrown away, and no file is ever lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Change, ChangeItem, ItemState
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.metadata import PERSON, Preview
from model_keeper.engine.known_pictures import KnownPicture
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.form import Form
from model_keeper.web.legacy.places import Places
from model_keeper.web.legacy.sidecars import write_description
from model_keeper.web.route import Route

_AREA = "Models"
_NO_PREVIEW = "undefined"
_OURS = "/model-manager/preview/"


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

        All but the picture itself is checked before anything is changed. Raises KeeperError as
        PreviewRecovery.choose and LibraryChanges.move.
        """
        folders = self._backend.model_folders()
        places = Places(folders)
        model = places.place(type, index, filename)
        target = _target(places, body)
        described = Path(model.path).with_suffix(".md")
        if body.has("description"):
            places.check(described)
        self._change_preview(folders, model, body)
        if body.has("description"):
            write_description(described, body.text("description"))
        if target is not None and target != model:
            _refuse_failed(self._backend.library.changes.move([(model, target)]))

    def trash(self, type: str, index: str, filename: str) -> None:  # noqa: A002 - as in the path
        """With all that belongs to it, into the trash of its folder."""
        model = Places(self._backend.model_folders()).place(type, index, filename)
        _refuse_failed(self._backend.library.changes.trash([model]))

    def _change_preview(self, folders: FolderTable, model: Destination, body: Form) -> None:
        """A picture or an address is the person's choice; the word for none takes away what is.

        What was there is kept. The address of a preview of ours is what is there already.
        """
        picture, address = body.files.get("previewFile"), body.values.get("previewFile")
        previews = self._backend.library.previews
        if picture is not None:
            previews.choose(folders, model, picture)
        elif address == _NO_PREVIEW:
            previews.remove(folders, model)
        elif isinstance(address, str) and address.startswith(("https://", "http://")):
            chosen = KnownPicture(Preview(address), PERSON)
            self._backend.preview_recovery().choose(folders, model, chosen)
        elif address and not str(address).startswith(_OURS):
            what = "“previewFile” must be a picture, an address, or undefined."
            raise KeeperError("invalid_request", what=what)


def _target(places: Places, body: Form) -> Destination | None:
    if not body.has("type", "pathIndex", "fullname"):
        return None
    return places.new(body.text("type"), body.text("pathIndex"), body.text("fullname"))


def _refuse_failed(change: Change) -> None:
    """Raises what stopped the one model that the change was about."""
    item: ChangeItem = change.items[0]
    if item.state is not ItemState.DONE:
        raise KeeperError(item.error_code or "internal", **item.error_details)
