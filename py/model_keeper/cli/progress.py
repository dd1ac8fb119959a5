"""How jobs look while they run: bars at a terminal, lines on a pipe, objects as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any

from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Column

from model_keeper.cli.session import Session
from model_keeper.cli.tables import counted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import PASSING, Job, JobId, JobKind, JobState
from model_keeper.engine.follow import Update
from model_keeper.engine.summary import job_error

_WORKS = {
    JobKind.SCAN: "scan of the library",
    JobKind.HASH: "hashes of the models",
    JobKind.CHANGE: "changes of files",
    JobKind.COLLECTION: "restoring a collection",
    JobKind.METADATA: "metadata of the models",
    JobKind.PREVIEW: "previews of the models",
}
_ENDED = {JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.REVIEW}


class ProgressView:
    """Shows updates of a set of jobs. Use it in ``with``."""

    def __init__(self, session: Session, *, as_json: bool) -> None:
        self._session = session
        self._json = as_json
        self._states: dict[JobId, tuple[str, str | None]] = {}
        self._tasks: dict[JobId, TaskID] = {}
        self._all: TaskID | None = None
        self._bars = None if as_json or not session.console.is_terminal else _bars(session)

    def show(self, updates: Sequence[Update]) -> None:
        for number, update in enumerate(updates, 1):
            if self._json:
                self._emit(update)
            else:
                self._line(update.job, number, len(updates))
            if self._bars is not None:
                self._advance(self._bars, update)
        if self._bars is not None and len(updates) > 1:
            self._advance_all(self._bars, updates)

    def begin(self, count: int) -> None:
        """The header of a batch."""
        if count > 1 and not self._json:
            self._session.say(f"Fetching {count} models")

    def close_with(self, jobs: Sequence[Job], *, refused: int = 0) -> None:
        """The last lines: what became of each, and what to do about what did not succeed.

        ``refused`` are further files, for which there is no job.
        """
        done = sum(job.state is JobState.SUCCEEDED for job in jobs)
        for job in jobs:
            error = job_error(job)
            if job.state is not JobState.SUCCEEDED and error is not None:
                about = f"{escape(job_name(job))}: " if len(jobs) > 1 else ""
                self._session.say(f"  [dim]{about}{escape(next_step(job, error))}[/dim]")
        self._session.say(f"Downloaded {done}/{len(jobs) + refused} models")

    def __enter__(self) -> ProgressView:
        if self._bars is not None:
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def _emit(self, update: Update) -> None:
        job, live = update.job, update.live
        state = (job.state.value, job.wait_reason.value if job.wait_reason else None)
        if self._states.get(job.id) != state:
            self._states[job.id] = state
            self._session.emit(
                {"event": "state", "id": job.id, "state": state[0], "wait_reason": state[1]}
            )
        if live is not None:
            self._session.emit({"event": "progress", "id": job.id, **live})

    def _line(self, job: Job, number: int, total: int) -> None:
        state = (job.state.value, job.wait_reason.value if job.wait_reason else None)
        if self._states.get(job.id) == state:
            return
        self._states[job.id] = state
        text = _sentence(job)
        if text:
            self._session.say(f"[dim]\\[{number}/{total}][/dim] {escape(job_name(job))} {text}")

    def _advance(self, bars: Progress, update: Update) -> None:
        job, live = update.job, update.live
        if job.id not in self._tasks:
            self._tasks[job.id] = bars.add_task(escape(job_name(job)), total=job.bytes_total)
        task = self._tasks[job.id]
        if job.state in _ENDED:
            bars.update(task, visible=False)
        elif live is not None:
            bars.update(task, completed=_done(update), total=live["bytes_total"])

    def _advance_all(self, bars: Progress, updates: Sequence[Update]) -> None:
        totals = [_total(update) for update in updates]
        total = None if None in totals else sum(t for t in totals if t is not None)
        if self._all is None:
            self._all = bars.add_task("[bold]in all[/bold]", total=total)
        bars.update(self._all, completed=sum(_done(u) for u in updates), total=total)


def _bars(session: Session) -> Progress:
    def cut() -> Column:  # numbers take what they need; names and bars share the rest
        return Column(no_wrap=True, overflow="ellipsis")

    return Progress(
        TextColumn(
            "{task.description}", table_column=Column(ratio=3, no_wrap=True, overflow="ellipsis")
        ),
        BarColumn(bar_width=None, table_column=Column(ratio=1)),
        DownloadColumn(table_column=cut()),
        TransferSpeedColumn(table_column=cut()),
        TimeRemainingColumn(table_column=cut()),
        console=session.console,
        expand=True,
    )


def _sentence(job: Job) -> str:
    error = job_error(job)
    if job.state is JobState.SUCCEEDED:
        return f"[green]✓[/green] [dim]{escape(_outcome(job))}[/dim]"
    if job.state in {JobState.FAILED, JobState.REVIEW} and error is not None:
        sign = "[red]✗[/red]" if job.state is JobState.FAILED else "[yellow]?[/yellow]"
        return f"{sign} {escape(error.message)}"
    if job.state is JobState.CANCELLED:
        return "[dim]cancelled[/dim]"
    if job.state is JobState.PAUSED:
        return f"[yellow]paused[/yellow] [dim]model-keeper jobs resume {job.id}[/dim]"
    if job.state is JobState.PENDING and error is not None:
        return f"[yellow]waits[/yellow] {escape(error.message)} {escape(next_step(job, error))}"
    return ""


def next_step(job: Job, error: KeeperError) -> str:
    """What helps ``job`` with the ``error`` that it ended or waits with."""
    waits = job.state is JobState.PENDING and job.wait_reason in PASSING
    return "It goes on by itself." if waits else error.hint


def _outcome(job: Job) -> str:
    if job.kind is not JobKind.DOWNLOAD:
        return "done"
    verdict: Any = job.result.get("verdict") or {}
    compared = any(r["code"] == "sha256_compared" for r in verdict.get("reasons", ()))
    how = "already here" if job.reused else "verified" if compared else "verified, no hash known"
    return f"{how} · {job.result.get('path', '')}"


def job_name(job: Job) -> str:
    """What a person calls the job: its file's name, how many files a batch has, or its work."""
    if job.kind is JobKind.BATCH:
        return counted(job.payload.get("files", 0), "model")
    if job.kind in _WORKS:
        return _WORKS[job.kind]
    destination: Any = job.payload.get("destination") or {}
    return Path(str(destination.get("relative", job.id))).name


def _done(update: Update) -> int:
    if update.job.state is JobState.SUCCEEDED:
        return int(update.job.result.get("size", 0))
    if update.live is not None:
        return int(update.live["bytes_done"])
    return update.job.bytes_done


def _total(update: Update) -> int | None:
    if update.job.state is JobState.SUCCEEDED:
        return int(update.job.result.get("size", 0))
    if update.live is not None and update.live["bytes_total"] is not None:
        return int(update.live["bytes_total"])
    return update.job.bytes_total
