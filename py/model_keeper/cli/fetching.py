"""Getting what was decided at the terminal: shown, left to the worker, or followed to its end."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from rich.markup import escape

from model_keeper.cli.checks_view import check_lines
from model_keeper.cli.exit_codes import INTERRUPTED, lowest
from model_keeper.cli.progress import ProgressView
from model_keeper.cli.session import Session, error_object
from model_keeper.domain.findings import Status
from model_keeper.domain.jobs import Job, JobId
from model_keeper.domain.sizes import size_text
from model_keeper.engine.batches import BatchItem
from model_keeper.engine.engine import Engine, Prepared
from model_keeper.engine.follow import Update
from model_keeper.engine.intake import Plan, check_space, with_related
from model_keeper.engine.submission import Submission
from model_keeper.engine.summary import error_code, exit_code, summary
from model_keeper.hosts.standalone import StandaloneHost

_NAMED = 3  # workflows in a batch's title


class Fetching:
    """Downloads of workflows (``prepared``) and of links (``more``), as one batch."""

    def __init__(
        self,
        session: Session,
        host: StandaloneHost,
        prepared: Sequence[Prepared],
        more: Sequence[BatchItem] = (),
        *,
        as_json: bool,
    ) -> None:
        """Raises KeeperError disk_full where they do not fit."""
        self._session = session
        self._host = host
        self._prepared = prepared
        self._more = more
        self._json = as_json
        self._plans = _distinct([*(each.item for each in prepared), *more])
        self._refused = [item for item in self._items if item.plan is None]
        check_space(self._plans)

    @property
    def _items(self) -> list[BatchItem]:
        return [*(each.item for each in self._prepared), *self._more]

    def carry_out(
        self,
        engine: Callable[[], Engine],
        files: Mapping[str, int] | None = None,
        *,
        dry_run: bool,
        detach: bool,
    ) -> int:
        """Show it, enqueue it, or get it with the ``engine``; the exit code. See each of them."""
        if dry_run:
            return self._show()
        return self._detach() if detach else self.follow(engine(), files)

    def _show(self) -> int:
        """What would be fetched."""
        for plan in with_related(self._plans):
            download = plan.download
            checks = self._host.prechecks.of(download)
            if self._json:
                made = [check.to_json() for check in checks]
                self._session.emit({"event": "plan", **download.to_payload(), "checks": made})
            else:
                size = download.expected_size
                told = "size unknown" if size is None else size_text(size)
                proof = "SHA256 known" if download.expected_sha256 else "no hash known"
                self._session.say(
                    f"{escape(download.destination.path)}  [dim]{told}, {proof}[/dim]"
                )
                self._session.say(f"[dim]from {escape(download.asset.url)}[/dim]", indent=2)
                for line in check_lines(checks):
                    self._session.say(line, indent=2)
        return self._tell_refused()

    def _detach(self) -> int:
        """Enqueue, and leave the rest to the worker."""
        if self._plans:
            submission = Submission(self._host.store)
            jobs: Iterable[JobId] = dict.fromkeys(submission.all(self._plans, self._title).job_ids)
            self._host.ensure_worker()
            for job_id in jobs:
                if self._json:
                    self._session.emit({"event": "queued", "id": job_id})
                else:
                    self._session.say(job_id)
            if not self._json:
                self._session.say("[dim]Watch them with: model-keeper jobs watch[/dim]")
        return self._tell_refused()

    def follow(self, engine: Engine, files: Mapping[str, int] | None = None) -> int:
        """Get everything; the exit code. ``files``: how many of workflows' files stand how."""
        view = ProgressView(self._session, as_json=self._json)
        rows: list[Job] = []

        def show(updates: Sequence[Update]) -> None:
            rows[:] = [update.job for update in updates]
            view.show(updates)

        code = self._tell_refused()
        try:
            with view:
                view.begin(len(self._plans))
                engine.get(self._prepared, more=self._more, title=self._title, on_updates=show)
        except KeyboardInterrupt:
            self._session.errors.print(
                "\nThe worker goes on. Watch: model-keeper jobs watch · "
                "Cancel: model-keeper jobs cancel ID"
            )
            return INTERRUPTED
        if self._json:
            self._session.emit(self._closing(rows, files))
        elif self._items:
            view.close_with(rows, refused=len(self._refused))
        return lowest([exit_code(rows), code])

    @property
    def _title(self) -> str | None:
        names = list(dict.fromkeys(each.workflow for each in self._prepared))
        more = len(names) - _NAMED
        title = ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")
        return title or None

    def _tell_refused(self) -> int:
        """What cannot even be tried, each with its reason."""
        codes = []
        for item in self._refused:
            if item.error is None:
                continue
            codes.append(error_code(item.error))
            if self._json:
                error = error_object(item.error)
                self._session.emit({"event": "error", "name": item.name, "error": error})
            else:
                self._session.say(f"{escape(item.name)} [red]✗[/red] {escape(item.error.message)}")
                self._session.say(f"[dim]{escape(item.error.hint)}[/dim]", indent=2)
        return lowest(codes)

    def _closing(self, rows: Sequence[Job], files: Mapping[str, int] | None) -> dict[str, Any]:
        """What is here already, be it to be relinked, is reused as well."""
        closing = summary(rows)
        closing["failed"] += len(self._refused)
        if files is not None:
            here = (Status.ON_DISK, Status.RELINK)
            closing["reused"] += sum(files[status.value] for status in here)
            closing["files"] = dict(files)
        return closing


def _distinct(items: Sequence[BatchItem]) -> list[Plan]:
    """Each download once, however many workflows want it."""
    plans = [item.plan for item in items if item.plan is not None]
    return list({(p.download.destination, p.download.source_key): p for p in plans}.values())
