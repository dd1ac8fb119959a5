"""Decisions: what a person, or a rule in their stead, says about a wanted file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import PurePosixPath
from typing import Protocol

from model_keeper.domain.candidates import Candidate, Evidence, Source
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.findings import Finding, Status
from model_keeper.domain.link_parsing import parse_link
from model_keeper.domain.manifests import (
    SHA256_MARK,
    Criticality,
    IntentStatus,
    ManifestWorkflowModel,
    default_criticality,
)
from model_keeper.domain.names import escapes, name_from_url
from model_keeper.domain.resolutions import widget_ref

_DECIDED = Evidence("decided", 100, "It was decided to take it from here.")
ASKED = frozenset({Status.CHOOSE, Status.MISSING})
_GIVEN = frozenset({Source.WORKFLOW, Source.MANIFEST})  # an address that nobody had to search for


class Verb(str, Enum):
    TAKE = "take"  # one of the candidates
    LINK = "link"  # a link that the person has
    OPTIONAL = "optional"  # the workflow may run without it
    SKIP = "skip"  # nothing for now: it is asked again


@dataclass(frozen=True)
class Decision:
    """``relative_path`` starts with the category; None leaves the file where it is expected."""

    verb: Verb
    candidate: Candidate | None = None
    url: str | None = None
    relative_path: str | None = None

    @classmethod
    def take(cls, candidate: Candidate) -> Decision:
        return cls(Verb.TAKE, candidate=candidate)

    @classmethod
    def link(cls, url: str, relative_path: str | None = None) -> Decision:
        """Raises KeeperError link_unreadable, destination_outside_root."""
        parse_link(url)
        if relative_path is not None and escapes(relative_path):
            raise KeeperError("destination_outside_root", path=relative_path, root="models")
        return cls(Verb.LINK, url=url, relative_path=relative_path)


SKIPPED = Decision(Verb.SKIP)
OPTIONAL = Decision(Verb.OPTIONAL)


class ModelStrategy(Protocol):
    """Answers for files that nobody may settle without a person."""

    def choose(self, finding: Finding) -> Decision:
        """Several candidates, or likely ones only."""

    def missing(self, finding: Finding) -> Decision:
        """No candidate at all."""


class NodeStrategy(Protocol):
    """Hears of node types that are not installed."""

    def not_installed(self, node_types: Mapping[str, int]) -> None:
        """``node_types``: how many nodes there are of each."""


class Unattended:
    """Nobody is there to ask. ``first``: take the best of several that are offered."""

    def __init__(self, *, first: bool = False) -> None:
        self._first = first

    def choose(self, finding: Finding) -> Decision:
        usable = [c for c in finding.candidates if c.url and c.automatic]
        return Decision.take(usable[0]) if self._first and usable else SKIPPED

    def missing(self, finding: Finding) -> Decision:
        del finding
        return SKIPPED


def decided_by(finding: Finding, strategy: ModelStrategy, *, declared: bool = False) -> Decision:
    """What is decided about ``finding``: what is certain is taken, the rest is asked.

    ``declared``: a file that the workflow runs without is taken too where it gives its address.
    """
    if finding.status is Status.FETCH and finding.chosen is not None:
        return Decision.take(finding.chosen)
    if finding.status is Status.CHOOSE:
        return strategy.choose(finding)
    if finding.status is Status.MISSING:
        return strategy.missing(finding)
    if finding.status is Status.OPTIONAL and declared:
        given = [c for c in finding.candidates if c.automatic and c.source in _GIVEN]
        return Decision.take(given[0]) if given else SKIPPED
    return SKIPPED


def settled(finding: Finding, decision: Decision) -> Finding:
    """``finding`` after the decision: what was taken goes first, and decides the status."""
    if decision.verb is Verb.SKIP:
        return finding
    if decision.verb is Verb.OPTIONAL:
        return replace(finding, status=Status.OPTIONAL)
    taken = decision.candidate or _linked(finding, decision)
    status = Status.FETCH if taken.path is None else Status.RELINK
    others = tuple(c for c in finding.candidates if c is not decision.candidate)
    return replace(finding, status=status, candidates=(taken, *others))


def _linked(finding: Finding, decision: Decision) -> Candidate:
    category, _, relative = (decision.relative_path or "").partition("/")
    return Candidate(
        source=Source.MANIFEST,
        name=relative or finding.wanted.name,
        score=_DECIDED.points,
        evidence=(_DECIDED,),
        url=decision.url,
        category=category or finding.wanted.category,
    )


def decision_row(finding: Finding, decision: Decision) -> ManifestWorkflowModel | None:
    """The decision as the manifest keeps it; None where there is nothing to keep."""
    if decision.verb is Verb.SKIP:
        return None
    wanted = finding.wanted
    candidate = decision.candidate
    category = (candidate.category if candidate else None) or wanted.category or ""
    path = decision.relative_path or f"{category}/{expected_name(finding, candidate)}"
    url = decision.url or (candidate.url if candidate else None)
    optional = decision.verb is Verb.OPTIONAL
    if candidate is not None and candidate.path is not None:
        return _row_of_file(finding, candidate)
    return ManifestWorkflowModel(
        filename=PurePosixPath(path).name,
        category=path.partition("/")[0] if decision.relative_path else category,
        criticality=Criticality.OPTIONAL if optional else default_criticality(category),
        sources=(url,) if url else (),
        relative_path=None if optional else path,
        nodes=tuple(widget_ref(reference) for reference in finding.file.references),
        expected=candidate.sha256 if candidate else None,
    )


def _row_of_file(finding: Finding, candidate: Candidate) -> ManifestWorkflowModel | None:
    """A file that is here is found again by its SHA256; without one nothing can be kept."""
    if candidate.sha256 is None:
        return None
    category = candidate.category or ""
    return ManifestWorkflowModel(
        filename=PurePosixPath(candidate.name).name,
        category=category,
        criticality=default_criticality(category),
        status=IntentStatus.RESOLVED,
        hash=SHA256_MARK + candidate.sha256,
        relative_path=f"{category}/{candidate.name}",
        nodes=tuple(widget_ref(reference) for reference in finding.file.references),
    )


def expected_name(finding: Finding, candidate: Candidate | None) -> str:
    """The name under which the workflow's loaders find the file, its folders included.

    A name that stands without its extension gets the candidate's own, in the same folder.
    """
    wanted = PurePosixPath(finding.wanted.name)
    if candidate is None or wanted.suffix == PurePosixPath(candidate.name).suffix:
        return str(wanted)
    if any(entry.name == finding.wanted.name for entry in finding.wanted.entries):
        return str(wanted)
    return str(wanted.parent / PurePosixPath(candidate.name).name)


def suggested_path(url: str, category: str | None, file_hint: str) -> str:
    """Where a linked file would go: the category, and the name that the workflow expects.

    ``file_hint`` is the workflow's value with forward slashes; where it has no extension, that of
    the link is taken.
    """
    hint = PurePosixPath(file_hint)
    if not hint.suffix:
        linked = name_from_url(url)
        suffix = PurePosixPath(linked).suffix if linked else ""
        hint = hint.with_name(hint.name + suffix)
    return f"{category or 'checkpoints'}/{hint}"
