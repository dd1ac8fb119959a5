"""When a transfer tries again."""

from __future__ import annotations

import random

from model_keeper.transfer.retries import RetryBudget, RetryPolicy


def budget(attempts: int = 3) -> RetryBudget:
    return RetryBudget(RetryPolicy(attempts=attempts, base=1.0, ceiling=60.0), random.Random(1))


def test_the_budget_is_spent_by_failures_without_progress() -> None:
    spent = budget(3)

    assert spent.after_failure(progressed=False, retry_after=None) is not None
    assert spent.after_failure(progressed=False, retry_after=None) is not None
    assert spent.after_failure(progressed=False, retry_after=None) is None


def test_progress_refills_it_however_often_the_line_breaks() -> None:
    endless = budget(3)

    assert [endless.after_failure(progressed=True, retry_after=None) for _ in range(500)] == [
        0.0
    ] * 500


def test_waits_grow_and_are_spread() -> None:
    growing = budget(12)
    delays = [growing.after_failure(progressed=False, retry_after=None) for _ in range(10)]

    for n, delay in enumerate(delays):
        assert delay is not None
        ceiling = min(60.0, 2.0**n)
        assert ceiling / 2 <= delay <= ceiling


def test_what_the_server_asks_for_is_the_least() -> None:
    polite = budget(3)

    assert polite.after_failure(progressed=True, retry_after=7.0) == 7.0
    assert polite.after_failure(progressed=False, retry_after=90.0) == 90.0
