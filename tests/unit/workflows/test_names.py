from __future__ import annotations

import pytest

from model_keeper.workflows.names import is_file, is_model_file, is_nothing


@pytest.mark.parametrize(
    "name",
    [
        "a.safetensors",
        "Sub Folder\\模型 (v2) [x].SAFETENSORS",
        "C:\\models\\a.ckpt",
        "densepose_r101.torchscript",
        "yolox_l.onnx",
        "flux-Q8_0.gguf",
        "up_4x.engine",
        "a.sft",
        " a.pth ",
    ],
)
def test_names_of_model_files(name: str) -> None:
    assert is_model_file(name)
    assert is_file(name.strip())


@pytest.mark.parametrize(
    "text",
    [
        "embedding:a.pt",
        "<lora:a.pt:1> b.pt",
        "https://x.example/a.safetensors",
        "first use a.pt\nthen b.pt",
        "x" * 600 + ".pt",
        "*.safetensors",
        "microsoft/Florence-2-base",
        "a.png",
        "v1.5",
        "",
    ],
)
def test_other_texts(text: str) -> None:
    assert not is_model_file(text)


@pytest.mark.parametrize(
    ("text", "known"),
    [("v1-inference.yaml", True), ("sd_v1.5", False), ("a.b-c", False), ("plain", False)],
)
def test_a_list_of_files_may_hold_other_formats(text: str, known: bool) -> None:
    assert is_file(text) is known


@pytest.mark.parametrize("text", ["", " ", "None", "none", "DEFAULT", "auto", "undefined"])
def test_no_file_is_wanted(text: str) -> None:
    assert is_nothing(text)
