"""The steps that a change of a model's files takes. Looks at the disk, changes nothing there."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

from model_keeper.domain.downloads import Destination
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Action, ChangeItem, Step, TrashedFile, is_slot
from model_keeper.domain.file_sets import companions
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.names import suffixed_name
from model_keeper.domain.seen_files import Seen
from model_keeper.library.file_changes import seen, taken_names
from model_keeper.library.file_sets import FileSet, ending, model_endings
from model_keeper.library.space import nearest_present
from model_keeper.library.trash import TrashFolders

Steps = tuple[Step, ...]


class ChangePlans:
    """Plans for one change, whose ``key`` makes its places in the trash its own.

    All plans raise KeeperError file_not_found and OSError. Those of :meth:`apart` are for files
    that could not be renamed, because their places turned out to be on several volumes.
    """

    def __init__(self, folders: FolderTable, key: str, *, apart: bool = False) -> None:
        self._folders = folders
        self._trash = TrashFolders(folders)
        self._key = key
        self._apart = apart
        self._copies: dict[str, Path] = {}

    def apart(self) -> ChangePlans:
        plans = ChangePlans(self._folders, self._key, apart=True)
        plans._copies = self._copies
        return plans

    def move(self, files: FileSet, target: Destination) -> Steps:
        """The set at another place. What another model shares is copied, not taken away.

        Raises KeeperError destination_exists, link_leaves_folders.
        """
        path = Path(target.path)
        self._stays_inside(path.parent)
        sources = [(files.path, path, False)]
        sources += [
            (files.path.with_name(each.name), path.with_name(each.beside(path.name)), each.shared)
            for each in files.companions
        ]
        moving = [row for row in sources if row[0] != row[1]]
        taken = taken_names(target for _, target, _ in moving)
        if taken:
            raise KeeperError("destination_exists", path=str(taken[0]))
        return tuple(
            step
            for source, place, shared in moving
            for step in self._carry(source, place, is_model=source == files.path, keep=shared)
        )

    def trash(self, files: FileSet) -> Steps:
        """The model and what belongs to it alone, thrown away. Raises folder_read_only."""
        beside = [files.path.with_name(each.name) for each in files.own]
        model = self._throw(files.path, is_model=True)
        return (model, *(self._throw(path) for path in beside))

    def replace(self, keep: Path, files: FileSet, how: Action | None) -> Steps:
        """A duplicate of ``keep`` thrown away, with a link or shared blocks in its place.

        Without one (``how`` None) what belongs to it alone goes too.
        """
        compare = Step(Action.COMPARE, str(keep), str(files.path), seen(keep))
        if how is None:
            return (compare, *self.trash(files))
        thrown = self._throw(files.path, is_model=True)
        return (compare, thrown, Step(how, str(keep), str(files.path), compare.seen))

    def restore(self, files: Sequence[TrashedFile], target: Destination | None = None) -> Steps:
        """Files of one model out of the trash, to where they were or beside another name.

        Raises KeeperError restore_place_taken with ``free``, a name that is; not_in_trash.
        """
        ordered = sorted(files, key=lambda file: not file.is_model)
        names = _new_names(ordered, target, self._folders)
        if target is not None:
            self._stays_inside(Path(target.path).parent)
        for file in ordered:
            if taken_names([names[file.slot]]):
                raise _place_taken(names[file.slot], file)
        return tuple(
            Step(
                Action.MOVE,
                file.slot,
                str(names[file.slot]),
                _seen_in_trash(file.slot),
                is_model=file.is_model,
            )
            for file in ordered
        )

    def inverse(self, item: ChangeItem) -> Steps:
        """What takes the steps of ``item`` back: moves only, what it made goes into the trash.

        A file beside the model that is gone is passed over. Raises KeeperError file_changed_since
        for a model that is another one now, not_in_trash, destination_exists.
        """
        steps = []
        free: set[str] = set()
        for step in reversed(item.steps):
            if step.action is Action.COMPARE:
                continue
            back = self._back(step)
            if back is None:
                continue
            if back.target not in free and taken_names([Path(back.target)]):
                raise KeeperError("destination_exists", path=back.target)
            free.add(back.source)
            steps.append(back)
        return tuple(steps)

    def _back(self, step: Step) -> Step | None:
        try:
            now = _seen_in_trash(step.target) if is_slot(step.target) else seen(Path(step.target))
        except KeeperError:
            if step.is_model or is_slot(step.target):
                raise
            return None
        if step.action is not Action.MOVE:
            return self._throw(Path(step.target), is_model=step.is_model)
        if step.is_model and not step.seen.is_still(now):
            raise KeeperError("file_changed_since", path=step.target)
        return Step(Action.MOVE, step.target, step.source, now, is_model=step.is_model)

    def _carry(self, source: Path, target: Path, *, is_model: bool, keep: bool) -> Sequence[Step]:
        now = seen(source)
        text = _link_text(now, source, target)
        if now.link is not None and (keep or self._apart or text != now.link):
            made = [Step(Action.SYMLINK, str(source), str(target), now, text, is_model)]
        elif keep:
            return [Step(Action.COPY, str(source), str(target), now, is_model=is_model)]
        elif self._apart:
            made = self._copy(source, target, now, is_model=is_model)
        else:
            return [Step(Action.MOVE, str(source), str(target), now, is_model=is_model)]
        return made if keep else [*made, self._throw(source, is_model=is_model)]

    def _copy(self, source: Path, target: Path, now: Seen, *, is_model: bool) -> list[Step]:
        """A copy, or another name of the copy that the change made of the same file before."""
        copy = self._copies.get(now.inode) if now.inode else None
        if copy is None or not copy.exists():
            if now.inode:
                self._copies[now.inode] = target
            return [Step(Action.COPY, str(source), str(target), now, is_model=is_model)]
        compare = Step(Action.COMPARE, str(source), str(copy), now)
        link = Step(Action.HARDLINK, str(copy), str(target), seen(copy), is_model=is_model)
        return [compare, link]

    def _stays_inside(self, folder: Path) -> None:
        """Letters are not enough for a new place: a link on the way may lead anywhere."""
        real = _real(nearest_present(folder))
        for roots in self._folders.roots.values():
            for root in roots:
                top = _real(Path(root.path))
                if real == top or top in real.parents:
                    return
        raise KeeperError("link_leaves_folders", path=str(folder))

    def _throw(self, path: Path, *, is_model: bool = False) -> Step:
        now = seen(path)
        slot = self._trash.slot(str(path), f"{self._key}:{path}", near=self._apart)
        return Step(Action.MOVE, str(path), slot, now, is_model=is_model)


def _link_text(now: Seen, source: Path, target: Path) -> str | None:
    """What the link has to say at ``target`` to lead where it leads from ``source``."""
    if now.link is None or Path(now.link).is_absolute() or source.parent == target.parent:
        return now.link
    folder, name = os.path.split(now.link)
    if name in {"", ".", ".."}:
        folder, name = now.link, ""
    return os.path.relpath(_real(source.parent / folder) / name, _real(target.parent))


def _real(path: Path) -> Path:
    """With links followed as far as they lead; one that goes in circles stays."""
    return Path(os.path.realpath(path))


def _seen_in_trash(slot: str) -> Seen:
    try:
        return seen(Path(slot))
    except KeeperError:
        raise KeeperError("not_in_trash", path=slot) from None


def _new_names(
    files: Sequence[TrashedFile], target: Destination | None, folders: FolderTable
) -> dict[str, Path]:
    """By slot where each file goes; the first one is the model."""
    if target is None:
        return {file.slot: Path(file.origin) for file in files}
    place = Path(target.path)
    model = Path(files[0].origin).name
    listed = model_endings(folders, target.category)
    names = {Path(file.origin).name for file in files}
    beside = {
        each.name: each.beside(place.name)
        for each in companions(model, names, lambda name: ending(name) in listed)
    }
    return {
        file.slot: place
        if file is files[0]
        else place.with_name(beside.get(name := Path(file.origin).name, name))
        for file in files
    }


def _place_taken(place: Path, file: TrashedFile) -> KeeperError:
    digest = file.sha256 or hashlib.sha256(file.slot.encode("utf-8", "surrogatepass")).hexdigest()
    free = suffixed_name(place.name, digest)
    return KeeperError("restore_place_taken", path=str(place), free=free)
