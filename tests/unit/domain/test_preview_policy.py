"""Whether a picture is shown."""

from __future__ import annotations

import pytest

from model_keeper.domain.metadata import Preview
from model_keeper.domain.preview_policy import Exposure, PreviewPolicy, Rating

SHOW, BLUR, HIDE = Exposure.SHOW, Exposure.BLUR, Exposure.HIDE


@pytest.mark.parametrize(
    ("level", "limit", "expected"),
    [
        (1, Rating.PG, SHOW),
        (2, Rating.PG, BLUR),
        (3, Rating.PG13, SHOW),
        (4, Rating.PG13, BLUR),
        (5, Rating.PG13, BLUR),  # the strongest bit counts
        (16, Rating.XXX, SHOW),
        (32, Rating.XXX, BLUR),
        (60, Rating.R, BLUR),
    ],
)
def test_what_is_stronger_than_the_limit_is_not_shown(
    level: int, limit: Rating, expected: Exposure
) -> None:
    assert PreviewPolicy(limit=limit).exposure(level) is expected


def test_what_is_stronger_can_be_hidden() -> None:
    assert PreviewPolicy(above=HIDE).exposure(8) is HIDE


@pytest.mark.parametrize("level", [None, 0, -1])
def test_what_nobody_rated_has_a_rule_of_its_own(level: int | None) -> None:
    assert PreviewPolicy(unknown=HIDE).exposure(level) is HIDE
    assert PreviewPolicy().exposure(level) is SHOW


@pytest.mark.parametrize("level", [None, 1, 8, 32])
@pytest.mark.parametrize("above", list(Exposure))
@pytest.mark.parametrize("unknown", list(Exposure))
def test_the_privacy_switch_shows_nothing_and_reveals_nothing(
    level: int | None, above: Exposure, unknown: Exposure
) -> None:
    plain = PreviewPolicy(above=above, unknown=unknown)
    private = PreviewPolicy(above=above, unknown=unknown, private=True)
    assert private.exposure(level) is not SHOW
    assert plain.exposure(level) is not HIDE or private.exposure(level) is HIDE


def test_what_may_be_shown_is_preferred_in_the_order_given() -> None:
    strong, mild, own = Preview("x", nsfw_level=8), Preview("m", nsfw_level=1), Preview("o")
    pictures = [strong, mild, own]
    assert in_order(PreviewPolicy(), pictures) == "mox"
    assert in_order(PreviewPolicy(unknown=BLUR), pictures) == "mxo"
    assert in_order(PreviewPolicy(private=True), pictures) == "mox"
    assert in_order(PreviewPolicy(above=HIDE), pictures) == "mo"


def in_order(policy: PreviewPolicy, pictures: list[Preview]) -> str:
    return "".join(each.url for each in policy.preferred(pictures, lambda each: each.nsfw_level))
