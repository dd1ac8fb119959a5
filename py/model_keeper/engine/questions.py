"""What only a person can answer, and the option that answers it without asking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from model_keeper.domain.errors import KeeperError


@dataclass(frozen=True)
class Question:
    """``error`` is what it means where nobody can be asked."""

    text: str
    choices: Sequence[str]
    error: KeeperError


Ask = Callable[[Question], int]
"""Returns the index of the choice. Raises the question's error where nobody can be asked."""


def ask_nobody(question: Question) -> int:
    raise question.error
