"""Whether more connections would help."""

from __future__ import annotations

from model_keeper.transfer.pace import Pace
from tests.doubles import FakeClock

MIB = 1 << 20


def test_a_slow_server_is_noticed_soon_and_a_fast_one_never() -> None:
    for rate, slow in ((20 * MIB, True), (900 * MIB, False)):
        clock = FakeClock()
        pace = Pace(clock, fast_enough=64 * MIB)
        seen = []
        for step in range(100):
            seen.append(pace.slow(int(step * 0.005 * rate), 1))
            clock.sleep(0.005)
        assert any(seen[:12]) is slow
        assert any(seen) is slow


def test_nothing_is_said_before_the_first_byte() -> None:
    clock = FakeClock()
    pace = Pace(clock, fast_enough=64 * MIB)

    for _ in range(100):
        assert not pace.slow(0, 1)
        clock.sleep(0.1)


def test_the_rate_is_that_of_one_connection() -> None:
    clock = FakeClock()
    pace = Pace(clock, fast_enough=64 * MIB)
    pace.slow(1, 8)
    clock.sleep(0.1)

    assert pace.slow(32 * MIB, 8)
