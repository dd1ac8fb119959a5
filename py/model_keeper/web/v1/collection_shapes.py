"""Collections in requests and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from model_keeper.domain.collection_json import MOST_MODELS
from model_keeper.engine.collection_plans import Standing
from model_keeper.web.problems import ProblemView
from model_keeper.web.shapes import About
from model_keeper.web.v1.workflow_shapes import NeededRoomView
from model_keeper.web.views import JobView

_MOST_IDS = 1_000


@dataclass(frozen=True)
class ExportQuery:
    """Which models to collect, and what of them."""

    q: Annotated[str, About("What is searched for, in the search language.", maxLength=2000)] = ""
    category: Annotated[str | None, About("Only this ComfyUI folder.", maxLength=200)] = None
    ids: Annotated[
        tuple[str, ...], About("These models and no others, by commas.", maxItems=_MOST_IDS)
    ] = ()
    without: Annotated[
        tuple[str, ...], About("Of what is found not these ids, by commas.", maxItems=_MOST_IDS)
    ] = ()
    personal: Annotated[bool, About("With favourites, ratings, notes and tags.")] = True
    previews: Annotated[bool, About("With small copies of the pictures.")] = False


@dataclass(frozen=True)
class CollectionRequest:
    """A collection."""

    document: Annotated[Mapping[str, Any], About("As it was exported.")]


@dataclass(frozen=True)
class ApplyRequest:
    """A collection, and which of its models are wanted."""

    document: Annotated[Mapping[str, Any], About("As it was exported.")]
    only: Annotated[
        tuple[str, ...] | None, About("The keys of the models; null for all.", maxItems=MOST_MODELS)
    ] = None


@dataclass(frozen=True)
class CollectedModelView:
    """How the library stands to one model of a collection."""

    key: Annotated[str, About("Names it within the collection.")]
    category: str
    path: str
    size: Annotated[int | None, About("Bytes.")]
    state: Standing
    model: Annotated[str | None, About("The library's id of the file that is here.")]
    place: Annotated[str | None, About("Where that file lies, or where it would be fetched to.")]
    approval: Annotated[bool, About("Its host has to be approved first.")]
    fields: Annotated[tuple[str, ...], About("What would be written of it.")]
    marks: Annotated[bool, About("Whether marks would be restored.")]
    preview: Annotated[bool, About("Whether a picture would be restored.")]
    error: ProblemView | None


@dataclass(frozen=True)
class RefusedModelView:
    """An entry that cannot be used."""

    position: Annotated[int, About("In the document, from 0.")]
    name: str
    error: ProblemView


@dataclass(frozen=True)
class CollectionPlanView:
    """What applying a collection would do."""

    title: str | None
    items: tuple[CollectedModelView, ...]
    total: int
    counts: Annotated[Mapping[str, int], About("Models by state.")]
    refused: tuple[RefusedModelView, ...]
    volumes: Annotated[tuple[NeededRoomView, ...], About("What the downloads need where.")]


@dataclass(frozen=True)
class AppliedModelView:
    """A model that is fetched, or why it is not."""

    key: str
    job_id: str | None
    error: ProblemView | None


@dataclass(frozen=True)
class CollectionApplied:
    """``job`` is the batch, or the only job; null where there was nothing to do."""

    job: JobView | None
    items: Annotated[tuple[AppliedModelView, ...], About("Only what is fetched or refused.")]


@dataclass(frozen=True)
class CheckedModelView:
    """``here`` and ``renamed`` are equal by a SHA256 that was computed here."""

    key: str
    state: Standing
    model: Annotated[str | None, About("The library's id of the file that is here.")]
    place: str | None


@dataclass(frozen=True)
class CollectionCheckView:
    """How a collection stands to what is here, by the hashes that are known now."""

    items: tuple[CheckedModelView, ...]
    total: int
    counts: Annotated[Mapping[str, int], About("Models by state.")]
    refused: tuple[RefusedModelView, ...]


@dataclass(frozen=True)
class BundleRequest:
    """A workflow to be shared."""

    workflow: Annotated[Mapping[str, Any], About("In UI format, as ComfyUI saves it.")]
    title: Annotated[str | None, About("What it is called.", maxLength=200)] = None


@dataclass(frozen=True)
class BundleView:
    """A workflow that carries what is known of its models; ComfyUI opens it as any other."""

    document: Mapping[str, Any]
    models: Annotated[tuple[str, ...], About("Of which something is known: category/path.")]
    lacking: Annotated[
        tuple[str, ...], About("Files of which neither a source nor a hash is known.")
    ]
