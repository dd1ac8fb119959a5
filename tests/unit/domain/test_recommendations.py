from __future__ import annotations

from model_keeper.domain.library_query import parse_query
from model_keeper.domain.recommendations import (
    TASKS,
    CategoryCensus,
    Code,
    Surplus,
    in_category,
    recommendations,
    shows_previews,
)

LORAS = CategoryCensus(
    "loras", 40, 4_000, 1, 100, 7, 700, unseen=12, lacking=37, missing={"trained_words": 37}
)
VAE = CategoryCensus("vae", 5, 500, unseen=5, lacking=2, missing={"source": 2})


def test_nothing_is_recommended_where_all_is_well() -> None:
    sound = CategoryCensus("vae", 5, 500, unseen=5)
    assert recommendations([sound], Surplus(), [], 0, []) == []


def test_the_most_urgent_comes_first_and_each_has_one_thing_to_do() -> None:
    found = recommendations([VAE, LORAS], Surplus(3, 30), [("/m", 5)], 9, [10, 20])
    told = [(each.code, each.category, each.count, each.size) for each in found]
    assert told == [
        (Code.BROKEN, None, 1, 100),
        (Code.SPACE, None, 1, 5),
        (Code.DUPLICATES, None, 3, 30),
        (Code.METADATA, "loras", 37, None),
        (Code.METADATA, "vae", 2, None),
        (Code.PREVIEWS, "loras", 12, None),
        (Code.HASHES, None, 7, 700),
        (Code.UPDATES, None, 9, None),
        (Code.TRASH, None, 2, 30),
    ]
    assert {each.code for each in found} == set(Code)
    for each in found:
        parse_query(each.query or "")


def test_a_preview_is_owed_where_a_picture_says_something() -> None:
    assert shows_previews("loras")
    assert not shows_previews("vae")
    assert not shows_previews("somebodys_own")


def test_a_search_stays_in_its_category_whatever_that_is_called() -> None:
    assert in_category("is:incomplete", None) == "is:incomplete"
    assert in_category("is:incomplete", "loras") == "is:incomplete category:loras"
    odd = in_category("is:incomplete", 'my "own" models')
    assert parse_query(odd).terms[-1].asks.value == 'my "own" models'  # type: ignore[union-attr]


def test_what_only_a_person_can_decide_is_no_task() -> None:
    assert Code.DUPLICATES not in TASKS
    assert Code.BROKEN not in TASKS
