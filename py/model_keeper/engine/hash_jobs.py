"""The hash job: many files, one after the other, giving way to everything else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, Job, JobKind, NewJob, Priority, request_key
from model_keeper.domain.ports import Control, Interrupted, Progress, ProgressSink
from model_keeper.engine.hashing import Hashing
from model_keeper.engine.running import Outcome, Running, stopped
from model_keeper.library.contents import Contents, file_state
from model_keeper.library.index import LibraryIndex

_PROBLEMS_TOLD = 20


def hash_job(
    paths: Iterable[str] | None = None,
    *,
    wanted: Collection[str] = ("sha256",),
    priority: int = Priority.LOW,
) -> NewJob:
    """A job that hashes these files, or every file of the library that lacks a wanted hash.

    The same request joins a live one. Files that were done are not read again when it is resumed.
    """
    named = None if paths is None else sorted(set(paths))
    key = request_key("hash", (named, sorted(wanted)))
    payload = {"paths": named, "wanted": sorted(wanted)}
    return NewJob(JobKind.HASH, payload, dest_key=key, source_key=key, priority=priority)


@dataclass
class _Tally:
    """Where a run is: files and bytes."""

    total: int
    done: int = 0
    read: int = 0
    hashed: int = 0
    failures: list[tuple[str, KeeperError]] = field(default_factory=list)

    def result(self) -> Mapping[str, Any]:
        problems = [
            {"path": path.encode("utf-8", "backslashreplace").decode(), "code": error.code}
            for path, error in self.failures[:_PROBLEMS_TOLD]
        ]
        return {"hashed": self.hashed, "failed": len(self.failures), "problems": problems}


class HashHandler:
    """Runs hash jobs. A result has ``hashed`` and ``failed`` (files) and the first ``problems``."""

    def __init__(self, hashing: Hashing, index: LibraryIndex) -> None:
        self._hashing = hashing
        self._contents = Contents(index)

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        payload = running.job.payload
        wanted = tuple(payload.get("wanted") or ("sha256",))
        try:
            tally = self._run(payload.get("paths"), wanted, running.control, report)
        except Interrupted as stop:
            return stopped(stop)
        except KeeperError as exc:
            return Outcome(Event.FAIL, error=exc)
        if tally.failures and not tally.hashed:
            return Outcome(Event.FAIL, result=tally.result(), error=tally.failures[0][1])
        return Outcome(Event.SUCCEED, result=tally.result())

    def discard(self, job: Job) -> None:
        """Nothing is left behind: evidence that is complete stays true."""

    def _run(
        self,
        paths: Sequence[str] | None,
        wanted: tuple[str, ...],
        control: Control,
        report: ProgressSink,
    ) -> _Tally:
        """Two rounds: what is still being written may be complete when the rest is done."""
        files = self._files(paths, wanted)
        tally = _Tally(total=sum(size for _, size in files))
        for last_round in (False, True):
            changing = []
            for path, size in files:
                error = self._hash(path, wanted, control, tally, report)
                if error and error.code == "file_changing" and not last_round:
                    changing.append((path, size))
                    continue
                tally.done += size
                tally.hashed += error is None
                tally.failures += [(path, error)] if error else []
            files = changing
        return tally

    def _files(self, paths: Sequence[str] | None, wanted: Collection[str]) -> list[tuple[str, int]]:
        """What to read, with sizes. A file that is not there counts nothing, and fails later."""
        if paths is None:
            self._hashing.bring_evidence()  # what a run recorded that was killed right after
            return [(state.path, state.size) for state in self._contents.lacking(wanted)]
        return [(path, _size(path)) for path in paths]

    def _hash(
        self,
        path: str,
        wanted: tuple[str, ...],
        control: Control,
        tally: _Tally,
        report: ProgressSink,
    ) -> KeeperError | None:
        before = tally.read

        def step(reached: int) -> None:
            tally.read = before + reached
            done = min(tally.done + reached, tally.total)
            report(Progress(done, tally.total, tally.read, stage="hash"))

        control.check()
        try:
            self._hashing.of(path, wanted=wanted, control=control, step=step)
        except KeeperError as exc:
            if exc.code not in {"file_changing", "storage_failed"}:
                raise
            return exc
        return None


def _size(path: str) -> int:
    try:
        return file_state(path).size
    except OSError:
        return 0
