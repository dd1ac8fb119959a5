"""The metadata of models of the library: read, changed by whoever may, and taken back.

What a field said before goes to the durable history before its sidecar is replaced; what is written
is in the index at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.hashes import FileState
from model_keeper.domain.link_parsing import parse_link
from model_keeper.domain.metadata import FIELDS, ModelMetadata, Owner
from model_keeper.domain.metadata_history import HistoryPage
from model_keeper.domain.metadata_identity import identity_of
from model_keeper.domain.metadata_json import KEYS, as_json, changes_from_json
from model_keeper.domain.metadata_merge import Merge, Replaced, edited, given_back
from model_keeper.domain.model_files import ModelFile
from model_keeper.domain.ports import Clock
from model_keeper.files.failures import file_failed
from model_keeper.library.model_stems import FolderStems
from model_keeper.library.said_models import SaidModels
from model_keeper.library.search import Found
from model_keeper.library.sidecar_places import ModelPlace, model_place
from model_keeper.library.sidecars import Sidecars, Written
from model_keeper.store import JobStore


@dataclass(frozen=True)
class Record:
    """What is written of a model. ``sidecar`` is ours, None where there is none.

    ``foreign`` are the names of other tools' files that were read; ``problems`` are KeeperError
    sidecar_unreadable.
    """

    metadata: ModelMetadata
    sidecar: Path | None = None
    foreign: tuple[str, ...] = ()
    problems: tuple[KeeperError, ...] = ()


class MetadataRecords:
    """Raises database_unavailable, index_unusable, and what :class:`Sidecars` does."""

    def __init__(
        self, store: JobStore, sidecars: Sidecars, said: SaidModels, clock: Clock, host: str
    ) -> None:
        """``host`` names this machine in the history."""
        self._history = store.metadata_history
        self._sidecars = sidecars
        self._said = said
        self._clock = clock
        self._host = host
        self._stems = FolderStems(clock.monotonic)

    def read(self, file: ModelFile) -> Record:
        """Raises KeeperError storage_failed where its folder cannot be read."""
        place = self._place(file)
        reading = self._sidecars.read(place, sha256=file.sha256)
        own = self._sidecars.own_of(place)
        foreign = tuple(path.name for path in reading.files if path != own)
        return Record(reading.metadata, own, foreign, reading.problems)

    def update(self, found: Found, change: Callable[[ModelMetadata], Merge]) -> Written:
        """Replace what is written by what ``change`` makes of it.

        Raises KeeperError storage_failed, sidecar_unreadable, file_locked; nothing is changed then.
        """
        file = found.file
        place = self._place(file)

        def remembered(old: ModelMetadata) -> Merge:
            merge = change(old)
            rows = [(r.field, as_json(r.value), r.origin) for r in merge.replaced]
            self._history.add(self._host, _key(file), rows)
            return merge

        written = self._sidecars.update(
            place, remembered, sha256=file.sha256, has_preview=found.has_preview
        )
        self._said.note(place, written.metadata)
        return written

    def edit(self, found: Found, changes: Mapping[str, Any], reset: Sequence[str] = ()) -> None:
        """A person's word on fields, by their names; those of ``reset`` are the providers' again.

        A field that is given back says what a provider said of it last. The address of a
        provider's page says which model it is, too. Raises KeeperError invalid_request for what is
        no field or no value of it, and as :meth:`update`.
        """
        named = {**_identity(changes.get("source_url")), **changes}
        document = {KEYS.get(name, name): value for name, value in named.items()}
        said = changes_from_json(document)
        before = [self._former(found.file, name) for name in reset]

        def change(old: ModelMetadata) -> Merge:
            returned = given_back(old, reset, [each for each in before if each])
            merge = edited(returned.metadata, said, at=self._clock.now_ms())
            return Merge(merge.metadata, (*returned.replaced, *merge.replaced))

        self.update(found, change)

    def restore(self, found: Found, field: str, at: int) -> None:
        """Say again what the field said before it was replaced ``at``: now it is a person's word.

        Raises KeeperError invalid_request where it said nothing then, and as :meth:`update`.
        """
        former = self._history.newest(self._host, _key(found.file), field, at=at)
        if former is None or field not in FIELDS:
            raise KeeperError("invalid_request", what=f"“{field}” was not replaced at that moment.")
        self.edit(found, {field: former.value})

    def history(
        self, file: ModelFile, *, limit: int = 100, after: int | None = None
    ) -> HistoryPage:
        """What its fields said before, the newest first."""
        return self._history.page(self._host, _key(file), limit=limit, after=after)

    def _former(self, file: ModelFile, name: str) -> Replaced | None:
        """What somebody other than a person said of the field last."""
        if name not in FIELDS:
            raise KeeperError("invalid_request", what=f"A model has no field “{name}”.")
        found = self._history.newest(self._host, _key(file), name, unless=Owner.USER)
        if found is None:
            return None
        value = changes_from_json({KEYS[name]: found.value})[name]
        return Replaced(name, value, found.origin)

    def _place(self, file: ModelFile) -> ModelPlace:
        try:
            stems = self._stems.of(Path(file.path).parent)
        except OSError as error:
            raise file_failed(error, file.path) from error
        return model_place(file.category, file.root, file.relative, stems)


def _identity(address: Any) -> dict[str, Any]:
    try:
        return identity_of(parse_link(address)) if isinstance(address, str) and address else {}
    except KeeperError:
        return {}


def _key(file: ModelFile) -> str:
    return FileState(file.path, file.size, file.mtime_ns, file.inode).key
