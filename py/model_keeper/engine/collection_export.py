"""Collecting what is known of the models that are here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from model_keeper.domain import foreign_values as clean
from model_keeper.domain.collection_json import MOST_MODELS
from model_keeper.domain.collections import (
    CollectedModel,
    ModelSource,
    shareable,
)
from model_keeper.domain.downloads import Download
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.jobs import Job, JobKind, JobState
from model_keeper.domain.metadata import ModelMetadata
from model_keeper.domain.queue import JobQuery
from model_keeper.engine.library import Library
from model_keeper.library.search import Found
from model_keeper.providers import civitai, huggingface
from model_keeper.store import JobStore

if TYPE_CHECKING:
    from model_keeper.engine.collected_facts import CollectedFacts

_PAGE = 1_000


@dataclass(frozen=True)
class ExportWish:
    """What to collect: the models with these ``ids``, else what ``query`` finds ``without`` some.

    Not ``personal``: what people say of their models for themselves stays here.
    """

    query: str = ""
    category: str | None = None
    ids: tuple[str, ...] | None = None
    without: tuple[str, ...] = ()
    personal: bool = True
    previews: bool = False


class CollectionExport:
    """Reads the index, the sidecars and the history of downloads; hashes nothing, asks nobody."""

    def __init__(
        self,
        store: JobStore,
        library: Library,
        facts: CollectedFacts,
    ) -> None:
        self._store = store
        self._library = library
        self._facts = facts

    def models(self, wish: ExportWish) -> Iterator[CollectedModel]:
        """Each model once, by its category and path; of two places of one, the first in order.

        A name that is no text cannot be written and is passed over. Raises KeeperError query_*,
        model_not_in_library, index_unusable, and collection_too_large before the first one.
        """
        found = self._chosen(wish)
        if len(found) > MOST_MODELS:
            raise KeeperError("collection_too_large", models=len(found), most=MOST_MODELS)
        fetched = self._fetched()
        for each in found.values():
            model = self._model(each, fetched, previews=wish.previews)
            yield model if wish.personal else shareable(model)

    def of(self, found: Iterable[Found]) -> Iterator[CollectedModel]:
        """What is known of these, to be shared."""
        fetched = self._fetched()
        for each in found:
            yield shareable(self._model(each, fetched, previews=False))

    def _chosen(self, wish: ExportWish) -> dict[tuple[str, str], Found]:
        found: Iterable[Found]
        if wish.ids is not None:
            found = [self._library.get(each) for each in wish.ids]
        else:
            found = self._library.walk(wish.query, wish.category, wish.without)
        chosen: dict[tuple[str, str], Found] = {}
        for each in found:
            if is_text(each.file.relative):
                chosen.setdefault((each.file.category, each.file.relative), each)
        return chosen

    def _model(
        self, found: Found, fetched: Mapping[str, ModelSource], *, previews: bool
    ) -> CollectedModel:
        file = found.file
        said = self._facts.said(file)
        return CollectedModel(
            category=file.category,
            relative=file.relative,
            size=file.size,
            hashes=KnownHashes(file.hashes, file.claimed),
            sources=_sources(said or ModelMetadata(), fetched.get(file.sha256 or "")),
            metadata=said,
            marks=found.marks,
            preview=self._facts.picture(file) if previews else None,
        )

    def _fetched(self) -> Mapping[str, ModelSource]:
        """Where files came from that were brought by us, by SHA256; the last word counts."""
        found: dict[str, ModelSource] = {}
        after = None
        succeeded = frozenset({JobState.SUCCEEDED})
        while True:
            page = self._store.jobs.page(
                JobQuery(succeeded, frozenset({JobKind.DOWNLOAD}), limit=_PAGE, after=after)
            )
            for job in page.items:
                source = _source_of(job)
                if source is not None:
                    found.setdefault(str(job.result.get("sha256")), source)
            after = page.next
            if after is None:
                return found


def is_text(name: str) -> bool:
    """Whether a file's name can stand in a document."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _source_of(job: Job) -> ModelSource | None:
    """Where a job fetched from; a mirror that was set here is nobody else's."""
    download = Download.from_payload(job.payload)
    network, url = download.network, download.asset.url
    for endpoint, origin in (
        (network.hf_endpoint, huggingface.DEFAULT_ENDPOINT),
        (network.civitai_endpoint, civitai.DEFAULT_ENDPOINTS[0]),
    ):
        mirror = (endpoint or origin).rstrip("/") + "/"
        if url.startswith(mirror):
            url = f"{origin}/{url[len(mirror) :]}"
    durable = clean.address(url)
    return ModelSource(durable, download.asset.provider) if durable else None


def _sources(said: ModelMetadata, fetched: ModelSource | None) -> tuple[ModelSource, ...]:
    """Where this very file was fetched from, and what is said of its origin."""
    url = clean.address(said.download_url)
    told = ModelSource(url, said.source, said.model_id, said.id) if url else None
    if told and fetched and told.url == fetched.url:
        return (told,)
    return tuple(each for each in (fetched, told) if each)
