"""What people say of their models: kept for good, and never taken from anybody else."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from model_keeper.domain.errors import KeeperError

BEST_RATING = 5
MOST_NOTES = 20_000
MOST_TAGS = 100
_MOST_TAG = 100


@dataclass(frozen=True)
class ModelMarks:
    """``rating`` is 1 to 5 stars, 0 for none. ``tags`` in the order in which they were given."""

    favourite: bool = False
    rating: int = 0
    notes: str = ""
    tags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was said."""
        return self != ModelMarks()


def tidy_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, without space around it or twice in it; spelling decides as it came first.

    Raises KeeperError invalid_request for too many or too long ones.
    """
    tidied: dict[str, str] = {}
    for tag in tags:
        text = unicodedata.normalize("NFC", " ".join(tag.split()))
        if len(text) > _MOST_TAG:
            raise KeeperError(
                "invalid_request", what=f"A tag is longer than {_MOST_TAG} characters."
            )
        if text:
            tidied.setdefault(text.casefold(), text)
    if len(tidied) > MOST_TAGS:
        raise KeeperError("invalid_request", what=f"There are more than {MOST_TAGS} tags.")
    return tuple(tidied.values())
