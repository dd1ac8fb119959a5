"""``model-keeper get``: fetch what is named, proven, into its folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape

from model_keeper.cli.progress import ProgressView
from model_keeper.cli.session import Session, error_object
from model_keeper.domain.downloads import Collision
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Job, JobId
from model_keeper.engine.intake import Intake, Plan, Wishes, check_space, looks_like_workflow
from model_keeper.engine.submission import Submission
from model_keeper.engine.summary import error_code, exit_code, summary
from model_keeper.hosts.standalone import StandaloneHost


def get(
    context: typer.Context,
    what: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Argument(help="Links, hashes or workflow files.", show_default=False),
    ] = None,
    to: Annotated[
        Optional[str], typer.Option(help="The category, such as loras.")  # noqa: UP045
    ] = None,
    root: Annotated[
        Optional[str], typer.Option(help="Which folder of the category.")  # noqa: UP045
    ] = None,
    name: Annotated[
        Optional[str], typer.Option(help="The file's name, also with a sub-folder.")  # noqa: UP045
    ] = None,
    sha256: Annotated[
        Optional[str], typer.Option(help="The SHA256 it must have.")  # noqa: UP045
    ] = None,
    models_dir: Annotated[
        Optional[Path], typer.Option(help="ComfyUI's models folder.")  # noqa: UP045
    ] = None,
    extra_model_paths: Annotated[
        Optional[list[Path]],  # noqa: UP045
        typer.Option(help="A file extra_model_paths.yaml. May be given again."),
    ] = None,
    from_file: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--from", help="Take a file you already have instead of fetching it."),
    ] = None,
    allow_pickle: Annotated[
        bool, typer.Option(help="Accept files that can run code when they are loaded.")
    ] = False,
    suffix: Annotated[
        bool, typer.Option(help="Where another file has the name: add a part of the hash to it.")
    ] = False,
    detach: Annotated[bool, typer.Option(help="Return at once; the worker goes on.")] = False,
    dry_run: Annotated[bool, typer.Option(help="Only show what would be fetched.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
) -> None:
    """Fetch models by link, hash or workflow: verified, and in the right folder."""
    session: Session = context.obj
    wishes = Wishes(
        category=to,
        root=root,
        name=name,
        sha256=sha256.lower() if sha256 else None,
        allow_pickle=allow_pickle,
        collision=Collision.SUFFIX if suffix else Collision.FAIL,
        adopt_from=str(from_file) if from_file else None,
        accept_hosts=yes,
    )
    if not what and from_file is None:
        raise KeeperError("invalid_request", what="Nothing was named.")
    with session.host() as host:
        command = _Get(session, host, as_json=as_json)
        try:
            intake = host.intake(
                host.folders(models_dir, extra_model_paths or ()),
                session.ask(allowed=not (yes or as_json)),
            )
            plans = command.plan(intake, what or [], wishes, from_file)
            if dry_run:
                command.show(plans)
                return
            jobs = command.enqueue(plans)
            code = command.detach(jobs) if detach else command.follow(jobs)
        except KeeperError as exc:
            if as_json:
                session.emit({"event": "error", "error": error_object(exc)})
            Session.explain(exc)
            raise typer.Exit(error_code(exc)) from None
    raise typer.Exit(code)


class _Get:
    """The steps of one ``get``."""

    def __init__(self, session: Session, host: StandaloneHost, *, as_json: bool) -> None:
        self._session = session
        self._host = host
        self._json = as_json

    def plan(
        self, intake: Intake, what: Sequence[str], wishes: Wishes, from_file: Path | None
    ) -> list[Plan]:
        if len(what) > 1 and (wishes.name or wishes.sha256):
            raise KeeperError(
                "invalid_request", what="--name and --sha256 describe one file, not several."
            )
        plans: list[Plan] = []
        if not what and from_file is not None:
            plans.append(intake.from_file(from_file, wishes))
        for text in what:
            if looks_like_workflow(text):
                plans += intake.from_workflow(Path(text), wishes)
            else:
                plans.append(intake.from_link(text, wishes))
        check_space(plans)
        return plans

    def show(self, plans: Sequence[Plan]) -> None:
        for plan in plans:
            download = plan.download
            if self._json:
                self._session.emit({"event": "plan", **download.to_payload()})
            else:
                size = _size(download.expected_size)
                proof = "SHA256 known" if download.expected_sha256 else "no hash known"
                self._session.say(
                    f"{escape(download.destination.path)}  [dim]{size}, {proof}[/dim]\n"
                    f"  [dim]from {escape(download.asset.url)}[/dim]"
                )

    def enqueue(self, plans: Sequence[Plan]) -> list[JobId]:
        """Put the plans into the queue; a plan that is there already is joined."""
        return list(dict.fromkeys(Submission(self._host.store).all(plans).job_ids))

    def detach(self, jobs: Sequence[JobId]) -> int:
        self._host.ensure_worker()
        for job_id in jobs:
            if self._json:
                self._session.emit({"event": "queued", "id": job_id})
            else:
                self._session.say(job_id)
        if not self._json:
            self._session.say("[dim]Watch them with: model-keeper jobs watch[/dim]")
        return 0

    def follow(self, jobs: Sequence[JobId]) -> int:
        view = ProgressView(self._session, as_json=self._json)
        rows: list[Job] = []
        watch = self._host.watch(patient=self._session.interactive)
        try:
            with view:
                for updates in watch.follow(jobs):
                    rows = [update.job for update in updates]
                    view.show(updates)
        except KeyboardInterrupt:
            self._session.errors.print(
                "\nThe worker goes on. Watch: model-keeper jobs watch · "
                "Cancel: model-keeper jobs cancel ID"
            )
            return 130
        closing = summary(rows)
        if self._json:
            self._session.emit(closing)
        else:
            view.close_with(rows)
        return exit_code(rows)


def _size(size: int | None) -> str:
    return "size unknown" if size is None else f"{size / 1e6:,.0f} MB"
