"""When to try again: a budget that progress refills. Pure but for the random jitter."""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class RetryPolicy:
    """``attempts`` in a row without a new byte are allowed. Seconds."""

    attempts: int = 5
    base: float = 1.0
    ceiling: float = 60.0


class RetryBudget:
    """Counts failures since the last progress."""

    def __init__(self, policy: RetryPolicy, jitter: random.Random) -> None:
        self._policy = policy
        self._jitter = jitter
        self.failures = 0

    def after_failure(self, *, progressed: bool, retry_after: float | None) -> float | None:
        """Seconds to wait before the next attempt, or None when the budget is spent.

        The first retry after progress is immediate, unless the server asked for a wait.
        """
        if progressed:
            self.failures = 0
        self.failures += 1
        if self.failures >= self._policy.attempts:
            return None
        if progressed:
            return retry_after or 0.0
        backoff = min(self._policy.ceiling, self._policy.base * 2.0 ** (self.failures - 1))
        return max(retry_after or 0.0, backoff * self._jitter.uniform(0.5, 1.0))
