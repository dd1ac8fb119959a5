"""A thread that gives way."""

from __future__ import annotations

import os
import sys
import threading

import pytest

from model_keeper.engine.idle_priority import become_idle


@pytest.mark.skipif(sys.platform != "linux", reason="the niceness of a thread is Linux' own")
def test_only_the_thread_itself_gives_way() -> None:
    before = os.getpriority(os.PRIO_PROCESS, 0)
    found: list[int] = []

    def work() -> None:
        become_idle()
        found.append(os.getpriority(os.PRIO_PROCESS, 0))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()

    assert found == [19]
    assert os.getpriority(os.PRIO_PROCESS, 0) == before


def test_a_machine_without_such_a_call_is_no_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.machine", lambda: "an unknown one")

    thread = threading.Thread(target=become_idle)
    thread.start()
    thread.join()
