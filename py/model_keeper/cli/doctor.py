"""``model-keeper doctor``: what is wrong, and the one command that helps with each thing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Optional

import typer
from rich.markup import escape

from model_keeper.cli.exit_codes import FAILED, lowest
from model_keeper.cli.fetching import Fetching
from model_keeper.cli.maintenance import tell_symptom
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
from model_keeper.cli.relinks import Relinks
from model_keeper.cli.resolving import Resolved, resolve_all
from model_keeper.cli.session import Session
from model_keeper.cli.workflow_files import WorkflowFile, workflow_files
from model_keeper.domain.findings import Status
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import JobState
from model_keeper.domain.library_query import parse_query
from model_keeper.domain.prechecks import Key
from model_keeper.domain.queue import JobQuery
from model_keeper.engine import doctor as symptoms
from model_keeper.engine.doctor import Symptom
from model_keeper.engine.engine import Engine
from model_keeper.engine.intake import Wishes
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.library.search import LibrarySearch, Search

_OF_WORKFLOWS = frozenset({"relink", "fetch", "choose", "missing"})
_MOST_BROKEN = 5
_TROUBLED = frozenset({JobState.FAILED, JobState.REVIEW})


def doctor(
    context: typer.Context,
    what: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer reads the annotation on Python 3.10
        typer.Argument(help="Workflows, or folders with workflows.", show_default=False),
    ] = None,
    fix: Annotated[
        bool,
        typer.Option("--fix", help="Relink what is here, and fetch what is certain, at once."),
    ] = False,
    offline: Offline = False,
    manifest: ManifestFile = None,
    models_dir: ModelsDir = None,
    extra_model_paths: ExtraModelPaths = None,
    yes: Yes = False,
    as_json: JsonLines = False,
) -> None:
    """Say what is missing, broken, doubled or in the way, and what helps with each."""
    session: Session = context.obj
    places = Places(models_dir, tuple(extra_model_paths or ()), manifest)
    files = workflow_files(what) if what else []
    with session.host() as host:
        command = _Doctor(session, host, places, offline=offline, yes=yes)
        found = command.resolved(files, quiet=as_json)
        told = [*symptoms.of_workflows(found.findings, what or []), *command.symptoms()]
        code = found.exit_code
        if not (fix and files):
            _tell(session, told, places, found, as_json=as_json)
        else:
            rest = [each for each in told if each.code not in {"relink", "fetch"}]
            _tell(session, rest, places, found, as_json=as_json)
            code = command.fix(found, as_json=as_json)
    trouble = any(each.is_trouble and each.code not in _OF_WORKFLOWS for each in told)
    raise typer.Exit(lowest([code, FAILED if trouble else 0]))


class _Doctor:
    """The steps of one ``doctor``."""

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
        self._places = places
        self._offline = offline
        self._wishes = Wishes(accept_hosts=yes)
        self._folders: FolderTable = host.folders(places.models_dir, places.extra_model_paths)

    def resolved(self, files: Sequence[WorkflowFile], *, quiet: bool) -> Resolved:
        """What the workflows need, after one look at all folders."""
        with self._session.working("Looking at the model folders…"):
            self._scan = self._host.library.scanning.refresh(self._folders)
        engine = self._engine(keep=False)
        return resolve_all(
            self._session, files, lambda file: engine.resolve(file.path), quiet=quiet
        )

    def symptoms(self) -> Iterator[Symptom]:
        """What is wrong whatever workflow there is."""
        library = self._host.library
        query = Search(query=parse_query("is:broken"), limit=_MOST_BROKEN)
        broken = [found.file for found in LibrarySearch(library.index).search(query).items]
        yield from symptoms.of_broken(broken)
        yield from symptoms.of_offline(self._scan.offline)
        report = library.maintenance.report(self._folders)
        yield from symptoms.of_recommendations(report.recommendations)
        roots = [root for rows in self._folders.roots.values() for root in rows]
        present = [root for root in roots if Path(root.path).is_dir()]
        yield from symptoms.of_folders(
            list(dict.fromkeys(root.path for root in present if root.writable is False))
        )
        jobs = self._host.store.jobs.page(JobQuery(states=_TROUBLED, limit=200)).items
        yield from symptoms.of_queue(jobs)
        waiting = self._host.store.jobs.counts().live.get(JobState.PENDING, 0)
        yield from symptoms.of_worker(waiting, works=self._host.supervisor.running() is not None)
        yield from symptoms.of_keys(self._keys())

    def _keys(self) -> dict[str, Key]:
        """As their providers say now; nobody is asked about a key that is not there."""
        keys, providers = self._host.network.keys, self._host.providers()
        ask = keys.known if self._offline else lambda name: keys.tested(name, providers)
        return {name: ask(name) for name in self._host.credentials.describe()}

    def fix(self, found: Resolved, *, as_json: bool) -> int:
        """Write the relinks, get what is certain; what only a person can settle stays open."""
        relinks = Relinks(self._session, as_json=as_json, dry_run=False)
        found.faults += relinks.apply_all(found.workflows)
        engine = self._engine(keep=True)
        again = resolve_all(
            self._session,
            [file for file, _ in found.workflows],
            lambda file: engine.resolve(file.path),
            quiet=True,
        )
        prepared = engine.prepare([resolved for _, resolved in again.workflows])
        code = 0
        if prepared:
            fetching = Fetching(self._session, self._host, prepared, as_json=as_json)
            code = fetching.follow(engine)
        left = {finding.status for finding in again.findings}
        open_ends = again.exit_code if left & {Status.CHOOSE, Status.MISSING} else 0
        return lowest([code, open_ends])

    def _engine(self, *, keep: bool) -> Engine:
        return self._host.workflows.engine(
            self._folders,
            manifest=manifest_for(self._host.state, self._places.manifest, Path.cwd()),
            keep=keep,
            search=not self._offline,
            wishes=self._wishes,
            patient=self._session.interactive,
        )


def _tell(
    session: Session,
    told: Sequence[Symptom],
    places: Places,
    found: Resolved,
    *,
    as_json: bool,
) -> None:
    if as_json:
        session.emit(_document(told, places, found))
        return
    for symptom in told:
        tell_symptom(session, symptom, _command(symptom, places))
    for file, error in found.faults:
        session.say(f"[red]✗[/red] {escape(file.title)}: {escape(error.message)}")
        session.say(f"[dim]{escape(error.hint)}[/dim]", indent=2)
    if not told and not found.faults:
        session.say("[green]✓[/green] Nothing is wrong.")


def _command(symptom: Symptom, places: Places) -> str:
    if not symptom.fix:
        return ""
    verb, *arguments = symptom.fix
    if symptom.code in _OF_WORKFLOWS:
        return places.command(verb, *arguments)
    return " ".join(["model-keeper", verb, *arguments])


def _document(told: Sequence[Symptom], places: Places, found: Resolved) -> dict[str, Any]:
    return {
        "symptoms": [
            {
                "code": each.code,
                "message": each.text,
                "fix": _command(each, places) or None,
                "hint": each.hint or None,
                "trouble": each.is_trouble,
            }
            for each in told
        ],
        "workflows": len(found.workflows),
        "files": found.files,
        "unreadable": [
            {"workflow": file.title, "code": error.code, "message": error.message}
            for file, error in found.faults
        ],
    }
