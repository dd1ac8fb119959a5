"""The library in requests and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from model_keeper.domain.metadata import Completeness
from model_keeper.domain.model_marks import BEST_RATING, MOST_NOTES, MOST_TAGS
from model_keeper.library.search import Sort
from model_keeper.web.shapes import About
from model_keeper.web.v1.chosen_models import Category, Ids, Without

_FARTHEST = 2**31 - 1


@dataclass(frozen=True)
class LibraryQueryView:
    """What to find in the library."""

    q: Annotated[str, About("What is searched for, in the search language.", maxLength=2000)] = ""
    category: Annotated[str | None, About("Only this ComfyUI folder.", maxLength=200)] = None
    sort: Annotated[Sort, About("What comes first: a name, or the largest, newest, best.")] = (
        Sort.NAME
    )
    backwards: Annotated[bool, About("In the opposite order.")] = False
    limit: Annotated[int, About("Rows of a page.", minimum=1, maximum=1000)] = 100
    after: Annotated[str | None, About("`next` of the page before.", maxLength=4000)] = None
    offset: Annotated[
        int, About("Rows to pass over first, for a jump.", minimum=0, maximum=_FARTHEST)
    ] = 0
    facets: Annotated[bool, About("Count what is found by kind, too.")] = False


@dataclass(frozen=True)
class MarksView:
    """What a person said of a model."""

    favourite: bool
    rating: Annotated[int, About("Stars, 0 for none.")]
    notes: str
    tags: tuple[str, ...]


@dataclass(frozen=True)
class ModelView:
    """A model file at one place. What is not known is null."""

    id: Annotated[str, About("The same after every scan, while the file stays where it is.")]
    category: str
    root: str
    relative: Annotated[str, About("Below the root, as a loader lists it.")]
    name: str
    size: Annotated[int, About("Bytes.")]
    changed_at: Annotated[int, About("Ms UTC.")]
    online: Annotated[bool, About("False: its drive was off when last looked.")]
    format: str | None
    base_model: str | None
    kind: Annotated[str | None, About("The category that its tensors tell.")]
    precision: str | None
    title: str | None
    trigger_words: tuple[str, ...]
    problem: Annotated[str | None, About("Why the file cannot be read.")]
    hashes: Annotated[Mapping[str, str], About("Computed here, by algorithm.")]
    claimed: Annotated[Mapping[str, str], About("Stated by others, by algorithm.")]
    runs: Annotated[int, About("In how many prompts it was used.")]
    last_used: Annotated[int | None, About("Ms UTC.")]
    completeness: Annotated[Completeness, About("Of what is known, for its category.")]
    missing: Annotated[tuple[str, ...], About("Fields of its metadata that its category needs.")]
    has_preview: bool
    preview_nsfw_level: Annotated[int | None, About("Civitai's bit field; null: nobody said.")]
    marks: MarksView


@dataclass(frozen=True)
class FacetView:
    """How many of all that was found have a value."""

    value: str | None
    count: int


@dataclass(frozen=True)
class FacetsView:
    """The most frequent values first."""

    category: tuple[FacetView, ...]
    base_model: tuple[FacetView, ...]
    format: tuple[FacetView, ...]


@dataclass(frozen=True)
class ModelList:
    """A page of models."""

    items: tuple[ModelView, ...]
    next: str | None
    total: Annotated[int, About("On all pages.")]
    facets: FacetsView | None
    scanned_at: Annotated[int | None, About("When the folders were looked at last, ms UTC.")]
    scanning: Annotated[bool, About("Whether they are looked at now.")]


@dataclass(frozen=True)
class MarksPatch:
    """Only what is named is changed."""

    favourite: bool | None = None
    rating: Annotated[int | None, About("Stars, 0 for none.", minimum=0, maximum=BEST_RATING)] = (
        None
    )
    notes: Annotated[str | None, About("Any text.", maxLength=MOST_NOTES)] = None
    tags: Annotated[tuple[str, ...] | None, About("All of them.", maxItems=MOST_TAGS)] = None


@dataclass(frozen=True)
class ScanRequest:
    """Nothing is asked: a scan looks at every folder."""


@dataclass(frozen=True)
class HashRequest:
    """Which models to hash: these, or all that ``query`` finds; without either what has no hash."""

    ids: Ids = None
    query: Annotated[str | None, About("In the search language.", maxLength=2000)] = None
    category: Category = None
    without: Without = ()


@dataclass(frozen=True)
class ShareView:
    """Files and bytes of one group."""

    value: str | None
    files: int
    bytes: int


@dataclass(frozen=True)
class SpaceView:
    """The room that models take; hard links to one file count once in each group."""

    files: int
    bytes: int
    by_category: tuple[ShareView, ...]
    by_base_model: tuple[ShareView, ...]
    by_root: tuple[ShareView, ...]
    by_last_use: Annotated[
        tuple[ShareView, ...], About("this month, this quarter, longer ago, never.")
    ]
