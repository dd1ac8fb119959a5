"""The journal of file changes and the manifest of the trash, on both databases."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.file_changes import (
    Action,
    Change,
    ChangeItem,
    ChangeKind,
    ItemState,
    Step,
    TrashedFile,
)
from model_keeper.domain.seen_files import Seen
from model_keeper.store import JobStore
from model_keeper.store.file_changes import Effects
from tests.doubles import FakeClock

ODD = "/m/ü\udcff “a”.safetensors"
STEP = Step(Action.MOVE, ODD, "/m/b.safetensors", Seen(1 << 40, 1 << 60, "1:2"), is_model=True)


def change(number: int, *, undoes: str | None = None, items: int = 2) -> Change:
    made = tuple(ChangeItem(index, ODD, (STEP,)) for index in range(items))
    return Change(f"change-{number}", ChangeKind.MOVE, 0, "", made, undoes)


def thrown(slot: str, at: int, expires_at: int | None = None) -> TrashedFile:
    return TrashedFile(slot, ODD, "change-1/0", 5, at, expires_at, "ab" * 32, is_model=True)


def test_a_change_is_kept_as_it_was_written(store: JobStore, clock: FakeClock) -> None:
    begun = store.file_changes.begin("here", change(1))
    assert begun == replace(change(1), at=clock.now_ms(), actor=store.actor)
    assert store.file_changes.open("here") == [begun]
    assert store.file_changes.open("there") == []
    other = replace(begun.items[1], steps=(STEP, replace(STEP, action=Action.COPY)))
    store.file_changes.plan_again(begun.id, other)
    assert store.file_changes.get(begun.id).items == (begun.items[0], other)
    closed = store.file_changes.close(begun.id)
    assert closed.closed
    assert store.file_changes.open("here") == []


def test_the_newest_changes_come_first(store: JobStore) -> None:
    for number in range(5):
        store.file_changes.begin("here", change(number))
    store.file_changes.begin("there", change(9))
    found = store.file_changes.latest("here", limit=3)
    assert [each.id for each in found] == ["change-4", "change-3", "change-2"]
    assert {len(each.items) for each in found} == {2}
    assert store.file_changes.open("here")[0].id == "change-0"


def test_an_unknown_change_is_told(store: JobStore) -> None:
    with pytest.raises(KeeperError) as refused:
        store.file_changes.get("nothing")
    assert refused.value.code == "change_unknown"


def test_an_undone_item_is_marked_with_the_undo(store: JobStore) -> None:
    first = store.file_changes.begin("here", change(1))
    undo = store.file_changes.begin("here", change(2, undoes=first.id))
    failed = replace(undo.items[0], state=ItemState.FAILED, error_code="x", error_details={"a": 1})
    store.file_changes.settle("here", undo.id, failed)
    store.file_changes.settle("here", undo.id, replace(undo.items[1], state=ItemState.DONE))
    states = [item.state for item in store.file_changes.get(first.id).items]
    assert states == [ItemState.PLANNED, ItemState.UNDONE]
    assert store.file_changes.get(undo.id).items[0] == failed


def test_the_manifest_changes_with_the_item(store: JobStore, clock: FakeClock) -> None:
    begun = store.file_changes.begin("here", change(1))
    now = clock.now_ms()
    files = [thrown("/t/" + "x" * 5000, now), thrown(f"/t{ODD}", now + 1, now + 10)]
    done = replace(begun.items[0], state=ItemState.DONE)
    store.file_changes.settle("here", begun.id, done, Effects(thrown=files))
    assert store.trash.all("here") == files[::-1]
    assert store.trash.of("here", "change-1/0") == files
    assert store.trash.of("there", "change-1/0") == []
    assert store.trash.expired("here") == []
    clock.sleep(1)
    assert store.trash.expired("here") == files[1:]
    store.file_changes.settle("here", begun.id, done, Effects(taken_out=[files[0].slot]))
    store.trash.forget("here", [files[1].slot])
    assert store.trash.all("here") == []


SLOT = "/m/.model-keeper-trash/ü\udcff.trash"
THROW = Step(Action.MOVE, ODD, SLOT, STEP.seen, is_model=True)
RESTORE = Step(Action.MOVE, SLOT, ODD, STEP.seen, is_model=True)
DAY = 86_400_000


def done(store: JobStore, name: str, *steps: Step, undoes: str | None = None) -> Change:
    """A change of one item that ended, with what it threw away in the trash."""
    item = ChangeItem(0, ODD, steps)
    begun = store.file_changes.begin("here", Change(name, ChangeKind.MOVE, 0, "", (item,), undoes))
    effects = Effects(
        thrown=[thrown(step.target, begun.at) for step in steps if step.target == SLOT],
        taken_out=[step.source for step in steps if step.source == SLOT],
    )
    store.file_changes.settle("here", name, replace(item, state=ItemState.DONE), effects)
    return store.file_changes.close(name)


def remembered(store: JobStore) -> list[str]:
    return [change.id for change in store.file_changes.latest("here")]


def test_a_change_is_forgotten_once_it_is_old_and_its_trash_is_purged(
    store: JobStore, clock: FakeClock
) -> None:
    done(store, "trash", THROW)
    done(store, "move", STEP)
    store.file_changes.begin("here", change(1))  # a drive went off in the middle
    clock.sleep(2 * DAY / 1000)
    assert store.file_changes.prune("here", max_age_ms=DAY) == 0, "it can be restored"
    store.trash.forget("here", [SLOT])
    assert store.file_changes.prune("there", max_age_ms=DAY) == 0
    assert store.file_changes.prune("here", max_age_ms=3 * DAY) == 0
    assert store.file_changes.prune("here", max_age_ms=DAY) == 1
    assert remembered(store) == ["change-1", "move"]
    assert store.file_changes.count("here") == 2
    assert [len(each.items) for each in store.file_changes.latest("here")] == [2, 1]


def test_what_was_taken_back_is_remembered_as_long_as_the_undo(
    store: JobStore, clock: FakeClock
) -> None:
    done(store, "trash", THROW)
    done(store, "undo", RESTORE, undoes="trash")
    clock.sleep(2 * DAY / 1000)
    assert store.file_changes.prune("here", max_age_ms=DAY) == 0, "an undo can be undone"
    done(store, "redo", THROW, undoes="undo")
    assert store.file_changes.prune("here", max_age_ms=DAY) == 0
    store.trash.forget("here", [SLOT])
    clock.sleep(2 * DAY / 1000)
    assert store.file_changes.prune("here", max_age_ms=DAY) == 3
    assert remembered(store) == []


def test_a_slot_that_is_used_again_is_one_entry(store: JobStore, clock: FakeClock) -> None:
    begun = store.file_changes.begin("here", change(1))
    files = [thrown("/t/a", clock.now_ms())]
    for _ in range(2):
        store.file_changes.settle("here", begun.id, begun.items[0], Effects(thrown=files))
    assert store.trash.all("here") == files


def test_use_goes_with_a_renamed_model(store: JobStore) -> None:
    store.usage.count(["/m/a", "/m/b", "/m/c"])
    begun = store.file_changes.begin("here", change(1))
    renamed = Effects(renamed=[("/m/a", "/m/new"), ("/m/b", "/m/c"), ("/m/none", "/m/x")])
    store.file_changes.settle("here", begun.id, begun.items[0], renamed)
    assert [use.path for use in store.usage.all()] == ["/m/b", "/m/c", "/m/new"]
