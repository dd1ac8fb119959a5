"""How often the library is looked at."""

from __future__ import annotations

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable, Root
from model_keeper.engine.freshness import Freshness
from tests.doubles import FakeClock

ONE, TWO = FolderTable(), FolderTable().with_root(Root("vae", "/vae"))


def test_two_answers_to_one_click_look_once() -> None:
    clock = FakeClock()
    seen: list[FolderTable] = []
    freshness = Freshness(seen.append, clock)
    freshness.ensure(ONE)
    freshness.ensure(ONE)
    assert seen == [ONE]
    freshness.ensure(TWO)
    assert seen == [ONE, TWO], "other folders are another library"
    clock.sleep(3.0)
    freshness.ensure(TWO)
    assert len(seen) == 3


def test_a_failure_is_tried_again() -> None:
    calls = []

    def fail(folders: FolderTable) -> None:
        calls.append(folders)
        raise KeeperError("index_unusable", path="index", why="broken")

    freshness = Freshness(fail, FakeClock())
    for _ in range(2):
        with pytest.raises(KeeperError):
            freshness.ensure(ONE)
    assert len(calls) == 2
