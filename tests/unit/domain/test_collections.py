"""What is restored from a collection: nobody's own word is lost, and twice changes nothing."""

from __future__ import annotations

from hypothesis import given, settings

from model_keeper.domain.collections import (
    CollectedModel,
    Collection,
    restored_marks,
    restored_metadata,
    shareable,
)
from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.metadata import ModelMetadata, Origin, Owner
from model_keeper.domain.metadata_merge import edited
from model_keeper.domain.model_marks import ModelMarks
from tests.unit.domain.metadata_values import whole


def _said(by: Owner, who: str, at: int, **values: object) -> ModelMetadata:
    origin = Origin(by, who, at)
    return ModelMetadata(**values, provenance=dict.fromkeys(values, origin))  # type: ignore[arg-type]


def test_a_persons_own_word_stays_although_the_collections_is_newer() -> None:
    mine = edited(ModelMetadata(), {"name": "Mine"}, at=1).metadata
    theirs = _said(Owner.USER, "user", 9_000, name="Theirs", base_model="SDXL 1.0")
    restored = restored_metadata(mine, theirs)
    assert (restored.metadata.name, restored.metadata.base_model) == ("Mine", "SDXL 1.0")
    assert restored.replaced == ()


def test_a_field_that_a_person_emptied_stays_empty() -> None:
    mine = edited(ModelMetadata(description="Old."), {"description": None}, at=1).metadata
    theirs = _said(Owner.PROVIDER, "civitai", 9_000, description="A carrot.")
    assert restored_metadata(mine, theirs).metadata.description is None


def test_what_was_not_known_is_restored_with_its_owner() -> None:
    theirs = _said(Owner.USER, "user", 5, name="Carrot", trained_words=("carrot",))
    restored = restored_metadata(ModelMetadata(), theirs).metadata
    assert (restored.name, restored.trained_words) == ("Carrot", ("carrot",))
    assert restored.owned_by(Owner.USER) == {"name", "trained_words"}


@settings(max_examples=25)
@given(whole(), whole())
def test_restoring_twice_changes_nothing_more(
    present: ModelMetadata, collected: ModelMetadata
) -> None:
    once = restored_metadata(present, collected).metadata
    again = restored_metadata(once, collected)
    assert again.metadata == once
    assert again.replaced == ()


def test_marks_are_joined_and_those_of_here_come_first() -> None:
    here = ModelMarks(rating=2, tags=("Mine",))
    there = ModelMarks(favourite=True, rating=5, notes="good", tags=("mine", "portrait"))
    restored = restored_marks(here, there)
    assert restored == ModelMarks(True, 2, "good", ("Mine", "portrait"))
    assert restored_marks(restored, there) == restored


def test_many_tags_of_both_fit_into_what_a_model_may_have() -> None:
    here = ModelMarks(tags=tuple(f"a{n}" for n in range(90)))
    there = ModelMarks(tags=tuple(f"b{n}" for n in range(90)))
    assert len(restored_marks(here, there).tags) == 100


def test_what_is_shared_holds_nothing_personal() -> None:
    said = _said(Owner.USER, "user", 5, name="Carrot", notes="secret", rating=3, favourite=True)
    model = CollectedModel("loras", "a.safetensors", metadata=said, marks=ModelMarks(rating=3))
    shared = shareable(model)
    assert shared.marks == ModelMarks()
    assert shared.metadata is not None
    assert (shared.metadata.notes, shared.metadata.rating) == (None, None)
    assert not shared.metadata.favourite
    assert shared.metadata.name == "Carrot"
    assert {*shared.metadata.provenance} == {"name"}
    assert shared.metadata.owned_by(Owner.USER) == frozenset()


def test_a_collection_is_cut_to_the_models_that_were_ticked() -> None:
    models = tuple(CollectedModel("loras", f"{n}.safetensors") for n in range(4))
    chosen = Collection(models).only(["loras/3.safetensors", "loras/1.safetensors", "vae/x"])
    assert [model.key for model in chosen.models] == ["loras/1.safetensors", "loras/3.safetensors"]


def test_a_computed_hash_is_believed_before_a_stated_one() -> None:
    hashes = KnownHashes({"sha256": "a" * 64}, {"sha256": "b" * 64})
    assert CollectedModel("vae", "a.pt", hashes=hashes).sha256 == "a" * 64
    assert CollectedModel("vae", "a.pt", hashes=KnownHashes({}, {"sha256": "b" * 64})).sha256
