"""Long lists in pieces: a transaction holds the only write lock, so it has to be short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

T = TypeVar("T")


def chunks(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in their order, in lists of ``size``, the last one perhaps shorter."""
    remaining = iter(items)
    while chunk := list(islice(remaining, size)):
        yield chunk
