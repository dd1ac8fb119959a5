"""Duplicates that are freed and models that are organised, in requests and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from model_keeper.domain.duplicates import DEFAULT_RULES, Freeing, KeepRule
from model_keeper.web.shapes import About
from model_keeper.web.v1.library_shapes import ModelView

_MOST = 10_000


@dataclass(frozen=True)
class DuplicatesView:
    """Models with the same SHA256, computed here."""

    sha256: str
    size: Annotated[int, About("Bytes of one.")]
    files: Annotated[int, About("Hard links to one file count once.")]
    bytes_freed: Annotated[int, About("If one file of them were kept.")]
    kept: Annotated[str, About("The id of the one that is kept unless a person says otherwise.")]
    items: Annotated[tuple[ModelView, ...], About("The kept one first.")]


@dataclass(frozen=True)
class VariantView:
    """Models with the same SHA256, computed here."""

    sha256: str
    size: Annotated[int, About("Bytes of one.")]
    files: Annotated[int, About("Hard links to one file count once.")]
    items: tuple[ModelView, ...]


@dataclass(frozen=True)
class SameWeightsView:
    """Models whose weights are the same and whose headers differ. They are no duplicates."""

    tensors: Annotated[str, About("The hash of the tensors, computed here.")]
    variants: tuple[VariantView, ...]


@dataclass(frozen=True)
class DuplicatesList:
    """The largest files first."""

    items: tuple[DuplicatesView, ...]
    next: Annotated[str | None, About("Always null: all are in one answer.")]
    total: int
    bytes_freed: int
    same_weights: Annotated[
        tuple[SameWeightsView, ...], About("At most 100 sets; nothing is done with them.")
    ]
    more_same_weights: Annotated[bool, About("Whether there are more sets than these.")]


@dataclass(frozen=True)
class FreeingRequest:
    """Which duplicates to free, and how.

    Of each group the first rule that tells two files apart decides which one is kept.
    """

    how: Annotated[
        Freeing, About("reflink and hardlink leave each place usable; trash takes it away.")
    ] = Freeing.TRASH
    keep: Annotated[tuple[KeepRule, ...], About("Rules, the strongest first.", maxItems=8)] = (
        DEFAULT_RULES
    )
    sha256s: Annotated[
        tuple[str, ...] | None, About("Only these groups; without it all.", maxItems=_MOST)
    ] = None
    chosen: Annotated[
        Mapping[str, str], About("By SHA256 the id of the model that a person keeps.")
    ] = field(default_factory=dict)


@dataclass(frozen=True)
class FreeingView:
    """What is kept of one group and what is freed."""

    sha256: str
    kept: Annotated[str, About("Id.")]
    others: Annotated[tuple[str, ...], About("Ids.")]
    bytes_freed: Annotated[int, About("Once the trash is empty; links free nothing elsewhere.")]


@dataclass(frozen=True)
class FreeingPlan:
    """What would be done; nothing is changed. Files are compared byte by byte right before."""

    items: tuple[FreeingView, ...]
    next: Annotated[str | None, About("Always null: all are in one answer.")]
    total: int
    bytes_freed: int


@dataclass(frozen=True)
class OrganiseRequest:
    """Models to be put into folders: of one ``category``, these ``ids``, or what is found."""

    template: Annotated[
        str, About("Folders and `{name}`, such as `{base}/{creator}/{name}`.", maxLength=500)
    ]
    category: Annotated[str | None, About("A ComfyUI folder.", maxLength=200)] = None
    ids: Annotated[tuple[str, ...] | None, About("Ids of models.", maxItems=_MOST)] = None
    query: Annotated[str | None, About("In the search language.", maxLength=2000)] = None


@dataclass(frozen=True)
class PlacementView:
    """One model that has to move, within its root."""

    id: str
    category: str
    root: str
    old: Annotated[str, About("Below the root.")]
    new: Annotated[str, About("Below the root.")]
    why: Annotated[str | None, About("What was done to its name so that it fits.")]


@dataclass(frozen=True)
class OrganisePlan:
    """What would be moved; nothing is changed."""

    items: tuple[PlacementView, ...]
    next: Annotated[str | None, About("Always null: all are in one answer.")]
    total: int
