from __future__ import annotations

import pytest

from model_keeper.workflows.prompts import embedding_names, lora_tags


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("embedding:EasyNegative", ["EasyNegative"]),
        ("embedding:sub/bad-hands.pt:1.2", ["sub/bad-hands.pt"]),
        ("a, (embedding:sub\\bad_v4:1.1), b", ["sub\\bad_v4"]),
        ("((embedding:a)), [embedding:b], embedding:c, embedding:a", ["a", "b", "c"]),
        ("embedding:a.\nembedding:b;", ["a", "b"]),
        ("(embedding:负面 图:1)", ["负面"]),
        ("\\(embedding:a\\) cat", ["a"]),
        ("{embedding:a|embedding:b}", ["a", "b"]),
        ("embedding: a embedding:, embedding:", []),
        ("Embedding:a and embeddings", []),
        ("", []),
    ],
)
def test_embeddings_are_named_as_written(text: str, names: list[str]) -> None:
    assert embedding_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<lora:name:0.8>", ["name"]),
        ("<lora:sub\\my name v1.2:0.8:1:LBW=SD-ALL;A=0>", ["sub\\my name v1.2"]),
        ("<LoRA:a> x <lora:b:1><lora:a:1>", ["a", "b"]),
        ("<lora:a.safetensors:1>", ["a.safetensors"]),
        ("<lora::1> <lora:> lora:a:1 <lyco:b:1> <lora:a", []),
    ],
)
def test_lora_tags_are_named_as_written(text: str, names: list[str]) -> None:
    assert lora_tags(text) == names
