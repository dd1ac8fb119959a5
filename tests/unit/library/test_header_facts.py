"""What headers tell about a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from model_keeper.domain.model_files import HeaderFacts
from model_keeper.library.header_facts import read_header_facts
from model_keeper.testing.model_files import gguf, lying_safetensors, pytorch_zip, safetensors


def facts(tmp_path: Path, name: str, content: bytes) -> HeaderFacts:
    path = tmp_path / name
    path.write_bytes(content)
    return read_header_facts(str(path))


def with_tensors(metadata: dict[str, str], **dtypes: tuple[str, int]) -> bytes:
    """A safetensors file; for each tensor its type and its bytes."""
    header: dict[str, object] = {"__metadata__": metadata}
    begin = 0
    widths = {"F32": 4, "BF16": 2, "F16": 2, "F8_E4M3": 1}
    for name, (dtype, size) in dtypes.items():
        header[name] = {
            "dtype": dtype,
            "shape": [size // widths[dtype]],
            "data_offsets": [begin, begin + size],
        }
        begin += size
    return lying_safetensors(header, bytes(begin))


def test_a_trained_lora_tells_what_it_was_trained_on(tmp_path: Path) -> None:
    metadata = {
        "ss_base_model_version": "sdxl_base_v1-0",
        "modelspec.title": "Carrot",
        "ss_output_name": "carrot_v3",
        "modelspec.trigger_phrase": "carrot style, pepper,carrot style",
    }
    content = with_tensors(
        metadata,
        **{
            "lora_unet_a.lora_down.weight": ("BF16", 8),
            "lora_unet_a.lora_up.weight": ("BF16", 8),
            "lora_unet_a.alpha": ("F32", 4),
        },
    )

    assert facts(tmp_path, "a.safetensors", content) == HeaderFacts(
        format="safetensors",
        base_model="SDXL 1.0",
        kind="loras",
        precision="bf16",
        tensors=3,
        trigger_words=("carrot style", "pepper"),
        title="Carrot",
    )


@pytest.mark.parametrize(
    ("metadata", "base_model"),
    [
        ({"modelspec.architecture": "stable-diffusion-xl-v1-base/lora"}, "SDXL 1.0"),
        ({"modelspec.architecture": "Flux-1-dev"}, "Flux.1 D"),
        ({"ss_base_model_version": "something_new"}, "something_new"),
        ({}, None),
    ],
)
def test_base_models_have_the_names_that_people_know(
    tmp_path: Path, metadata: dict[str, str], base_model: str | None
) -> None:
    content = with_tensors(metadata, x=("F16", 2))
    assert facts(tmp_path, "a.safetensors", content).base_model == base_model


def test_words_in_the_caption_of_every_picture_are_its_trigger_words(tmp_path: Path) -> None:
    metadata = {
        "ss_tag_frequency": json.dumps({"5_cat": {"ohwx cat": 12, "sofa": 3}, "odd": 3}),
        "ss_dataset_dirs": json.dumps({"5_cat": {"n_repeats": 5, "img_count": 12}}),
    }
    content = with_tensors(metadata, x=("F16", 2))
    assert facts(tmp_path, "a.safetensors", content).trigger_words == ("ohwx cat",)


@pytest.mark.parametrize("broken", ["{", "[]", '{"a": {"b": 2}}', "[" * 100_000])
def test_training_notes_that_make_no_sense_are_left_out(tmp_path: Path, broken: str) -> None:
    metadata = {"ss_tag_frequency": broken, "ss_dataset_dirs": broken, "ss_output_name": "x"}
    found = facts(tmp_path, "a.safetensors", with_tensors(metadata, x=("F16", 2)))
    assert (found.trigger_words, found.title) == ((), "x")


def test_the_precision_is_that_of_most_weights_not_of_most_tensors(tmp_path: Path) -> None:
    content = with_tensors({}, big=("F8_E4M3", 64), a=("F32", 4), b=("F32", 4), c=("F32", 4))
    assert facts(tmp_path, "a.safetensors", content).precision == "f8_e4m3"


def test_a_gguf_tells_its_architecture(tmp_path: Path) -> None:
    found = facts(tmp_path, "a.gguf", gguf())
    assert (found.format, found.problem) == ("gguf", None)
    assert found.tensors


def test_other_formats_are_named(tmp_path: Path) -> None:
    assert facts(tmp_path, "a.pt", pytorch_zip()).format == "pytorch"
    assert facts(tmp_path, "a.bin", b"{}").format == "json"


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("a.safetensors", b"", "it is empty"),
        ("a.safetensors", safetensors(4_000)[:-7], "7 bytes are missing at its end"),
        ("a.safetensors", b"<!DOCTYPE html><html>", "page"),
        ("a.gguf", safetensors(4_000), "it is a safetensors file"),
        ("a.gguf", b"GGUF\x03\0\0\0", "it ends within its counts"),
    ],
)
def test_a_broken_file_has_a_problem_and_no_format(
    tmp_path: Path, name: str, content: bytes, problem: str
) -> None:
    found = facts(tmp_path, name, content)
    assert found.format is None
    assert problem in (found.problem or "")


def test_a_file_that_is_not_there_is_the_caller_s_matter(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_header_facts(str(tmp_path / "none"))
