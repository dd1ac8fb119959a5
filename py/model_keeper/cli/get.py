"""``model-keeper get``: fetch what is named, proven, into its folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer
from rich.markup import escape

from model_keeper.cli.asking import Asking
from model_keeper.cli.exit_codes import INTERRUPTED, lowest
from model_keeper.cli.fetching import Fetching
from model_keeper.cli.manifest_file import manifest_for
from model_keeper.cli.options import (
    Detach,
    DryRun,
    ExtraModelPaths,
    JsonLines,
    ManifestFile,
    ModelsDir,
    Offline,
    Places,
    Yes,
)
from model_keeper.cli.resolving import Resolved, resolve_all
from model_keeper.cli.session import Session, error_object
from model_keeper.cli.tables import counted
from model_keeper.cli.workflow_files import WorkflowFile, names_workflow, workflow_files
from model_keeper.cli.workflow_report import WorkflowReport
from model_keeper.domain.downloads import Collision
from model_keeper.domain.errors import KeeperError
from model_keeper.engine.batches import BatchItem
from model_keeper.engine.engine import Engine, Prepared, ResolvedWorkflow
from model_keeper.engine.intake import Wishes
from model_keeper.engine.summary import error_code
from model_keeper.hosts.standalone import StandaloneHost


def get(
    context: typer.Context,
    what: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Argument(
            help="Links, hashes, or workflows: JSON, pictures and videos with one inside, folders.",
            show_default=False,
        ),
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
    required_only: Annotated[
        bool,
        typer.Option(
            "--required-only",
            help="Of workflows: nothing that only muted, bypassed or switched off nodes declare.",
        ),
    ] = False,
    detach: Detach = False,
    dry_run: DryRun = False,
    offline: Offline = False,
    manifest: ManifestFile = None,
    models_dir: ModelsDir = None,
    extra_model_paths: ExtraModelPaths = None,
    yes: Yes = False,
    as_json: JsonLines = False,
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
    named = what or []
    _refuse_what_cannot_be(named, wishes, offline=offline)
    with session.host() as host:
        places = Places(models_dir, tuple(extra_model_paths or ()), manifest)
        command = _Get(session, host, places, wishes, as_json=as_json)
        try:
            links = command.links([text for text in named if not names_workflow(text)], from_file)
            files = workflow_files([text for text in named if names_workflow(text)])
            engine = command.engine(keep=not dry_run, offline=offline)
            found = command.resolve(engine, files, declared=not required_only)
            deferred = None if dry_run else command.deferring(offline=offline)
            if deferred is not None:
                command.defer(found, deferred)
                prepared: Sequence[Prepared] = ()
            else:
                prepared = engine.prepare([resolved for _, resolved in found.workflows])
            fetching = Fetching(session, host, prepared, links, as_json=as_json)
            shown = found.files if files else None
            code = fetching.carry_out(lambda: engine, shown, dry_run=dry_run, detach=detach)
        except KeeperError as exc:
            if as_json:
                session.emit({"event": "error", "error": error_object(exc)})
            Session.explain(exc)
            raise typer.Exit(error_code(exc)) from None
    raise typer.Exit(code if code == INTERRUPTED else lowest([code, found.exit_code]))


def _refuse_what_cannot_be(what: Sequence[str], wishes: Wishes, *, offline: bool) -> None:
    links = [text for text in what if not names_workflow(text)]
    if not what and wishes.adopt_from is None:
        raise KeeperError(
            "invalid_request", what="Nothing was named to get: a link, a SHA256 or a workflow."
        )
    if len(what) > 1 and (wishes.name or wishes.sha256):
        raise KeeperError(
            "invalid_request", what="--name and --sha256 describe one file, not several."
        )
    of_links = (wishes.category, wishes.root, wishes.name, wishes.sha256)
    if not links and wishes.adopt_from is None and any(of_links):
        raise KeeperError(
            "invalid_request",
            what="--to, --root, --name and --sha256 are for links; "
            "a workflow says itself where its models go.",
        )
    if links and offline:
        raise KeeperError("invalid_request", what="A link cannot be fetched with --offline.")


class _Get:
    """The steps of one ``get``."""

    def __init__(
        self,
        session: Session,
        host: StandaloneHost,
        places: Places,
        wishes: Wishes,
        *,
        as_json: bool,
    ) -> None:
        self._session = session
        self._host = host
        self._places = places
        self._wishes = wishes
        self._json = as_json
        self._asks = session.interactive and not (as_json or wishes.accept_hosts)
        self._folders = host.folders(places.models_dir, places.extra_model_paths)
        self._manifest = manifest_for(host.state, places.manifest, Path.cwd())

    def links(self, texts: Sequence[str], from_file: Path | None) -> list[BatchItem]:
        """Raises KeeperError: a link that cannot be fetched stops everything."""
        intake = self._host.intake(self._folders, self._session.ask(allowed=self._asks))
        plans = [intake.from_link(text, self._wishes) for text in texts]
        if not plans and from_file is not None and not texts:
            plans = [intake.from_file(from_file, self._wishes)]
        return [BatchItem(plan.download.destination.relative, plan) for plan in plans]

    def engine(self, *, keep: bool, offline: bool) -> Engine:
        return self._host.workflows.engine(
            self._folders,
            manifest=self._manifest,
            keep=keep,
            search=not offline,
            ask=self._session.ask(allowed=self._asks),
            wishes=Wishes(
                allow_pickle=self._wishes.allow_pickle,
                collision=self._wishes.collision,
                accept_hosts=self._wishes.accept_hosts,
            ),
            patient=self._session.interactive,
        )

    def resolve(self, engine: Engine, files: Sequence[WorkflowFile], *, declared: bool) -> Resolved:
        """What the workflows want; what keeps some of it from being fetched is told."""
        asking = (
            Asking(self._session, self._host.workflows.sha256_of, links=False)
            if self._asks
            else None
        )

        def one(file: WorkflowFile) -> ResolvedWorkflow:
            return engine.resolve(file.path, model_strategy=asking, declared=declared)

        found = resolve_all(self._session, files, one, quiet=self._json or self._asks)
        report = WorkflowReport(self._session, self._places, as_json=self._json)
        for file, resolved in found.workflows:
            report.tell(file, resolved)
        report.not_asked(found.findings)
        report.faults(found.faults)
        return found

    def deferring(self, *, offline: bool) -> str | None:
        """Why workflows are not fetched now; None where they are."""
        if offline:
            return "No network is used (--offline)"
        automatic = self._host.store.settings.read().auto_download
        return None if automatic else "Automatic downloads are switched off"

    def defer(self, found: Resolved, reason: str) -> None:
        """Say what is kept for later."""
        intents = sum(len(resolved.intents) for _, resolved in found.workflows)
        kept = self._manifest.path if self._manifest is not None else None
        if self._json:
            shown = str(kept) if kept else None
            self._session.emit({"event": "deferred", "downloads": intents, "manifest": shown})
        elif intents:
            left = counted(intents, "download is", "downloads are")
            where = f", kept in {escape(str(kept))}" if kept else ""
            self._session.say(f"{reason}: {left} left for later{where}.")
            if "switched off" in reason:
                self._session.say(
                    "[dim]Switch them on: model-keeper settings set auto_download true[/dim]"
                )
