"""What trainers and converters wrote into headers, and what is not believed of it."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from model_keeper.domain.metadata import ModelMetadata
from model_keeper.formats.header_metadata import covers, from_gguf, from_safetensors

REAL = Path(__file__).parents[4] / "shared/data/safetensors/metadata/kohya-sdxl-lora-2024-09.json"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(17)


def data_url(content: bytes, kind: str = "image/png") -> dict[str, str]:
    encoded = base64.b64encode(content).decode()
    return {"modelspec.thumbnail": f"data:{kind};base64,{encoded}"}


def test_the_metadata_standard() -> None:
    said = {
        "modelspec.title": "Carrot",
        "modelspec.architecture": "stable-diffusion-xl-v1-base/lora",
        "modelspec.author": "gardener",
        "modelspec.description": "<p>For <b>soup</b></p><script>x</script>",
        "modelspec.trigger_phrase": "carrot, soup",
        "modelspec.license": "openrail",
        "modelspec.tags": "food, orange",
        "modelspec.usage_hint": "at 0.7",
        "modelspec.hash_sha256": "0x" + "ab" * 32,
        "ss_output_name": "carrot_v3",
    }
    assert from_safetensors(said) == ModelMetadata(
        name="Carrot",
        description="For **soup**",
        trained_words=("carrot", "soup"),
        base_model="SDXL 1.0",
        creator="gardener",
        licence="openrail",
        tags=("food", "orange"),
        extra={"header": {"usageHint": "at 0.7"}},
    )


def test_words_of_captions_are_no_trigger_words() -> None:
    frequencies = {"1_a": {"carrot ": 9, "soup": 2}, "2_b": {"soup": 8, "x": True}, "3_c": [1]}
    said = from_safetensors({"ss_tag_frequency": json.dumps(frequencies)})

    assert said.trained_words == ()
    assert said.extra == {"header": {"trainingTags": ["soup", "carrot"]}}


@pytest.mark.parametrize("frequencies", ["", "{", "[1]", "null", "[" * 100_000])
def test_counts_that_are_none_are_no_tags(frequencies: str) -> None:
    assert from_safetensors({"ss_tag_frequency": frequencies}) == ModelMetadata()


def test_a_trainers_own_words() -> None:
    said = {
        "ss_output_name": "carrot_v3",
        "ss_base_model_version": "sd_v1",
        "ss_training_comment": "None",
        "ss_sd_model_name": "/home/me/models/base.safetensors",
        "ss_network_dim": "32",
    }
    assert from_safetensors(said) == ModelMetadata(
        name="carrot_v3", base_model="SD 1.5", extra={"header": {"networkDim": "32"}}
    )
    assert from_safetensors({"ss_training_comment": "by hand"}).description == "by hand"


def test_gguf() -> None:
    said = {
        "general.name": "Wan 2.2",
        "general.architecture": "wan",
        "general.description": "A film model.",
        "general.author": "somebody",
        "general.license": "apache-2.0",
        "general.source.url": "https://huggingface.co/a/b",
        "general.quantized_by": "somebody else",
        "general.file_type": 7,
    }
    assert from_gguf(said) == ModelMetadata(
        name="Wan 2.2",
        description="A film model.",
        base_model="Wan Video",
        source_url="https://huggingface.co/a/b",
        creator="somebody",
        licence="apache-2.0",
        extra={"header": {"architecture": "wan", "quantized_by": "somebody else"}},
    )


def test_nothing_says_nothing() -> None:
    assert from_safetensors({}) == from_gguf({}) == ModelMetadata()


def test_a_cover_is_its_picture() -> None:
    assert covers(data_url(PNG)) == (PNG,)


def test_a_trainer_may_put_several_pictures_in() -> None:
    other = PNG + b"other"
    listed = [base64.b64encode(content).decode() for content in (PNG, other, b"none", PNG)]
    listed[2] = "&&&"
    said = {**data_url(other), "ssmd_cover_images": json.dumps(listed)}
    assert covers(said) == (other, PNG)


@pytest.mark.parametrize(
    "metadata",
    [
        {},
        data_url(b"<svg onload='alert(1)'/>", "image/svg+xml"),
        data_url(b"<!doctype html><script>"),
        {"modelspec.thumbnail": "data:image/png;base64,&&&&"},
        {"modelspec.thumbnail": "https://example.org/a.png"},
        {"modelspec.thumbnail": "data:image/png;base64," + "A" * ((16 << 20) + 4)},
        {"ssmd_cover_images": "[" * 100_000},
        {"ssmd_cover_images": '{"0": "iVBORw0KGgo="}'},
        {"ssmd_cover_images": '[5, null, "\u00e9", "../cover.png"]'},
    ],
)
def test_what_is_no_picture_is_no_cover(metadata: dict[str, str]) -> None:
    assert covers(metadata) == ()


@pytest.mark.skipif(not REAL.is_file(), reason=f"{REAL} is not there")
def test_a_real_header() -> None:
    said = from_safetensors(json.loads(REAL.read_bytes()))
    assert (said.name, said.base_model) == ("Pepper__Carrot", "SDXL 1.0")
    assert said.trained_words == ()
    assert said.extra["header"]["trainingTags"][0] == "1girl"
    assert said.hashes == {}
