"""What a collection would bring: what is here already, what can be fetched, and what cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from model_keeper.domain.collection_json import RefusedModel
from model_keeper.domain.collections import CollectedModel, Collection, Difference
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import ModelEntry
from model_keeper.engine.intake import Intake, Plan, Wishes
from model_keeper.library.search import Found
from model_keeper.library.space import VolumeSpace, planned_space

if TYPE_CHECKING:
    from model_keeper.engine.collected_facts import CollectedFacts


class Standing(str, Enum):
    """How the library stands to a model of a collection."""

    HERE = "here"  # this content, under this name
    RENAMED = "renamed"  # this content, under another name or in another folder
    UNPROVEN = "unproven"  # a file of this name that may be it: nobody has hashed it
    DIFFERENT = "different"  # another content has the name
    FETCH = "fetch"  # not here, and it is known where it is from
    MISSING = "missing"  # not here, and nobody knows where it is from
    REFUSED = "refused"  # not here, and it cannot be fetched


#: Where a model is here, so that what is known of it can be restored.
PRESENT = frozenset({Standing.HERE, Standing.RENAMED, Standing.UNPROVEN})


@dataclass(frozen=True)
class PlannedModel:
    """One model: ``found`` is the file that is here, ``download`` what would be fetched.

    ``difference`` is what would be restored beside the file; ``error`` why it cannot be fetched.
    """

    model: CollectedModel
    standing: Standing
    found: Found | None = None
    download: Plan | None = None
    difference: Difference = field(default_factory=Difference)
    error: KeeperError | None = None

    @property
    def does_something(self) -> bool:
        """Whether applying it would change anything here."""
        return self.standing is Standing.FETCH or bool(self.difference)


@dataclass(frozen=True)
class CollectionPlan:
    """``volumes``: what the downloads need where, and what is free there."""

    rows: tuple[PlannedModel, ...]
    title: str | None = None
    refused: tuple[RefusedModel, ...] = ()
    volumes: tuple[VolumeSpace, ...] = ()

    @property
    def counts(self) -> Mapping[Standing, int]:
        """How many models stand in each way; every way is named."""
        found = Counter(row.standing for row in self.rows)
        return {standing: found[standing] for standing in Standing}

    def only(self, keys: Iterable[str]) -> CollectionPlan:
        """The same for the models of these keys alone."""
        wanted = frozenset(keys)
        rows = tuple(row for row in self.rows if row.model.key in wanted)
        return replace(self, rows=rows, volumes=_room(rows))


class LibraryContents:
    """Every model of the library, by its content and by its name."""

    def __init__(self, found: Iterable[Found]) -> None:
        self._by_sha256: dict[str, list[Found]] = {}
        self._by_name: dict[tuple[str, str], list[Found]] = {}
        for each in found:
            file = each.file
            self._by_name.setdefault((file.category, file.relative), []).append(each)
            if file.sha256 is not None:
                self._by_sha256.setdefault(file.sha256, []).append(each)

    def standing_of(self, model: CollectedModel) -> tuple[Standing, Found | None]:
        """How it stands, by what is known; MISSING where it is neither here nor its name taken."""
        named = self._by_name.get((model.category, model.relative), [])
        equal = self._by_sha256.get(model.sha256 or "", [])
        both = [each for each in equal if each in named]
        if both:
            return Standing.HERE, both[0]
        same_category = [each for each in equal if each.file.category == model.category]
        if same_category:
            return Standing.RENAMED, same_category[0]
        for each in named:
            if _may_be(each, model):
                return Standing.UNPROVEN, each
        if named:
            return Standing.DIFFERENT, named[0]
        return (Standing.RENAMED, equal[0]) if equal and not model.sources else (_ABSENT, None)


_ABSENT = Standing.MISSING


def _may_be(found: Found, model: CollectedModel) -> bool:
    file = found.file
    if model.sha256 is not None and file.sha256 is not None:
        return False
    return model.size is None or model.size == file.size


class CollectionPlanner:
    """Compares collections with the library. Asks nobody, and hashes nothing."""

    def __init__(self, facts: CollectedFacts, intake: Intake) -> None:
        self._facts = facts
        self._intake = intake

    def plan(
        self,
        collection: Collection,
        contents: LibraryContents,
        refused: Sequence[RefusedModel] = (),
    ) -> CollectionPlan:
        """One row for each model, in its order."""
        rows = tuple(self._row(model, contents) for model in collection.models)
        return CollectionPlan(rows, collection.title, tuple(refused), _room(rows))

    def _row(self, model: CollectedModel, contents: LibraryContents) -> PlannedModel:
        standing, found = contents.standing_of(model)
        if found is None:
            return self._absent(model)
        if standing is Standing.DIFFERENT:
            taken = KeeperError("destination_exists", path=found.file.path)
            return PlannedModel(model, standing, found, error=taken)
        difference = self._facts.difference(found, model) if found.file.online else Difference()
        return PlannedModel(model, standing, found, difference=difference)

    def _absent(self, model: CollectedModel) -> PlannedModel:
        """The first source that can be fetched from; else why the first one cannot."""
        errors = []
        for source in model.sources:
            entry = ModelEntry(model.relative, source.url, model.category, model.sha256)
            try:
                plan = self._intake.from_entry(entry, Wishes(), explore=False)
            except KeeperError as error:
                errors.append(error)
            else:
                return PlannedModel(model, Standing.FETCH, download=_sized(plan, model))
        if errors:
            return PlannedModel(model, Standing.REFUSED, error=errors[0])
        return PlannedModel(model, Standing.MISSING)


def _room(rows: Sequence[PlannedModel]) -> tuple[VolumeSpace, ...]:
    """What the downloads take; nothing where a volume cannot be asked."""
    needed = [
        (Path(row.download.download.destination.root), row.model.size or 0)
        for row in rows
        if row.download is not None
    ]
    try:
        return planned_space(needed)
    except OSError:
        return ()


def _sized(plan: Plan, model: CollectedModel) -> Plan:
    """The size is believed where the hash will prove the content."""
    if model.sha256 is None or model.size is None:
        return plan
    return replace(plan, download=replace(plan.download, expected_size=model.size))
