"""Files that were not written just now: a scan believes when they were changed."""

from __future__ import annotations

import os
from pathlib import Path

_AGE_NS = 10**17  # three years


def age(path: Path) -> None:
    """Make ``path`` old, at a moment of its own.

    A file that gets the number of one that was removed is another one by that.
    """
    changed = path.stat().st_mtime_ns - _AGE_NS
    os.utime(path, ns=(changed, changed))
