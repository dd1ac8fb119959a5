"""``model-keeper resolve``: what workflows need, and where each of it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Optional

import typer

from model_keeper.cli.asking import Asking, StoppedError
from model_keeper.cli.bundle_file import write_bundle
from model_keeper.cli.exit_codes import INTERRUPTED, QUESTION, lowest
from model_keeper.cli.fetching import Fetching
from model_keeper.cli.manifest_file import manifest_for
from model_keeper.cli.options import (
    ExtraModelPaths,
    JsonLines,
    ManifestFile,
    ModelsDir,
    Offline,
    Places,
    Yes,
)
from model_keeper.cli.pending import tell_pending
from model_keeper.cli.relinks import Relinks
from model_keeper.cli.resolution_view import ResolutionView
from model_keeper.cli.resolving import Resolved, resolve_all
from model_keeper.cli.script_files import write_scripts
from model_keeper.cli.session import Session
from model_keeper.cli.workflow_files import WorkflowFile, workflow_files
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.engine.engine import Engine, ResolvedWorkflow
from model_keeper.engine.intake import Wishes
from model_keeper.engine.script_export import ScriptMode
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.workflows.manifest import Manifest


def resolve(
    context: typer.Context,
    what: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Argument(
            help="Workflows: JSON, or pictures and videos with one inside. A folder means all in "
            "it and below.",
            show_default=False,
        ),
    ] = None,
    interactive: Annotated[
        bool,
        typer.Option(
            "--interactive",
            "-i",
            help="Ask about each choice and each missing file, then fetch what was decided.",
        ),
    ] = False,
    relink: Annotated[
        bool, typer.Option("--relink", help="Write the names of files that are here already.")
    ] = False,
    details: Annotated[
        bool, typer.Option("--details", help="Show every file, also of several workflows.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Fetch nothing, and write to no workflow.")
    ] = False,
    export_script: Annotated[
        Optional[ScriptMode],  # noqa: UP045
        typer.Option(
            help="Deprecated: write a script of the downloads into this folder.",
        ),
    ] = None,
    bundle: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option(help="Write the workflow with what is known of its models, to share it."),
    ] = None,
    offline: Offline = False,
    manifest: ManifestFile = None,
    models_dir: ModelsDir = None,
    extra_model_paths: ExtraModelPaths = None,
    yes: Yes = False,
    as_json: JsonLines = False,
) -> None:
    """Show which models workflows need: on disk, to relink, to fetch, to choose, or missing."""
    session: Session = context.obj
    if not what:
        raise KeeperError("invalid_request", what="No workflow was named, nor a folder of some.")
    if interactive and as_json:
        raise KeeperError("invalid_request", what="--interactive speaks to people, not in JSON.")
    files = workflow_files(what)
    places = Places(models_dir, tuple(extra_model_paths or ()), manifest)
    view = ResolutionView(session, places, what, as_json=as_json)
    with session.host() as host:
        command = _Resolve(session, host, places, offline=offline, yes=yes)
        if interactive:
            found, code = command.ask(files), 0
        else:
            found, code = command.look(files, quiet=as_json), 0
            view.show(found, several=len(files) > 1, details=details, offline=offline)
        if relink:
            relinks = Relinks(session, as_json=as_json, dry_run=dry_run)
            found.faults += relinks.apply_all(found.workflows)
        if export_script is not None:
            write_scripts(session, command.folders, found, export_script, as_json=as_json)
        if bundle is not None:
            write_bundle(session, host, command.folders, found, bundle, as_json=as_json)
        if interactive:
            code = command.finish(found, fetches=not (dry_run or offline))
        else:
            view.advise(found, relinked=relink and not dry_run)
    view.faults(found.faults)
    raise typer.Exit(code if code == INTERRUPTED else lowest([code, found.exit_code]))


class _Resolve:
    """The steps of one ``resolve``."""

    def __init__(
        self,
        session: Session,
        host: StandaloneHost,
        places: Places,
        *,
        offline: bool,
        yes: bool,
    ) -> None:
        self._session = session
        self._host = host
        self._offline = offline
        self._wishes = Wishes(accept_hosts=yes)
        self._stopped = False
        self.folders: FolderTable = host.folders(places.models_dir, places.extra_model_paths)
        self._manifest: Manifest | None = manifest_for(host.state, places.manifest, Path.cwd())

    def look(self, files: Sequence[WorkflowFile], *, quiet: bool) -> Resolved:
        """What is known without a question. Nothing is written."""
        engine = self._engine(keep=False)
        return resolve_all(
            self._session, files, lambda file: engine.resolve(file.path), quiet=quiet
        )

    def ask(self, files: Sequence[WorkflowFile]) -> Resolved:
        """The same with a person's answers, each kept as it falls."""
        engine = self._engine(keep=True)
        asking = Asking(self._session, self._host.workflows.sha256_of)

        def one(file: WorkflowFile) -> ResolvedWorkflow:
            if not self._stopped:
                try:
                    return engine.resolve(file.path, model_strategy=asking)
                except StoppedError:
                    self._stopped = True
            return engine.resolve(file.path)

        try:
            return resolve_all(self._session, files, one, quiet=True)
        except KeyboardInterrupt:
            self._session.errors.print("\nStopped. Every answer is kept, and not asked again.")
            raise typer.Exit(INTERRUPTED) from None

    def finish(self, found: Resolved, *, fetches: bool) -> int:
        """Show everything that is pending; then get it."""
        workflows = [resolved for _, resolved in found.workflows]
        tell_pending(self._session, workflows)
        if self._stopped:
            self._session.say("Stopped. Every answer is kept, and not asked again.")
            return QUESTION
        if not fetches or not any(resolved.intents for resolved in workflows):
            return 0
        if not self._host.store.settings.read().auto_download:
            self._session.say("Automatic downloads are switched off, so nothing is fetched.")
            return 0
        engine = self._engine(keep=True)
        prepared = engine.prepare(workflows)
        return Fetching(self._session, self._host, prepared, as_json=False).follow(engine)

    def _engine(self, *, keep: bool) -> Engine:
        return self._host.workflows.engine(
            self.folders,
            manifest=self._manifest,
            keep=keep,
            search=not self._offline,
            ask=self._session.ask(allowed=keep),
            wishes=self._wishes,
            patient=self._session.interactive,
        )
