"""Collections as documents: what is written is read again, and rubbish is refused by name."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain import collection_json
from model_keeper.domain.collection_json import from_json, model_json, to_json
from model_keeper.domain.collections import (
    CollectedModel,
    CollectedPreview,
    Collection,
    ModelSource,
)
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.hashes import KnownHashes
from model_keeper.domain.metadata import ModelMetadata, Origin, Owner
from model_keeper.domain.model_marks import ModelMarks

MODEL = CollectedModel(
    category="loras",
    relative="style/carrot.safetensors",
    size=4_242,
    hashes=KnownHashes({"sha256": "ab" * 32, "autov2": "ab" * 5}, {"crc32": "0123abcd"}),
    sources=(
        ModelSource("https://civitai.com/api/download/models/399893", "civitai", 357756, 399893),
        ModelSource("https://huggingface.co/o/r/resolve/main/carrot.safetensors"),
    ),
    metadata=ModelMetadata(name="Carrot", provenance={"name": Origin(Owner.USER, "user", 7)}),
    marks=ModelMarks(True, 4, "for soup", ("vegetable",)),
    preview=CollectedPreview(content=b"picture"),
    unknown={"weather": {"sunny": True}},
)
COLLECTION = Collection((MODEL,), "Kitchen", 1_700_000_000_123, "me 1", {"mood": "good"})


def _entry(**changes: Any) -> dict[str, Any]:
    return {"category": "loras", "path": "a.safetensors", **changes}


def _document(*entries: Any, **changes: Any) -> dict[str, Any]:
    return {"format": "model-keeper-collection", "version": 1, "models": [*entries], **changes}


def _code(document: Any) -> str:
    with pytest.raises(KeeperError) as caught:
        from_json(document)
    return caught.value.code


def test_what_is_written_is_read_again_with_what_is_not_known() -> None:
    text = json.dumps(to_json(COLLECTION))
    reading = from_json(json.loads(text))
    assert reading.refused == ()
    [model] = reading.collection.models
    assert replace(model, metadata=None) == replace(MODEL, metadata=None)
    assert model.metadata is not None
    assert model.metadata.provenance == {"name": Origin(Owner.USER, "user", 7)}
    assert json.dumps(to_json(reading.collection)) == text


def test_what_says_nothing_is_not_written() -> None:
    assert model_json(CollectedModel("vae", "a.pt")) == {"category": "vae", "path": "a.pt"}


@pytest.mark.parametrize("document", [None, 7, [], "x", {}, {"format": "other", "models": []}])
def test_another_document_is_no_collection(document: Any) -> None:
    assert _code(document) == "collection_unreadable"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"version": 2}, "collection_newer"),
        ({"version": "1"}, "collection_unreadable"),
        ({"version": True}, "collection_unreadable"),
        ({"version": 0}, "collection_unreadable"),
        ({"models": {}}, "collection_unreadable"),
        ({"models": "loras"}, "collection_unreadable"),
        ({"models": None}, "collection_unreadable"),
        ({"models": [None] * (collection_json.MOST_MODELS + 1)}, "collection_too_large"),
    ],
)
def test_what_nobody_can_use_is_refused_as_a_whole(changes: dict[str, Any], code: str) -> None:
    assert _code(_document(**changes)) == code


@pytest.mark.parametrize(
    "entry",
    [
        7,
        {"path": "a.safetensors"},
        _entry(category=""),
        _entry(category="../etc"),
        _entry(category=".."),
        _entry(path=None),
        _entry(path="x" * 3_000),
        _entry(size=-1),
        _entry(size="4"),
        _entry(size=1.5),
        _entry(size=True),
        _entry(hashes=["a"]),
        _entry(hashes={"computed": {"sha256": "ab"}}),
        _entry(hashes={"computed": {"sha256": "G" * 64}}),
        _entry(hashes={"claimed": {"future": 7}}),
        _entry(sources="https://example.org/a"),
        _entry(sources=[{"url": "file:///etc/passwd"}]),
        _entry(sources=[{"url": "https://"}]),
        _entry(sources=[{}] * 21),
        _entry(metadata=[]),
        _entry(marks={"rating": 6}),
        _entry(marks={"rating": True}),
        _entry(marks={"favourite": 1}),
        _entry(marks={"notes": "x" * 20_001}),
        _entry(marks={"tags": [1]}),
        _entry(preview={"data": "not base64"}),
        _entry(preview={"data": "x" * 700_000}),
        _entry(preview={}),
    ],
)
def test_an_entry_that_says_something_impossible_is_refused_and_no_other(entry: Any) -> None:
    reading = from_json(_document(entry, _entry(path="b.safetensors")))
    assert [model.relative for model in reading.collection.models] == ["b.safetensors"]
    [refused] = reading.refused
    assert (refused.position, refused.error.code) == (0, "collection_entry_wrong")
    assert refused.name
    with pytest.raises(KeeperError, match="In the collection"):
        reading.sound()


@pytest.mark.parametrize(
    "path", ["../a.safetensors", "/a.pt", "C:\\a.pt", "a/../../b.pt", "\\\\server\\a.pt", "a/"]
)
def test_a_path_that_climbs_is_refused(path: str) -> None:
    [refused] = from_json(_document(_entry(path=path))).refused
    assert refused.error.code == "name_unusable"


def test_one_model_twice_is_refused() -> None:
    reading = from_json(_document(_entry(), _entry(size=3)))
    assert len(reading.collection.models) == 1
    assert [each.position for each in reading.refused] == [1]


def test_addresses_lose_what_is_secret_in_them() -> None:
    url = "https://user:word@example.org/a?token=abc&type=Model&X-Amz-Signature=9"
    [model] = from_json(_document(_entry(sources=[{"url": url}]))).collection.models
    assert [source.url for source in model.sources] == ["https://example.org/a?type=Model"]


def test_an_old_category_is_read_under_its_name_of_today() -> None:
    [model] = from_json(_document(_entry(category="clip"))).collection.models
    assert model.category == "text_encoders"


def test_a_hash_of_a_later_algorithm_is_kept() -> None:
    later = {"computed": {"sha512": "ab" * 64}}
    [model] = from_json(_document(_entry(hashes=later))).collection.models
    assert model_json(model)["hashes"] == later


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=6,
)
_KEYS = st.sampled_from(
    ["category", "path", "size", "hashes", "sources", "metadata", "marks", "preview", "other"]
)


@settings(max_examples=60)
@given(st.lists(st.dictionaries(_KEYS, _JSON) | _JSON, max_size=3))
def test_whatever_stands_there_is_read_or_refused(rows: list[Any]) -> None:
    reading = from_json(_document(*rows))
    assert len(reading.collection.models) + len(reading.refused) == len(rows)
    assert from_json(to_json(reading.collection)).refused == ()
