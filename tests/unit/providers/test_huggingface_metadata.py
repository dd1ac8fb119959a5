"""What a repository on Hugging Face says of a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_keeper.domain.base_models import of_repository
from model_keeper.domain.links import HuggingFaceFile
from model_keeper.domain.metadata import Preview
from model_keeper.providers.huggingface_metadata import from_hub

SHARED = Path(__file__).parents[4] / "shared/data/hf"
SHA = "ab" * 32
FILE = HuggingFaceFile("gardener/carrot-lora", "loras/carrot v2.safetensors", "main")

README = """---
license: other
license_name: flux-1-dev
license_link: https://example.org/licence
base_model: black-forest-labs/FLUX.1-dev
instance_prompt: carrot style
pipeline_tag: text-to-image
tags: [diffusers, lora, food, "template:sd-lora"]
widget:
  - text: a carrot
    output:
      url: images/1.png
  - output: {url: images/2.mp4}
  - text: no picture
---

# Carrot

[![badge](https://example.org/b.svg)](https://example.org)

Draws <b>carrots</b> of every kind.<script>alert(1)</script>
"""


def test_the_card_of_a_lora() -> None:
    said = from_hub(FILE, None, README, sha256=SHA.upper())

    assert (said.id, said.model_id) == ("loras/carrot v2.safetensors", "gardener/carrot-lora")
    assert (said.name, said.version_name, said.creator) == ("carrot-lora", "carrot v2", "gardener")
    assert said.description == "Draws carrots of every kind."
    assert (said.base_model, said.trained_words) == ("Flux.1 D", ("carrot style",))
    assert (said.licence, said.tags) == ("flux-1-dev", ("text-to-image", "lora", "food"))
    assert said.hashes == {"sha256": SHA}
    assert said.source_url == "https://huggingface.co/gardener/carrot-lora"
    assert said.download_url == (
        "https://huggingface.co/gardener/carrot-lora/resolve/main/loras/carrot%20v2.safetensors"
    )
    base = "https://huggingface.co/gardener/carrot-lora/resolve/main/images"
    assert said.preview == (Preview(f"{base}/1.png"), Preview(f"{base}/2.mp4", "video"))


def test_the_answer_alone() -> None:
    info = {
        "id": "gardener/carrot-lora",
        "author": "the gardener",
        "gated": "manual",
        "pipeline_tag": "text-to-image",
        "tags": [
            *("lora", "license:apache-2.0", "base_model:stabilityai/stable-diffusion-xl-base-1.0"),
            *("base_model:adapter:stabilityai/stable-diffusion-xl-base-1.0", "region:us"),
        ],
        "cardData": {"license": "apache-2.0"},
        "library_name": "diffusers",
    }
    said = from_hub(FILE, info)

    assert (said.creator, said.licence, said.base_model) == (
        *("the gardener", "apache-2.0"),
        "SDXL 1.0",
    )
    assert said.tags == ("text-to-image", "lora")
    assert said.extra == {
        "huggingface": {"gated": "manual", "pipelineTag": "text-to-image", "library": "diffusers"}
    }
    assert said.description is None


@pytest.mark.parametrize(
    ("base_model", "expected"),
    [
        ("somebody/unknown", "somebody/unknown"),
        ("[somebody/unknown, runwayml/stable-diffusion-v1-5]", "SD 1.5"),
        ("[]", None),
        ("{a: b}", None),
    ],
)
def test_base_models_have_the_names_that_people_know(base_model: str, expected: str | None) -> None:
    assert from_hub(FILE, None, f"---\nbase_model: {base_model}\n---\n").base_model == expected


@pytest.mark.parametrize("info", [None, [], "x", {"cardData": [], "tags": {}, "author": 7}])
@pytest.mark.parametrize("readme", [None, "", "---\n[]\n---\n", "---\nwidget: x\ntags: 7\n---\n"])
def test_an_answer_that_says_nothing(info: object, readme: str | None) -> None:
    said = from_hub(FILE, info, readme)
    assert (said.name, said.description, said.base_model) == ("carrot-lora", None, None)


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there")
def test_a_recorded_answer() -> None:
    path = SHARED / "api-models/RepoHFMetadata1__stabilityai_sdxl_turbo.json"
    file = HuggingFaceFile("stabilityai/sdxl-turbo", "sd_xl_turbo_1.0.safetensors")
    said = from_hub(file, json.loads(path.read_bytes()))
    assert (said.licence, said.tags) == ("sai-nc-community", ("text-to-image",))


@pytest.mark.skipif(not SHARED.is_dir(), reason=f"{SHARED} is not there")
def test_base_models_of_real_repositories() -> None:
    rows = json.loads((SHARED / "lora-repos-base-model-groundtruth.json").read_bytes())["entries"]
    stated = [row for row in rows if row["yaml_base_model_raw"]]
    wrong = {
        (row["yaml_base_model_raw"], row["correct_base_model"])
        for row in stated
        if of_repository(row["yaml_base_model_raw"]) != row["correct_base_model"]
    }
    assert len(stated) > 25
    assert wrong == set()
