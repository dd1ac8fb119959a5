"""What works on workflows on one host: what they want, where that is, and how it is got."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol

from model_keeper.domain.candidates import CandidateSource
from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.ports import Clock
from model_keeper.engine.batches import Batches
from model_keeper.engine.engine import Engine
from model_keeper.engine.follow import Watch
from model_keeper.engine.intake import Intake, Wishes
from model_keeper.engine.library_services import LibraryServices
from model_keeper.engine.needs import Needs
from model_keeper.engine.network import Network
from model_keeper.engine.questions import Ask, ask_nobody
from model_keeper.engine.relinking import Relinker
from model_keeper.engine.resolving.declared import Declared
from model_keeper.engine.resolving.disk import OnDisk
from model_keeper.engine.resolving.library import InLibrary
from model_keeper.engine.resolving.proofs import Proofs
from model_keeper.engine.resolving.workflow import Sources, WorkflowResolver
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.stored_workflows import StoredWorkflows
from model_keeper.engine.submission import Submission
from model_keeper.providers.sources import listed_sources, searching_sources
from model_keeper.store import JobStore
from model_keeper.workflows.definitions import live_loaders, missing_nodes
from model_keeper.workflows.loaders import LoaderTable
from model_keeper.workflows.manifest import Manifest
from model_keeper.workflows.reader import Workflow
from model_keeper.workflows.references import references

_HASHED_WHILE_ONE_WAITS = 1 << 30  # bytes: about a second, and only once for each file


class Installation(Protocol):
    """What a host knows of the ComfyUI that it works for."""

    def model_folders(self) -> FolderTable:
        """The folders of now. Raises roots_unknown."""

    def workflow_folders(self) -> Sequence[Path]:
        """Where people keep their workflows on this machine."""

    def definitions(self) -> Mapping[str, Any]:
        """The definitions of the nodes that are installed; empty where no ComfyUI runs here."""

    def listed(self, folders: FolderTable) -> Mapping[str, Sequence[str]]:
        """The files of each category as ComfyUI's loaders list them."""

    def intake(self, folders: FolderTable, ask: Ask = ask_nobody) -> Intake:
        """Decides on downloads; ``ask`` answers what only a person can."""

    def watch(self, *, patient: bool) -> Watch:
        """Follows jobs while a worker works on them."""


class WorkflowServices:
    """``network_settings`` are kept with the jobs that ask providers."""

    def __init__(
        self,
        store: JobStore,
        state: StateFolder,
        clock: Clock,
        library: LibraryServices,
        network: Network,
        network_settings: NetworkSettings,
        installation: Installation,
    ) -> None:
        self._store = store
        self._state = state
        self._clock = clock
        self._library = library
        self._network = network
        self._network_settings = network_settings
        self._installation = installation

    def needs(self, folders: FolderTable, *, fresh: bool = False) -> Needs:
        """Judges what workflows want. ``fresh``: what nobody had lately is asked for again."""
        resolver = self.resolver(folders, fresh=fresh, largest_hashed=_HASHED_WHILE_ONE_WAITS)
        return Needs(resolver, self._installation.intake(folders))

    def engine(
        self,
        folders: FolderTable,
        *,
        manifest: Manifest | None = None,
        keep: bool = True,
        fresh: bool = False,
        search: bool = True,
        ask: Ask = ask_nobody,
        wishes: Wishes | None = None,
        patient: bool = False,
    ) -> Engine:
        """The Python API over ``folders``; see :class:`Engine` and :class:`Watch`.

        Not ``search``: no provider is asked for names.
        """
        resolver = self.resolver(folders, fresh=fresh)
        batches = Batches(Submission(self._store), self._installation.watch(patient=patient).follow)
        needs = Needs(resolver, self._installation.intake(folders, ask))
        return Engine(
            resolver,
            needs,
            batches,
            manifest=manifest,
            keep=keep,
            missing_nodes=self.missing_nodes,
            search=search,
            wishes=wishes,
        )

    def resolver(
        self, folders: FolderTable, *, fresh: bool = False, largest_hashed: int | None = None
    ) -> WorkflowResolver:
        """Finds what workflows want, in the order in which sources are trusted.

        ``fresh``: providers are also asked for what they did not have a while ago. Files that may
        be the wanted ones are hashed at once, up to ``largest_hashed`` bytes.
        """
        loaders = self.loaders(folders)
        relinker = Relinker(
            self._library.index, sha256_of=lambda file: self.sha256_of(file.path, largest_hashed)
        )
        library = InLibrary(relinker, lambda: self._library.freshness.ensure(folders))
        sources = Sources(
            disk=(OnDisk(folders), library),
            near=(Declared(), *self._listed_models),
            far=self._searches(fresh=fresh),
            proofs=Proofs(self._installation.intake(folders).look_up_unasked),
        )
        return WorkflowResolver(lambda workflow: references(workflow, loaders), sources)

    def loaders(self, folders: FolderTable) -> LoaderTable:
        """What is known about nodes: the shipped table, what runs here, the person's own file.

        Raises KeeperError loader_table_unreadable.
        """
        table = LoaderTable.shipped()
        definitions = self._installation.definitions()
        if definitions:
            listed = self._installation.listed(folders)
            table = table.below(live_loaders(definitions, listed, table))
        own = self._state.loaders
        if own.is_file():
            text = own.read_text(encoding="utf-8", errors="replace")
            table = table.below(LoaderTable.parsed(text, source=str(own)))
        return table

    def stored_workflows(self) -> StoredWorkflows:
        """The workflows that people keep on this machine."""
        return StoredWorkflows(
            self._installation.workflow_folders(),
            lambda: self.loaders(self._installation.model_folders()),
        )

    def missing_nodes(self, workflow: Workflow) -> Mapping[str, int]:
        """How many nodes there are of each type that is not installed; empty where unknown."""
        definitions = self._installation.definitions()
        if not definitions:
            return {}
        return {
            missing.type: len(missing.nodes) for missing in missing_nodes(workflow, definitions)
        }

    def sha256_of(self, path: str, largest: int | None = None) -> str | None:
        """None for a file that cannot be read, or that has more than ``largest`` bytes."""
        try:
            if largest is not None and Path(path).stat().st_size > largest:
                return self._library.hashing.known(path).get("sha256")
            return self._library.hashing.of(path, wanted=("sha256",)).get("sha256")
        except (KeeperError, OSError):
            return None

    def _searches(self, *, fresh: bool) -> tuple[CandidateSource, ...]:
        settings = self._network_settings
        return searching_sources(
            self._network.client(settings),
            self._clock,
            self._store.negative_answers,
            hf_endpoint=settings.hf_endpoint,
            civitai_endpoint=settings.civitai_endpoint,
            fresh=fresh,
        )

    @cached_property
    def _listed_models(self) -> tuple[CandidateSource, ...]:
        return listed_sources(self._state.path)
