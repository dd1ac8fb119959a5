"""Keeping the library index true: scans, and files that have just come."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Event, Job, JobId, JobKind, NewJob, Priority, request_key
from model_keeper.domain.ports import Control, Interrupted, Progress, ProgressSink
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.running import Outcome, Running, stopped
from model_keeper.library.arrivals import enter
from model_keeper.library.census import Census
from model_keeper.library.contents import file_state
from model_keeper.library.headers import Headers
from model_keeper.library.index import LibraryIndex
from model_keeper.library.index_text import as_text
from model_keeper.library.said_models import SaidModels
from model_keeper.library.scan import Scan, ScanSummary
from model_keeper.library.shown_previews import ShownPreviews

_log = logging.getLogger(__name__)


class Scanning:
    """The library index as the rest of the program keeps it. Safe for threads and processes."""

    def __init__(
        self, index: LibraryIndex, hashing: Hashing, said: SaidModels, shown: ShownPreviews
    ) -> None:
        self._index = index
        self._census = Census(index)
        self._hashing = hashing
        self._said = said
        self._shown = shown

    def refresh(
        self,
        folders: FolderTable,
        *,
        roots: Collection[str] | None = None,
        headers: bool = True,
        control: Control | None = None,
        report: ProgressSink | None = None,
    ) -> ScanSummary:
        """Bring the index to what lies in the folders now, or in those of them in ``roots``.

        Names come first, then hashes, then what the files and their sidecars say, then what their
        pictures are. Where nothing changed it takes a stat of each file. Without ``headers`` what
        is new in files is not known until the next refresh. Raises KeeperError index_unusable,
        database_unavailable, and Interrupted by ``control``.
        """
        names = _Counter("scan", report)
        summary = Scan(self._index, folders, only=roots).run(control, names, names.enter)
        self._hashing.bring_evidence()
        if headers:
            before = self._census.broken()
            Headers(self._index).run(control, _Counter("headers", report))
            self._said.run(control, _Counter("sidecars", report))
            summary = replace(summary, broken=len(self._census.broken() - before))
            self._shown.run(control, _Counter("previews", report))
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


def scan_job(
    folders: FolderTable, *, roots: Collection[str] | None = None, priority: int = Priority.LOW
) -> NewJob:
    """A scan in the worker, of all folders or of ``roots``; the same again joins a live one."""
    every = {root.path for rows in folders.roots.values() for root in rows}
    chosen = None if roots is None or every <= set(roots) else sorted(roots)
    key = "scan" if chosen is None else request_key("scan", chosen)
    payload = {"folders": folders.to_json(), "roots": chosen}
    return NewJob(JobKind.SCAN, payload, dest_key=key, source_key=key, priority=priority)


class ScanHandler:
    """Runs scan jobs. The result of one has the counts of :class:`ScanSummary`."""

    def __init__(
        self, scanning: Scanning, conclude: Callable[[JobId, ScanSummary], Mapping[str, Any]]
    ) -> None:
        """What ``conclude`` returns is in the result too."""
        self._scanning = scanning
        self._conclude = conclude

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        payload = running.job.payload
        folders = FolderTable.from_json(payload["folders"])
        try:
            summary = self._scanning.refresh(
                folders, roots=payload.get("roots"), control=running.control, report=report
            )
            found = self._conclude(running.job.id, summary)
        except Interrupted as stop:
            return stopped(stop)
        except KeeperError as exc:
            return Outcome(Event.FAIL, error=exc)
        return Outcome(Event.SUCCEED, result={**_printable(asdict(summary)), **found})

    def discard(self, job: Job) -> None:
        """A scan leaves nothing behind."""


class _Counter:
    """Files as a progress: they are no bytes. Its note is the folder that is looked through."""

    def __init__(self, stage: str, sink: ProgressSink | None) -> None:
        self._stage = stage
        self._sink = sink
        self._folder: str | None = None
        self._files = 0

    def enter(self, folder: str) -> None:
        self._folder = as_text(folder)
        self(self._files)

    def __call__(self, files: int) -> None:
        self._files = files
        if self._sink is not None:
            extra = {"files": str(files)}
            self._sink(Progress(0, None, 0, stage=self._stage, note=self._folder, extra=extra))


def _printable(summary: dict[str, Any]) -> dict[str, Any]:
    """A result may hold no name that is no text."""
    offline = [path.encode("utf-8", "backslashreplace").decode() for path in summary["offline"]]
    return {**summary, "offline": offline}
