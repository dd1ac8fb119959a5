"""What was decided and is not done yet, as a person reviews it before anything is fetched."""

from __future__ import annotations

from collections.abc import Sequence

from rich.markup import escape

from model_keeper.cli.findings_view import wanted_name
from model_keeper.cli.session import Session
from model_keeper.domain.findings import Status
from model_keeper.engine.engine import ResolvedWorkflow


def tell_pending(session: Session, workflows: Sequence[ResolvedWorkflow]) -> None:
    """Downloads, files to relink, and what is still open; each file once."""
    rows = [intent.row for resolved in workflows for intent in resolved.intents]
    downloads = dict.fromkeys((row.relative_path or row.filename, row.sources[0]) for row in rows)
    if downloads:
        session.say(f"\n[bold]{len(downloads)} to fetch[/bold]")
        for path, source in downloads:
            session.say(escape(path), indent=2)
            session.say(f"[dim]from {escape(source)}[/dim]", indent=4)
    findings = [finding for resolved in workflows for finding in resolved.findings]
    relinks = {wanted_name(f): f.path for f in findings if f.status is Status.RELINK}
    if relinks:
        session.say(f"\n[bold]{len(relinks)} to relink[/bold] [dim]with --relink[/dim]")
        for name, place in relinks.items():
            session.say(escape(name), indent=2)
            session.say(f"[dim]is {escape(place or '')}[/dim]", indent=4)
    left = {wanted_name(f) for f in findings if f.status in {Status.CHOOSE, Status.MISSING}}
    if left:
        session.say(f"\n[bold]{len(left)} still open[/bold]")
        for name in sorted(left):
            session.say(escape(name), indent=2)
    if not (downloads or relinks or left):
        session.say("Everything is here.")
