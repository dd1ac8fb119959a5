"""The header's own reader takes what JSON is, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_keeper.formats.header_json import HeaderText
from model_keeper.formats.reading import Broken

_TEXT = st.text(max_size=8) | st.sampled_from(['a"b', "a\\b", "}", "\t", "é\U0001f600", "", ":"])
_ENTRIES = st.fixed_dictionaries(
    {"dtype": _TEXT.filter(lambda text: "}" not in text), "shape": st.lists(st.integers())}
)


def read(text: str) -> dict[str, Any]:
    header = HeaderText(text)
    found = {key: header.flat_object() for key in header.keys()}  # noqa: SIM118 - a cursor
    header.finish()
    return found


@given(
    header=st.dictionaries(_TEXT, _ENTRIES, max_size=4),
    space=st.sampled_from(["", " ", "\n\t\r "]),
    ascii_only=st.booleans(),
)
def test_every_spelling_of_json_is_understood(
    header: dict[str, Any], space: str, ascii_only: bool
) -> None:
    text = json.dumps(
        header, ensure_ascii=ascii_only, separators=(f"{space},{space}", f"{space}:{space}")
    )
    assert read(f"{text}{space}") == header


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"a"}',
        '{"a":}',
        '{"a":{}',
        '{"a":{},}',
        '{"a":{} "b":{}}',
        '{"a":{};"b":{}}',
        '{"a":{}}{}',
        '{"a":{},"a":{}}',
        '{"a":{"b":1,"b":1}}',
        '{"a":{"b":{}}}',
        '{"a":[]}',
        '{"a":{} x}',
        '{"a":{}x}',
        '{"a\nb":{}}',
        '{"\\ud800":{}}',
        "{a:{}}",
        '{,"a":{}}',
    ],
)
def test_anything_else_is_broken(text: str) -> None:
    with pytest.raises(Broken):
        read(text)
