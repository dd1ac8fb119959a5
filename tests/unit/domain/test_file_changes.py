"""What changes of files are made of."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model_keeper.domain.file_changes import (
    Action,
    Change,
    ChangeItem,
    ChangeKind,
    ItemState,
    Step,
    is_slot,
)
from model_keeper.domain.seen_files import Seen

SEEN = Seen(5, 7, "64:12")
STEP = Step(Action.MOVE, "/m/a\udcff.safetensors", "/m/b.safetensors", SEEN, is_model=True)


def test_a_step_comes_back_from_json() -> None:
    link = Step(Action.SYMLINK, "/m/a", "/m/b", replace(SEEN, link="../x"), text="x")
    for step in (STEP, link):
        assert Step.from_json(step.to_json()) == step


@pytest.mark.parametrize(
    ("now", "still"),
    [
        (SEEN, True),
        (replace(SEEN, inode="99:12"), True),  # mounted again
        (replace(SEEN, inode=None), True),
        (replace(SEEN, inode="64:13"), False),
        (replace(SEEN, size=6), False),
        (replace(SEEN, mtime_ns=8), False),
        (replace(SEEN, link="x"), False),
    ],
)
def test_a_file_is_known_again(now: Seen, *, still: bool) -> None:
    assert SEEN.is_still(now) is still


def test_links_are_the_same_where_they_lead_to_the_same() -> None:
    link = Seen(0, 1, None, "x")
    assert link.is_still(replace(link, mtime_ns=2))
    assert not link.is_still(replace(link, link="y"))


def test_places_in_a_trash_are_told_in_both_notations() -> None:
    assert is_slot("/m/.model-keeper-trash/a.trash")
    assert is_slot("C:\\m\\.model-keeper-trash\\a.trash")
    assert not is_slot("/m/.model-keeper-trash/sub/a.trash")
    assert not is_slot("/m/a.trash")


@pytest.mark.parametrize(
    ("state", "steps", "can"),
    [
        (ItemState.DONE, (STEP,), True),
        (ItemState.FAILED, (STEP,), True),  # what could not be taken back
        (ItemState.FAILED, (), False),
        (ItemState.UNDONE, (STEP,), False),
        (ItemState.PLANNED, (STEP,), False),
        (ItemState.DONE, (replace(STEP, action=Action.COMPARE),), False),
    ],
)
def test_what_can_be_undone(state: ItemState, steps: tuple[Step, ...], *, can: bool) -> None:
    item = ChangeItem(0, STEP.source, steps, state)
    change = Change("c", ChangeKind.MOVE, 0, "me", (item,), closed=True)
    assert change.can_be_undone is can
    assert not replace(change, closed=False).can_be_undone


SLOT = "/m/.model-keeper-trash/a.trash"
THROWN = replace(STEP, target=SLOT)


@pytest.mark.parametrize(
    ("steps", "state", "final"),
    [
        ((THROWN,), ItemState.DONE, True),
        ((STEP,), ItemState.DONE, False),  # it goes back without the trash
        ((STEP, THROWN), ItemState.DONE, True),  # a copy goes back with its original alone
        ((STEP,), ItemState.UNDONE, True),
        ((), ItemState.FAILED, True),
        ((STEP,), ItemState.FAILED, False),
    ],
)
def test_a_change_is_final_once_its_trash_is_purged(
    steps: tuple[Step, ...], state: ItemState, *, final: bool
) -> None:
    item = ChangeItem(0, STEP.source, steps, state)
    change = Change("1", ChangeKind.TRASH, 0, "", (item,), closed=True)
    assert change.can_be_undone_with(trash=()) is not final
    assert change.can_be_undone_with(trash={SLOT}) is item.can_be_undone
    assert not replace(change, closed=False).can_be_undone_with(trash={SLOT})
    still = ChangeItem(1, STEP.source, (STEP,), ItemState.DONE)
    assert replace(change, items=(item, still)).can_be_undone_with(trash=())
