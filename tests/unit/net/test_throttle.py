"""What servers say about their limits."""

from __future__ import annotations

import pytest

from model_keeper.net.throttle import HostThrottle, requested_wait
from tests.doubles import FakeClock, FreeControl

NOW = 1_700_000_000_000


@pytest.mark.parametrize(
    ("status", "headers", "seconds"),
    [
        (429, {"retry-after": "7"}, 7.0),
        (503, {"retry-after": "3"}, 3.0),
        (429, {"retry-after": "Tue, 14 Nov 2023 22:13:30 GMT"}, 10.0),
        (429, {"retry-after": "Tue, 14 Nov 2000 22:13:30 GMT"}, 0.0),
        (429, {"retry-after": "soon"}, None),
        (429, {"retry-after": "86400"}, 900.0),
        (429, {}, None),
        (429, {"ratelimit": '"api";r=0;t=55'}, 55.0),
        (200, {"ratelimit": '"api";r=0;t=12'}, 12.0),
        (200, {"ratelimit": '"api";r=497;t=168'}, None),
        (200, {"retry-after": "5"}, None),
        (500, {"retry-after": "5"}, None),
    ],
)
def test_reads_what_is_asked_for(
    status: int, headers: dict[str, str], seconds: float | None
) -> None:
    assert requested_wait(status, headers, now_ms=NOW) == seconds


def test_one_answer_holds_for_every_request_to_that_host() -> None:
    clock = FakeClock()
    throttle = HostThrottle(clock)

    throttle.note("slow.example", 429, {"retry-after": "30"})
    throttle.note("slow.example", 429, {"retry-after": "5"})
    throttle.wait("other.example", FreeControl(clock))
    assert clock.monotonic() == 0
    throttle.wait("slow.example", FreeControl(clock))
    assert clock.monotonic() == 30
    throttle.wait("slow.example")
    assert clock.monotonic() == 30
