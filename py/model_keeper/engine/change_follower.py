"""What follows from a changed file: the index, known hashes and marks go with it."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Action, Step
from model_keeper.domain.hashes import FileState, hashes_of_arrival
from model_keeper.domain.seen_files import Seen
from model_keeper.engine.hashing import Hashing
from model_keeper.library.arrivals import enter
from model_keeper.library.contents import file_state
from model_keeper.library.departures import leave
from model_keeper.library.index import LibraryIndex
from model_keeper.library.kept_apart import KeptApart
from model_keeper.store import JobStore

_log = logging.getLogger(__name__)


class ChangeFollower:
    """It fails nobody: what is not entered now, the next scan finds.

    ``kept`` is what is kept apart for models; ``shown`` is told the path of each that came.
    """

    def __init__(
        self,
        store: JobStore,
        index: LibraryIndex,
        hashing: Hashing,
        host: str,
        *,
        kept: Sequence[KeptApart] = (),
        shown: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._store = store
        self._index = index
        self._hashing = hashing
        self._host = host
        self._kept = kept
        self._shown = shown

    def carry(self, steps: Sequence[Step]) -> None:
        """All of an item's steps were taken: what is kept apart for its model goes along.

        It may be told again. A model in whose place another file lies now leaves a copy there.
        """
        places = {step.target for step in steps}
        for step in steps:
            if not step.is_model or step.action not in {Action.MOVE, Action.COPY}:
                continue
            copy = step.action is Action.COPY or step.source in places
            for kept in self._kept:
                try:
                    kept.follow(step.source, step.target, copy=copy)
                except OSError as exc:
                    _log.warning("What is kept for %s stays behind: %s", step.target, exc)

    def known_sha256(self, path: str) -> str | None:
        """What was computed of the file as it is now; None where nothing was, or for a link."""
        try:
            return None if Path(path).is_symlink() else self._hashing.known(path).get("sha256")
        except OSError:
            return None

    def finished(self, step: Step, sha256: str | None) -> None:
        """A step that stays was taken; ``sha256`` is of what it copied."""
        try:
            if step.action is Action.MOVE and not os.path.lexists(step.source):
                leave(self._index, step.source)
            if step.action is Action.COMPARE or not Path(step.target).exists():
                return
            enter(self._index, step.target)
            if step.is_model:
                self._shown(step.target)
            if step.action is Action.COPY and step.is_model:
                self._carry_marks(step)
            if sha256 is not None:
                self._hashing.record(file_state(step.target), hashes_of_arrival(sha256, None))
            elif step.action is Action.REFLINK:  # compared byte by byte just before
                known = self._hashing.known(step.source)
                if known:
                    self._hashing.record(file_state(step.target), known)
        except (KeeperError, OSError) as exc:
            _log.warning("The library does not know yet what is at %s: %s", step.target, exc)

    def succeeded(self, before: Seen, path: str) -> None:
        """The model at ``path`` has the place of one that was seen ``before``.

        Marks find their way by themselves.
        """
        key = FileState(path, before.size, before.mtime_ns, before.inode).key
        try:
            self._store.metadata_history.follow(self._host, key, file_state(path).key)
        except (KeeperError, OSError) as exc:
            _log.warning("What %s said before is not known any more: %s", path, exc)

    def _carry_marks(self, step: Step) -> None:
        """What was said of a model is said of its copy too: the original is in the trash."""
        key = FileState(step.source, 0, 0, step.seen.inode).key
        for marked in self._store.marks.all(self._host):
            if marked.state.key == key:
                self._store.marks.put(self._host, file_state(step.target), marked.marks)
        self._store.metadata_history.follow(self._host, key, file_state(step.target).key)
