"""Where people ask for changes of models: done at once where it is quick, else by the worker."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from model_keeper.domain.change_orders import MOST_MODELS, ChangeOrder, OrderRow
from model_keeper.domain.downloads import Destination
from model_keeper.domain.duplicates import DuplicateGroup, Freeing
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Change, ChangeItem, ChangeKind, ItemState, is_slot
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Job
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.organising import Placement
from model_keeper.domain.places import renamed
from model_keeper.engine.change_jobs import Orders, change_job
from model_keeper.engine.library import Library
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.library.places import place_key
from model_keeper.library.search import Found
from model_keeper.library.space import nearest_present
from model_keeper.library.volumes import Volumes
from model_keeper.store import JobStore

_QUICK_MODELS = 200


@dataclass(frozen=True)
class Target:
    """Where models shall go; None is as it is now. An empty ``folder`` is the root itself."""

    category: str | None = None
    root: str | None = None
    folder: str | None = None


@dataclass(frozen=True)
class ModelResult:
    """What became of one model: ``new_id`` where it lies elsewhere now.

    ``source`` and ``target`` are paths, as far as they are known; no target is the trash.
    """

    id: str
    new_id: str | None = None
    error: KeeperError | None = None
    source: str | None = None
    target: str | None = None


@dataclass(frozen=True)
class Handled:
    """``change`` as it ended, or the ``job`` that a worker does; neither where nothing was left.

    ``results`` has one row for each model that is settled: refused ones where there is a job.
    """

    change: Change | None = None
    job: Job | None = None
    results: tuple[ModelResult, ...] = ()


class ChangeDesk:
    """Renames are done at once; what copies or compares bytes, or is long, is a job.

    Raises KeeperError index_unusable, and as
    :class:`~model_keeper.engine.library_changes.LibraryChanges`.
    """

    def __init__(
        self,
        store: JobStore,
        models: Library,
        changes: LibraryChanges,
        orders: Orders,
        folders: Callable[[], FolderTable],
    ) -> None:
        self._store = store
        self._models = models
        self._changes = changes
        self._orders = orders
        self._folders = folders

    def chosen(
        self,
        ids: Sequence[str] | None,
        query: str | None,
        category: str | None = None,
        without: Sequence[str] = (),
    ) -> list[str]:
        """The ids of what a person named, or of all that a search finds but ``without`` these.

        Raises KeeperError invalid_request where neither or too much is named, and query_*.
        """
        if (ids is None) == (query is None):
            raise KeeperError("invalid_request", what="Name either “ids” or a “query”.")
        if ids is not None and without:
            raise KeeperError("invalid_request", what="“without” goes with a “query”, not “ids”.")
        if query is None:
            found = list(dict.fromkeys(ids or ()))
        else:
            walk = self._models.walk(query, category, without)
            found = [each.id for each in islice(walk, MOST_MODELS + 1)]
        _check_count(len(found))
        return found

    def move(self, ids: Sequence[str], target: Target, *, dry: bool = False) -> Handled:
        """Raises KeeperError category_unknown, root_unknown, folder_read_only, roots_unknown.

        ``dry``: nothing is changed, and the results tell what would become of each model.
        """
        if target == Target():
            raise KeeperError("invalid_request", what="Name a category, a root or a folder.")
        folders = self._folders()
        if target.category is not None:  # what is wrong for every model is told once
            folders.resolve(target.category, "model", target.root)
        return self._ordered(
            ChangeKind.MOVE, ids, lambda found: _moved(folders, found, target), dry=dry
        )

    def rename(self, model: str, name: str, *, dry: bool = False) -> Handled:
        """Another name in the same folder."""

        def row(found: Found) -> OrderRow:
            source = place_of_file(found.file)
            return OrderRow(source, renamed(source, name))

        return self._ordered(ChangeKind.RENAME, [model], row, dry=dry)

    def trash(self, ids: Sequence[str], *, dry: bool = False) -> Handled:
        return self._ordered(
            ChangeKind.TRASH, ids, lambda found: OrderRow(place_of_file(found.file)), dry=dry
        )

    def restore(self, items: Sequence[str]) -> Handled:
        """Bring models back from the trash. In the results ``id`` is that of the trash."""
        trashed = self._changes.trashed()
        there = [item for item in dict.fromkeys(items) if item in trashed]
        gone = [
            ModelResult(item, error=KeeperError("not_in_trash", path=item))
            for item in dict.fromkeys(items)
            if item not in trashed
        ]
        if not there:
            return Handled(results=tuple(gone))
        change = self._changes.restore_all(there)
        folders = self._folders()
        settled = [
            _result(item, _id_at(folders, _end(done)), done)
            for item, done in zip(there, change.items, strict=True)
        ]
        return Handled(change=change, results=(*settled, *gone))

    def organise(self, plan: Sequence[Placement], *, dry: bool = False) -> Handled:
        """Carry a plan out as one change."""
        _check_count(len(plan))
        rows = tuple(OrderRow(each.model, each.target) for each in plan)
        return self._handled(ChangeOrder(ChangeKind.ORGANISE, rows), (), dry=dry)

    def deduplicate(self, groups: Iterable[DuplicateGroup], how: Freeing) -> Handled:
        """Keep the first file of each group: always a job, as all of them are read.

        Raises KeeperError roots_unknown: no worker could do it either.
        """
        self._folders()
        rows = tuple(
            OrderRow(place_of_file(name), place_of_file(group.keep.names[0]), file.size)
            for group in groups
            for file in group.others
            for name in file.names
        )
        _check_count(len(rows))
        order = ChangeOrder(ChangeKind.DEDUPE, rows, how)
        return self._as_job(order, ()) if rows else Handled()

    def results(self, change: Change) -> tuple[ModelResult, ...]:
        """What became of each model, by where it was when the change was asked for."""
        folders = self._folders()
        return tuple(
            _result(_id_at(folders, item.subject) or "", _id_at(folders, _end(item)), item)
            for item in change.items
        )

    def _ordered(
        self,
        kind: ChangeKind,
        ids: Sequence[str],
        row: Callable[[Found], OrderRow],
        *,
        dry: bool = False,
    ) -> Handled:
        rows, settled = [], []
        for model in ids:
            try:
                wanted = row(self._models.get(model))
            except KeeperError as error:
                if error.code == "index_unusable":
                    raise
                settled.append(ModelResult(model, error=error))
                continue
            if wanted.target == wanted.source:  # it is there already
                path = wanted.source.path
                settled.append(ModelResult(model, model, source=path, target=path))
            else:
                rows.append(wanted)
        return self._handled(ChangeOrder(kind, tuple(rows)), settled, dry=dry)

    def _handled(
        self, order: ChangeOrder, refused: Iterable[ModelResult], *, dry: bool = False
    ) -> Handled:
        if not order.rows:
            return Handled(results=tuple(refused))
        if dry and order.kind is ChangeKind.TRASH:  # a plan would make the folder
            rows = [ModelResult(_id(place), source=place.path) for place in order.models]
            return Handled(results=(*rows, *refused))
        if dry:
            return Handled(results=(*_settled(order, self._orders.planned(order)), *refused))
        if len(order.rows) > _QUICK_MODELS or _copies(order):
            return self._as_job(order, refused)
        return self._done(order, self._orders.carry_out(order), refused)

    def _as_job(self, order: ChangeOrder, refused: Iterable[ModelResult]) -> Handled:
        job = self._store.queue.enqueue(change_job(order)).job
        return Handled(job=job, results=tuple(refused))

    def _done(self, order: ChangeOrder, change: Change, refused: Iterable[ModelResult]) -> Handled:
        settled = _settled(order, change.items)
        return Handled(change=change, results=(*settled, *refused))


def _settled(order: ChangeOrder, items: Iterable[ChangeItem]) -> list[ModelResult]:
    rows = {row.source.path: row for row in order.rows}
    found = [(rows[item.subject], item) for item in items]
    return [
        _result(_id(row.source), _id(row.target) if row.target else None, item)
        for row, item in found
    ]


def _check_count(count: int) -> None:
    if count > MOST_MODELS:
        what = f"These are more than {MOST_MODELS} models, which are the most at once."
        raise KeeperError("invalid_request", what=what)


def _moved(folders: FolderTable, found: Found, target: Target) -> OrderRow:
    source = place_of_file(found.file)
    category = target.category or source.category
    root = target.root or source.root
    if target.root is None and category != source.category:
        root = folders.default_root(category).path
    folder, _, name = source.relative.rpartition("/")
    above = folder if target.folder is None else target.folder
    relative = f"{above}/{name}" if above else name
    return OrderRow(source, Destination(category, root, relative), found.file.size)


def _copies(order: ChangeOrder) -> bool:
    """Whether a model would go to another volume, as far as can be told without trying."""
    volumes = Volumes()
    for source, target in order.moves:
        try:
            here = volumes.of(Path(source.path).parent)
            there = volumes.of(nearest_present(Path(target.path).parent))
        except OSError:
            continue  # the change says what is wrong
        if here != there:
            return True
    return False


def place_of_file(file: ModelFile) -> Destination:
    """Where it is."""
    return Destination(file.category, file.root, file.relative)


def _id(place: Destination) -> str:
    return place_key(place.category, place.root, place.relative)


def _id_at(folders: FolderTable, path: str | None) -> str | None:
    places = folders.locate(path) if path is not None and not is_slot(path) else ()
    return _id(places[0]) if places else None


def _end(item: ChangeItem) -> str | None:
    """Where the model lies now, as far as the change is concerned."""
    return next((step.target for step in item.steps if step.is_model), None)


def _result(model: str, new: str | None, item: ChangeItem) -> ModelResult:
    if item.state is ItemState.FAILED:
        error = KeeperError(item.error_code or "internal", **item.error_details)
        return ModelResult(model, error=error, source=item.subject)
    end = _end(item)
    target = None if end is None or is_slot(end) else end
    return ModelResult(model, new, source=item.subject, target=target)
