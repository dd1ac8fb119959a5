"""Stored workflows that name a model by where it was, and correcting them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import NameChange
from model_keeper.domain.patches import Change
from model_keeper.domain.references import Reference
from model_keeper.domain.spellings import can_be_said, meant_names, spelled
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.patch import changes_for
from model_keeper.workflows.patch_file import PatchedFile, write_patched
from model_keeper.workflows.reader import Workflow, read_workflow
from model_keeper.workflows.references import references

_MOST_FILES = 2_000
_MOST_BYTES = 16 << 20
_SEARCHED_BY_TEXT = 50
_WINDOWS = os.name == "nt"

Names = Mapping[tuple[str, str], "str | None"]


@dataclass(frozen=True)
class NamedPlace:
    """A place that names a model by ``old``. ``new``: what it has to say, None: nothing helps."""

    reference: Reference
    old: str
    new: str | None


@dataclass(frozen=True)
class NamingWorkflow:
    """A workflow with the places that have to change, and ``changes``, the patch that does it."""

    path: Path
    places: tuple[NamedPlace, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class PatchResult:
    """What became of one workflow."""

    path: str
    patched: PatchedFile | None = None
    error: KeeperError | None = None


class StoredWorkflows:
    """The workflows in some folders. Reads them when it is asked; writes one with a backup only."""

    def __init__(self, folders: Sequence[Path], loaders: Callable[[], LoaderTable]) -> None:
        self._folders = folders
        self._loaders = loaders

    def naming(self, changed: Collection[NameChange]) -> list[NamingWorkflow]:
        """Those that name a file by a name which it has no more, by path.

        The newest 2,000 are looked at. One that cannot be read names nothing. Raises KeeperError
        loader_table_unreadable.
        """
        if not changed or not self._folders:
            return []
        names = {(change.category, change.old): change.new for change in changed}
        needles = _needles(changed) if len(changed) <= _SEARCHED_BY_TEXT else None
        loaders: LoaderTable | None = None
        found = []
        for path in self._files():
            content = _content(path)
            if needles is not None and not any(needle in content for needle in needles):
                continue
            loaders = loaders or self._loaders()
            workflow = _workflow(content)
            if workflow is not None and (naming := _naming(path, workflow, loaders, names)):
                found.append(naming)
        return sorted(found, key=lambda each: each.path)

    def patch(self, changed: Collection[NameChange], paths: Sequence[str]) -> list[PatchResult]:
        """Correct those of :meth:`naming` that have these paths; the others are errors.

        The workflow from before is kept beside it.
        """
        known = {str(naming.path): naming for naming in self.naming(changed)}
        return [_patched(path, known.get(path)) for path in dict.fromkeys(paths)]

    def _files(self) -> list[Path]:
        found: dict[str, tuple[float, Path]] = {}
        for folder in self._folders:
            for path in _json_below(folder):
                try:
                    status = path.stat()
                except OSError:
                    continue
                if status.st_size <= _MOST_BYTES:
                    found.setdefault(os.path.realpath(path), (-status.st_mtime, path))
        return [path for _, path in sorted(found.values())[:_MOST_FILES]]


def _json_below(folder: Path) -> Iterator[Path]:
    """Hidden ones are not; nor is what a link leads to elsewhere."""
    top = os.path.realpath(folder)
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            path = Path(parent, name)
            if name.startswith(".") or not name.lower().endswith(".json"):
                continue
            if not path.is_symlink() or Path(top) in Path(os.path.realpath(path)).parents:
                yield path


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _workflow(content: bytes) -> Workflow | None:
    try:
        return read_workflow(content)
    except KeeperError:
        return None


def _needles(changed: Collection[NameChange]) -> list[bytes]:
    """What a file that names one of them has to hold, however JSON writes it."""
    stems = {PurePosixPath(change.old).stem for change in changed}
    texts = {
        json.dumps(stem, ensure_ascii=ascii_only)[1:-1]
        for stem in stems
        for ascii_only in (False, True)
    }
    return [text.encode("utf-8", "surrogatepass") for text in texts]


def _naming(
    path: Path, workflow: Workflow, loaders: LoaderTable, names: Names
) -> NamingWorkflow | None:
    places = [
        place
        for each in references(workflow, loaders)
        if (place := _named(each, names)) is not None
    ]
    if not places:
        return None
    changes = [
        change
        for place in places
        if place.new is not None
        for change in changes_for(workflow.document, place.reference, place.new)
    ]
    return NamingWorkflow(path, tuple(places), tuple(dict.fromkeys(changes)))


def _named(reference: Reference, names: Names) -> NamedPlace | None:
    """What a place says that nobody knows the folder of is not judged."""
    for old in meant_names(reference.value, reference.kind):
        key = (reference.category or "", old)
        if key not in names:
            continue
        new = names[key]
        value = spelled(new, reference.value, reference.kind, windows=_WINDOWS) if new else None
        if value is not None and not can_be_said(value, reference.kind):
            value = None
        return NamedPlace(reference, reference.value, value)
    return None


def _patched(path: str, naming: NamingWorkflow | None) -> PatchResult:
    if naming is None or not naming.changes:
        return PatchResult(path, error=KeeperError("workflow_not_naming", path=path))
    try:
        return PatchResult(path, write_patched(naming.path, naming.changes))
    except KeeperError as error:
        return PatchResult(path, error=error)
