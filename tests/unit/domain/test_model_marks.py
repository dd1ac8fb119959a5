"""Marks: what counts as said, and tags without doubles."""

from __future__ import annotations

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.model_marks import MOST_TAGS, ModelMarks, tidy_tags


def test_marks_are_empty_until_something_is_said() -> None:
    assert not ModelMarks()
    for marks in (ModelMarks(True), ModelMarks(rating=1), ModelMarks(notes="x")):
        assert marks
    assert ModelMarks(tags=("x",))


def test_a_tag_is_there_once_in_its_first_spelling() -> None:
    assert tidy_tags([" Red  car", "red car", "", "  ", "CAFE\u0301", "caf\u00e9"]) == (
        "Red car",
        "CAF\u00c9",
    )


@pytest.mark.parametrize("tags", [["a" * 101], [str(n) for n in range(MOST_TAGS + 1)]])
def test_too_long_and_too_many_tags_are_refused(tags: list[str]) -> None:
    with pytest.raises(KeeperError) as refused:
        tidy_tags(tags)
    assert refused.value.code == "invalid_request"
