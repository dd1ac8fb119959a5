"""Who is believed when several say something about a model, and that nobody's word is lost."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import (
    FIELDS,
    PERSON,
    ModelMetadata,
    Origin,
    Owner,
    Preview,
    is_empty,
    values_of,
)
from model_keeper.domain.metadata_merge import (
    Replaced,
    edited,
    given_back,
    gone_upstream,
    merged,
    released,
    replaced_between,
    same_but_for_moments,
    united,
)
from tests.unit.domain.metadata_values import EDITS, SAID, UPSTREAM, VALUES

NOTHING = ModelMetadata()
HEADER = Origin(Owner.HEADER, "header", 100)
ARCHIVE = Origin(Owner.ARCHIVE, "civarchive", 100)
HUB = Origin(Owner.PROVIDER, "huggingface", 100)
CIVITAI = Origin(Owner.PROVIDER, "civitai", 100)
LATER = Origin(Owner.PROVIDER, "civitai", 200)
COPY = Origin(Owner.PROVIDER, "civitai", 300, ".civitai.info")


def named(name: str) -> ModelMetadata:
    return ModelMetadata(name=name)


def test_the_stronger_owner_is_believed_in_any_order() -> None:
    said = [(HEADER, "header"), (ARCHIVE, "archive"), (HUB, "hub"), (CIVITAI, "civitai")]
    for order in permutations(said):
        metadata = NOTHING
        for origin, name in order:
            metadata = merged(metadata, named(name), origin).metadata
        assert metadata.name == "civitai"
        assert metadata.origin_of("name") == CIVITAI


@pytest.mark.parametrize("origin", [HEADER, ARCHIVE, HUB, CIVITAI, LATER, COPY])
def test_nobody_replaces_what_a_person_said(origin: Origin) -> None:
    mine = edited(NOTHING, {"description": "mine", "tags": ("a",), "favourite": True}, at=50)
    theirs = ModelMetadata(description="theirs", tags=("b", "c"))

    merge = merged(mine.metadata, theirs, origin)

    assert (merge.metadata.description, merge.metadata.tags) == ("mine", ("a",))
    assert merge.metadata.favourite
    assert merge.replaced == ()


def test_what_a_person_emptied_stays_empty() -> None:
    told = merged(NOTHING, ModelMetadata(trained_words=("a", "b")), CIVITAI).metadata
    emptied = edited(told, {"trained_words": ()}, at=150)

    assert emptied.replaced == (Replaced("trained_words", ("a", "b"), CIVITAI),)
    again = merged(emptied.metadata, ModelMetadata(trained_words=("a", "b")), LATER).metadata
    assert again.trained_words == ()


def test_an_edit_counts_also_when_the_clock_was_set_back() -> None:
    first = edited(NOTHING, {"name": "first"}, at=900).metadata
    assert edited(first, {"name": "second"}, at=100).metadata.name == "second"


def test_two_records_are_united_field_by_field() -> None:
    one = edited(merged(NOTHING, named("theirs"), CIVITAI).metadata, {"notes": "mine"}, at=1)
    other = edited(NOTHING, {"name": "mine"}, at=2).metadata

    both = united(one.metadata, other).metadata

    assert (both.name, both.notes) == ("mine", "mine")
    assert united(other, one.metadata).metadata == both


def test_what_a_person_gave_up_is_the_providers_again() -> None:
    mine = edited(NOTHING, {"name": "mine"}, at=150).metadata
    free = released(mine, ["name"])

    assert free.name == "mine"
    assert merged(free, named("theirs"), HEADER).metadata.name == "theirs"


def test_giving_up_takes_nothing_from_a_provider() -> None:
    told = merged(NOTHING, named("theirs"), CIVITAI).metadata
    assert released(told, ["name"]) == told


def test_what_is_given_back_says_what_a_provider_said_last() -> None:
    told = merged(NOTHING, named("theirs"), CIVITAI).metadata
    mine = edited(told, {"name": "mine", "notes": "mine"}, at=150).metadata

    back = given_back(mine, ["name", "notes"], [Replaced("name", "theirs", CIVITAI)])

    assert (back.metadata.name, back.metadata.origin_of("name")) == ("theirs", CIVITAI)
    assert back.metadata.notes == "mine"
    assert merged(back.metadata, ModelMetadata(notes="theirs"), HEADER).metadata.notes == "theirs"
    assert [(each.field, each.value) for each in back.replaced] == [("name", "mine")]


def test_nothing_is_given_back_to_a_provider_that_has_it() -> None:
    told = merged(NOTHING, named("theirs"), CIVITAI).metadata
    assert given_back(told, ["name"], [Replaced("name", "older", HEADER)]).metadata == told


def test_what_several_merges_replaced_is_told_once() -> None:
    first = merged(NOTHING, named("one"), HEADER).metadata
    last = merged(merged(first, named("two"), HUB).metadata, named("three"), CIVITAI).metadata
    assert replaced_between(first, last) == (Replaced("name", "one", HEADER),)
    assert replaced_between(last, last) == ()


def test_a_later_answer_replaces_the_earlier_one_and_history_has_it() -> None:
    first = merged(NOTHING, named("old"), CIVITAI).metadata
    merge = merged(first, named("new"), LATER)

    assert merge.metadata.name == "new"
    assert merge.replaced == (Replaced("name", "old", CIVITAI),)


def test_an_answer_that_lacks_a_field_erases_nothing() -> None:
    full = ModelMetadata(description="text", trained_words=("a",), preview=(Preview("https://a"),))
    known = merged(NOTHING, full, CIVITAI).metadata

    assert merged(known, named("only a name"), LATER).metadata.description == "text"
    assert merged(known, NOTHING, LATER).metadata == known


def test_a_copy_never_undoes_what_was_said_to_us() -> None:
    fresh = merged(NOTHING, named("fresh"), CIVITAI).metadata
    assert merged(fresh, named("from an old file"), COPY).metadata.name == "fresh"


def test_another_tools_notes_do_not_undo_an_edit() -> None:
    mine = edited(NOTHING, {"favourite": False, "notes": "mine"}, at=100).metadata
    theirs = ModelMetadata(favourite=True, notes="theirs")

    both = merged(mine, theirs, Origin(Owner.USER, PERSON, 999, ".metadata.json")).metadata

    assert (both.favourite, both.notes) == (False, "mine")


def test_where_a_model_is_from_is_one_providers_word() -> None:
    hub = ModelMetadata(model_id="owner/name", source="huggingface")
    civitai = ModelMetadata(id=1, model_id=2, source="civitai", download_url="https://c")

    known = merged(NOTHING, civitai, Origin(Owner.ARCHIVE, "civarchive", 900)).metadata
    now = merged(known, hub, HUB).metadata

    assert (now.id, now.model_id, now.download_url) == (None, "owner/name", None)


def test_that_there_is_none_is_kept_until_somebody_knows_one() -> None:
    none = ModelMetadata(name="x", provenance={"trained_words": CIVITAI})
    some = ModelMetadata(trained_words=("a",))

    one = merged(merged(NOTHING, none, CIVITAI).metadata, some, HEADER).metadata
    other = merged(merged(NOTHING, some, HEADER).metadata, none, CIVITAI).metadata

    assert one.trained_words == other.trained_words == ("a",)
    assert "trained_words" in merged(NOTHING, none, CIVITAI).metadata.provenance


def test_each_hash_is_decided_for_itself() -> None:
    one = merged(NOTHING, ModelMetadata(hashes={"sha256": "a" * 64, "crc32": "1"}), HEADER)
    both = merged(one.metadata, ModelMetadata(hashes={"sha256": "b" * 64}), CIVITAI)

    assert both.metadata.hashes == {"sha256": "b" * 64, "crc32": "1"}
    assert both.replaced == (Replaced("hashes.sha256", "a" * 64, HEADER),)


def test_gone_upstream_erases_nothing_and_keeps_its_first_day() -> None:
    known = merged(NOTHING, named("here"), CIVITAI).metadata
    gone = gone_upstream(gone_upstream(known, LATER), Origin(Owner.PROVIDER, "civitai", 500))

    assert gone.gone == {"civitai": 200}
    assert (gone.name, gone.provenance) == (known.name, known.provenance)


def test_a_model_that_comes_back_is_no_longer_gone() -> None:
    gone = gone_upstream(merged(NOTHING, named("here"), CIVITAI).metadata, LATER)

    assert merged(gone, named("here"), COPY).metadata.gone == {"civitai": 200}
    assert merged(gone, named("here"), Origin(Owner.PROVIDER, "civitai", 300)).metadata.gone == {}


def test_a_provider_that_never_had_it_cannot_lose_it() -> None:
    assert gone_upstream(merged(NOTHING, named("here"), HUB).metadata, CIVITAI).gone == {}


def test_what_origins_wrote_besides_is_kept_side_by_side() -> None:
    one = merged(NOTHING, ModelMetadata(extra={"civitai": {"a": 1, "b": 1}}), CIVITAI).metadata
    two = merged(one, ModelMetadata(extra={"civitai": {"b": 2}, "hub": 3}), LATER).metadata
    assert two.extra == {"civitai": {"a": 1, "b": 2}, "hub": 3}


@pytest.mark.parametrize("field", ["hashes", "extra", "provenance", "colour"])
def test_only_fields_can_be_edited(field: str) -> None:
    with pytest.raises(KeeperError, match=field):
        edited(NOTHING, {field: "x"}, at=1)


@settings(max_examples=20)
@given(EDITS, st.lists(st.tuples(SAID, UPSTREAM, st.booleans()), max_size=6))
def test_no_sequence_of_upstream_answers_touches_what_a_person_said(
    changes: dict[str, Any], answers: list[tuple[ModelMetadata, Origin, bool]]
) -> None:
    mine = edited(NOTHING, changes, at=1_000).metadata
    metadata = mine
    for answer, origin, lost in answers:
        metadata = merged(metadata, answer, origin).metadata
        metadata = gone_upstream(metadata, origin) if lost else metadata
    for name in changes:
        assert getattr(metadata, name) == getattr(mine, name)
        assert metadata.origin_of(name) == mine.origin_of(name)


@settings(max_examples=20)
@given(st.lists(st.tuples(SAID, UPSTREAM), max_size=6))
def test_nothing_but_its_source_is_ever_emptied_by_an_answer(
    answers: list[tuple[ModelMetadata, Origin]],
) -> None:
    metadata = NOTHING
    for answer, origin in answers:
        before = values_of(metadata)
        metadata = merged(metadata, answer, origin).metadata
        after = values_of(metadata)
        for name, value in before.items():
            if name not in {"id", "model_id", "source_url", "download_url"}:
                assert is_empty(value) or not is_empty(after[name])


@settings(max_examples=20)
@given(SAID, UPSTREAM, SAID, UPSTREAM, SAID, UPSTREAM)
def test_the_order_of_answers_makes_no_difference(
    a: ModelMetadata, by_a: Origin, b: ModelMetadata, by_b: Origin, c: ModelMetadata, by_c: Origin
) -> None:
    results = []
    for order in permutations([(a, by_a), (b, by_b), (c, by_c)]):
        metadata = NOTHING
        for said, origin in order:
            metadata = merged(metadata, said, origin).metadata
        results.append(metadata)
    assert all(result == results[0] for result in results)


@settings(max_examples=20)
@given(SAID, UPSTREAM, SAID, UPSTREAM)
def test_the_same_answer_twice_changes_nothing(
    a: ModelMetadata, by_a: Origin, b: ModelMetadata, by_b: Origin
) -> None:
    once = merged(merged(NOTHING, a, by_a).metadata, b, by_b).metadata
    again = merged(once, b, by_b)
    assert again.metadata == once
    assert again.replaced == ()
    assert merged(once, a, by_a).metadata == once


@settings(max_examples=20)
@given(SAID, SAID)
def test_every_value_that_goes_is_in_the_history(a: ModelMetadata, b: ModelMetadata) -> None:
    before = merged(NOTHING, a, CIVITAI).metadata
    merge = merged(before, b, LATER)
    lost = {
        name: value
        for name, value in values_of(before).items()
        if not is_empty(value) and values_of(merge.metadata).get(name) != value
    }
    assert {each.field: each.value for each in merge.replaced} == lost


def test_a_refresh_that_brings_nothing_new_is_recognised() -> None:
    first = merged(NOTHING, named("x"), CIVITAI).metadata
    second = merged(first, named("x"), LATER).metadata

    assert second.last_updated == 200
    assert same_but_for_moments(first, second)
    assert not same_but_for_moments(first, merged(first, named("y"), LATER).metadata)


def test_every_field_has_a_value_to_draw() -> None:
    assert set(FIELDS) == set(VALUES)
