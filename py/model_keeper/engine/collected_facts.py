"""What a collection holds of a model beside its file: read for an export, and restored."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path

from model_keeper.domain.collection_json import MOST_PREVIEW_BYTES
from model_keeper.domain.collections import (
    CollectedModel,
    CollectedPreview,
    Difference,
    changed_fields,
    restored_marks,
    restored_metadata,
)
from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.metadata_json import to_json
from model_keeper.domain.model_files import ModelFile
from model_keeper.engine.library import Library
from model_keeper.engine.metadata_records import MetadataRecords
from model_keeper.engine.previews import ModelPreviews
from model_keeper.formats.reading import Broken
from model_keeper.library.index_text import folded
from model_keeper.library.model_stems import ModelStems
from model_keeper.library.picture_notes import PictureNote
from model_keeper.library.search import Found
from model_keeper.library.sidecar_places import ModelPlace, model_place
from model_keeper.library.sidecar_reading import FILE_KEY
from model_keeper.library.sidecar_shapes import JSON_READERS, TEXT_ENDINGS
from model_keeper.library.sidecar_text import read_json
from model_keeper.library.sidecars import Sidecars
from model_keeper.library.tree_walk import names_in

_ENDINGS = (".info", *JSON_READERS, *TEXT_ENDINGS)
_PREVIEW_PIXELS = 320


class CollectedFacts:
    """The words, marks and pictures of models. ``previews`` is only asked for where one is needed.

    Lists each folder once: make one for each piece of work.
    """

    def __init__(
        self,
        library: Library,
        sidecars: Sidecars,
        records: MetadataRecords,
        previews: Callable[[], ModelPreviews],
        folders: FolderTable,
    ) -> None:
        self._library = library
        self._sidecars = sidecars
        self._records = records
        self._previews = previews
        self._folders = folders
        self._names: dict[Path, tuple[ModelStems, frozenset[str]]] = {}
        self._kept = sidecars.kept()

    def said(self, file: ModelFile) -> ModelMetadata | None:
        """What the sidecars say; None where there are none, or the folder cannot be read."""
        place = ModelPlace(file.category, file.root, file.relative)
        stems, known = self._listed(place.path.parent)
        bases = {folded(place.name), folded(place.stem)}
        beside = any(base + ending in known for base in bases for ending in _ENDINGS)
        if not beside and self._sidecars.place_of(file.root, file.relative) not in self._kept:
            return None
        place = model_place(file.category, file.root, file.relative, stems)
        return self._sidecars.read(place, sha256=file.sha256, names=known).metadata

    def picture(self, file: ModelFile) -> CollectedPreview | None:
        """A small copy of what shows the model; None where nothing does or it is too large."""
        previews, place = self._previews(), _destination(file)
        with contextlib.suppress(KeeperError, Broken, OSError):
            seen = previews.look_up(self._folders, place)
            if seen is None:
                return None
            content = previews.thumbnails.of(seen.source, _PREVIEW_PIXELS, moving=False).result()
            if len(content) <= MOST_PREVIEW_BYTES:
                note = previews.note(seen.found)
                return CollectedPreview(content, None, note.chosen, note.nsfw_level, note.source)
        return None

    def difference(self, found: Found, model: CollectedModel) -> Difference:
        """What :meth:`restore` would change."""
        fields: tuple[str, ...] = ()
        if model.metadata is not None and not _is_written(found.file, model.metadata):
            present = self.said(found.file) or ModelMetadata()
            fields = changed_fields(present, restored_metadata(present, model.metadata).metadata)
        return Difference(
            fields,
            marks=restored_marks(found.marks, model.marks) != found.marks,
            preview=model.preview is not None and not self._is_shown(found.file),
        )

    def restore(self, found: Found, model: CollectedModel) -> bool:
        """Whether anything of it was new here.

        Raises KeeperError file_not_found, sidecar_unreadable, storage_failed, picture_unusable, …
        """
        changed = self._restore_words(found, model)
        marks = restored_marks(found.marks, model.marks)
        if marks != found.marks:
            self._library.mark(found.id, marks)
            changed = True
        preview = model.preview
        if preview is not None and preview.content is not None and not self._is_shown(found.file):
            note = PictureNote(preview.chosen, preview.nsfw_level, preview.source)
            place = _destination(found.file)
            changed |= self._previews().put(self._folders, place, preview.content, note)
        return changed

    def _restore_words(self, found: Found, model: CollectedModel) -> bool:
        said = model.metadata
        if said is None:
            return False
        written = self._records.update(found, lambda present: restored_metadata(present, said))
        return written.changed

    def _is_shown(self, file: ModelFile) -> bool:
        try:
            return self._previews().look_up(self._folders, _destination(file)) is not None
        except KeeperError:
            return True  # nothing could be put there either

    def _listed(self, folder: Path) -> tuple[ModelStems, frozenset[str]]:
        """The models in a folder, and all its names folded."""
        if folder not in self._names:
            names = names_in(str(folder), [""]).get("", [])
            self._names[folder] = (ModelStems(names), frozenset(map(folded, names)))
        return self._names[folder]


def _is_written(file: ModelFile, said: ModelMetadata) -> bool:
    """Whether our sidecar says this word for word: then there is nothing to be merged.

    It is so for nearly every model of a library that is compared with its own export.
    """
    place = ModelPlace(file.category, file.root, file.relative)
    for path in place.own:
        with contextlib.suppress(FileNotFoundError, KeeperError):
            return bool(read_json(path) == {FILE_KEY: place.name, **to_json(said)})
    return False


def _destination(file: ModelFile) -> Destination:
    return Destination(file.category, file.root, file.relative)
