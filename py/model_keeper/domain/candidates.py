"""Candidates: sources that may satisfy what a workflow wants, with evidence and a score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import PurePosixPath
from typing import Protocol

from model_keeper.domain.downloads import Trust
from model_keeper.domain.references import ModelEntry, ReferenceKind

AUTOMATIC, OFFERED = 90, 60  # scores: from here nobody is asked; from here a person may choose


class Source(str, Enum):
    """Who offers a candidate, in the order in which they are asked."""

    DISK = "disk"
    MANIFEST = "manifest"
    WORKFLOW = "workflow"  # its own entry: properties.models
    KNOWN = "known"  # the shipped catalogue and the person's own file
    CIVITAI = "civitai"
    HUGGINGFACE = "huggingface"


_SEARCHED = frozenset({Source.CIVITAI, Source.HUGGINGFACE})


@dataclass(frozen=True)
class Evidence:
    """One reason for or against a candidate. ``code`` is stable; ``text`` is for people."""

    code: str
    points: int
    text: str


@dataclass(frozen=True)
class Candidate:
    """A file that may be the wanted one.

    ``score`` is 0 to 100. ``url`` is durable; ``path`` is absolute, for files on disk. ``sha256``
    is lower-case hex, only where somebody vouches for it; ``size`` in bytes. ``blocked``: something
    is known to be wrong, so it is never taken by itself whatever its score. ``exact``: name (or
    hash) agree to the letter; a candidate that is not exact is never taken by itself.
    """

    source: Source
    name: str
    score: int
    evidence: tuple[Evidence, ...] = ()
    url: str | None = None
    path: str | None = None
    sha256: str | None = None
    size: int | None = None
    category: str | None = None
    title: str | None = None
    page: str | None = None
    note: str | None = None  # what tells it from its siblings: precision, format, size
    exact: bool = True
    blocked: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def automatic(self) -> bool:
        """Whether it may be taken without asking."""
        return self.exact and not self.blocked and self.score >= AUTOMATIC

    @property
    def trust(self) -> Trust:
        """How far it is believed where it is taken unasked and no hash is known anywhere."""
        return Trust.CANDIDATE if self.source in _SEARCHED else Trust.PERSON

    @property
    def offered(self) -> bool:
        return self.score >= OFFERED


@dataclass(frozen=True)
class Wanted:
    """What is searched for: a name as a workflow writes it, and all that is known besides.

    ``name`` has forward slashes and may have folders. ``hashes`` are sha256, lower-case hex, that
    somebody named for it. ``values`` are its spellings in the workflow, with their separators;
    ``kind`` is how they name it. ``node_types`` are the nodes that want it. ``base_models`` are
    hints from the rest of the workflow.
    """

    name: str
    category: str | None = None
    hashes: tuple[str, ...] = ()
    size: int | None = None
    entries: tuple[ModelEntry, ...] = ()
    values: tuple[str, ...] = ()
    kind: ReferenceKind = ReferenceKind.FILE
    node_types: tuple[str, ...] = ()
    base_models: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        return PurePosixPath(self.name).name


class CandidateSource(Protocol):
    """One step of resolving: somebody who may know the wanted file."""

    source: Source

    def candidates(self, wanted: Wanted) -> Sequence[Candidate]:
        """What it offers, best first; nothing is a proper answer.

        Raises KeeperError where it could not be asked: that is its own failure, and the other steps
        go on.
        """
