from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable

import pytest
from sqlalchemy.exc import OperationalError, ProgrammingError

from model_keeper.domain.errors import KeeperError
from model_keeper.store.patience import Patience
from tests.doubles import FakeClock


def trouble(text: str = "database is locked") -> OperationalError:
    return OperationalError("SELECT", {}, sqlite3.OperationalError(text))


class Flaky:
    """Fails so many times, then answers."""

    def __init__(self, failures: int, error: Callable[[], Exception] = trouble) -> None:
        self.left = failures
        self.calls = 0
        self._error = error

    def __call__(self) -> str:
        self.calls += 1
        if self.left:
            self.left -= 1
            raise self._error()
        return "done"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def patience(clock: FakeClock) -> Patience:
    return Patience(clock, "keeper.sqlite3")


def test_an_owner_waits_for_as_long_as_it_takes(patience: Patience, clock: FakeClock) -> None:
    attempt = Flaky(5_000)
    assert patience.forever(attempt) == "done"
    assert clock.monotonic() > 3_600
    assert patience.last_trouble == pytest.approx(clock.monotonic(), abs=1.1)


def test_a_person_waits_for_a_few_seconds(patience: Patience, clock: FakeClock) -> None:
    with pytest.raises(KeeperError) as gave_up:
        patience.briefly(Flaky(10**6), 5)
    assert gave_up.value.code == "database_unavailable"
    assert gave_up.value.details["why"] == "database is locked"
    assert 3 < clock.monotonic() <= 5


def test_a_worker_waits_even_where_a_person_would_not(clock: FakeClock) -> None:
    endless = Patience(clock, "keeper.sqlite3", endless=True)

    assert endless.briefly(Flaky(5_000), 5) == "done"


def test_nobody_waits_after_the_stop(patience: Patience, clock: FakeClock) -> None:
    patience.stop()
    with pytest.raises(KeeperError) as gave_up:
        patience.forever(Flaky(1))
    assert gave_up.value.code == "database_unavailable"
    assert clock.monotonic() == 0
    assert patience.forever(Flaky(0)) == "done"


def test_a_stop_ends_a_wait_that_has_begun(patience: Patience) -> None:
    attempt = Flaky(10**6)

    def stopping() -> str:
        if attempt.calls == 3:
            patience.stop()
        return attempt()

    with pytest.raises(KeeperError):
        patience.forever(stopping)
    assert attempt.calls == 4


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("database disk image is malformed", "database_corrupt"),
        ("file is not a database", "database_corrupt"),
        ("attempt to write a readonly database", "database_read_only"),
    ],
)
def test_what_waiting_cannot_cure_is_told_at_once(
    patience: Patience, clock: FakeClock, text: str, code: str
) -> None:
    with pytest.raises(KeeperError) as told:
        patience.forever(Flaky(1, lambda: trouble(text)))
    assert told.value.code == code
    assert clock.monotonic() == 0


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: trouble("no such table: job"),
        lambda: ProgrammingError("SELECT", {}, sqlite3.ProgrammingError("x")),
    ],
)
def test_a_mistake_in_the_program_is_not_waited_out(
    patience: Patience, mistake: Callable[[], Exception]
) -> None:
    attempt = Flaky(1, mistake)
    with pytest.raises((OperationalError, ProgrammingError)):
        patience.forever(attempt)
    assert attempt.calls == 1


def test_trouble_is_logged_once_and_its_end_once(
    patience: Patience, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="model_keeper.store")
    patience.forever(Flaky(50))
    patience.forever(Flaky(0))
    messages = [record.getMessage() for record in caplog.records]
    assert len(messages) == 2
    assert "cannot be reached: database is locked" in messages[0]
    assert "is back" in messages[1]
