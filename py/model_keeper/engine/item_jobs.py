"""Jobs that work through a list: each item is marked in the store, so that nothing is done twice.

The list is made when the job first runs. Killed at any moment, it goes on with the items that are
not marked; a wish is followed between two items.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from model_keeper.domain.errors import ERRORS, KeeperError
from model_keeper.domain.jobs import Event, Job, Ownership, WaitReason
from model_keeper.domain.ports import Clock, Control, Interrupted, Progress, ProgressSink
from model_keeper.domain.queue import Item, ItemResult, ItemState
from model_keeper.engine.running import Outcome, Running, stopped
from model_keeper.store import JobStore

_MARKED_TOGETHER = 25
_MARKED_AFTER = 1.0  # seconds
_READ_TOGETHER = 1_000
_FIRST_WAIT = 30.0  # seconds, doubled with every attempt
_LONGEST_WAIT = 900.0
_WORKED = frozenset(ItemState) - {ItemState.PENDING}


class ItemWork(Protocol):
    """What one kind of job does with its items."""

    @property
    def stage(self) -> str:
        """Its name in the live view, where done and total count items."""

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The counts that every result has, besides ``total``, ``done`` and ``failed``."""

    @property
    def together(self) -> int:
        """How many items are handed over at once, at the most."""

    def keys(self, job: Job) -> Sequence[str]:
        """What to work through, first things first; asked once. Raises KeeperError."""

    def work(self, job: Job, items: Sequence[Item], control: Control) -> Iterator[ItemResult]:
        """One result for each item, in any order, as soon as it is there.

        What is wrong with an item is its result: :func:`failed`. A KeeperError that is raised ends
        the job, :class:`Postponed` lets what is left wait. Call ``control.check()`` before each.
        """


class Postponed(Exception):  # noqa: N818 - not an error of the job: it goes on by itself
    """The rest cannot be done now: the job waits for ``seconds``, and ``error`` says why."""

    def __init__(
        self, error: KeeperError, seconds: float, reason: WaitReason = WaitReason.RETRY
    ) -> None:
        self.error = error
        self.seconds = seconds
        self.reason = reason
        super().__init__(error.message)


def succeeded(item: Item, outcome: str, **data: Any) -> ItemResult:
    """The item is as it should be; ``outcome`` is what it counts as, ``data`` is kept with it."""
    return ItemResult(item.idx, ItemState.SUCCEEDED, None, {**data, "outcome": outcome})


def skipped(item: Item, outcome: str, **data: Any) -> ItemResult:
    """Nothing can be done about the item, and nothing is wrong."""
    return ItemResult(item.idx, ItemState.SKIPPED, None, {**data, "outcome": outcome})


def failed(item: Item, error: KeeperError, **data: Any) -> ItemResult:
    """The item failed; the others go on."""
    return ItemResult(item.idx, ItemState.FAILED, error.code, {**data, "details": error.details})


def item_error(item: Item) -> KeeperError | None:
    """What an item failed with."""
    if item.error_code is None or item.error_code not in ERRORS:
        return None
    return KeeperError(item.error_code, **item.data.get("details", {}))


def postponed(job: Job, error: KeeperError) -> Postponed | None:
    """The wait that a trouble of the other side asks for; None where waiting does not help.

    A host that names a wait is given it; any other trouble is waited out longer and longer, and no
    more often than the job may be tried.
    """
    if not error.retryable:
        return None
    if error.retry_after is None and job.attempts >= job.max_attempts:
        return None
    wait = error.retry_after or _FIRST_WAIT * 2.0 ** (job.attempts - 1)
    offline = error.code == "unreachable"
    reason = WaitReason.OFFLINE if offline else WaitReason.RETRY
    return Postponed(error, min(wait, _LONGEST_WAIT), reason)


class ItemHandler:
    """Runs jobs with items: ``work`` does them, this keeps the list.

    A job succeeds with counts, also where some items failed; it fails where all did.
    """

    def __init__(self, store: JobStore, clock: Clock, work: ItemWork) -> None:
        self._store = store
        self._clock = clock
        self._work = work

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        try:
            tally = self._listed(running)
            self._work_through(running, tally, report)
        except Interrupted as stop:
            return stopped(stop)
        except Postponed as later:
            return Outcome(
                Event.DEFER, error=later.error, wait_reason=later.reason, delay=later.seconds
            )
        except KeeperError as exc:
            return Outcome(Event.FAIL, error=exc)
        if tally.all_failed:
            [first] = self._store.items.page(running.job.id, states=[ItemState.FAILED], limit=1)
            return Outcome(Event.FAIL, result=tally.result(), error=item_error(first))
        return Outcome(Event.SUCCEED, result=tally.result())

    def discard(self, job: Job) -> None:
        """What was done to items that are marked stays done."""

    def _listed(self, running: Running) -> _Tally:
        """The list as it stands, made if this is the first run."""
        items, job = self._store.items, running.job
        if not any(items.counts(job.id).values()):
            items.list_once(running.ownership, self._work.keys(job))
        tally = _Tally(sum(items.counts(job.id).values()), self._work.outcomes)
        after = -1
        while page := items.page(job.id, states=_WORKED, limit=_READ_TOGETHER, after=after):
            for item in page:
                tally.count(item.state, item.data)
            after = page[-1].idx
        if job.attempts > 1:
            self._store.work.progressed(running.ownership, tally.done)
        return tally

    def _work_through(self, running: Running, tally: _Tally, report: ProgressSink) -> None:
        marks = _Marks(self._store, self._clock, running.ownership)
        before = tally.done

        def tell() -> None:
            done = tally.done
            report(Progress(done, tally.total, done - before, stage=self._work.stage))

        tell()
        while page := self._store.items.page(
            running.job.id, states=[ItemState.PENDING], limit=self._work.together
        ):
            running.control.check()
            left = {item.idx for item in page}
            try:
                for result in self._work.work(running.job, page, running.control):
                    left.remove(result.idx)
                    marks.add(result)
                    tally.count(result.state, result.data)
                    tell()
            finally:
                marks.write()
            if left:
                raise RuntimeError(f"{len(left)} items of {self._work.stage} have no result")


class _Tally:
    """How the items stand."""

    def __init__(self, total: int, outcomes: Sequence[str]) -> None:
        self.total = total
        self._failed = 0
        self._outcomes = Counter(dict.fromkeys(outcomes, 0))

    @property
    def done(self) -> int:
        return self._failed + sum(self._outcomes.values())

    @property
    def all_failed(self) -> bool:
        return 0 < self._failed == self.total

    def count(self, state: ItemState, data: Mapping[str, Any]) -> None:
        if state is ItemState.FAILED:
            self._failed += 1
        else:
            self._outcomes[data["outcome"]] += 1

    def result(self) -> dict[str, int]:
        counts = {"total": self.total, "done": self.done, "failed": self._failed}
        return {**self._outcomes, **counts}


class _Marks:
    """Results on their way to the store, a few in a transaction."""

    def __init__(self, store: JobStore, clock: Clock, ownership: Ownership) -> None:
        self._store = store
        self._clock = clock
        self._ownership = ownership
        self._waiting: list[ItemResult] = []
        self._written = clock.monotonic()

    def add(self, result: ItemResult) -> None:
        self._waiting.append(result)
        overdue = self._clock.monotonic() - self._written >= _MARKED_AFTER
        if overdue or len(self._waiting) >= _MARKED_TOGETHER:
            self.write()

    def write(self) -> None:
        """Raises OwnershipLost."""
        if self._waiting:
            self._store.items.mark(self._ownership, self._waiting)
        self._waiting = []
        self._written = self._clock.monotonic()
