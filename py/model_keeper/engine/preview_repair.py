"""The repair of previews: models without one are given the best that is known of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from model_keeper.domain.downloads import Destination, NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Job
from model_keeper.domain.ports import Clock, Control, ProgressSink
from model_keeper.domain.queue import Item, ItemResult
from model_keeper.engine.item_jobs import (
    ItemHandler,
    ItemWork,
    Postponed,
    failed,
    postponed,
    skipped,
    succeeded,
)
from model_keeper.engine.library import Library
from model_keeper.engine.preview_recovery import PreviewRecovery, Recovery
from model_keeper.engine.running import Outcome, Running
from model_keeper.library.search import Found
from model_keeper.store import JobStore

_AT_ONCE = 4  # each host's own limits hold beside it
#: Troubles of a host or of the way to it that pass; others are of one picture, and are its result.
_PASSING = frozenset({"rate_limited", "server_busy", "unreachable"})


@dataclass(frozen=True)
class _Wanted:
    """An item whose model wants a preview."""

    item: Item
    found: Found
    place: Destination


class PreviewWork:
    """One run of a repair. Its items are places of the library.

    Counted are ``changed``, ``unchanged``, and ``unknown``: nobody knows a picture of the model.
    ``refresh`` asks providers about models of which no picture is known.
    """

    stage = "preview"
    outcomes = tuple(recovery.value for recovery in Recovery)
    together = 100

    def __init__(
        self,
        library: Library,
        folders: Callable[[], FolderTable],
        recovery: PreviewRecovery,
        refresh: ItemWork,
    ) -> None:
        self._library = library
        self._folders = folders
        self._recovery = recovery
        self._refresh = refresh

    def keys(self, job: Job) -> Sequence[str]:
        """Each file once, the most used first. Raises KeeperError query_…"""
        payload = job.payload
        if payload["ids"] is not None:
            return list(payload["ids"])
        query, category = payload["query"], payload["category"]
        found = self._library.ranked(query, category, payload.get("without", ()))
        return [each.id for each in found]

    def work(self, job: Job, items: Sequence[Item], control: Control) -> Iterator[ItemResult]:
        folders, over = self._folders(), bool(job.payload["over"])
        wanted: list[_Wanted] = []
        for item in items:
            control.check()
            try:
                each = self._wanted(item)
                if self._recovery.is_wanted(folders, each.place, over=over):
                    wanted.append(each)
                    continue
            except KeeperError as error:
                yield failed(item, error)
                continue
            yield succeeded(item, Recovery.UNCHANGED.value, name=each.found.file.name)
        unasked = self._ask(job, folders, wanted, control)
        waiting: Postponed | None = None
        for result in self._recovered(job, folders, wanted, control):
            if isinstance(result, Postponed):
                waiting = waiting or result
            elif unasked is not None and result.data.get("outcome") == Recovery.UNKNOWN.value:
                waiting = waiting or unasked
            else:
                yield result
        if waiting is not None:
            raise waiting

    def _wanted(self, item: Item) -> _Wanted:
        """Raises KeeperError for what is wrong with the place or its file."""
        found = self._library.get(item.key)
        file = found.file
        if not file.online:
            raise KeeperError("storage_failed", path=file.path, why="its drive is off")
        return _Wanted(item, found, Destination(file.category, file.root, file.relative))

    def _ask(
        self, job: Job, folders: FolderTable, wanted: Sequence[_Wanted], control: Control
    ) -> Postponed | None:
        """Let providers say what they know of models without a picture, where it costs no reading.

        What is wrong with their answers is none of ours: then no picture is known. Why they have to
        be asked again, where they have to.
        """
        silent = [
            each.item
            for each in wanted
            if each.found.file.sha256 and not self._recovery.known(folders, each.place)
        ]
        try:
            for _ in self._refresh.work(job, silent, control) if silent else ():
                pass
        except Postponed as later:
            return later if job.attempts < job.max_attempts else None
        return None

    def _recovered(
        self, job: Job, folders: FolderTable, wanted: Sequence[_Wanted], control: Control
    ) -> Iterator[ItemResult | Postponed]:
        """One for each, as it comes; those that are to be tried later have a wait in its place."""
        over = bool(job.payload["over"])

        def recover(each: _Wanted) -> ItemResult | Postponed:
            control.check()
            name = each.found.file.name
            try:
                outcome = self._recovery.recover(folders, each.place, over=over, control=control)
            except KeeperError as error:
                return _later(job, error) or failed(each.item, error, name=name)
            if outcome is Recovery.UNKNOWN:
                return skipped(each.item, outcome.value, name=name)
            return succeeded(each.item, outcome.value, name=name)

        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="previews") as pool:
            futures: list[Future[ItemResult | Postponed]] = [
                pool.submit(recover, each) for each in wanted
            ]
            try:
                for future in as_completed(futures):
                    yield future.result()
            finally:
                for future in futures:
                    future.cancel()


class PreviewHandler:
    """Runs repairs, with the network settings that each was enqueued with."""

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        library: Library,
        folders: Callable[[], FolderTable],
        recovery: Callable[[NetworkSettings], PreviewRecovery],
        refresh: Callable[[NetworkSettings], ItemWork],
    ) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._folders = folders
        self._recovery = recovery
        self._refresh = refresh

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        settings = NetworkSettings.from_json(running.job.payload.get("network"))
        work = PreviewWork(
            self._library, self._folders, self._recovery(settings), self._refresh(settings)
        )
        return ItemHandler(self._store, self._clock, work).run(running, report)

    def discard(self, job: Job) -> None:
        """What was written stays written."""


def _later(job: Job, error: KeeperError) -> Postponed | None:
    """The wait after which the picture may be had; none for ever."""
    if error.code not in _PASSING or job.attempts >= job.max_attempts:
        return None
    return postponed(job, error)
