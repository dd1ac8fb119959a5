"""The live board's figures."""

from __future__ import annotations

from model_keeper.domain.jobs import JobId
from model_keeper.domain.ports import Progress
from model_keeper.engine.live import LiveBoard
from tests.doubles import FakeClock

JOB = JobId("j")


def test_speed_and_time_left_come_from_the_last_seconds() -> None:
    clock = FakeClock()
    board = LiveBoard(clock)
    for second in range(11):
        board.report(JOB, Progress(done=second * 100, total=2000, fetched=second * 100))
        clock.sleep(1)

    view = board.snapshot()[JOB]

    assert view["bytes_done"] == 1000
    assert 75 <= int(str(view["bytes_per_second"])) <= 100
    assert view["bytes_total"] == 2000


def test_a_stall_shows_no_speed() -> None:
    clock = FakeClock()
    board = LiveBoard(clock)
    board.report(JOB, Progress(done=500, total=2000, fetched=500))
    clock.sleep(6)

    view = board.snapshot()[JOB]

    assert view["bytes_per_second"] == 0
    assert view["seconds_left"] is None


def test_what_was_here_before_is_no_speed() -> None:
    clock = FakeClock()
    board = LiveBoard(clock)
    board.report(JOB, Progress(done=1000, total=2000, fetched=0))
    clock.sleep(1)
    board.report(JOB, Progress(done=1010, total=2000, fetched=10))

    assert board.snapshot()[JOB]["bytes_per_second"] == 10


def test_a_forgotten_job_is_gone() -> None:
    board = LiveBoard(FakeClock())
    board.report(JOB, Progress(done=1, total=2, fetched=1))

    board.forget(JOB)

    assert board.snapshot() == {}
