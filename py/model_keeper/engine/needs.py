"""What a workflow needs, with the download of each file that can be fetched."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from model_keeper.domain.candidates import Candidate, Source
from model_keeper.domain.downloads import Trust
from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.references import ModelEntry, Reference
from model_keeper.engine.decisions import expected_name
from model_keeper.engine.intake import Intake, Plan, Wishes
from model_keeper.engine.resolving.workflow import WorkflowResolver
from model_keeper.workflows.reader import Workflow

_AT_ONCE = 8  # looks at providers; each has its own limits besides
#: A download can be enqueued although its provider says no now: the job says what helps.
_LATER = frozenset({Family.CREDENTIALS, Family.REMOTE})
_FETCHED = frozenset({Status.FETCH, Status.OPTIONAL})


@dataclass(frozen=True)
class Need:
    """One file that a workflow wants, however many places name it.

    Names are unique within a category only. ``plan`` is the download where one is possible;
    ``error`` says why it is not, or what its provider said. ``size`` in bytes, where known.
    """

    finding: Finding
    plan: Plan | None = None
    size: int | None = None
    error: KeeperError | None = None

    @property
    def name(self) -> str:
        return self.finding.wanted.name

    @property
    def status(self) -> Status:
        return self.finding.status

    @property
    def category(self) -> str | None:
        """Where it lies or will go, else what the workflow says."""
        if self.plan is not None:
            return self.plan.download.destination.category
        chosen = self.finding.chosen
        return (chosen.category if chosen else None) or self.finding.wanted.category


class Needs:
    """Judges what workflows want against the model folders and the providers."""

    def __init__(self, resolver: WorkflowResolver, intake: Intake) -> None:
        self._resolver = resolver
        self._intake = intake

    def of(
        self,
        workflow: Workflow | None,
        entries: Sequence[ModelEntry] = (),
        values: Sequence[Reference] = (),
        *,
        explore: bool,
    ) -> list[Need]:
        """The needs of a workflow, in its order; see :meth:`WorkflowResolver.files`.

        Not ``explore``: no provider is asked, so what nobody near knows stays missing, and sizes
        and hashes stay unknown.
        """
        files = self._resolver.files(workflow, entries, values)
        findings = self._resolver.resolve(files, search=explore)
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="needs") as pool:
            return list(pool.map(lambda finding: self._need(finding, explore=explore), findings))

    def plan(self, entry: ModelEntry, wishes: Wishes) -> Plan:
        """The download of an entry, also where its provider says no for now.

        Raises KeeperError where there is nothing that could be fetched later.
        """
        try:
            return self._intake.from_entry(entry, wishes)
        except KeeperError as error:
            if error.family not in _LATER:
                raise
            return self._intake.from_entry(entry, wishes, explore=False)

    def _need(self, finding: Finding, *, explore: bool) -> Need:
        offer = next((found for found in finding.candidates if found.automatic), None)
        if finding.status not in _FETCHED or offer is None:
            chosen = finding.chosen
            return Need(finding, size=chosen.size if chosen else None)
        entry = _entry(offer, finding)
        try:
            plan = self._intake.from_entry(entry, Wishes(trust=offer.trust), explore=explore)
        except KeeperError as error:
            if error.family is Family.NOT_FOUND:
                return self._elsewhere(finding, error, explore=explore)
            later = error.family in _LATER
            plan_later = self._blindly(entry, offer.trust) if later else None
            return Need(finding, plan_later, offer.size, error)
        return Need(finding, plan, plan.download.expected_size or offer.size)

    def _elsewhere(self, finding: Finding, error: KeeperError, *, explore: bool) -> Need:
        """The address leads nowhere: somebody else may have the file."""
        other = self._resolver.instead(finding, search=explore) if finding.wanted.entries else None
        if other is not None:
            return replace(self._need(other, explore=explore), error=error)
        return Need(replace(finding, status=Status.MISSING, candidates=()), error=error)

    def _blindly(self, entry: ModelEntry, trust: Trust) -> Plan | None:
        try:
            return self._intake.from_entry(entry, Wishes(trust=trust), explore=False)
        except KeeperError:
            return None


def _entry(candidate: Candidate, finding: Finding) -> ModelEntry:
    """A candidate as something that the workflow could have declared."""
    decided = candidate.source is Source.MANIFEST
    return ModelEntry(
        name=candidate.name if decided else expected_name(finding, candidate),
        url=candidate.url,
        directory=candidate.category or finding.wanted.category,
        sha256=candidate.sha256,
    )
