"""What commands list, at a terminal and on a pipe."""

from __future__ import annotations

import pytest

from model_keeper.cli.session import Session
from model_keeper.cli.tables import columns, counted, facts, flat, moment

LONG = "loras/" + "很长的名字" * 20 + ".safetensors"


def test_a_row_on_a_pipe_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    table = columns("model", "size", "id")
    table.add_row(LONG, "1.2 GB", "0123456789abcdef0123")
    Session(None, None).console.print(table)
    _, row = capsys.readouterr().out.splitlines()
    assert LONG in row
    assert row.rstrip().endswith("0123456789abcdef0123")


def test_facts_are_told_without_what_is_empty(capsys: pytest.CaptureFixture[str]) -> None:
    known = {
        "name": "[ink]",
        "hashes": {"sha256": "ab"},
        "tags": [],
        "words": ["a", "b"],
        "on": True,
    }
    Session(None, None).console.print(facts(flat(known)))
    told = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert told == [["name", "[ink]"], ["hashes.sha256", "ab"], ["words", "a,", "b"], ["on", "yes"]]


def test_a_remark_stands_beside_its_fact(capsys: pytest.CaptureFixture[str]) -> None:
    Session(None, None).console.print(facts([("notes", "mine", "you"), ("size", "3 MB", "")]))
    assert [line.split() for line in capsys.readouterr().out.splitlines()] == [
        ["notes", "mine", "you"],
        ["size", "3", "MB"],
    ]


@pytest.mark.parametrize(
    ("number", "told"), [(0, "0 models are"), (1, "1 model is"), (2, "2 models are")]
)
def test_counts_agree_with_their_noun(number: int, told: str) -> None:
    assert counted(number, "model is", "models are") == told


def test_a_moment_that_never_was_is_a_dash() -> None:
    assert moment(None) == "-"
    assert len(moment(1_700_000_000_000)) == len("2023-11-14 22:13")
