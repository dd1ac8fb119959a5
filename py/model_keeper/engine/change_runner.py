"""Carrying changes of files out: written down first, one at a time, whole items or nothing."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from filelock import FileLock, Timeout

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import (
    Action,
    Change,
    ChangeItem,
    ChangeKind,
    ItemState,
    Step,
    TrashedFile,
    is_slot,
)
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.ports import Clock, Control, Interrupted
from model_keeper.engine.change_follower import ChangeFollower
from model_keeper.engine.control import JobControl
from model_keeper.files.failures import storage_error
from model_keeper.library.change_plans import ChangePlans, Steps
from model_keeper.library.copies import Passed, uncounted
from model_keeper.library.file_changes import FileSteps, OtherVolume, Publish
from model_keeper.store import JobStore
from model_keeper.store.file_changes import Effects
from model_keeper.transfer.publish import Publisher

_log = logging.getLogger(__name__)

_BUSY_SECONDS = 10.0
_DAY_MS = 86_400_000
_KEPT_DAYS = 30

Plan = Callable[[ChangePlans], Steps]
"""The steps of an item. Raises KeeperError, OSError."""


@dataclass(frozen=True)
class Wanted:
    """One item of a change that is asked for. ``index`` is its own in the change."""

    index: int
    subject: str
    plan: Plan


@dataclass(frozen=True)
class _Watch:
    """Who may stop a change, and who hears how far it is."""

    control: Control
    passed: Passed


class ChangeRunner:
    """One change at a time on this machine, whatever the process.

    A process that is killed at any point leaves the journal: the next change, or
    :meth:`settle_cut`, ends each item or takes it back.
    """

    def __init__(
        self,
        store: JobStore,
        steps: FileSteps,
        clock: Clock,
        host: str,
        lock: Path,
        *,
        follow: ChangeFollower,
        kept_ms: int | None = _KEPT_DAYS * _DAY_MS,
        new_id: Callable[[], str] = lambda: str(uuid4()),
    ) -> None:
        """``lock`` is a file of this machine. ``kept_ms``: how long trash is kept, None: for ever.

        ``follow`` keeps the index true; it is told after the journal.
        """
        self._store = store
        self._steps = steps
        self._clock = clock
        self._host = host
        self._lock = lock
        self._follow = follow
        self._kept_ms = kept_ms
        self._new_id = new_id

    def run(
        self,
        kind: ChangeKind,
        folders: FolderTable,
        wanted: Sequence[Wanted],
        *,
        undoes: str | None = None,
        control: Control | None = None,
        change_id: str | None = None,
        passed: Passed = uncounted,
    ) -> Change:
        """The change as it ended. What went wrong stands in its items; the others are done.

        ``change_id`` names it, so that it is found again; no other change may have it.

        A change of which nothing could be planned is not kept. Raises KeeperError library_busy,
        database_unavailable, and Interrupted by ``control`` once what was begun is settled.
        """
        control = control or JobControl()
        stopped: Interrupted | None = None
        with self.alone():
            self._settle_cut()
            change = self._planned(change_id or self._new_id(), kind, folders, wanted, undoes)
            if not any(item.state is ItemState.PLANNED for item in change.items):
                return replace(change, closed=True)
            change = self._store.file_changes.begin(self._host, change)
            plans = ChangePlans(folders, change.id)
            for item, each in zip(change.items, wanted, strict=True):
                if item.state is not ItemState.PLANNED:
                    continue
                if stopped is not None:
                    self._settle(change, _failed(item, _interruption(item)))
                    continue
                try:
                    self._carry_out(change, item, each.plan, plans, _Watch(control, passed))
                except Interrupted as exc:
                    stopped = exc
            change = self._store.file_changes.close(change.id)
        if stopped is not None:
            raise stopped
        return change

    def planned(self, folders: FolderTable, wanted: Sequence[Wanted]) -> tuple[ChangeItem, ...]:
        """What each item would do now; nothing is done or kept."""
        plans = ChangePlans(folders, self._new_id())
        return tuple(_plan(plans, each) for each in wanted)

    def settle_cut(self) -> list[Change]:
        """End or take back what a program that was killed had begun. For the start of a program.

        Items whose drive is off stay open. Raises KeeperError library_busy, database_unavailable.
        """
        with self.alone():
            return self._settle_cut()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else on this machine changes files meanwhile. Raises library_busy."""
        self._lock.parent.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(str(self._lock), timeout=_BUSY_SECONDS):
                yield
        except Timeout:
            raise KeeperError("library_busy") from None

    def _planned(
        self,
        change_id: str,
        kind: ChangeKind,
        folders: FolderTable,
        wanted: Sequence[Wanted],
        undoes: str | None,
    ) -> Change:
        plans = ChangePlans(folders, change_id)
        items = tuple(_plan(plans, each) for each in wanted)
        now = self._clock.now_ms()
        return Change(change_id, kind, now, self._store.actor, items, undoes)

    def _carry_out(
        self,
        change: Change,
        item: ChangeItem,
        plan: Plan,
        plans: ChangePlans,
        watch: _Watch,
        *,
        apart: bool = False,
    ) -> None:
        taken: list[tuple[Step, str | None]] = []
        try:
            for step in item.steps:
                watch.control.check()
                taken.append((step, self._steps.take(step, watch.control, watch.passed)))
        except OtherVolume:
            left = self._abandon(item, len(taken), None)
            try:
                if apart or left:
                    raise KeeperError("cannot_share", path=item.subject, why="volumes differ")
                again = replace(item, steps=plan(plans.apart()))
            except (KeeperError, OSError) as exc:
                self._settle(change, _failed(item, _as_error(exc, item), left))
                return
            self._store.file_changes.plan_again(change.id, again)
            self._carry_out(change, again, plan, plans, watch, apart=True)
        except (KeeperError, OSError) as exc:
            error = _as_error(exc, item)
            left = self._abandon(item, len(taken), error)
            self._settle(change, _failed(item, error, left))
        except Interrupted:
            left = self._abandon(item, len(taken), None)
            self._settle(change, _failed(item, _interruption(item), left))
            raise
        else:
            self._follow.carry(item.steps)
            self._settle(change, replace(item, state=ItemState.DONE))
            for step, sha256 in taken:
                self._follow.finished(step, sha256)

    def _abandon(self, item: ChangeItem, count: int, error: KeeperError | None) -> Steps:
        """Take back the first ``count`` steps and what the next one left; those that could not be.

        A name that was taken is somebody else's: then the next step left nothing.
        """
        flags = [True] * count
        if count < len(item.steps) and (error is None or error.code != "destination_exists"):
            flags.append(self._steps.was_taken(item.steps[count]))
        return self._taken_back(list(zip(item.steps, flags, strict=False)))

    def _taken_back(self, steps: Sequence[tuple[Step, bool]]) -> Steps:
        left = []
        for step, taken in reversed(steps):
            try:
                self._steps.take_back(step, JobControl(), taken=taken)
            except (KeeperError, OSError, OtherVolume) as exc:
                _log.warning("%s stays at %s: %s", step.source, step.target, exc)
                left += [step] if taken else []
        return tuple(reversed(left))

    def _settle(self, change: Change, item: ChangeItem) -> None:
        self._store.file_changes.settle(self._host, change.id, item, self._effects(change, item))

    def _effects(self, change: Change, item: ChangeItem) -> Effects:
        moves = [step for step in item.steps if step.action is Action.MOVE]
        carried = [
            (step.source, step.target)
            for step in item.steps
            if step.is_model and step.action in {Action.MOVE, Action.COPY, Action.HARDLINK}
            if not is_slot(step.source) and not is_slot(step.target)
        ]
        return Effects(
            thrown=[self._thrown(change, item, step) for step in moves if is_slot(step.target)],
            taken_out=[step.source for step in moves if is_slot(step.source)],
            renamed=carried if item.state is ItemState.DONE else (),
        )

    def _thrown(self, change: Change, item: ChangeItem, step: Step) -> TrashedFile:
        now = self._clock.now_ms()
        return TrashedFile(
            slot=step.target,
            origin=step.source,
            item=f"{change.id}/{item.index}",
            size=step.seen.size,
            at=now,
            expires_at=None if self._kept_ms is None else now + self._kept_ms,
            sha256=self._follow.known_sha256(step.target) if step.is_model else None,
            is_model=step.is_model,
        )

    def _settle_cut(self) -> list[Change]:
        settled = []
        for change in self._store.file_changes.open(self._host):
            clear = True
            for item in change.items:
                if item.state is ItemState.PLANNED:
                    clear = self._settle_item(change, item) and clear
            if clear:
                settled.append(self._store.file_changes.close(change.id))
        return settled

    def _settle_item(self, change: Change, item: ChangeItem) -> bool:
        """Whether the disk said how far the item came."""
        effects = [step for step in item.steps if step.action is not Action.COMPARE]
        try:
            if any(map(self._steps.is_out_of_sight, effects)):
                return False
            flags = [self._steps.was_taken(step) for step in effects]
            for step in effects if all(flags) else ():
                self._steps.tidy(step)
        except OSError as exc:
            _log.warning("The change of %s cannot be settled yet: %s", item.subject, exc)
            return False
        if all(flags):
            self._follow.carry(effects)
            self._settle(change, replace(item, state=ItemState.DONE))
            for step in effects:
                self._follow.finished(step, None)
            return True
        left = self._taken_back(list(zip(effects, flags, strict=True)))
        self._settle(change, _failed(item, _interruption(item), left))
        return True


def publish_through(publisher: Publisher) -> Publish:
    """The publisher of downloads, as changes of files use it."""

    def publish(source: Path, target: Path, control: Control) -> None:
        try:
            publisher.publish(source, target, control)
        except KeeperError as exc:
            if getattr(exc.__cause__, "errno", None) == errno.EXDEV:
                raise OtherVolume from exc
            raise

    return publish


def _plan(plans: ChangePlans, wanted: Wanted) -> ChangeItem:
    item = ChangeItem(wanted.index, wanted.subject)
    try:
        return replace(item, steps=wanted.plan(plans))
    except (KeeperError, OSError) as exc:
        return _failed(item, _as_error(exc, item))


def _failed(item: ChangeItem, error: KeeperError, left: Steps = ()) -> ChangeItem:
    return replace(
        item,
        steps=left,
        state=ItemState.FAILED,
        error_code=error.code,
        error_details=_plain(error.details),
    )


def _as_error(exc: KeeperError | OSError, item: ChangeItem) -> KeeperError:
    if isinstance(exc, KeeperError):
        return exc
    if isinstance(exc, FileNotFoundError):
        return KeeperError("file_not_found", path=str(exc.filename or item.subject))
    return storage_error(exc, Path(str(exc.filename2 or exc.filename or item.subject)))


def _interruption(item: ChangeItem) -> KeeperError:
    return KeeperError("change_interrupted", path=item.subject)


def _plain(details: dict[str, Any]) -> dict[str, Any]:
    """Details as JSON can hold them."""
    return {
        name: value if isinstance(value, (str, int, float, bool, type(None))) else str(value)
        for name, value in details.items()
    }
