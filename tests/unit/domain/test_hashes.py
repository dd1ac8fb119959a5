"""When a file is still the one that was hashed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model_keeper.domain.hashes import FileState, autov2

HASHED = FileState("/m/a.safetensors", 100, 1_000_000_001, "8:77")
NO_NUMBERS = replace(HASHED, inode=None)


@pytest.mark.parametrize(
    ("now", "is_same"),
    [
        (HASHED, True),
        (replace(HASHED, path="/m/renamed.safetensors"), True),
        (replace(HASHED, inode="9:77"), True),  # its volume was mounted as another device
        (replace(HASHED, path="/m/renamed.safetensors", inode="9:77"), False),
        (replace(HASHED, inode="8:78"), False),  # another file took its name
        (replace(HASHED, size=101), False),
        (replace(HASHED, mtime_ns=1_000_000_002), False),
        (NO_NUMBERS, False),
    ],
)
def test_a_hash_holds_for_the_same_file_unchanged(now: FileState, is_same: bool) -> None:
    assert now.continues(HASHED) is is_same
    assert HASHED.continues(now) is is_same


def test_without_numbers_the_path_has_to_be_the_same() -> None:
    assert NO_NUMBERS.continues(NO_NUMBERS)
    assert not replace(NO_NUMBERS, path="/m/b").continues(NO_NUMBERS)


def test_autov2_is_how_sha256_begins() -> None:
    assert autov2("0123456789abcdef" * 4) == "0123456789"
