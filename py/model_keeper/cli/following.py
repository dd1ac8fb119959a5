"""Waiting for jobs of the worker, with their progress shown."""

from __future__ import annotations

from collections.abc import Sequence

import typer

from model_keeper.cli.exit_codes import INTERRUPTED
from model_keeper.cli.progress import ProgressView
from model_keeper.cli.session import Session
from model_keeper.domain.jobs import Job, JobId
from model_keeper.hosts.standalone import StandaloneHost


def followed(session: Session, host: StandaloneHost, job: Job, *, as_json: bool) -> Job:
    """The job as it ended. Ctrl+C ends the command, and not the job."""
    rows = all_followed(session, host, [job.id], as_json=as_json)
    return rows[0] if rows else job


def all_followed(
    session: Session, host: StandaloneHost, jobs: Sequence[JobId], *, as_json: bool
) -> list[Job]:
    """The jobs as they ended. Ctrl+C ends the command, and none of them."""
    rows: list[Job] = []
    try:
        with ProgressView(session, as_json=as_json) as view:
            for updates in host.watch(patient=session.interactive).follow(jobs):
                rows = [update.job for update in updates]
                view.show(updates)
    except KeyboardInterrupt:
        session.errors.print("\nThe worker goes on. Watch: model-keeper jobs watch")
        raise typer.Exit(INTERRUPTED) from None
    return rows
