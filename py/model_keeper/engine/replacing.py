"""A broken file makes room for the one that takes its place."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from model_keeper.domain.downloads import Destination, Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Change, ChangeItem, ChangeKind, ItemState
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.ports import Control, Interrupted
from model_keeper.domain.seen_files import Seen
from model_keeper.engine.change_follower import ChangeFollower
from model_keeper.engine.change_runner import ChangeRunner, Wanted
from model_keeper.library.change_plans import ChangePlans, Steps
from model_keeper.library.file_changes import seen
from model_keeper.library.file_sets import FileSet

_log = logging.getLogger(__name__)


class Replacing:
    """Throws a broken file away, alone: what lies beside it belongs to its name."""

    def __init__(
        self,
        runner: ChangeRunner,
        follow: ChangeFollower,
        folders: Callable[[], FolderTable],
    ) -> None:
        self._runner = runner
        self._follow = follow
        self._folders = folders

    @contextmanager
    def room(self, download: Download, control: Control) -> Iterator[None]:
        """Within, what ``download`` replaces is in the trash; it comes back where that fails.

        A name that is free stays free: an earlier run may have been killed within. Does nothing for
        a download that replaces nothing. Raises KeeperError destination_exists where another file
        has the name, library_busy, what a change can fail with, and Interrupted.
        """
        replaced = download.replaces
        if replaced is None:
            yield
            return
        change = self._thrown_away(download, replaced, control)
        try:
            yield
        except (KeeperError, OSError, Interrupted):
            if change is not None:
                self._bring_back(change)
            raise
        self._follow.succeeded(replaced, download.destination.path)

    def _thrown_away(self, download: Download, replaced: Seen, control: Control) -> Change | None:
        place = download.destination
        self._runner.settle_cut()
        if not os.path.lexists(place.path):
            return None
        wanted = Wanted(0, place.path, partial(_model_alone, place, replaced))
        change = self._runner.run(ChangeKind.TRASH, self._folders(), [wanted], control=control)
        _raise_failure(change.items[0])
        return change

    def _bring_back(self, change: Change) -> None:
        [item] = change.items
        wanted = Wanted(0, item.subject, partial(_inverse, item))
        try:
            undone = self._runner.run(ChangeKind.UNDO, self._folders(), [wanted], undoes=change.id)
            _raise_failure(undone.items[0])
        except KeeperError as exc:
            _log.warning("%s stays in the trash: %s", item.subject, exc)


def awaits_replacement(download: Download) -> bool:
    """Whether what ``download`` replaces is under the destination's name, as it was."""
    if download.replaces is None:
        return False
    try:
        return download.replaces.is_still(seen(Path(download.destination.path)))
    except (KeeperError, OSError):
        return False


def _model_alone(place: Destination, replaced: Seen, plans: ChangePlans) -> Steps:
    if not replaced.is_still(seen(Path(place.path))):
        raise KeeperError("destination_exists", path=place.path)
    return plans.trash(FileSet(place))


def _inverse(item: ChangeItem, plans: ChangePlans) -> Steps:
    return plans.inverse(item)


def _raise_failure(item: ChangeItem) -> None:
    if item.state is not ItemState.DONE:
        raise KeeperError(item.error_code or "change_interrupted", **item.error_details)
