"""Collections of models: exported, compared with what is here, restored, and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from model_keeper.domain.collection_json import CollectionReading
from model_keeper.domain.collections import CollectedModel, Collection
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.jobs import Job, JobId
from model_keeper.domain.ports import Clock
from model_keeper.engine.collection_export import CollectionExport, ExportWish
from model_keeper.engine.collection_jobs import CollectionShelf, collection_job
from model_keeper.engine.collection_plans import (
    CollectionPlan,
    CollectionPlanner,
    LibraryContents,
    PlannedModel,
    Standing,
)
from model_keeper.engine.intake import Intake
from model_keeper.engine.library import Library
from model_keeper.engine.submission import Submission
from model_keeper.library.search import Found
from model_keeper.store import JobStore

if TYPE_CHECKING:
    from model_keeper.engine.collected_facts import CollectedFacts


@dataclass(frozen=True)
class Applied:
    """``job`` is the batch, or the only job; None where there was nothing to do.

    ``downloads`` are jobs by the key of their model, ``errors`` why a model has none.
    """

    job: Job | None
    downloads: Mapping[str, JobId]
    errors: Mapping[str, KeeperError]


@dataclass(frozen=True)
class CheckedModel:
    """HERE and RENAMED are equal by a SHA256 that was computed here; UNPROVEN nobody hashed."""

    model: CollectedModel
    standing: Standing
    found: Found | None


class Collections:
    """``facts`` reads and restores what is known of models, for the folders it is given.

    ``look`` brings the library to what lies in these folders now. Raises KeeperError
    index_unusable, database_unavailable.
    """

    def __init__(
        self,
        store: JobStore,
        clock: Clock,
        library: Library,
        shelf: CollectionShelf,
        facts: Callable[[FolderTable], CollectedFacts],
        look: Callable[[FolderTable], None],
    ) -> None:
        self._store = store
        self._clock = clock
        self._library = library
        self._shelf = shelf
        self._facts = facts
        self._look = look

    def head(self, made_by: str, title: str | None = None) -> Collection:
        """A collection of now, without its models."""
        return Collection(title=title, made_at=self._clock.now_ms(), made_by=made_by)

    def export(self, wish: ExportWish, folders: FolderTable) -> Iterator[CollectedModel]:
        """As :meth:`CollectionExport.models`."""
        self._look(folders)
        return CollectionExport(self._store, self._library, self._facts(folders)).models(wish)

    def shared(self, found: Iterable[Found], folders: FolderTable) -> list[CollectedModel]:
        """What others may know of these models, one for each."""
        export = CollectionExport(self._store, self._library, self._facts(folders))
        return list(export.of(found))

    def plan(
        self, reading: CollectionReading, folders: FolderTable, intake: Intake
    ) -> CollectionPlan:
        """What applying it would do. Nothing is written, and nobody is asked."""
        planner = CollectionPlanner(self._facts(folders), intake)
        return planner.plan(reading.collection, self._contents(folders), reading.refused)

    def apply(self, plan: CollectionPlan, folders: FolderTable) -> Applied:
        """Enqueue what is missing and what is to be restored, as one batch.

        Doing it again enqueues nothing new. Raises storage_failed where what is to be restored
        cannot be kept.
        """
        fetched = [(row.model.key, row.download) for row in plan.rows if row.download is not None]
        models = tuple(_placed(row) for row in plan.rows if _has_words(row))
        errors = {row.model.key: row.error for row in plan.rows if row.error is not None}
        if not fetched and not models:
            return Applied(None, {}, errors)
        last = None
        if models:
            name = self._shelf.put(Collection(models))
            last = collection_job(name, len(models), folders)
        downloads = [download for _, download in fetched]
        submitted = Submission(self._store).all(downloads, plan.title, last=last)
        keys = [key for key, _ in fetched]
        return Applied(
            submitted.job,
            dict(zip(keys, submitted.job_ids)),  # noqa: B905 - one id a plan
            errors,
        )

    def verify(self, collection: Collection, folders: FolderTable) -> tuple[CheckedModel, ...]:
        """How each model stands to what is here, by the hashes that are known now."""
        contents = self._contents(folders)
        return tuple(
            CheckedModel(model, *contents.standing_of(replace(model, sources=())))
            for model in collection.models
        )

    def _contents(self, folders: FolderTable) -> LibraryContents:
        self._look(folders)
        return LibraryContents(self._library.walk())


def _has_words(row: PlannedModel) -> bool:
    """Whether there is something to restore beside the file, now or once it is here."""
    model = row.model
    if row.download is None:
        return bool(row.difference)
    return bool(model.metadata or model.marks or model.preview)


def _placed(row: PlannedModel) -> CollectedModel:
    """The model under the name that it will have here."""
    if row.download is None:
        return row.model
    return replace(row.model, relative=row.download.download.destination.relative)
