"""Organising a library by a template: a plan to look at, and one change that can be undone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from model_keeper.domain.file_changes import Change, ChangeKind
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.organising import Candidate, Placement, organised, values_of
from model_keeper.domain.ports import Control
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.library.index import LibraryIndex
from model_keeper.library.places import place_key

Values = Callable[[ModelFile], Mapping[str, str]]

_PAGE = 1000


def values_with(read: Callable[[ModelFile], ModelMetadata]) -> Values:
    """What the index knows, and what ``read`` finds written where a template needs it."""
    return lambda file: _Values(file, read)


class _Values(Mapping[str, str]):
    """A sidecar is read only if the template names what it alone can tell."""

    def __init__(self, file: ModelFile, read: Callable[[ModelFile], ModelMetadata]) -> None:
        self._file = file
        self._read = read
        self._known = values_of(file)

    def __getitem__(self, name: str) -> str:
        if name not in self._known and name in {"base", "creator"}:
            said = self._read(self._file)
            self._known.setdefault("base", said.base_model or "")
            self._known["creator"] = said.creator or ""
        return self._known[name]

    def __iter__(self) -> Iterator[str]:
        return iter({*self._known, "base", "creator"})

    def __len__(self) -> int:
        return len(set(self))


class Organising:
    """Plans from the index; moves nothing before :meth:`apply`."""

    def __init__(
        self, index: LibraryIndex, changes: LibraryChanges, values: Values = values_of
    ) -> None:
        """``values``: what is known of a file for a template, by the names in it."""
        self._index = index
        self._changes = changes
        self._values = values

    def plan(
        self, category: str, template: str, *, only: Collection[str] | None = None
    ) -> list[Placement]:
        """Where the models of a category that can be read would go, each within its root.

        ``only``: none but those with these ids. Raises KeeperError template_unusable,
        index_unusable.
        """
        files = self._files(category)
        candidates = [
            Candidate(file, self._values(file))
            for file in files
            if file.online
            and (only is None or place_key(file.category, file.root, file.relative) in only)
        ]
        taken = [(file.root, file.relative) for file in files]
        return organised(template, candidates, taken)

    def apply(self, plan: Sequence[Placement], *, control: Control | None = None) -> Change:
        """All moves as one change; raises as :meth:`LibraryChanges.move`."""
        moves = [(each.model, each.target) for each in plan]
        return self._changes.move(moves, kind=ChangeKind.ORGANISE, control=control)

    def _files(self, category: str) -> list[ModelFile]:
        files: list[ModelFile] = []
        page = self._index.page(category, limit=_PAGE)
        files += page.items
        while page.next is not None:
            page = self._index.page(category, after=page.next, limit=_PAGE)
            files += page.items
        return files
