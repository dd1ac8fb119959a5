from __future__ import annotations

import random
import threading
from typing import Any

import pytest

from model_keeper.domain.batch_callbacks import BatchDownloadCallbacks, BatchReport

Heard = list[tuple[Any, ...]]


def listening(heard: Heard, *, side_by_side: bool = False) -> BatchDownloadCallbacks:
    def hear(name: str) -> Any:
        return lambda *values: heard.append((name, *values))

    return BatchDownloadCallbacks(
        on_batch_start=hear("batch"),
        on_file_start=hear("start"),
        on_file_progress=hear("progress"),
        on_file_complete=hear("complete"),
        on_batch_complete=hear("done"),
        on_file_progress_for=hear("progress for") if side_by_side else None,
    )


def test_one_file_after_another_is_told_as_it_happens() -> None:
    heard: Heard = []
    report = BatchReport(listening(heard), 2)
    report.batch_started()
    for key in ("a", "b"):
        report.file_started(key, f"{key}.pt")
        report.file_progressed(key, 5, None)
        report.file_completed(key, succeeded=key == "a", error=None if key == "a" else "gone")
    report.batch_completed()
    assert heard == [
        ("batch", 2),
        ("start", "a.pt", 1, 2),
        ("progress", 5, None),
        ("complete", "a.pt", True, None),
        ("start", "b.pt", 2, 2),
        ("progress", 5, None),
        ("complete", "b.pt", False, "gone"),
        ("done", 1, 2),
    ]


def test_files_side_by_side_are_told_one_after_another() -> None:
    heard: Heard = []
    report = BatchReport(listening(heard), 3)
    for key in "abc":
        report.file_started(key, key)
    report.file_progressed("b", 1, 9)
    report.file_progressed("b", 2, 9)
    report.file_completed("c", succeeded=True)
    report.file_progressed("a", 3, 9)
    report.file_completed("a", succeeded=True)
    report.file_progressed("b", 4, 9)
    assert heard == [
        ("start", "a", 1, 3),
        ("progress", 3, 9),
        ("complete", "a", True, None),
        ("start", "c", 2, 3),  # it has ended by now: before the one that still runs
        ("complete", "c", True, None),
        ("start", "b", 3, 3),
        ("progress", 2, 9),
        ("progress", 4, 9),
    ]


def test_whoever_can_take_it_hears_of_every_file_at_once() -> None:
    heard: Heard = []
    report = BatchReport(listening(heard, side_by_side=True), 2)
    report.file_started("x/1", "same.pt")
    report.file_started("y/2", "same.pt")
    report.file_progressed("y/2", 7, 8)
    assert heard == [("start", "same.pt", 1, 2), ("progress for", "same.pt", 7, 8)]


def test_silence_is_the_default() -> None:
    report = BatchReport(BatchDownloadCallbacks(), 1)
    report.batch_started()
    report.file_started("a", "a")
    report.file_progressed("a", 1, 2)
    report.file_completed("a", succeeded=True)
    report.batch_completed()


def test_late_and_unknown_news_is_not_told() -> None:
    heard: Heard = []
    report = BatchReport(listening(heard, side_by_side=True), 1)
    report.file_progressed("a", 1, 2)
    report.file_started("a", "a")
    report.file_completed("a", succeeded=True)
    report.file_completed("a", succeeded=False)
    report.file_progressed("a", 1, 2)
    assert heard == [("start", "a", 1, 1), ("complete", "a", True, None)]


def test_what_a_callback_raises_reaches_the_caller() -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    report = BatchReport(BatchDownloadCallbacks(on_file_progress=stop), 1)
    report.file_started("a", "a")
    with pytest.raises(KeyboardInterrupt):
        report.file_progressed("a", 1, 2)


def test_from_many_threads_the_order_still_makes_sense() -> None:
    heard: Heard = []
    report = BatchReport(listening(heard), 8)

    def work(key: str) -> None:
        report.file_started(key, key)
        for done in range(20):
            report.file_progressed(key, done, 20)
        report.file_completed(key, succeeded=random.random() < 0.5)

    threads = [threading.Thread(target=work, args=(str(n),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    running: list[str] = []
    for name, *values in heard:
        if name == "start":
            assert not running
            running.append(values[0])
        elif name == "complete":
            assert running == [values[0]]
            running.clear()
        else:
            assert running
    starts = [values for name, *values in heard if name == "start"]
    assert [number for _, number, _ in starts] == list(range(1, 9))
