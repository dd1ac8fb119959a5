"""Sizes in words."""

from __future__ import annotations

import pytest

from model_keeper.domain.sizes import size_text


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 kB"), (335_304_388, "335.3 MB")],
)
def test_sizes_are_decimal(size: int, text: str) -> None:
    assert size_text(size) == text
