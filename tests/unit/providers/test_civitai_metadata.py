"""Civitai's answers, of this year and of years ago, as metadata."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.metadata import ModelMetadata, Owner
from model_keeper.domain.metadata_json import from_json, to_json
from model_keeper.domain.metadata_merge import merged
from model_keeper.providers.civitai_metadata import (
    civitai_origin,
    from_hashes,
    from_model,
    from_version,
)

SHARED = Path(__file__).parents[4] / "shared/data/civitai"
A, B, C = "aa" * 32, "bb" * 32, "cc" * 32


def version(number: int, *digests: str) -> dict[str, Any]:
    files = [
        {"id": number * 10 + i, "type": "Model", "name": f"{i}.safetensors", "hashes": {"SHA256": d.upper()}}
        for i, d in enumerate(digests)
    ]  # fmt: skip
    return {
        "id": number,
        "modelId": 7,
        "name": f"v{number}",
        "model": {"name": "Carrot", "type": "LORA"},
        "trainedWords": [],
        "files": files,
    }


def test_the_file_is_the_one_with_the_hash() -> None:
    said = from_version(version(1, A, B), B.upper())
    assert said is not None
    assert said.hashes == {"sha256": B}
    assert said.download_url == "https://civitai.com/api/download/models/1?fileId=11"


@pytest.mark.parametrize("sha256", [C, None])
def test_of_an_unclear_file_nothing_of_a_file_is_said(sha256: str | None) -> None:
    said = from_version(version(1, A, B), sha256)
    assert said is not None
    assert (said.name, said.hashes, said.download_url) == ("Carrot", {}, None)


def test_of_a_version_with_one_file_it_is_that_one_unless_its_hash_is_another() -> None:
    only, other = from_version(version(1, A)), from_version(version(1, A), C)
    assert only is not None
    assert other is not None
    assert (only.hashes, other.hashes) == ({"sha256": A}, {})


def test_addresses_are_those_of_the_endpoint() -> None:
    said = from_version(version(1, A), endpoint="https://civitai.red")
    assert said is not None
    assert said.source_url == "https://civitai.red/models/7?modelVersionId=1"
    assert str(said.download_url).startswith("https://civitai.red/api/download/")


def test_no_trigger_words_is_something_that_civitai_says() -> None:
    said = from_version(version(1, A))
    assert said is not None
    known = merged(ModelMetadata(), said, civitai_origin(5)).metadata
    assert known.origin_of("trained_words").owner is Owner.PROVIDER


def test_many_hashes_at_once_in_any_order_with_gaps() -> None:
    answer = [version(2, C), None, version(1, A, "dd" * 32), {"error": "x"}, version(9, A)]
    found = from_hashes(answer, [A.upper(), B, C])
    assert {digest: said.id for digest, said in found.items()} == {A: 1, C: 2}


@pytest.mark.parametrize("answer", [None, {}, [], "x", [[]], {"error": "Model not found"}])
def test_an_answer_that_is_none(answer: object) -> None:
    assert from_version(answer) is None
    assert from_hashes(answer, [A]) == {}
    assert from_model(answer, 1) is None


def test_a_models_answer_has_its_description_tags_and_creator() -> None:
    model = {
        "id": 7,
        "name": "Carrot",
        "description": "<p>Orange.</p>",
        "type": "LORA",
        "tags": ["food", {"name": "soup"}],
        "creator": {"username": "gardener"},
        "modelVersions": [
            version(2, C),
            {**version(1, A), "model": None, "description": "<b>v</b>"},
        ],
    }
    said = from_model(model, 1, A)
    assert said is not None
    assert (said.name, said.version_name, said.creator) == ("Carrot", "v1", "gardener")
    assert (said.description, said.tags) == ("Orange.\n\n**v**", ("food", "soup"))
    assert from_model(model, 3) is None


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there")
def test_recorded_versions() -> None:
    for path in sorted((SHARED / "model-versions").glob("*.json")):
        answer = json.loads(path.read_bytes())
        said = from_version(answer)
        assert said is not None
        assert said.id == int(path.stem)
        assert {"sha256", "autov2", "crc32", "blake3"} <= said.hashes.keys()
        assert said.preview
        assert said.base_model
        assert from_json(to_json(said)).name == said.name


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there")
def test_recorded_models() -> None:
    paths = sorted((SHARED / "models" / "2023-07").glob("*.json"))
    assert len(paths) > 90
    for path in paths[::5]:
        model = json.loads(path.read_bytes())
        for each in model["modelVersions"]:
            said = from_model(model, each["id"])
            assert said is not None
            assert (said.model_id, said.name) == (model["id"], " ".join(model["name"].split()))
            assert bool(said.description) == bool(model["description"] or each.get("description"))
            assert "<p>" not in (said.description or "")
