"""The change job: an order that takes its time, carried out by the worker."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from model_keeper.domain.change_orders import ChangeOrder
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import Change, ChangeItem, ChangeKind, ItemState
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Event, Job, JobKind, NewJob, Priority, WaitReason, request_key
from model_keeper.domain.ports import Control, Interrupted, Progress, ProgressSink
from model_keeper.engine.change_runner import ChangeRunner, Wanted
from model_keeper.engine.deduplication import Deduplication
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.engine.running import Outcome, Running, stopped
from model_keeper.library.copies import Passed, uncounted
from model_keeper.store import JobStore

_PROBLEMS_TOLD = 20
_AGAIN_SECONDS = 5.0
_READ_TWICE = 2  # a copy and its proof, or both of a pair


def change_job(order: ChangeOrder, *, priority: int = Priority.NORMAL) -> NewJob:
    """The same order joins a live one."""
    payload = order.to_payload()
    key = request_key("change", payload)
    return NewJob(JobKind.CHANGE, payload, dest_key=key, source_key=key, priority=priority)


class Orders:
    """Carries orders out as one change each."""

    def __init__(
        self,
        runner: ChangeRunner,
        changes: LibraryChanges,
        deduplication: Deduplication,
        folders: Callable[[], FolderTable],
    ) -> None:
        self._runner = runner
        self._changes = changes
        self._deduplication = deduplication
        self._folders = folders

    def carry_out(
        self,
        order: ChangeOrder,
        *,
        control: Control | None = None,
        change_id: str | None = None,
        passed: Passed = uncounted,
    ) -> Change:
        """Raises as :meth:`ChangeRunner.run`."""
        return self._runner.run(
            order.kind,
            self._folders(),
            self._wanted(order),
            control=control,
            change_id=change_id,
            passed=passed,
        )

    def planned(self, order: ChangeOrder) -> tuple[ChangeItem, ...]:
        """What would become of each model, as far as can be told without doing it."""
        return self._runner.planned(self._folders(), self._wanted(order))

    def settle_cut(self) -> None:
        """As :meth:`LibraryChanges.settle_cut`."""
        self._changes.settle_cut()

    def _wanted(self, order: ChangeOrder) -> list[Wanted]:
        if order.kind is ChangeKind.TRASH:
            return self._changes.wanted_trash(order.models)
        if order.kind is ChangeKind.DEDUPE:
            pairs = [(kept.path, model.path) for model, kept in order.moves]
            return self._deduplication.wanted(pairs, order.how)
        return self._changes.wanted_moves(order.moves)


@dataclass
class _Tally:
    """What became of the models of an order, in all runs of its job."""

    total: int
    changes: list[str] = field(default_factory=list)
    items: dict[str, ChangeItem] = field(default_factory=dict)

    def add(self, change: Change) -> None:
        if any(item.state is ItemState.DONE for item in change.items):
            self.changes.append(change.id)
        self.items.update({item.subject: item for item in change.items})

    @property
    def done(self) -> set[str]:
        """Paths of the models that need nothing more, also where a person took it back since."""
        ended = {ItemState.DONE, ItemState.UNDONE}
        return {subject for subject, item in self.items.items() if item.state in ended}

    @property
    def failed(self) -> list[ChangeItem]:
        return [item for item in self.items.values() if item.state is ItemState.FAILED]

    def result(self) -> Mapping[str, Any]:
        problems = [
            {"path": _text(item.subject), "code": item.error_code}
            for item in self.failed[:_PROBLEMS_TOLD]
        ]
        return {
            "changes": self.changes,
            "total": self.total,
            "done": len(self.done),
            "failed": len(self.failed),
            "problems": problems,
        }


class ChangeHandler:
    """Runs change jobs.

    The journal of changes says how far a job came: one that was stopped or killed goes on with the
    models that are left, as another change. A result has ``changes`` (to undo it by), ``total``,
    ``done`` and ``failed`` (models), and the first ``problems``.
    """

    def __init__(self, store: JobStore, orders: Orders) -> None:
        self._store = store
        self._orders = orders

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        order = ChangeOrder.from_payload(running.job.payload)
        tally = _Tally(len(order.rows))
        try:
            for change in self._earlier(running.job):
                tally.add(change)
            done = tally.done
            rows = tuple(row for row in order.rows if row.source.path not in done)
            if rows:
                self._carry_out(replace(order, rows=rows), running, tally, report)
        except Interrupted as stop:
            return stopped(stop)
        except KeeperError as exc:
            if exc.code == "library_busy":
                return Outcome(
                    Event.DEFER, error=exc, wait_reason=WaitReason.LOCKED, delay=_AGAIN_SECONDS
                )
            return Outcome(Event.FAIL, error=exc)
        return _outcome(tally)

    def discard(self, job: Job) -> None:
        """What was done stays done: it is in the list of changes, to be undone."""

    def _carry_out(
        self, order: ChangeOrder, running: Running, tally: _Tally, report: ProgressSink
    ) -> None:
        total = _READ_TWICE * sum(row.size for row in order.rows)
        done = 0

        def passed(count: int) -> None:
            nonlocal done
            done += count
            report(Progress(min(done, total), total, done, stage="change"))

        tally.add(
            self._orders.carry_out(
                order,
                control=running.control,
                change_id=_change_id(running.job, running.job.epoch),
                passed=passed,
            )
        )

    def _earlier(self, job: Job) -> list[Change]:
        """What earlier runs did; one that was killed is settled first."""
        ids = {_change_id(job, epoch) for epoch in range(1, job.epoch)}
        if not ids:
            return []
        self._orders.settle_cut()
        return self._store.file_changes.some(ids)


def _change_id(job: Job, epoch: int) -> str:
    """Of each run its own, found again without being written down before."""
    return str(uuid5(NAMESPACE_OID, f"{job.id} {epoch}"))


def _outcome(tally: _Tally) -> Outcome:
    failed = tally.failed
    if failed and len(failed) == tally.total:
        first = failed[0]
        error = KeeperError(first.error_code or "internal", **first.error_details)
        return Outcome(Event.FAIL, result=tally.result(), error=error)
    return Outcome(Event.SUCCEED, result=tally.result())


def _text(path: str) -> str:
    """A result may hold no name that is no text."""
    return path.encode("utf-8", "backslashreplace").decode()
