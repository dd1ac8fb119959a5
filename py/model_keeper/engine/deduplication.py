"""Getting space back from duplicates: proven byte by byte, and each step can be undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from model_keeper.domain.duplicates import (
    DEFAULT_RULES,
    DuplicateGroup,
    Freeing,
    KeepRule,
    SameWeights,
)
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Action, Change, ChangeKind
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.places import place_of
from model_keeper.domain.ports import Control
from model_keeper.engine.change_runner import ChangeRunner, Wanted
from model_keeper.library.change_plans import ChangePlans, Steps
from model_keeper.library.duplicates import Duplicates
from model_keeper.library.file_changes import seen
from model_keeper.library.file_sets import read_file_set
from model_keeper.library.index import LibraryIndex
from model_keeper.store import JobStore

_ACTIONS = {
    Freeing.TRASH: None,
    Freeing.HARDLINK: Action.HARDLINK,
    Freeing.REFLINK: Action.REFLINK,
}


class Deduplication:
    """Finds duplicates and replaces them. Blocks; safe for threads."""

    def __init__(
        self,
        store: JobStore,
        index: LibraryIndex,
        runner: ChangeRunner,
        folders: Callable[[], FolderTable],
    ) -> None:
        self._store = store
        self._index = index
        self._runner = runner
        self._folders = folders

    def groups(self, rules: Sequence[KeepRule] = DEFAULT_RULES) -> list[DuplicateGroup]:
        """Files of one computed SHA256, the largest first. Raises index_unusable.

        Where no model folder is known, their order decides nothing.
        """
        uses = {use.path: use.runs for use in self._store.usage.all()}
        return Duplicates(self._index, self._known_folders()).find(uses, rules)

    def same_weights(self) -> Iterator[SameWeights]:
        """Files whose tensors are equal and whose headers are not, the largest first.

        They are told and never freed. Each set is looked at when it is asked for. Raises
        index_unusable.
        """
        return Duplicates(self._index, self._known_folders()).same_weights()

    def replace(
        self,
        keep: str,
        others: Sequence[str],
        how: Freeing,
        *,
        control: Control | None = None,
    ) -> Change:
        """Throw ``others`` away, each after it was compared with ``keep``, and link if wished.

        Paths as the index has them. Thrown away with their own files, or replaced by a link while
        those stay. An item's error is not_same_content, link_points_here, cannot_share, … Raises as
        :class:`~model_keeper.engine.library_changes.LibraryChanges`.
        """
        wanted = self.wanted([(keep, other) for other in others], how)
        return self._runner.run(ChangeKind.DEDUPE, self._folders(), wanted, control=control)

    def wanted(self, pairs: Sequence[tuple[str, str]], how: Freeing) -> list[Wanted]:
        """What :meth:`replace` asks the runner for, for pairs of what is kept and another."""
        folders = self._folders()
        return [
            Wanted(index, other, partial(self._plan, folders, keep, other, how))
            for index, (keep, other) in enumerate(pairs)
        ]

    def _known_folders(self) -> FolderTable:
        try:
            return self._folders()
        except KeeperError as error:
            if error.code != "roots_unknown":
                raise
            return FolderTable()

    def _plan(
        self, folders: FolderTable, keep: str, other: str, how: Freeing, plans: ChangePlans
    ) -> Steps:
        kept, place = place_of(folders, keep), place_of(folders, other)
        first, second = seen(Path(kept.path)), seen(Path(place.path))
        for path, found in ((kept.path, first), (place.path, second)):
            if found.link is not None:  # it holds no bytes
                raise KeeperError("link_points_here", path=found.link, link=path)
        if _are_one(kept.path, place.path):
            raise KeeperError("already_one_file", path=place.path, other=kept.path)
        if how is Freeing.TRASH:
            self._no_link_leads_to(place.path, second.size)
        return plans.replace(Path(kept.path), read_file_set(folders, place), _ACTIONS[how])

    def _no_link_leads_to(self, path: str, size: int) -> None:
        for file in self._index.with_size(size):
            link = Path(file.path)
            if link.is_symlink() and _are_one(file.path, path):
                raise KeeperError("link_points_here", path=path, link=file.path)


def _are_one(one: str, other: str) -> bool:
    try:
        return Path(one).samefile(other)
    except OSError:
        return False
