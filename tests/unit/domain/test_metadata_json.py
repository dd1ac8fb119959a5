"""Metadata as a document: what is written is read again, and rubbish is not believed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import Completeness, ModelMetadata, Origin, Owner, Preview
from model_keeper.domain.metadata_json import (
    changes_from_json,
    from_json,
    moment,
    moment_ms,
    to_json,
)
from tests.unit.domain.metadata_values import LATEST, whole

FULL = ModelMetadata(
    id=399893,
    model_id=357756,
    name="Carrot",
    description="A *vegetable*.",
    trained_words=("carrot", "soup"),
    base_model="SDXL 1.0",
    preview=(Preview("https://image.example.org/1.jpeg", nsfw_level=1, width=8, height=9),),
    hashes={"sha256": "ab" * 32},
    source="civitai",
    download_url="https://civitai.com/api/download/models/399893",
    completeness=Completeness.COMPLETE,
    provenance={"name": Origin(Owner.PROVIDER, "civitai", 1_700_000_000_123)},
    extra={"civitai": {"nsfw": False}},
)


def test_the_document_has_the_keys_that_people_were_promised() -> None:
    assert to_json(FULL) == {
        "id": 399893,
        "modelId": 357756,
        "name": "Carrot",
        "description": "A *vegetable*.",
        "trainedWords": ["carrot", "soup"],
        "baseModel": "SDXL 1.0",
        "preview": [
            {
                "url": "https://image.example.org/1.jpeg",
                "type": "image",
                "nsfwLevel": 1,
                "width": 8,
                "height": 9,
            }
        ],
        "hashes": {"sha256": "ab" * 32},
        "source": "civitai",
        "downloadUrl": "https://civitai.com/api/download/models/399893",
        "completeness": "complete",
        "lastUpdated": "2023-11-14T22:13:20.123Z",
        "provenance": {
            "name": {"owner": "provider", "name": "civitai", "at": "2023-11-14T22:13:20.123Z"}
        },
        "extra": {"civitai": {"nsfw": False}},
    }


@settings(max_examples=25)
@given(whole())
def test_what_is_written_is_read_again(metadata: ModelMetadata) -> None:
    written = json.dumps(to_json(metadata), ensure_ascii=False)
    read = from_json(json.loads(written))
    assert read == metadata
    assert json.dumps(to_json(read), ensure_ascii=False) == written


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)
ANY_KEY = st.sampled_from([*to_json(FULL), "goneUpstream", "favourite", "rating", "tags", "other"])


@settings(max_examples=50)
@given(st.dictionaries(ANY_KEY, JSON))
def test_no_document_is_a_crash_and_what_was_understood_is_stable(document: dict[str, Any]) -> None:
    once = from_json(document)
    assert from_json(to_json(once)) == once


def test_an_unknown_key_is_kept() -> None:
    assert from_json({"name": "a", "colour": {"hue": 7}}).extra == {"colour": {"hue": 7}}


def test_what_says_nothing_of_its_origin_gets_one() -> None:
    unsaid = Origin(Owner.PROVIDER, "civitai", 5, ".info")
    read = from_json({"name": "a", "hashes": {"SHA256": "AB" * 32}, "description": ""}, unsaid)
    assert read.provenance == {"name": unsaid, "hashes.sha256": unsaid}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("trainedWords", {"a": 1}),
        ("name", 7),
        ("rating", 6),
        ("favourite", "yes"),
        ("downloadUrl", "javascript:alert(1)"),
        ("preview", ["file:///etc/passwd"]),
        ("hashes", {"sha256": "12"}),
        ("hashes", {"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}),
        ("description", "<script>alert(1)</script>"),
        ("id", True),
    ],
)
def test_what_cannot_be_right_is_as_if_absent(key: str, value: object) -> None:
    assert from_json({key: value}) == ModelMetadata()


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("1970-01-01T00:00:00.000Z", 0),
        ("2023-11-14T22:13:20.123Z", 1_700_000_000_123),
        ("2023-11-14T23:13:20+01:00", 1_700_000_000_000),
        ("2023-11-14T22:13:20", 1_700_000_000_000),
        ("yesterday", None),
        (1_700_000_000, None),
    ],
)
def test_moments_are_iso_8601(text: object, at: int | None) -> None:
    assert moment_ms(text) == at


@given(st.integers(0, LATEST))
def test_a_moment_is_read_as_it_was_written(at: int) -> None:
    assert moment_ms(moment(at)) == at


def test_an_edit_is_read_by_its_keys() -> None:
    assert changes_from_json({"trainedWords": ["a", "a"], "notes": None, "favourite": True}) == {
        "trained_words": ("a",),
        "notes": None,
        "favourite": True,
    }


@pytest.mark.parametrize(
    "document",
    [{"hashes": {}}, {"colour": 1}, {"rating": 9}, {"trainedWords": 3}, {"favourite": "no"}],
)
def test_an_edit_that_cannot_be_followed_is_refused(document: dict[str, Any]) -> None:
    with pytest.raises(KeeperError) as refused:
        changes_from_json(document)
    assert refused.value.code == "invalid_request"
    assert next(iter(document)) in refused.value.message
