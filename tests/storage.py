"""Storage that refuses, for tests that have no such file system at hand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest


def refuse_new_files(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Whoever wants to keep a new file in ``folder`` may not. The test itself writes there."""
    opened = os.open

    def refusing(path: Any, flags: int, *rest: Any, **options: Any) -> int:
        if flags & os.O_CREAT and Path(path).parent == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return opened(path, flags, *rest, **options)

    monkeypatch.setattr(os, "open", refusing)


def fail_to_keep(monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    """What is written never gets to the disk."""

    def fail(_fd: int) -> None:
        raise error

    for name in ("fsync", "fdatasync"):
        monkeypatch.setattr(os, name, fail, raising=False)
