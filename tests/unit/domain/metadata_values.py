"""Metadata as anybody might state it, for property tests."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from model_keeper.domain.metadata import (
    Completeness,
    ModelMetadata,
    Origin,
    Owner,
    Preview,
    values_of,
)

LETTERS = st.text("abc漢é ", min_size=1, max_size=6).map(lambda s: " ".join(s.split())).filter(bool)
TUPLES = st.lists(LETTERS, max_size=3, unique=True).map(tuple)
LATEST = 4_102_444_800_000  # 2100
MOMENTS = st.none() | st.integers(0, LATEST)
ADDRESSES = LETTERS.map(lambda name: f"https://example.org/{name}").filter(lambda u: " " not in u)
PREVIEWS = st.builds(
    Preview, ADDRESSES, st.sampled_from(["image", "video"]), st.none() | st.integers(0, 32)
)
HASHES = st.dictionaries(
    st.sampled_from(["sha256", "blake3"]), st.text("0123456789abcdef", min_size=64, max_size=64)
)

VALUES: dict[str, st.SearchStrategy[Any]] = {
    "id": st.none() | st.integers(1, 9) | LETTERS,
    "model_id": st.none() | st.integers(1, 9),
    "name": st.none() | LETTERS,
    "version_name": st.none() | LETTERS,
    "description": st.none() | LETTERS,
    "trained_words": TUPLES,
    "base_model": st.none() | LETTERS,
    "preview": st.lists(PREVIEWS, max_size=2, unique=True).map(tuple),
    "source": st.sampled_from([None, "civitai", "huggingface"]),
    "source_url": st.none() | ADDRESSES,
    "download_url": st.none() | ADDRESSES,
    "creator": st.none() | LETTERS,
    "licence": st.none() | LETTERS,
    "tags": TUPLES,
    "favourite": st.booleans(),
    "rating": st.none() | st.integers(1, 5),
    "notes": st.none() | LETTERS,
}

ORIGINS = st.builds(
    Origin,
    st.sampled_from(Owner),
    st.sampled_from(["civitai", "huggingface", "elsewhere"]),
    MOMENTS,
    st.sampled_from([None, ".civitai.info"]),
)
UPSTREAM = ORIGINS.filter(lambda origin: origin.owner is not Owner.USER)
SAID = st.builds(ModelMetadata, **VALUES, hashes=HASHES)
EDITS = st.fixed_dictionaries({}, optional=VALUES)


@st.composite
def whole(draw: st.DrawFn) -> ModelMetadata:
    """Metadata with everything that a document can hold."""
    said = draw(SAID)
    names = draw(st.sets(st.sampled_from(sorted(values_of(said)))))
    return replace(
        said,
        completeness=draw(st.sampled_from(Completeness)),
        gone=draw(st.dictionaries(st.just("civitai"), st.integers(0, LATEST))),
        provenance={name: draw(ORIGINS) for name in names},
        extra=draw(st.dictionaries(LETTERS, LETTERS)),
    )
