"""Change jobs: orders that a worker carries out, stopped and killed at any point."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from model_keeper.domain.change_orders import ChangeOrder, OrderRow
from model_keeper.domain.file_changes import ChangeKind
from model_keeper.domain.jobs import Event, JobKind, Ownership, WaitReason, WorkerId
from model_keeper.domain.ports import CANCEL, DRAIN, Control, Progress
from model_keeper.engine.change_jobs import ChangeHandler, Orders, change_job
from model_keeper.engine.control import JobControl
from model_keeper.engine.running import Outcome, Running
from model_keeper.library.file_changes import Publish
from model_keeper.transfer.limits import Bandwidth
from tests.doubles_jobs import job
from tests.integration.changed_library import ChangedLibrary
from tests.integration.test_library_volumes import apart

SIZE = 300_000
NAMES = ("a", "b", "c")


class Killed(BaseException):
    """The program ended here."""


class Runs:
    """Runs one order again and again, as workers do: each claim is an epoch of its own."""

    def __init__(self, folder: Path) -> None:
        self.meet: Callable[[Path], None] = lambda path: None
        self.library = ChangedLibrary(folder, wrap=self._wrap(folder))
        self.progress: list[Progress] = []
        self.control = JobControl()
        self._epoch = 0
        for name in NAMES:
            self.library.add(f"loras/{name}.safetensors", name.encode() * SIZE)
        rows = [
            OrderRow(
                self.library.lora(f"{name}.safetensors"),
                self.library.lora(f"x/{name}.safetensors", second=True),
                SIZE,
            )
            for name in NAMES
        ]
        self.order = ChangeOrder(ChangeKind.MOVE, tuple(rows))

    def run(self) -> Outcome | None:
        self._epoch += 1
        library = self.library
        orders = Orders(library.runner, library.changes, library.duplicates, lambda: library.table)
        row = job(
            kind=JobKind.CHANGE,
            payload=change_job(self.order).payload,
            worker_id=WorkerId("w"),
            epoch=self._epoch,
        )
        self.control = JobControl()
        running = Running(row, Ownership.of(row), self.control, Bandwidth(library.clock, None))
        return ChangeHandler(library.store, orders).run(running, self.progress.append)

    def _wrap(self, folder: Path) -> Callable[[Publish], Publish]:
        cross = apart(folder / "other")

        def wrap(publish: Publish) -> Publish:
            across = cross(publish)

            def move(source: Path, target: Path, control: Control) -> None:
                self.meet(target)
                across(source, target, control)

            return move

        return wrap

    @property
    def moved(self) -> set[str]:
        return {path.stem for path in self.library.other.rglob("*.safetensors")}


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    made = Runs(tmp_path)
    yield made
    made.library.close()


def test_models_that_cross_volumes_are_counted_in_bytes_that_were_read(runs: Runs) -> None:
    outcome = runs.run()

    assert outcome is not None
    assert outcome.event is Event.SUCCEED
    result = dict(outcome.result or {})
    [change] = result.pop("changes")
    assert result == {"total": 3, "done": 3, "failed": 0, "problems": []}
    assert runs.moved == set(NAMES)
    last = runs.progress[-1]
    assert (last.done, last.total, last.stage) == (6 * SIZE, 6 * SIZE, "change")
    runs.library.changes.undo(change)
    assert runs.moved == set()


@pytest.mark.parametrize("wish", [CANCEL, DRAIN])
def test_a_job_that_was_stopped_goes_on_with_what_is_left(runs: Runs, wish: str) -> None:
    def stop_at_the_second(target: Path) -> None:
        if target.name == "b.safetensors" and target.parent.name == "x":
            runs.control.stop(wish)

    runs.meet = stop_at_the_second
    outcome = runs.run()
    assert outcome is not None
    assert outcome.event is {CANCEL: Event.CANCEL, DRAIN: Event.DEFER}[wish]
    assert runs.moved == {"a"}
    runs.meet = lambda target: None

    again = runs.run()

    assert again is not None
    result = dict(again.result or {})
    assert (result["done"], result["failed"]) == (3, 0)
    assert runs.moved == set(NAMES)
    for change in reversed(result["changes"]):
        runs.library.changes.undo(change)
    assert runs.moved == set()


@pytest.mark.parametrize("where", NAMES)
def test_a_job_that_was_killed_is_settled_and_goes_on(runs: Runs, where: str) -> None:
    def die(target: Path) -> None:
        if target.name.startswith(where):
            raise Killed

    runs.meet = die
    with pytest.raises(Killed):
        runs.run()
    runs.meet = lambda target: None

    again = runs.run()

    assert again is not None
    assert dict(again.result or {})["done"] == 3
    assert runs.moved == set(NAMES)
    assert all(change.closed for change in runs.library.changes.latest())


def test_what_was_done_but_not_written_down_before_a_kill_counts_as_done(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(runs.library.store.file_changes, "settle", die)
        with pytest.raises(Killed):
            runs.run()
    assert runs.moved == {"a"}

    again = runs.run()

    assert again is not None
    result = dict(again.result or {})
    assert (result["done"], result["failed"], len(result["changes"])) == (3, 0, 2)
    assert runs.moved == set(NAMES)


def test_what_a_person_took_back_meanwhile_is_not_done_again(runs: Runs) -> None:
    first = runs.run()
    assert first is not None
    [change] = dict(first.result or {})["changes"]
    runs.library.changes.undo(change)
    again = runs.run()
    assert again is not None
    assert again.event is Event.SUCCEED
    assert runs.moved == set()


def test_a_retry_does_what_failed_before(runs: Runs) -> None:
    taken = runs.library.other / "x/b.safetensors"
    taken.parent.mkdir()
    taken.write_text("somebody's")
    first = runs.run()
    assert first is not None
    result = dict(first.result or {})
    assert (result["done"], result["failed"]) == (2, 1)
    assert [problem["code"] for problem in result["problems"]] == ["destination_exists"]
    taken.unlink()
    again = runs.run()
    assert again is not None
    assert dict(again.result or {})["done"] == 3


def test_an_order_of_which_nothing_can_be_done_fails_and_says_why(runs: Runs) -> None:
    rows = tuple(
        replace(row, source=runs.library.lora("gone.safetensors")) for row in runs.order.rows[:1]
    )
    runs.order = ChangeOrder(ChangeKind.MOVE, rows)
    outcome = runs.run()
    assert outcome is not None
    assert outcome.event is Event.FAIL
    assert outcome.error is not None
    assert outcome.error.code == "file_not_found"
    assert runs.library.changes.latest() == []


def test_a_job_waits_while_another_change_is_under_way(
    runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("model_keeper.engine.change_runner._BUSY_SECONDS", 0.0)
    with runs.library.runner.alone():
        outcome = runs.run()
    assert outcome is not None
    assert (outcome.event, outcome.wait_reason) == (Event.DEFER, WaitReason.LOCKED)
    assert outcome.delay > 0


def test_the_same_order_is_one_job(runs: Runs) -> None:
    first, second = change_job(runs.order), change_job(runs.order)
    other = change_job(replace(runs.order, kind=ChangeKind.ORGANISE))
    assert first.dest_key == second.dest_key != other.dest_key
    assert ChangeOrder.from_payload(first.payload) == runs.order
