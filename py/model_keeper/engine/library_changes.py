"""Moving, renaming and throwing away models with all their files, and taking it all back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import (
    Change,
    ChangeItem,
    ChangeKind,
    ItemState,
    NameChange,
    TrashedFile,
    is_slot,
)
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.places import known_place, new_place, place_of, renamed
from model_keeper.domain.ports import Control
from model_keeper.engine.change_runner import ChangeRunner, Plan, Wanted
from model_keeper.files.failures import file_failed
from model_keeper.library.change_plans import ChangePlans, Steps
from model_keeper.library.file_sets import read_file_set
from model_keeper.library.trash import TrashSpace, purge, space
from model_keeper.store import JobStore


@dataclass(frozen=True)
class Purged:
    """What was deleted for good. ``freed`` in bytes; ``problems`` are slots with their errors."""

    files: int = 0
    freed: int = 0
    problems: tuple[tuple[str, KeeperError], ...] = ()


class LibraryChanges:
    """Changes of model files, each with an ``id`` to undo it by. Blocks; safe for threads.

    Places are below roots of the folder table. A model goes with the files that belong to it. What
    cannot be done stands in the item of its model, and the rest is done. All of them raise
    KeeperError library_busy and database_unavailable, and Interrupted by ``control``.
    """

    def __init__(
        self,
        store: JobStore,
        runner: ChangeRunner,
        folders: Callable[[], FolderTable],
        host: str,
    ) -> None:
        self._store = store
        self._runner = runner
        self._folders = folders
        self._host = host

    def move(
        self,
        moves: Sequence[tuple[Destination, Destination]],
        *,
        kind: ChangeKind = ChangeKind.MOVE,
        control: Control | None = None,
    ) -> Change:
        """Each model from its first place to its second, across volumes too; never over a file."""
        return self._run(kind, self.wanted_moves(moves), control)

    def wanted_moves(self, moves: Sequence[tuple[Destination, Destination]]) -> list[Wanted]:
        """What :meth:`move` asks the runner for."""
        folders = self._folders()
        return _wanted(
            (model.path, partial(_move, folders, model, target)) for model, target in moves
        )

    def rename(self, model: Destination, name: str) -> Change:
        """Another name in the same folder, with the same ending."""
        folders = self._folders()

        def plan(plans: ChangePlans) -> Steps:
            return _move(folders, model, renamed(model, name), plans)

        return self._run(ChangeKind.RENAME, _wanted([(model.path, plan)]))

    def trash(self, models: Sequence[Destination], *, control: Control | None = None) -> Change:
        """Throw models away: they can be restored until they are purged."""
        return self._run(ChangeKind.TRASH, self.wanted_trash(models), control)

    def wanted_trash(self, models: Sequence[Destination]) -> list[Wanted]:
        """What :meth:`trash` asks the runner for."""
        folders = self._folders()
        return _wanted((model.path, partial(_trash, folders, model)) for model in models)

    def restore(self, item: str, *, to: Destination | None = None) -> Change:
        """Bring what was thrown away with one model back, to where it was or to another place.

        Raises KeeperError not_in_trash. Where the place is taken the item's error is
        restore_place_taken with ``free``, a name that is not.
        """
        return self._run(ChangeKind.RESTORE, _wanted([self._restoring(item, to)]))

    def restore_all(self, items: Sequence[str]) -> Change:
        """The same for many, all to where they were, as one change with an item for each."""
        return self._run(ChangeKind.RESTORE, _wanted(map(self._restoring, items)))

    def _restoring(self, item: str, to: Destination | None = None) -> tuple[str, Plan]:
        files = self._store.trash.of(self._host, item)
        if not files:
            raise KeeperError("not_in_trash", path=item)
        folders = self._folders()
        origin = next((file for file in files if file.is_model), files[0]).origin

        def plan(plans: ChangePlans) -> Steps:
            if to is None:
                place_of(folders, origin)
                return plans.restore(files)
            model = Destination(to.category, to.root, Path(origin).name)
            return plans.restore(files, new_place(folders, model, to, _is_folder))

        return origin, plan

    def undo(self, change_id: str, *, control: Control | None = None) -> Change:
        """Take a change back, whatever of it is left; the answer can be undone in its turn.

        Raises KeeperError change_unknown, change_undone.
        """
        change = self._store.file_changes.get(change_id)
        if not change.can_be_undone:
            raise KeeperError("change_undone", id=change_id)
        wanted = [
            Wanted(item.index, _undone_subject(item), partial(_inverse, item))
            for item in reversed(change.items)
            if item.can_be_undone
        ]
        return self._runner.run(
            ChangeKind.UNDO, self._folders(), wanted, undoes=change.id, control=control
        )

    def settle_cut(self) -> list[Change]:
        """For the start of a program: end or take back what one that was killed had begun."""
        return self._runner.settle_cut()

    def latest(self, limit: int = 100, *, before: str | None = None) -> list[Change]:
        """What was changed, newest first; ``before`` is the id of the last one of another page."""
        return self._store.file_changes.latest(self._host, limit, before=before)

    def count(self) -> int:
        """How many changes are remembered."""
        return self._store.file_changes.count(self._host)

    def get(self, change_id: str) -> Change:
        """Raises KeeperError change_unknown."""
        return self._store.file_changes.get(change_id)

    def trashed(self) -> dict[str, list[TrashedFile]]:
        """What is in the trash by item, the last thrown away first."""
        found: dict[str, list[TrashedFile]] = {}
        for file in self._store.trash.all(self._host):
            found.setdefault(file.item, []).append(file)
        return found

    def slots(self) -> frozenset[str]:
        """The places in trashes where something lies."""
        return self._store.trash.slots(self._host)

    def trash_space(self) -> list[TrashSpace]:
        """What the trash of each folder takes, and what emptying it would free."""
        return space(file.slot for file in self._store.trash.all(self._host))

    def purge(self, items: Sequence[str]) -> Purged:
        """Delete these items of the trash for good; a person said so."""
        files = [file for item in items for file in self._store.trash.of(self._host, item)]
        return self._purge(files)

    def expired(self) -> list[str]:
        """The items of the trash that were to be kept until now."""
        return list(dict.fromkeys(file.item for file in self._store.trash.expired(self._host)))

    def purge_expired(self) -> Purged:
        """Delete for good what was to be kept until now."""
        return self._purge(self._store.trash.expired(self._host))

    def names_changed(self, change: Change) -> list[NameChange]:
        """What workflows that name the models have to say now; nothing is written."""
        folders = self._folders()
        found = [
            name
            for old, new in self._paths_changed(change).values()
            for name in _name_changes(folders, old, new)
        ]
        return list(dict.fromkeys(found))

    def _paths_changed(self, change: Change) -> dict[int, tuple[str, str | None]]:
        """By item the path that a model had, and the one that is used instead, if any."""
        ended = {ItemState.DONE, ItemState.UNDONE}
        items = [item for item in change.items if item.state in ended]
        if change.undoes is None:
            found = {item.index: _path_changed(change.kind, item) for item in items}
            return {index: paths for index, paths in found.items() if paths is not None}
        undone = self._store.file_changes.get(change.undoes)
        if undone.kind is ChangeKind.DEDUPE:
            return {}  # both are here again, and each name is right
        before = self._paths_changed(undone)
        return {
            item.index: (new, old)
            for item in items
            for old, new in [before.get(item.index, ("", None))]
            if new is not None
        }

    def _run(
        self,
        kind: ChangeKind,
        wanted: Sequence[Wanted],
        control: Control | None = None,
    ) -> Change:
        return self._runner.run(kind, self._folders(), wanted, control=control)

    def _purge(self, files: Sequence[TrashedFile]) -> Purged:
        gone, freed = [], 0
        problems: list[tuple[str, KeeperError]] = []
        with self._runner.alone():
            for file in files:
                try:
                    freed += purge(file.slot)
                    gone.append(file.slot)
                except KeeperError as exc:
                    problems.append((file.slot, exc))
                except OSError as exc:
                    problems.append((file.slot, file_failed(exc, file.slot)))
            self._store.trash.forget(self._host, gone)
        return Purged(len(gone), freed, tuple(problems))


def _wanted(plans: Iterable[tuple[str, Plan]]) -> list[Wanted]:
    return [Wanted(index, subject, plan) for index, (subject, plan) in enumerate(plans)]


def _move(
    folders: FolderTable, model: Destination, target: Destination, plans: ChangePlans
) -> Steps:
    source = known_place(folders, model)
    place = new_place(folders, source, target, _is_folder)
    return plans.move(read_file_set(folders, source), place)


def _trash(folders: FolderTable, model: Destination, plans: ChangePlans) -> Steps:
    return plans.trash(read_file_set(folders, known_place(folders, model)))


def _inverse(item: ChangeItem, plans: ChangePlans) -> Steps:
    return plans.inverse(item)


def _undone_subject(item: ChangeItem) -> str:
    """Where the model is before it goes back."""
    return next((step.target for step in item.steps if step.is_model), item.subject)


def _path_changed(kind: ChangeKind, item: ChangeItem) -> tuple[str, str | None] | None:
    """What came out of the trash lies where it was named."""
    model = next((step for step in item.steps if step.is_model), None)
    if model is None or is_slot(model.source):
        return None
    if not is_slot(model.target):
        return model.source, model.target
    if kind is not ChangeKind.DEDUPE:
        return model.source, None
    kept, is_replaced = item.steps[0].source, item.steps[-1].target == model.source
    return None if is_replaced else (model.source, kept)


def _name_changes(folders: FolderTable, old: str, new: str | None) -> list[NameChange]:
    places = folders.locate(new) if new is not None else ()
    after = {place.category: place.relative for place in places}
    return [
        NameChange(place.category, place.relative, after.get(place.category))
        for place in folders.locate(old)
        if place.relative != after.get(place.category)
    ]


def _is_folder(path: str) -> bool:
    return Path(path).is_dir()
