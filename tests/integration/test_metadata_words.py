"""Whatever providers answer, in whatever order: a refresh takes nothing from a person."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import FIELDS, ModelMetadata, Preview, is_empty
from model_keeper.domain.metadata_json import as_json
from model_keeper.domain.queue import Item, ItemState
from model_keeper.engine.control import JobControl
from model_keeper.engine.library import Library
from model_keeper.engine.metadata_facts import CivitaiFacts, HubFacts, Said, Subject
from model_keeper.engine.metadata_records import MetadataRecords
from model_keeper.engine.metadata_refresh import RefreshWork
from model_keeper.library.search import Found
from tests.doubles_jobs import job
from tests.unit.engine.shelf import Shelf

_REFUSED = KeeperError("civitai_forbidden")


class Civitai(CivitaiFacts):
    """Says what it was told to say."""

    def __init__(self) -> None:
        self.said = Said()

    def of(self, subjects: Collection[Subject]) -> dict[str, Said]:
        return {each.sha256: self.said for each in subjects}


class Hub(HubFacts):
    """Says what it was told to say."""

    def __init__(self) -> None:
        self.said = Said()

    def of(self, subject: Subject, *, search: bool) -> Said:
        del subject, search
        return self.said


class Refreshed:
    """One model, refreshed again and again."""

    def __init__(self, shelf: Shelf) -> None:
        shelf.add("a.safetensors")
        shelf.refresh()
        self.shelf = shelf
        self.civitai, self.hub = Civitai(), Hub()
        self.library = Library(shelf.store, shelf.index, shelf.clock)
        self.records = MetadataRecords(shelf.store, shelf.sidecars, shelf.said, shelf.clock, "here")
        self.work = RefreshWork(
            self.library, shelf.hashing, self.records, self.civitai, self.hub, shelf.clock
        )

    @property
    def found(self) -> Found:
        return next(iter(self.library.walk()))

    @property
    def metadata(self) -> ModelMetadata:
        return self.records.read(self.found.file).metadata

    def refresh(self, civitai: Said, hub: Said) -> None:
        self.shelf.clock.sleep(1)
        self.civitai.said, self.hub.said = civitai, hub
        item = Item(job().id, 0, self.found.id, ItemState.PENDING)
        [result] = self.work.work(job(attempts=5), [item], JobControl())
        assert result.error_code in {None, _REFUSED.code}

    def edit(self, changes: Mapping[str, Any]) -> None:
        self.shelf.clock.sleep(1)
        self.records.edit(self.found, changes)

    def forget(self) -> None:
        (self.shelf.folder / "a.info").unlink(missing_ok=True)


@pytest.fixture(scope="module")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Refreshed]:
    shelf = Shelf(tmp_path_factory.mktemp("refreshed"))
    yield Refreshed(shelf)
    shelf.close()


_LINES = st.sampled_from(["", "one", "two", "three"])
_WORDS = st.lists(st.sampled_from(["red", "green"]), max_size=2, unique=True)
_PICTURES = st.sampled_from([(), (Preview("https://example.org/1.png"),)])
_METADATA = st.builds(
    lambda name, description, words, base, tags, preview, source: ModelMetadata(
        name=name or None,
        description=description or None,
        trained_words=tuple(words),
        base_model=base or None,
        tags=tuple(tags),
        preview=preview,
        source=source,
        id=7 if source else None,
    ),
    *(_LINES, _LINES, _WORDS, _LINES, _WORDS, _PICTURES, st.sampled_from([None, "civitai"])),
)
_SAID = st.one_of(
    st.builds(Said, _METADATA),
    st.sampled_from(
        [Said(), Said(gone=True), Said(error=_REFUSED), Said(gone=True, error=_REFUSED)]
    ),
)


@dataclass(frozen=True)
class Edit:
    """What a person says."""

    changes: Mapping[str, Any]


_EDITS = st.builds(
    Edit,
    st.fixed_dictionaries(
        {}, optional={"name": _LINES, "description": _LINES, "trained_words": _WORDS}
    ).filter(bool),
)
_STEPS = st.lists(st.one_of(_EDITS, st.tuples(_SAID, _SAID)), min_size=2, max_size=6)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_STEPS)
def test_no_answer_takes_a_persons_word_or_anything_that_is_known(
    refreshed: Refreshed, steps: list[Edit | tuple[Said, Said]]
) -> None:
    refreshed.forget()
    mine: dict[str, Any] = {}
    before = ModelMetadata()
    for step in steps:
        if isinstance(step, Edit):
            refreshed.edit(step.changes)
            mine |= step.changes
        else:
            refreshed.refresh(*step)
        after = refreshed.metadata
        for name, value in mine.items():
            assert (as_json(getattr(after, name)) or None) == (value or None)
        for name in FIELDS:
            if name not in mine and not is_empty(getattr(before, name)) and name != "id":
                assert not is_empty(getattr(after, name)), name
        _every_lost_value_is_in_the_history(refreshed, before, after)
        before = after


def _every_lost_value_is_in_the_history(
    refreshed: Refreshed, before: ModelMetadata, after: ModelMetadata
) -> None:
    kept = refreshed.records.history(refreshed.found.file, limit=1000).items
    former = [(each.field, each.value) for each in kept]
    for name in FIELDS:
        value = getattr(before, name)
        if not is_empty(value) and getattr(after, name) != value:
            assert (name, as_json(value)) in former
