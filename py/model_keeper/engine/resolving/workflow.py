"""Resolving a whole workflow: from what it says to one finding for each wanted file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

from model_keeper.domain.candidates import CandidateSource
from model_keeper.domain.findings import Finding, Status, WantedFile
from model_keeper.domain.manifests import ManifestWorkflowModel
from model_keeper.domain.references import ModelEntry, Reference, merged
from model_keeper.engine.resolving.manifest import Decided, with_decisions
from model_keeper.engine.resolving.proofs import Proofs
from model_keeper.engine.resolving.resolver import Down, Resolver
from model_keeper.engine.resolving.wanted import wanted_files
from model_keeper.workflows.reader import Workflow

_AT_ONCE = 8  # looks at providers; each has its own limits besides

ReferenceReader = Callable[[Workflow], Sequence[Reference]]


@dataclass(frozen=True)
class Sources:
    """Who is asked, in order: the disk, then earlier decisions, then those who know addresses.

    ``near`` cost no network; ``far`` are the providers' searches. ``proofs`` tell addresses of one
    content from those of several.
    """

    disk: Sequence[CandidateSource]
    near: Sequence[CandidateSource]
    far: Sequence[CandidateSource] = ()
    proofs: Proofs | None = None


class WorkflowResolver:
    """Finds what workflows want. ``decisions`` are what the manifest says about the workflow."""

    def __init__(
        self,
        read: ReferenceReader,
        sources: Sources,
        decisions: Sequence[ManifestWorkflowModel] = (),
        down: Down | None = None,
    ) -> None:
        self._down: Down = {} if down is None else down
        self._read = read
        self._sources = sources
        self._decisions = tuple(decisions)
        near = [*sources.disk, Decided(self._decisions), *sources.near]
        self._near = Resolver(near, self._down)
        self._all = Resolver([*near, *sources.far], self._down)

    def deciding(self, decisions: Sequence[ManifestWorkflowModel]) -> WorkflowResolver:
        """The same for one workflow, with what was decided about it before.

        Who could not be asked for another one is not asked again.
        """
        return WorkflowResolver(self._read, self._sources, decisions, self._down)

    def files(
        self,
        workflow: Workflow | None,
        entries: Sequence[ModelEntry] = (),
        values: Sequence[Reference] = (),
    ) -> tuple[WantedFile, ...]:
        """What ``workflow`` wants, and what is known besides.

        ``entries`` are further declarations (a stored copy of the workflow, the host's own list);
        ``values`` are places that a host found by itself: those that the workflow's own reading
        has as well add nothing.
        """
        read = tuple(self._read(workflow)) if workflow else ()
        known = {(place.scope, place.node_id, place.name) for place in read}
        more = [v for v in values if (v.scope, v.node_id, v.name) not in known]
        declared = merged([*(workflow.entries if workflow else ()), *entries])
        return with_decisions(wanted_files([*read, *more], declared), self._decisions)

    def resolve(self, files: Sequence[WantedFile], *, search: bool) -> tuple[Finding, ...]:
        """One finding a file. ``search``: providers are asked for what nobody near knows."""
        if not search:
            return self._near.resolve(files)
        findings = self._all.resolve(files)
        proofs = self._sources.proofs
        if proofs is None:
            return findings
        with ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="prove") as pool:
            return tuple(pool.map(proofs.settled, findings))

    def instead(self, finding: Finding, *, search: bool) -> Finding | None:
        """What there is where the workflow's own addresses are dead; None where nothing is."""
        wanted = replace(finding.wanted, entries=())
        (found,) = self.resolve([replace(finding.file, wanted=wanted)], search=search)
        return found if found.status in {Status.FETCH, Status.CHOOSE} else None
