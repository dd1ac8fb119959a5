"""Stores for tests that need one and are not about making it."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from model_keeper.domain.ports import Clock
from model_keeper.store import JobStore, open_store
from tests.doubles import FakeClock


def open_fresh(path: Path, *, clock: Clock, actor: str = "test") -> JobStore:
    """A store in a new file at ``path``. The steps to its schema are run once for all tests."""
    path.write_bytes(_empty())
    return open_store(path, clock=clock, actor=actor)


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "empty.sqlite3")
        open_store(path, clock=FakeClock(), actor="test").close()
        return path.read_bytes()
