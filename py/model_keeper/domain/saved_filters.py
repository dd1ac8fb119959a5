"""Saved filters: searches of the library that a person wants again."""

from __future__ import annotations

from dataclasses import dataclass

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.library_query import parse_query

_LONGEST_NAME = 100


@dataclass(frozen=True)
class SavedFilter:
    """A search under a name; ``category`` None: in all of them."""

    name: str
    query: str
    category: str | None = None

    def __post_init__(self) -> None:
        """Raises KeeperError invalid_request, and query_* as the search itself."""
        if not self.name.strip() or len(self.name) > _LONGEST_NAME or not self.name.isprintable():
            what = f"A filter needs a name of 1 to {_LONGEST_NAME} letters."
            raise KeeperError("invalid_request", what=what)
        parse_query(self.query)
