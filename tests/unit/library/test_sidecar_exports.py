"""What is exported for other tools says the same when it is read again."""

from __future__ import annotations

import json
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.metadata import ModelMetadata, Preview
from model_keeper.library.sidecar_exports import EXPORTS, civitai_info, export
from model_keeper.library.sidecar_places import ModelPlace
from model_keeper.library.sidecar_shapes import (
    Beside,
    read_civitai_info,
    read_lora_manager,
    read_webui,
)
from tests.unit.library.sidecar_samples import CIVITAI, SHA

BESIDE = Beside(".x", 500, "carrot.safetensors", SHA)
MODEL = ModelMetadata(
    id=20,
    model_id=10,
    name="Carrot",
    version_name="v2",
    description="Orange & <lora:carrot:1>.\nGood\n\n- in **soup**",
    trained_words=("carrot", "soup"),
    base_model="SDXL 1.0",
    preview=(Preview("https://image.civitai.com/2.mp4", "video", 4, 8, 9),),
    hashes={"sha256": SHA, "crc32": "01234567"},
    source="civitai",
    source_url="https://civitai.com/models/10?modelVersionId=20",
    creator="gardener",
    tags=("food",),
    favourite=True,
    notes="at 0.7",
)


@pytest.fixture
def place(tmp_path: Path) -> ModelPlace:
    (tmp_path / "carrot.safetensors").write_bytes(b"1234")
    return ModelPlace("loras", str(tmp_path), "carrot.safetensors")


def test_civitai_info_says_the_same_again(place: ModelPlace) -> None:
    path = export(MODEL, place, ".civitai.info")
    said = read_civitai_info(json.loads(path.read_bytes()), BESIDE)[0].metadata

    expected = replace(MODEL, favourite=False, notes=None, extra=said.extra)
    assert replace(said, provenance={}) == expected


def test_what_civitai_answered_is_given_back(place: ModelPlace) -> None:
    answered = read_civitai_info(CIVITAI, BESIDE)[0].metadata
    exported = civitai_info(answered, place.name)

    assert exported["description"] == CIVITAI["description"]
    assert exported["model"]["description"] == CIVITAI["model"]["description"]
    assert exported["files"][0]["hashes"] == CIVITAI["files"][0]["hashes"]
    again = read_civitai_info(exported, BESIDE)[0].metadata
    assert replace(again, extra={}) == replace(answered, extra={})


def test_lora_managers_file_says_the_same_again(place: ModelPlace) -> None:
    path = export(MODEL, place, ".metadata.json")
    document = json.loads(path.read_bytes())
    theirs, persons = (said.metadata for said in read_lora_manager(document, BESIDE))

    assert replace(theirs, provenance={}, extra={}) == replace(MODEL, favourite=False, notes=None)
    assert (persons.favourite, persons.notes) == (True, "at 0.7")
    assert document["size"] == 4
    assert document["file_path"] == (Path(place.root) / "carrot.safetensors").as_posix()


def test_the_web_uis_file_says_the_same_again(place: ModelPlace) -> None:
    path = export(MODEL, place, ".json")
    said = read_webui(json.loads(path.read_bytes()), BESIDE)[0].metadata
    assert said == ModelMetadata(
        description=MODEL.description,
        trained_words=MODEL.trained_words,
        base_model=MODEL.base_model,
        notes=MODEL.notes,
    )


@pytest.mark.parametrize("ending", EXPORTS)
def test_nothing_is_known_of_a_model(place: ModelPlace, ending: str) -> None:
    assert isinstance(json.loads(export(ModelMetadata(), place, ending).read_bytes()), dict)


@pytest.mark.parametrize("ending", EXPORTS)
def test_a_file_of_another_tool_is_never_replaced(place: ModelPlace, ending: str) -> None:
    path = place.beside(ending)
    path.write_bytes(b"theirs")
    with pytest.raises(KeeperError) as refused:
        export(MODEL, place, ending)
    assert refused.value.code == "destination_exists"
    assert path.read_bytes() == b"theirs"


def test_only_known_shapes_are_exported(place: ModelPlace) -> None:
    with pytest.raises(KeeperError, match=r"\.toml"):
        export(MODEL, place, ".toml")


@settings(max_examples=40)
@given(
    st.lists(st.sampled_from(["a", "b c", "\n", "\n\n", "<", ">", "&", "&lt;", "*"])).map("".join)
)
def test_any_description_is_shown_as_it_is(text: str) -> None:
    first = read_webui({"description": text}, BESIDE)[0].metadata.description
    exported = civitai_info(replace(MODEL, description=first), "carrot.safetensors")
    again = read_civitai_info(exported, BESIDE)[0].metadata.description
    assert unescape(again or "").split() == unescape(first or "").split()
