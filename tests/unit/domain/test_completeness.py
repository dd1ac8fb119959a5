"""What a model of each category needs, and nothing that it cannot have."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model_keeper.domain.categories import DEFAULT_CATEGORIES
from model_keeper.domain.completeness import Judgement, judge, judged
from model_keeper.domain.metadata import Completeness, ModelMetadata, Origin, Owner, Preview
from model_keeper.domain.metadata_merge import edited

NOTHING = ModelMetadata()
FULL = ModelMetadata(
    description="text",
    trained_words=("word",),
    base_model="SDXL 1.0",
    source="civitai",
    preview=(Preview("https://example.org/a.png"),),
)


@pytest.mark.parametrize(
    ("category", "issues"),
    [
        ("loras", "description trigger_words base_model source preview"),
        ("embeddings", "description trigger_words base_model source preview"),
        ("checkpoints", "description base_model source preview"),
        ("diffusion_models", "description base_model source preview"),
        ("unet", "description base_model source preview"),
        ("hypernetworks", "description base_model source preview"),
        ("controlnet", "description base_model source"),
        ("vae", "description base_model source"),
        ("upscale_models", "description source preview"),
        ("text_encoders", "description source"),
        ("clip", "description source"),
        ("a_category_of_some_extension", "description source"),
    ],
)
def test_a_category_needs(category: str, issues: str) -> None:
    expected = tuple(f"missing_{issue}" for issue in issues.split())
    assert judge(NOTHING, category) == Judgement(Completeness.MINIMAL, expected)


@pytest.mark.parametrize("category", [*DEFAULT_CATEGORIES, "other"])
def test_whoever_has_everything_is_complete(category: str) -> None:
    assert judge(FULL, category) == Judgement(Completeness.COMPLETE)


@pytest.mark.parametrize("category", set(DEFAULT_CATEGORIES) - {"loras", "embeddings"})
def test_only_what_is_triggered_needs_trigger_words(category: str) -> None:
    assert judge(replace(FULL, trained_words=()), category).completeness is Completeness.COMPLETE


@pytest.mark.parametrize(
    "field", ["description", "trained_words", "base_model", "source", "preview"]
)
def test_one_of_them_missing_is_partial(field: str) -> None:
    empty = replace(FULL, **{field: getattr(NOTHING, field)})
    issue = "missing_trigger_words" if field == "trained_words" else f"missing_{field}"
    assert judge(empty, "loras") == Judgement(Completeness.PARTIAL, (issue,))


def test_a_picture_beside_the_model_is_a_preview() -> None:
    assert judge(replace(FULL, preview=()), "loras", has_preview=True).issues == ()


def test_what_a_person_left_empty_is_not_missing() -> None:
    emptied = edited(FULL, {"trained_words": ()}, at=1).metadata
    assert judge(emptied, "loras").completeness is Completeness.COMPLETE


def test_a_lora_whose_provider_lists_no_words_is_not_asked_for_ever() -> None:
    told = Origin(Owner.PROVIDER, "civitai", 1)
    none = replace(FULL, trained_words=(), provenance={"trained_words": told})
    assert judge(none, "loras").completeness is Completeness.COMPLETE


def test_the_judgement_is_written_into_the_metadata() -> None:
    assert judged(FULL, "loras").completeness is Completeness.COMPLETE
    assert judged(replace(FULL, source=None), "loras").completeness is Completeness.PARTIAL
