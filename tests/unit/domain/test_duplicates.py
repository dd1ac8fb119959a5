"""Which duplicate is kept, and what the others free."""

from __future__ import annotations

import pytest

from model_keeper.domain.duplicates import (
    DEFAULT_RULES,
    DuplicateGroup,
    EqualFile,
    Freeing,
    KeepRule,
    ordered,
)
from model_keeper.domain.model_files import ModelFile


def model(relative: str, root: str = "/m", mtime: int = 9, inode: str = "1:1") -> ModelFile:
    return ModelFile("loras", root, relative, 10, mtime, inode)


def equal(*names: ModelFile, blocks: str | None = None) -> EqualFile:
    return EqualFile(names, blocks)


@pytest.mark.parametrize(
    ("rules", "kept"),
    [
        ([KeepRule.ROOT_ORDER], "/m/zz/long"),
        ([KeepRule.MOST_USED], "/n/b"),
        ([KeepRule.OLDEST], "/n/old"),
        ([KeepRule.SHORTEST_PATH], "/n/b"),
        ([], "/m/zz/long"),
        (DEFAULT_RULES, "/m/zz/long"),
    ],
)
def test_a_rule_decides_what_is_kept(rules: list[KeepRule], kept: str) -> None:
    files = [
        equal(model("b", "/n")),
        equal(model("old", "/n", mtime=1)),
        equal(model("zz/long", "/m")),
    ]
    found = ordered(files, rules, ["/m", "/n"], {"/n/b": 3})
    assert found[0].names[0].path == kept
    assert ordered(files[::-1], rules, ["/m", "/n"], {"/n/b": 3}) == found


def test_the_best_of_several_names_counts() -> None:
    many = equal(model("zz/very/deep", "/n"), model("a", "/m"))
    assert ordered([equal(model("b", "/m")), many], DEFAULT_RULES, ["/m", "/n"], {})[0] == many


def test_names_and_shared_blocks_are_counted_once() -> None:
    group = DuplicateGroup(
        "0" * 64,
        (
            equal(model("keep"), blocks="A"),
            equal(model("b"), model("c"), blocks="A"),  # shares with the kept one
            equal(model("d"), blocks="B"),
            equal(model("e"), blocks="B"),
            equal(model("f")),
            equal(model("g", inode="2:1")),
        ),
    )
    assert group.freed() == 30
    assert group.freed(Freeing.HARDLINK) == 20  # g is on another volume
