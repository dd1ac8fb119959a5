"""How a wish reaches a running job."""

from __future__ import annotations

import threading

import pytest

from model_keeper.domain.ports import CANCEL, PAUSE, Interrupted
from model_keeper.engine.control import JobControl


def test_the_first_wish_counts() -> None:
    control = JobControl()
    control.check()

    control.stop(PAUSE)
    control.stop(CANCEL)

    with pytest.raises(Interrupted) as caught:
        control.check()
    assert caught.value.wish == PAUSE


def test_callbacks_are_called_once_and_may_be_forgotten() -> None:
    control = JobControl()
    calls: list[str] = []
    control.on_stop(lambda: calls.append("kept"))
    control.on_stop(lambda: calls.append("forgotten"))()

    control.stop(CANCEL)
    control.stop(CANCEL)

    assert calls == ["kept"]


def test_a_late_callback_is_called_at_once() -> None:
    control = JobControl()
    control.stop(CANCEL)
    calls: list[str] = []

    control.on_stop(lambda: calls.append("late"))

    assert calls == ["late"]


def test_a_wait_ends_with_the_wish() -> None:
    control = JobControl()
    waiting = threading.Event()
    wishes: list[str] = []

    def wait() -> None:
        waiting.set()
        try:
            control.wait(3600)
        except Interrupted as stop:
            wishes.append(stop.wish)

    thread = threading.Thread(target=wait)
    thread.start()
    waiting.wait()
    control.stop(CANCEL)
    thread.join(10)

    assert wishes == [CANCEL]
