"""The purge job: what was to be kept in the trash until now is deleted for good."""

from __future__ import annotations

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, Job, JobKind, NewJob, Priority, WaitReason
from model_keeper.domain.ports import ProgressSink
from model_keeper.engine.library_changes import LibraryChanges
from model_keeper.engine.running import Outcome, Running

TASK = "purge"

_AGAIN_SECONDS = 5.0


def purge_job() -> NewJob:
    """The same again joins a live one."""
    return NewJob(
        JobKind.CHANGE, {"task": TASK}, dest_key=TASK, source_key=TASK, priority=Priority.LOW
    )


class PurgeHandler:
    """Runs purge jobs. A result has ``done`` and ``failed`` (files) and ``freed`` (bytes)."""

    def __init__(self, changes: LibraryChanges) -> None:
        self._changes = changes

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        del running, report
        try:
            purged = self._changes.purge_expired()
        except KeeperError as exc:
            if exc.code == "library_busy":
                return Outcome(
                    Event.DEFER, error=exc, wait_reason=WaitReason.LOCKED, delay=_AGAIN_SECONDS
                )
            return Outcome(Event.FAIL, error=exc)
        failed = len(purged.problems)
        result = {"done": purged.files, "failed": failed, "freed": purged.freed}
        if failed and not purged.files:
            return Outcome(Event.FAIL, result=result, error=purged.problems[0][1])
        return Outcome(Event.SUCCEED, result=result)

    def discard(self, job: Job) -> None:
        """A purge leaves nothing behind."""
