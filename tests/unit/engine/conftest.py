from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from model_keeper.library import digests
from tests.unit.engine.shelf import Shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    made = Shelf(tmp_path)
    yield made
    made.close()


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The name of each file whose bytes were read."""
    read: list[str] = []

    def digest_file(path: Path, *rest: Any) -> Any:
        read.append(path.name)
        return digests.digest_file(path, *rest)

    monkeypatch.setattr("model_keeper.engine.hashing.digest_file", digest_file)
    return read
