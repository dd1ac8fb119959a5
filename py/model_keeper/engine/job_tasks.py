"""One kind of job, several things to do: the payload's ``task`` says which."""

from __future__ import annotations

from collections.abc import Mapping

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, Job
from model_keeper.domain.ports import ProgressSink
from model_keeper.engine.running import Handler, Outcome, Running


class TaskHandler:
    """Hands each job to the handler of its task; one that names none goes to ``default``."""

    def __init__(self, tasks: Mapping[str, Handler], default: Handler | None = None) -> None:
        self._tasks = tasks
        self._default = default

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        handler = self._of(running.job)
        if handler is None:  # a newer version of the program asked for it
            what = f"No worker here knows the task “{running.job.payload.get('task')}”."
            return Outcome(Event.FAIL, error=KeeperError("invalid_request", what=what))
        return handler.run(running, report)

    def discard(self, job: Job) -> None:
        handler = self._of(job)
        if handler is not None:
            handler.discard(job)

    def _of(self, job: Job) -> Handler | None:
        task = job.payload.get("task")
        return self._default if task is None else self._tasks.get(str(task))
