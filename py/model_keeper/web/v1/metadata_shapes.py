"""Metadata of models in requests and answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from model_keeper.domain.metadata import Completeness, Owner
from model_keeper.web.problems import ProblemView
from model_keeper.web.shapes import About
from model_keeper.web.v1.chosen_models import Category, Ids, Without

_LINE = 2_000
_TEXT = 100_000


@dataclass(frozen=True)
class MetadataView:
    """What is known of a model beyond its bytes, and whose word each field is."""

    id: Annotated[str, About("Its id in the library.")]
    name: str | None
    version_name: str | None
    description: Annotated[str | None, About("Markdown without HTML.")]
    trained_words: tuple[str, ...]
    base_model: str | None
    type: Annotated[str, About("The ComfyUI folder that lists it.")]
    source: Annotated[str | None, About("A provider's name.")]
    page_url: str | None
    download_url: str | None
    creator: str | None
    licence: str | None
    tags: tuple[str, ...]
    notes: str | None
    hashes: Annotated[Mapping[str, str], About("By algorithm; what was computed goes first.")]
    preview: Annotated[tuple[str, ...], About("Addresses of pictures and films.")]
    completeness: Completeness
    missing: Annotated[tuple[str, ...], About("Fields that its category needs.")]
    last_updated: Annotated[int | None, About("When something of it was last said, ms UTC.")]
    owners: Annotated[Mapping[str, Owner], About("By field.")]
    sources: Annotated[Mapping[str, str], About("Who said it, by field.")]
    gone_upstream: Annotated[bool, About("A provider no longer has it.")]
    sidecar: Annotated[str | None, About("The file that all of this is written in.")]
    foreign: Annotated[tuple[str, ...], About("Other tools' files that were read.")]
    problems: Annotated[tuple[ProblemView, ...], About("Files that could not be read.")]


@dataclass(frozen=True)
class MetadataPatch:
    """A person's words. Only what is named is changed; an empty value says that there is none."""

    name: Annotated[str | None, About(maxLength=_LINE)] = None
    version_name: Annotated[str | None, About(maxLength=_LINE)] = None
    description: Annotated[str | None, About("Markdown.", maxLength=_TEXT)] = None
    trained_words: Annotated[tuple[str, ...] | None, About(maxItems=500)] = None
    base_model: Annotated[str | None, About(maxLength=_LINE)] = None
    source: Annotated[str | None, About(maxLength=_LINE)] = None
    page_url: Annotated[
        str | None,
        About("A page at a provider says which model it is, too.", maxLength=_LINE),
    ] = None
    download_url: Annotated[str | None, About(maxLength=_LINE)] = None
    creator: Annotated[str | None, About(maxLength=_LINE)] = None
    licence: Annotated[str | None, About(maxLength=_LINE)] = None
    tags: Annotated[tuple[str, ...] | None, About(maxItems=500)] = None
    notes: Annotated[str | None, About("Markdown.", maxLength=_TEXT)] = None
    reset: Annotated[
        tuple[str, ...], About("Fields that are the providers' again.", maxItems=50)
    ] = ()


@dataclass(frozen=True)
class MetadataHistoryQuery:
    """Which rows of the history to list."""

    limit: Annotated[int, About("Rows of a page.", minimum=1, maximum=1000)] = 100
    after: Annotated[int | None, About("`next` of the page before.", minimum=0, maximum=2**62)] = (
        None
    )


@dataclass(frozen=True)
class FormerValueView:
    """What a field said until it was replaced."""

    field: str
    value: Any
    owner: Owner
    source: str
    said_at: Annotated[int | None, About("When it was said, ms UTC.")]
    at: Annotated[int, About("When it was replaced, ms UTC.")]


@dataclass(frozen=True)
class MetadataHistoryList:
    """The newest first."""

    items: tuple[FormerValueView, ...]
    next: int | None
    total: int


@dataclass(frozen=True)
class RestoreRequest:
    """A row of the history: what the field said then it says again, as a person's word."""

    field: Annotated[str, About(maxLength=100)]
    at: Annotated[int, About("Ms UTC.", minimum=0, maximum=2**62)]


@dataclass(frozen=True)
class RefreshRequest:
    """Which models to refresh; without ``ids`` those of ``query`` that lack something."""

    ids: Ids = None
    query: Annotated[str, About("As the library is searched.", maxLength=2000)] = ""
    category: Category = None
    without: Without = ()
    only_incomplete: Annotated[
        bool | None, About("Only what lacks something; null is yes without `ids`.")
    ] = None
    priority: Annotated[int | str, About("low, normal, high, or a number.")] = 0
    fresh: Annotated[bool, About("Ask again for what providers did not know lately.")] = False
