"""Findings: what became of each file that a workflow wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from model_keeper.domain.candidates import Candidate, Source, Wanted
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import Reference, ReferenceKind


class Status(str, Enum):
    """How a wanted file stands."""

    ON_DISK = "on_disk"
    RELINK = "relink"  # here already, under another name or folder
    FETCH = "fetch"  # one source is certain enough to be taken without asking
    CHOOSE = "choose"  # a person has to say which
    MISSING = "missing"  # nobody knows where it is
    OPTIONAL = "optional"  # not here, and the workflow runs without it
    BUILTIN = "builtin"  # a name that is no file


@dataclass(frozen=True)
class WantedFile:
    """A file that a workflow wants, and every place that names it.

    ``required``: some place is active and expects the file to be there.
    """

    wanted: Wanted
    references: tuple[Reference, ...]
    required: bool

    @property
    def builtin(self) -> bool:
        kinds = {reference.kind for reference in self.references}
        return kinds == {ReferenceKind.BUILTIN}


@dataclass(frozen=True)
class Finding:
    """The answer for one wanted file.

    ``candidates`` are best first; the first is the one that is taken where ``status`` is on_disk,
    relink or fetch. ``failures`` are steps that could not be asked: the answer may be better when
    they can.
    """

    file: WantedFile
    status: Status
    candidates: tuple[Candidate, ...] = ()
    failures: tuple[KeeperError, ...] = ()

    @property
    def wanted(self) -> Wanted:
        return self.file.wanted

    @property
    def chosen(self) -> Candidate | None:
        """What is taken without asking."""
        taken = self.status in {Status.ON_DISK, Status.RELINK, Status.FETCH}
        return self.candidates[0] if taken and self.candidates else None

    @property
    def path(self) -> str | None:
        """Where the file lies."""
        return self.chosen.path if self.chosen else None


@dataclass(frozen=True)
class Step:
    """What one source answered: candidates, or why it could not be asked."""

    candidates: Sequence[Candidate] = ()
    failure: KeeperError | None = None

    @property
    def settles(self) -> bool:
        """Whether nobody further has to be asked: at least one candidate may be taken."""
        return any(candidate.automatic for candidate in self.candidates)


def judged(file: WantedFile, steps: Sequence[Step]) -> Finding:
    """The finding that the answers of all steps amount to.

    One certain candidate is taken; several that differ in content are a choice, as are those that
    are only likely. Nothing is taken from a later step where an earlier one settles the matter, nor
    fetched where a file on the disk may be the one.
    """
    failures = tuple(step.failure for step in steps if step.failure is not None)
    offered = tuple(
        candidate
        for step in steps
        for candidate in sorted(step.candidates, key=lambda found: -found.score)
        if candidate.offered
    )
    certain: tuple[Candidate, ...] = ()
    for step in steps:
        certain = tuple(c for c in step.candidates if c.automatic)
        if certain:
            break
    here = any(candidate.source is Source.DISK for candidate in offered)
    doubtful = here and not any(candidate.source is Source.DISK for candidate in certain)
    if certain and not doubtful and not _differ(certain):
        first = max(certain, key=lambda candidate: candidate.score)
        rest = tuple(candidate for candidate in offered if candidate is not first)
        return Finding(file, _taken(file, first), (first, *rest), failures)
    if offered:
        return Finding(file, Status.CHOOSE if file.required else Status.OPTIONAL, offered, failures)
    return Finding(file, Status.MISSING if file.required else Status.OPTIONAL, (), failures)


def _taken(file: WantedFile, candidate: Candidate) -> Status:
    if candidate.source is Source.DISK:
        return Status.RELINK if candidate.facts.get("value") else Status.ON_DISK
    return Status.FETCH if file.required else Status.OPTIONAL


def _differ(candidates: Sequence[Candidate]) -> bool:
    """Whether the candidates may be different files, as far as anybody can tell."""
    hashes = {candidate.sha256 for candidate in candidates}
    if None not in hashes:
        return len(hashes) > 1
    return len({candidate.url or candidate.path for candidate in candidates}) > 1
