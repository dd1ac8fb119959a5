"""What became of the items of a job, for people."""

from __future__ import annotations

from rich.markup import escape

from model_keeper.cli.session import Session
from model_keeper.domain.jobs import Job
from model_keeper.domain.queue import ItemState
from model_keeper.engine.item_jobs import item_error
from model_keeper.hosts.standalone import StandaloneHost

_COUNTS = ("changed", "unchanged", "unknown", "failed")
_MOST_FAILURES = 20


def say_results(session: Session, host: StandaloneHost, job: Job, *, nothing: str) -> None:
    """How many there are of each outcome, and what went wrong with which model.

    ``nothing`` is said where there was no item.
    """
    told = [f"{job.result[name]} {name}" for name in _COUNTS if job.result.get(name)]
    session.say(", ".join(told) + "." if told else nothing)
    for item in host.store.items.page(job.id, states=[ItemState.FAILED], limit=_MOST_FAILURES):
        error = item_error(item)
        if error is not None:
            name = escape(str(item.data.get("name", item.key)))
            session.say(f"[red]{name}[/red]: {escape(error.message)}")
            session.say(f"  [dim]{escape(error.hint)}[/dim]")
