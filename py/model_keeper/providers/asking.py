"""Asking a provider that may want to be left alone for a moment."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from model_keeper.net.http import Answer, HttpClient
from model_keeper.net.throttle import requested_wait

_TIMES = 3
_LONGEST = 30.0  # seconds; a longer wait is for a job, not for somebody who looks on


def ask_again(
    client: HttpClient,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    json: Any = None,
    limit: int = 8 << 20,
) -> Answer:
    """The answer, asked for again where the host named a short wait.

    The client itself waits before the next request to that host. A refusal without a wait is
    returned at once. Raises like :meth:`HttpClient.request`.
    """
    for _ in range(_TIMES - 1):
        answer = client.request(method, url, headers=headers, json=json, limit=limit)
        # A date needs a clock, and no provider here sends one.
        wait = requested_wait(answer.status, answer.headers, now_ms=0)
        if answer.status not in {429, 503} or wait is None or wait > _LONGEST:
            return answer
    return client.request(method, url, headers=headers, json=json, limit=limit)
