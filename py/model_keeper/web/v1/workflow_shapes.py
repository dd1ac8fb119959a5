"""What is asked and answered about workflows: requests, needs, candidates and changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union

from model_keeper.domain.candidates import Source
from model_keeper.domain.findings import Status
from model_keeper.domain.references import ReferenceKind
from model_keeper.web.problems import ProblemView
from model_keeper.web.shapes import About

MOST_MODELS = 1_000
_MOST_CHANGES = 10_000


@dataclass(frozen=True)
class LoaderValue:
    """A value of a loader that the live node definitions do not list."""

    node_id: str
    value: Annotated[str, About(maxLength=1024)]
    node_type: str | None = None
    widget: str | None = None
    scope: Annotated[str, About("The subgraph's id, empty outside all.")] = ""
    active: Annotated[bool, About("Not muted or bypassed.")] = True


@dataclass(frozen=True)
class ModelRequest:
    """A model as a workflow names it, or a candidate that was chosen for it."""

    name: Annotated[str, About(maxLength=1024)]
    url: Annotated[str | None, About(maxLength=4096)] = None
    directory: Annotated[str | None, About("A ComfyUI folder.")] = None
    sha256: Annotated[str | None, About(maxLength=64)] = None


@dataclass(frozen=True)
class AnalyzeRequest:
    """The open workflow: as it is on the canvas, and as it was stored."""

    workflow: Annotated[Mapping[str, Any] | None, About("UI or API format.")] = None
    stored: Annotated[
        Mapping[str, Any] | None, About("As it was loaded; ComfyUI may have replaced values since.")
    ] = None
    models: Annotated[
        tuple[ModelRequest, ...],
        About("Models that the host reports as missing.", maxItems=MOST_MODELS),
    ] = ()
    values: Annotated[
        tuple[LoaderValue, ...], About("Values that no loader lists.", maxItems=MOST_MODELS)
    ] = ()
    explore: Annotated[
        bool, About("Ask the providers for sizes and hashes, and for what nobody names.")
    ] = True
    fresh: Annotated[bool, About("Ask also for what no provider had a while ago.")] = False


JsonPath = tuple[Union[str, int], ...]  # noqa: UP007 - read at run time, on Python 3.10 too


@dataclass(frozen=True)
class CopyView:
    """A further place that shows the same value: on an instance of a subgraph."""

    scope: str
    node_id: str
    path: JsonPath


@dataclass(frozen=True)
class PlaceView:
    """A node that wants the file. ``path`` leads from the node's JSON to the value."""

    node_id: str | None
    node_type: str | None
    scope: str
    widget: str | None
    active: bool
    title: Annotated[str | None, About("What a person called the node.")]
    value: Annotated[str | None, About("As written there.")]
    path: JsonPath
    copies: tuple[CopyView, ...]


@dataclass(frozen=True)
class EvidenceView:
    """One reason for or against a candidate."""

    code: str
    points: int
    text: Annotated[str, About("In English.")]


@dataclass(frozen=True)
class EditView:
    """A value of the workflow that has to change. ``path`` leads from the node's JSON to it."""

    scope: Annotated[str, About("The subgraph's id, empty outside all.")]
    node_id: str
    node_type: str | None
    title: str | None
    widget: str | None
    path: JsonPath
    old: str
    new: str
    kind: Annotated[ReferenceKind | None, About("For a name within a text: how it stands there.")]


@dataclass(frozen=True)
class CandidateView:
    """A file that may be the wanted one; on disk with its ``path``, elsewhere with its ``url``."""

    source: Source
    name: str
    url: str | None
    host: Annotated[str | None, About("Who has it: a host, on Hugging Face its owner.")]
    path: str | None
    score: Annotated[int, About("From 0 to 100; from 90 on it may be taken unasked.")]
    evidence: tuple[EvidenceView, ...]
    sha256: str | None
    size: int | None
    category: str | None
    title: str | None
    page: str | None
    note: Annotated[str | None, About("What tells it from its siblings.")]
    automatic: Annotated[bool, About("It may be taken without asking.")]
    changes: Annotated[
        tuple[EditView, ...], About("What using it changes in the workflow, where it is here.")
    ]


@dataclass(frozen=True)
class RelinkView:
    """The file is here, under another name or folder."""

    path: str
    category: str | None
    value: Annotated[str, About("What the loader has to name.")]
    evidence: tuple[EvidenceView, ...]
    changes: tuple[EditView, ...]


@dataclass(frozen=True)
class NeedView:
    """A file that the workflow names."""

    name: str
    state: Status
    category: str | None
    root: str | None
    path: Annotated[str | None, About("Where it lies, or would go.")]
    url: str | None
    host: Annotated[
        str | None, About("Who is asked for it: a host, on Hugging Face with its owner.")
    ]
    provider: str | None
    size: int | None
    sha256_published: bool
    approval: Annotated[bool, About("Its host has to be admitted by a person first.")]
    candidates: Annotated[tuple[CandidateView, ...], About("The best first.")]
    relink: RelinkView | None
    places: tuple[PlaceView, ...]
    failures: Annotated[tuple[ProblemView, ...], About("Sources that could not be asked.")]
    error: ProblemView | None


@dataclass(frozen=True)
class NeededRoomView:
    """What everything that can be fetched takes on one volume, in bytes."""

    folder: str
    needed: int
    free: int


@dataclass(frozen=True)
class MissingNode:
    """A type of node that is not installed, and how many nodes are of it."""

    node_type: str
    count: int


@dataclass(frozen=True)
class Analysis:
    """What a workflow needs."""

    items: tuple[NeedView, ...]
    space: tuple[NeededRoomView, ...]
    missing_nodes: Annotated[
        tuple[MissingNode, ...], About("Empty where the host does not know its nodes.")
    ]


@dataclass(frozen=True)
class FetchRequest:
    """``models`` as the panel shows them, or a whole ``workflow`` for programs."""

    models: Annotated[tuple[ModelRequest, ...], About(maxItems=MOST_MODELS)] = ()
    workflow: Annotated[Mapping[str, Any] | None, About("UI or API format.")] = None
    title: Annotated[str | None, About("What the batch is called.", maxLength=200)] = None


@dataclass(frozen=True)
class ResolveRequest:
    """A workflow for programs."""

    workflow: Annotated[Mapping[str, Any], About("UI or API format.")]
    name: Annotated[str, About("What the answer calls it.", maxLength=200)] = ""
    search: Annotated[bool, About("Ask the providers for what nobody near knows.")] = True


@dataclass(frozen=True)
class ResolvedReference:
    """A place that names a model, and what became of it."""

    scope: str | None
    node_id: str
    node_type: str
    widget: str | None
    value: str
    category: str | None
    active: bool
    status: Status
    path: str | None
    candidates: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Resolution:
    """What ``model-keeper resolve --json`` prints."""

    workflow: str
    format: Literal["ui", "api"]
    references: tuple[ResolvedReference, ...]
    summary: Annotated[Mapping[str, int], About("Files by status.")]


@dataclass(frozen=True)
class ChangeRequest:
    """One value to change; where it is not ``old`` any more, nothing is changed."""

    node_id: str
    path: JsonPath
    old: Annotated[str, About(maxLength=1 << 20)]
    new: Annotated[str, About(maxLength=1 << 20)]
    scope: str = ""
    kind: ReferenceKind | None = None
    widget: Annotated[str | None, About("As it was shown.")] = None


@dataclass(frozen=True)
class RelinkRequest:
    """Without ``changes``: everything that is certainly here under another name or folder."""

    workflow: Annotated[Mapping[str, Any], About("UI or API format.")]
    changes: Annotated[
        tuple[ChangeRequest, ...] | None, About("As they were shown.", maxItems=_MOST_CHANGES)
    ] = None


@dataclass(frozen=True)
class Relinked:
    """The workflow with its changes. Nothing was written anywhere."""

    workflow: Mapping[str, Any]
    changes: tuple[EditView, ...]


@dataclass(frozen=True)
class ReadWorkflow:
    """The workflow that a file holds."""

    workflow: Mapping[str, Any]
    format: Literal["ui", "api"]
