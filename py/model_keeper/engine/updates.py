"""Updates of models as panels and commands use them: check, list, ignore, fetch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from model_keeper.domain.downloads import Collision, NetworkSettings
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.jobs import Priority
from model_keeper.domain.library_query import parse_query
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.names import repaired_name
from model_keeper.domain.queue import Enqueued
from model_keeper.domain.updates import Checked, Offer
from model_keeper.engine.intake import Intake, Plan, Wishes
from model_keeper.engine.library import Library
from model_keeper.engine.lookups import Answer, looked_up
from model_keeper.engine.update_checks import update_job
from model_keeper.library.index import LibraryIndex
from model_keeper.library.places import place_key
from model_keeper.store import JobStore


@dataclass(frozen=True)
class ModelUpdate:
    """A model that is here, and its update. ``place`` is its id in the library."""

    place: str
    file: ModelFile
    checked: Checked
    offer: Offer
    ignored: bool


class ModelUpdates:
    """What the last checks found. Raises index_unusable and database_unavailable."""

    def __init__(
        self, store: JobStore, models: Library, index: LibraryIndex, network: NetworkSettings
    ) -> None:
        self._store = store
        self._models = models
        self._index = index
        self._network = network

    def request_check(
        self,
        ids: Sequence[str] | None = None,
        query: str = "",
        *,
        fresh: bool = False,
        priority: int = Priority.LOW,
    ) -> Enqueued:
        """A check by the worker, of these places or of all that ``query`` finds; see update_job.

        Raises KeeperError query_…
        """
        parse_query(query)
        new = update_job(self._network, ids=ids, query=query, fresh=fresh, priority=priority)
        return self._store.queue.enqueue(new)

    def checked_at(self) -> int | None:
        """When anything was last checked, ms UTC."""
        return self._store.updates.checked_at()

    def all(self, *, ignored: bool = True) -> list[ModelUpdate]:
        """One row for each content that has an update, the latest published first.

        Without those whose update has come meanwhile, or whose file is gone. Not ``ignored``:
        without what a person does not want to hear of.
        """
        rules = self._store.updates.ignored()
        found = []
        for checked in self._store.updates.offered():
            offer = checked.judgement.offer
            if offer is None or (offer.sha256 and self._index.with_sha256(offer.sha256)):
                continue
            covered = rules.covers(checked.model_id, offer.version_id)
            files = self._index.with_sha256(checked.sha256) if ignored or not covered else ()
            if files:
                file = files[0]
                place = place_key(file.category, file.root, file.relative)
                found.append(ModelUpdate(place, file, checked, offer, covered))
        found.sort(key=lambda each: (-(each.offer.published_at or 0), each.file.name, each.place))
        return found

    def get(self, place: str) -> ModelUpdate:
        """That of the model at a place. Raises KeeperError model_not_in_library, update_unknown."""
        file, checked, offer = self._known(place)
        ignored = self._store.updates.ignored().covers(checked.model_id, offer.version_id)
        return ModelUpdate(place, file, checked, offer, ignored)

    def ignore(self, place: str, version_id: int | None, *, ignored: bool = True) -> None:
        """Ignore a version, or every version (None) of the model at a place; or no longer.

        Raises KeeperError model_not_in_library, update_unknown.
        """
        checked = self._checked(place)[1]
        self._store.updates.ignore(checked.model_id, version_id, ignored=ignored)

    def plans(self, places: Sequence[str], intake: Intake) -> list[Answer[Plan]]:
        """The download of the update of each place, or why there is none.

        It goes beside the file that it updates, which stays as it is. ``intake`` asks the
        provider again, so that nothing is enqueued that is gone by now.
        """
        return looked_up(lambda place: self._plan(place, intake), places)

    def _plan(self, place: str, intake: Intake) -> Plan:
        file, _, offer = self._known(place)
        name = repaired_name(offer.file_name) or file.name
        wishes = Wishes(
            category=file.category,
            root=file.root,
            name=str(PurePosixPath(file.relative).with_name(name)),
            collision=Collision.SUFFIX,  # creators call every version the same
        )
        return intake.from_link(offer.url, wishes)

    def _known(self, place: str) -> tuple[ModelFile, Checked, Offer]:
        file, checked = self._checked(place)
        offer = checked.judgement.offer
        if offer is None:
            raise KeeperError("update_unknown", model=file.name)
        return file, checked, offer

    def _checked(self, place: str) -> tuple[ModelFile, Checked]:
        file = self._models.get(place).file
        sha256 = file.sha256 or file.claimed.get("sha256")
        checked = self._store.updates.of(sha256) if sha256 else None
        if checked is None:
            raise KeeperError("update_unknown", model=file.name)
        return file, checked
