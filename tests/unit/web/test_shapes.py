"""Dataclasses as shapes: what is taken, what is refused and how it is said, what is described."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.web.shapes import About, parsed, parsed_query, schema_of, written


class Colour(str, Enum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Inner:
    n: int
    note: str | None = None


@dataclass(frozen=True)
class Outer:
    """One of each kind."""

    name: Annotated[str, About("What it is called.", maxLength=5)]
    count: Annotated[int, About(minimum=1, maximum=9)] = 1
    share: float = 0.5
    on: bool = False
    colour: Colour = Colour.RED
    mode: Literal["a", "b"] = "a"
    either: int | str = 0
    rows: Annotated[tuple[Inner, ...], About(maxItems=2)] = ()
    facts: Mapping[str, Any] | None = None


def refusal(data: Any) -> str:
    with pytest.raises(KeeperError) as caught:
        parsed(Outer, data)
    assert caught.value.code == "invalid_request"
    return caught.value.message


def test_everything_that_fits_is_taken() -> None:
    data = {
        "name": "x",
        "count": 9,
        "share": 1,
        "on": True,
        "colour": "blue",
        "mode": "b",
        "either": "text",
        "rows": [{"n": 1}, {"n": 2, "note": "y"}],
        "facts": {"anything": [1, None]},
    }
    made = parsed(Outer, data)
    assert made.rows == (Inner(1), Inner(2, "y"))
    assert made.colour is Colour.BLUE
    assert made.either == "text"
    assert written(made) == {**data, "rows": [{"n": 1, "note": None}, {"n": 2, "note": "y"}]}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ([], "The body must be an object."),
        ({}, "“name” is missing."),
        ({"name": 1}, "“name” must be a text."),
        ({"name": "123456"}, "“name” is longer than 5 characters."),
        ({"name": "x", "nome": 1}, "There is no “nome”."),
        ({"name": "x", "count": 10}, "“count” must be a number from 1 to 9."),
        ({"name": "x", "count": True}, "“count” must be a whole number."),
        ({"name": "x", "count": 1.5}, "“count” must be a whole number."),
        ({"name": "x", "count": 2**63}, "“count” is a larger number than anything here."),
        ({"name": "x", "share": "1"}, "“share” must be a number."),
        ({"name": "x", "share": float("nan")}, "“share” must be a number."),
        ({"name": "x", "share": float("inf")}, "“share” must be a number."),
        ({"name": "x", "share": 10**400, "count": 0}, "“count” must be a number from 1 to 9."),
        ({"name": "x", "on": 1}, "“on” must be true or false."),
        ({"name": "x", "colour": "green"}, "“colour” must be one of: red, blue."),
        ({"name": "x", "mode": "c"}, "“mode” must be one of: a, b."),
        ({"name": "x", "either": []}, "“either” must be a whole number."),
        ({"name": "x", "rows": {}}, "“rows” must be a list."),
        ({"name": "x", "rows": [{"n": 1}] * 3}, "“rows” has more than 2 entries."),
        ({"name": "x", "rows": [{"n": 1}, {}]}, "“rows[1].n” is missing."),
        ({"name": "x", "rows": [{"n": 1, "m": 1}]}, "There is no “rows[0].m”."),
        ({"name": "x", "facts": []}, "“facts” must be an object."),
    ],
)
def test_a_refusal_names_the_place_and_what_belongs_there(data: Any, sentence: str) -> None:
    assert refusal(data) == sentence


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@given(JSON | st.fixed_dictionaries({"name": JSON, "count": JSON, "rows": JSON, "colour": JSON}))
def test_whatever_comes_is_taken_or_refused_but_breaks_nothing(data: Any) -> None:
    try:
        made = parsed(Outer, data)
    except KeeperError:  # any other error fails the test
        return
    assert parsed(Outer, written(made)) == made


@dataclass(frozen=True)
class Query:
    state: tuple[Colour, ...] = ()
    limit: Annotated[int, About(minimum=1)] = 100
    all: bool = False
    after: str | None = None


def test_a_query_is_read_from_texts() -> None:
    assert parsed_query(Query, {}) == Query()
    found = parsed_query(Query, {"state": "red,blue", "limit": "5", "all": "true", "after": "7"})
    assert found == Query((Colour.RED, Colour.BLUE), 5, all=True, after="7")


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"limit": "many"}, "“limit” must be a whole number."),
        ({"limit": "0"}, "“limit” must be a number from 1 to None."),
        ({"state": "red,green"}, "“state[1]” must be one of: red, blue."),
        ({"all": "perhaps"}, "“all” must be true or false."),
        ({"page": "2"}, "There is no “page”."),
    ],
)
def test_a_query_that_means_nothing_is_refused(query: dict[str, str], sentence: str) -> None:
    with pytest.raises(KeeperError) as caught:
        parsed_query(Query, query)
    assert caught.value.message == sentence.replace("a number from 1 to None", "1 or more")


def test_the_description_says_what_is_checked() -> None:
    components: dict[str, Any] = {}
    assert schema_of(Outer, components) == {"$ref": "#/components/schemas/Outer"}
    outer = components["Outer"]
    assert outer["required"] == ["name"]
    assert outer["additionalProperties"] is False
    assert outer["description"] == "One of each kind."
    fields = outer["properties"]
    assert fields["name"] == {
        "type": "string",
        "maxLength": 5,
        "description": "What it is called.",
    }
    assert fields["count"] == {"type": "integer", "minimum": 1, "maximum": 9}
    assert fields["either"] == {"anyOf": [{"type": "integer"}, {"type": "string"}]}
    assert fields["rows"]["items"] == {"$ref": "#/components/schemas/Inner"}
    assert components["Inner"]["properties"]["note"] == {"type": ["string", "null"]}
    assert components["Colour"]["enum"] == ["red", "blue"]
