"""Keeping the library index true: scans, and files that have just come."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Event, Job, JobKind, NewJob, Priority
from model_keeper.domain.ports import Control, Interrupted, Progress, ProgressSink
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.running import Outcome, Running, stopped
from model_keeper.library.arrivals import enter
from model_keeper.library.contents import file_state
from model_keeper.library.headers import Headers
from model_keeper.library.index import LibraryIndex
from model_keeper.library.said_models import SaidModels
from model_keeper.library.scan import Scan, ScanSummary

_log = logging.getLogger(__name__)


class Scanning:
    """The library index as the rest of the program keeps it. Safe for threads and processes."""

    def __init__(self, index: LibraryIndex, hashing: Hashing, said: SaidModels) -> None:
        self._index = index
        self._hashing = hashing
        self._said = said

    def refresh(
        self,
        folders: FolderTable,
        *,
        headers: bool = True,
        control: Control | None = None,
        report: ProgressSink | None = None,
    ) -> ScanSummary:
        """Bring the index to what lies in the folders now.

        Names come first, then hashes, then what the files and their sidecars say. Where nothing
        changed it takes a stat of each file. Without ``headers`` what new files and sidecars say is
        not known until the next refresh. Raises KeeperError index_unusable, database_unavailable,
        and Interrupted by ``control``.
        """
        summary = Scan(self._index, folders).run(control, _counter("scan", report))
        self._hashing.bring_evidence()
        if headers:
            Headers(self._index).run(control, _counter("headers", report))
            self._said.run(control, _counter("sidecars", report))
        return summary

    def arrived(self, path: Path, hashes: Mapping[str, str]) -> None:
        """Enter a file that was just published, with the hashes of exactly these bytes.

        It fails nobody: what is not entered now, the next scan and the next hash job find.
        """
        try:
            state = file_state(str(path))
            if enter(self._index, state.path):
                Headers(self._index).read(state)
            self._hashing.record(state, hashes)
        except (KeeperError, OSError) as exc:
            _log.warning("%s is here, but the library does not know it yet: %s", path, exc)


def scan_job(folders: FolderTable, *, priority: int = Priority.LOW) -> NewJob:
    """A scan in the worker; a second one joins the first while that one lasts."""
    return NewJob(
        JobKind.SCAN,
        {"folders": folders.to_json()},
        dest_key="scan",
        source_key="scan",
        priority=priority,
    )


class ScanHandler:
    """Runs scan jobs. The result of one has the counts of :class:`ScanSummary`."""

    def __init__(self, scanning: Scanning) -> None:
        self._scanning = scanning

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        folders = FolderTable.from_json(running.job.payload["folders"])
        try:
            summary = self._scanning.refresh(folders, control=running.control, report=report)
        except Interrupted as stop:
            return stopped(stop)
        except KeeperError as exc:
            return Outcome(Event.FAIL, error=exc)
        return Outcome(Event.SUCCEED, result=_printable(asdict(summary)))

    def discard(self, job: Job) -> None:
        """A scan leaves nothing behind."""


def _counter(stage: str, report: ProgressSink | None) -> Callable[[int], None] | None:
    """Files as a progress: they are no bytes."""
    if report is None:
        return None
    sink = report
    return lambda files: sink(Progress(0, None, 0, stage=stage, extra={"files": str(files)}))


def _printable(summary: dict[str, Any]) -> dict[str, Any]:
    """A result may hold no name that is no text."""
    offline = [path.encode("utf-8", "backslashreplace").decode() for path in summary["offline"]]
    return {**summary, "offline": offline}
