from __future__ import annotations

from typing import Any

import pytest

from model_keeper.domain.link_parsing import parse_link
from model_keeper.domain.metadata_identity import identity_of


@pytest.mark.parametrize(
    ("address", "identity"),
    [
        (
            "https://civitai.com/models/7?modelVersionId=70",
            {"source": "civitai", "id": 70, "model_id": 7},
        ),
        ("https://civitai.com/models/7", {"source": "civitai", "model_id": 7}),
        (
            "https://huggingface.co/people/style/blob/main/a/b.safetensors",
            {"source": "huggingface", "id": "a/b.safetensors", "model_id": "people/style"},
        ),
        (
            "https://huggingface.co/people/style",
            {"source": "huggingface", "model_id": "people/style"},
        ),
        ("https://huggingface.co/datasets/people/style", {}),
        ("https://example.org/a.safetensors", {}),
    ],
)
def test_a_link_says_which_model_it_leads_to(address: str, identity: dict[str, Any]) -> None:
    assert identity_of(parse_link(address)) == identity
