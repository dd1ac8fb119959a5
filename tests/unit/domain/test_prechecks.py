"""What is known before a download, and what follows from it."""

from __future__ import annotations

from typing import Any

import pytest

from model_keeper.domain.completeness import Judgement
from model_keeper.domain.metadata import Completeness
from model_keeper.domain.prechecks import (
    CheckState,
    FileThere,
    Key,
    credentials_check,
    exists_check,
    metadata_check,
    size_check,
    space_check,
)

OK, WARNING, REFUSED = CheckState
A, B = "a" * 64, "b" * 64


@pytest.mark.parametrize(
    ("there", "facts", "state", "data"),
    [
        (None, {}, OK, {}),
        (None, {"holder": "/other"}, OK, {"path": "/other"}),
        (FileThere(9, A), {"sha256": A}, OK, {"path": "/m"}),
        (FileThere(9), {"size": 9}, OK, {"path": "/m"}),
        (FileThere(9, B), {"sha256": A, "size": 9}, REFUSED, {"taken": "/m", "suffix": False}),
        (FileThere(8), {"size": 9}, REFUSED, {"taken": "/m", "suffix": False}),
        (FileThere(8), {}, WARNING, {"taken": "/m", "suffix": False}),
        (FileThere(8), {"size": 9, "may_suffix": True}, WARNING, {"taken": "/m", "suffix": True}),
        (FileThere(8), {"size": 9, "may_suffix": True, "holder": "/o"}, OK, {"path": "/o"}),
    ],
)
def test_what_lies_there_is_the_file_or_keeps_it_away(
    there: FileThere | None, facts: dict[str, Any], state: CheckState, data: dict[str, Any]
) -> None:
    known = {"size": None, "sha256": None, "holder": None, "may_suffix": False, **facts}
    check = exists_check("/m", there, **known)
    assert (check.code, check.state, check.data) == ("exists", state, data)


@pytest.mark.parametrize(
    ("expected", "there", "partial", "state", "data"),
    [
        (9, None, 0, OK, {"expected": 9}),
        (9, None, 4, OK, {"expected": 9, "partial": 4}),
        (9, FileThere(9), 0, OK, {"expected": 9}),
        (9, FileThere(8), 0, WARNING, {"expected": 9, "there": 8}),
        (None, None, 0, WARNING, {"expected": None}),
    ],
)
def test_sizes_are_compared(
    expected: int | None,
    there: FileThere | None,
    partial: int,
    state: CheckState,
    data: dict[str, Any],
) -> None:
    check = size_check(expected, there, partial)
    assert (check.state, check.data) == (state, data)


def test_metadata_that_the_provider_will_fill_is_not_missing_before_the_file_is_here() -> None:
    judgement = Judgement(Completeness.PARTIAL, ("missing_description", "missing_preview"))
    before = metadata_check(judgement, here=False, proof=A, offered=["description", "preview"])
    after = metadata_check(judgement, here=True, proof=A, offered=["description", "preview"])
    assert (before.state, before.data["missing"]) == (OK, [])
    assert (after.state, after.data["missing"]) == (WARNING, ["description", "preview"])
    unproven = metadata_check(judgement, here=False, proof=None, offered=["description"])
    assert (unproven.state, unproven.data["missing"]) == (WARNING, ["preview"])
    assert unproven.data["hash"] is False


def test_every_state_of_a_key_is_told() -> None:
    states = {key: credentials_check("civitai", key).state for key in Key}
    assert states == {
        Key.VALID: OK,
        Key.UNTESTED: OK,
        Key.MISSING: WARNING,
        Key.REFUSED: REFUSED,
    }


@pytest.mark.parametrize(
    ("needed", "free", "state"),
    [(9, 9, OK), (10, 9, REFUSED), (None, 9, WARNING), (9, None, WARNING)],
)
def test_space(needed: int | None, free: int | None, state: CheckState) -> None:
    assert space_check("/m", needed, free).state is state
