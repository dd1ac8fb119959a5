"""The Python API: what a program asks of Model Keeper, without a word printed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from model_keeper.domain.batch_callbacks import BatchDownloadCallbacks
from model_keeper.domain.downloads import Trust
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.manifests import Criticality, ManifestModel, ManifestWorkflowModel, Which
from model_keeper.domain.references import ModelEntry
from model_keeper.domain.resolutions import DownloadRequest, DownloadResult, ResolutionResult
from model_keeper.engine.batches import Batches, BatchItem, BatchSummary, Results
from model_keeper.engine.decisions import (
    ASKED,
    Decision,
    ModelStrategy,
    NodeStrategy,
    Unattended,
    Verb,
    decided_by,
    decision_row,
    settled,
)
from model_keeper.engine.follow import Update
from model_keeper.engine.intake import Wishes
from model_keeper.engine.needs import Needs
from model_keeper.engine.resolving.manifest import decision_about
from model_keeper.engine.resolving.result import resolution_result
from model_keeper.engine.resolving.workflow import WorkflowResolver
from model_keeper.workflows.manifest import Manifest
from model_keeper.workflows.reader import Workflow, read_workflow_file

_AT_ONCE = 8  # looks at providers; each has its own limits besides

MissingNodes = Callable[[Workflow], Mapping[str, int]]


@dataclass(frozen=True)
class Intent:
    """A download that is decided. ``named``: a person gave the link, so its host is admitted.

    ``finding``: what it was decided about, where that was a workflow's.
    """

    row: ManifestWorkflowModel
    named: bool = False
    trust: Trust = Trust.PERSON
    finding: Finding | None = None

    @property
    def name(self) -> str:
        return self.row.filename


@dataclass(frozen=True)
class ResolvedWorkflow:
    """A workflow with what was found and decided for everything that it wants."""

    name: str
    workflow: Workflow
    findings: tuple[Finding, ...]
    intents: tuple[Intent, ...]
    result: ResolutionResult


@dataclass(frozen=True)
class Prepared:
    """The download of an intent of the workflow called ``workflow``."""

    workflow: str
    intent: Intent
    item: BatchItem


class Engine:
    """Resolves workflows and gets their models.

    ``manifest`` keeps the decisions; without one they last as long as the call. Not ``keep``: it is
    read, and nothing is written. ``search``: ask the providers for what nobody near knows.
    ``wishes``: what is wished of every download.
    """

    def __init__(
        self,
        resolver: WorkflowResolver,
        needs: Needs,
        batches: Batches,
        *,
        manifest: Manifest | None = None,
        keep: bool = True,
        missing_nodes: MissingNodes | None = None,
        search: bool = True,
        wishes: Wishes | None = None,
    ) -> None:
        self._resolver = resolver
        self._needs = needs
        self._batches = batches
        self._manifest = manifest
        self._keeps = keep
        self._wishes = wishes or Wishes()
        self._missing_nodes = missing_nodes
        self._search = search

    def resolve_workflow(
        self,
        name: str | Path,
        node_strategy: NodeStrategy | None = None,
        model_strategy: ModelStrategy | None = None,
        fix: bool = True,  # noqa: FBT001, FBT002 - as published
        download_callbacks: BatchDownloadCallbacks | None = None,
    ) -> ResolutionResult:
        """What the workflow in the file ``name`` needs; with ``fix`` everything decided is got.

        Without a strategy only what is certain is decided. Raises KeeperError file_not_found,
        workflow_unreadable, …; a download that fails stays an intent and is no error.
        """
        resolved = self.resolve(Path(name), node_strategy, model_strategy)
        if fix and resolved.intents:
            self.fetch([resolved], download_callbacks)
        return resolved.result

    def resolve(
        self,
        path: Path,
        node_strategy: NodeStrategy | None = None,
        model_strategy: ModelStrategy | None = None,
        *,
        declared: bool = False,
    ) -> ResolvedWorkflow:
        """The same without any download: findings, and decisions, each kept as it falls.

        ``declared``: what the workflow gives an address for is wanted although it runs without.
        """
        workflow = read_workflow_file(path)
        missing = dict(self._missing_nodes(workflow)) if self._missing_nodes else {}
        if missing and node_strategy is not None:
            node_strategy.not_installed(missing)
        rows = self._manifest.models(path.stem) if self._manifest else ()
        resolver = self._resolver.deciding(rows)
        findings = resolver.resolve(resolver.files(workflow), search=self._search)
        strategy = model_strategy or Unattended()
        findings, intents = self._decide(path.stem, findings, strategy, rows, declared=declared)
        result = resolution_result(path.stem, findings, intents_of(intents), missing)
        return ResolvedWorkflow(path.stem, workflow, findings, intents, result)

    def prepare(self, workflows: Sequence[ResolvedWorkflow]) -> tuple[Prepared, ...]:
        """The downloads of everything that was decided, after a look at their providers.

        Where an address of a workflow is dead and somebody else certainly has the file, that is
        decided instead. One that cannot be is an item with the reason. Nothing is enqueued.
        """
        pairs = [(found.name, intent) for found in workflows for intent in found.intents]
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="prepare") as pool:
            prepared = tuple(pool.map(lambda pair: self._prepared(*pair), pairs))
        for (name, before), found in zip(pairs, prepared):  # noqa: B905 - one for each
            if found.intent is not before:
                self._remember(name, [found.intent.row])
        return prepared

    def fetch(
        self,
        workflows: Sequence[ResolvedWorkflow],
        callbacks: BatchDownloadCallbacks | None = None,
    ) -> BatchSummary:
        """Get what was decided for ``workflows``, each file once, and note what became of it."""
        title = ", ".join(found.name for found in workflows)
        return self.get(self.prepare(workflows), callbacks, title=title)

    def get(
        self,
        prepared: Sequence[Prepared],
        callbacks: BatchDownloadCallbacks | None = None,
        *,
        more: Sequence[BatchItem] = (),
        title: str | None = None,
        on_updates: Callable[[Sequence[Update]], None] | None = None,
    ) -> BatchSummary:
        """Get what was prepared, and ``more`` besides, as one batch; see :meth:`Batches.run`."""

        def keep(results: Results) -> None:
            self._note([(prepared[i], result) for i, result in results if i < len(prepared)])

        items = [*(each.item for each in prepared), *more]
        return self._batches.run(
            items, callbacks, title=title, on_results=keep, on_updates=on_updates
        )

    def get_models(
        self,
        requests: Sequence[DownloadRequest],
        callbacks: BatchDownloadCallbacks | None = None,
    ) -> BatchSummary:
        """Get files by their addresses; none gives zero counts. A failure ends one file only."""
        items = [self._item(Intent(_request_row(request), named=True)) for request in requests]
        return self._batches.run(items, callbacks)

    def _decide(
        self,
        name: str,
        findings: Sequence[Finding],
        strategy: ModelStrategy,
        rows: Sequence[ManifestWorkflowModel],
        *,
        declared: bool,
    ) -> tuple[tuple[Finding, ...], tuple[Intent, ...]]:
        """The findings as they stand after the decisions, and what is to be fetched.

        A person's answer is kept before the next question; what is certain, all at once.
        """
        after, intents, certain = [], [], []
        try:
            for finding in findings:
                wished = declared and not _declined(finding, rows)
                decision = decided_by(finding, strategy, declared=wished)
                after.append(settled(finding, decision))
                row = decision_row(finding, decision)
                if row is None:
                    continue
                if row.is_intent:
                    trust = finding.chosen.trust if finding.chosen else Trust.PERSON
                    intents.append(Intent(row, decision.verb is Verb.LINK, trust, finding))
                if row not in rows and finding.status in ASKED:
                    self._remember(name, [row])
                elif row not in rows:
                    certain.append(row)
        finally:
            self._remember(name, certain)
        return tuple(after), tuple(intents)

    def _remember(self, workflow: str, rows: Sequence[ManifestWorkflowModel]) -> None:
        if rows and self._manifest is not None and self._keeps:
            self._manifest.decide(workflow, *rows)

    def _prepared(self, workflow: str, intent: Intent) -> Prepared:
        item = self._item(intent)
        if item.error is not None and item.error.family is Family.NOT_FOUND:
            other = self._elsewhere(intent)
            if other is not None:
                return Prepared(workflow, other, self._item(other))
        return Prepared(workflow, intent, item)

    def _elsewhere(self, intent: Intent) -> Intent | None:
        """What is certain where the workflow's own address leads nowhere."""
        dead = intent.finding
        if dead is None or not dead.wanted.entries or intent.named:
            return None
        found = self._resolver.instead(dead, search=self._search)
        if found is None or found.chosen is None or found.status is not Status.FETCH:
            return None
        row = decision_row(found, Decision.take(found.chosen))
        return Intent(row, trust=found.chosen.trust) if row is not None else None

    def _item(self, intent: Intent) -> BatchItem:
        row = intent.row
        category, _, relative = (row.relative_path or "").partition("/")
        entry = ModelEntry(
            name=relative or row.filename,
            url=row.sources[0],
            directory=category or row.category,
            sha256=row.sha256 or row.expected,
        )
        admitted = self._wishes.accept_hosts or intent.named
        wishes = replace(self._wishes, accept_hosts=admitted, trust=intent.trust)
        try:
            return BatchItem(row.filename, self._needs.plan(entry, wishes))
        except KeeperError as error:
            return BatchItem(row.filename, error=error)

    def _note(self, results: Sequence[tuple[Prepared, DownloadResult]]) -> None:
        if results and self._manifest is not None and self._keeps:
            self._manifest.note(_outcome(prepared, result) for prepared, result in results)


def _outcome(prepared: Prepared, result: DownloadResult) -> tuple[str, Which, ManifestModel | None]:
    row, model = prepared.intent.row, result.model
    which: Which = row.nodes[0] if row.nodes else row.filename
    if model is None or model.sha256 is None:
        return prepared.workflow, which, None
    known = ManifestModel(
        sha256=model.sha256,
        filename=model.name,
        size=model.size,
        relative_path=f"{model.category}/{model.relative}",
        category=model.category,
        sources=row.sources,
    )
    return prepared.workflow, which, known


def intents_of(intents: Sequence[Intent]) -> tuple[ManifestWorkflowModel, ...]:
    return tuple(intent.row for intent in intents)


def _declined(finding: Finding, rows: Sequence[ManifestWorkflowModel]) -> bool:
    """Whether a person said that the workflow runs without it."""
    row = decision_about(finding.wanted, rows)
    return row is not None and row.criticality is Criticality.OPTIONAL


def _request_row(request: DownloadRequest) -> ManifestWorkflowModel:
    target = request.target_path
    return ManifestWorkflowModel(
        filename=target.name,
        category=target.parts[0] if len(target.parts) > 1 else "",
        sources=(request.url,),
        relative_path=target.as_posix(),
    )
