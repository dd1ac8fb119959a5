"""A job that is running here, and how its run ended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Event, Job, NewJob, Ownership, WaitReason
from model_keeper.domain.ports import CANCEL, LOST, PAUSE, Interrupted, ProgressSink
from model_keeper.engine.control import JobControl
from model_keeper.transfer.limits import Bandwidth

#: In a payload, if true: the job gives way while ComfyUI generates, whatever the settings say.
GIVES_WAY = "gives_way"


@dataclass(frozen=True)
class Running:
    """A claimed job with the handles that reach it while it runs."""

    job: Job
    ownership: Ownership
    control: JobControl
    bandwidth: Bandwidth


@dataclass(frozen=True)
class Outcome:
    """How a run ended, ready to be committed. ``delay`` in seconds.

    ``discard``: what lies in staging is of no use any more; it is removed after the commit.
    ``then``: jobs that follow, each after the one before, enqueued with the commit.
    """

    event: Event
    result: Mapping[str, Any] | None = None
    error: KeeperError | None = None
    wait_reason: WaitReason | None = None
    delay: float = 0.0
    discard: bool = False
    then: tuple[NewJob, ...] = ()


_WISHES = {CANCEL: Event.CANCEL, PAUSE: Event.PAUSE}


def stopped(stop: Interrupted) -> Outcome | None:
    """How a run that followed a wish ended; None where the job is another worker's by now."""
    if stop.wish == LOST:
        return None
    return Outcome(_WISHES.get(stop.wish, Event.DEFER))


class Handler(Protocol):
    """Does the work of one kind of job, each on the thread it is called on."""

    def run(self, running: Running, report: ProgressSink) -> Outcome | None:
        """Bring the job to its next resting state; None where it is not ours any more."""

    def discard(self, job: Job) -> None:
        """Remove what a job that will not go on left behind."""
