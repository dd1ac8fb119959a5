"""Waiting for a job of the worker, with its progress shown."""

from __future__ import annotations

from model_keeper.cli.progress import ProgressView
from model_keeper.cli.session import Session
from model_keeper.domain.jobs import Job
from model_keeper.hosts.standalone import StandaloneHost


def followed(session: Session, host: StandaloneHost, job: Job, *, as_json: bool) -> Job:
    """The job as it ended."""
    with ProgressView(session, as_json=as_json) as view:
        for updates in host.watch(patient=session.interactive).follow([job.id]):
            job = updates[0].job
            view.show(updates)
    return job
