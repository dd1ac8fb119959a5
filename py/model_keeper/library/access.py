"""Whether files can be made in a folder."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def can_write(folder: Path) -> bool:
    """Whether a file can be made in ``folder``, or in its nearest parent where it is not there yet.

    Proved by making one that never has a name. A link that leads nowhere (a drive that is off) is
    not writable.
    """
    path = folder
    while not os.path.lexists(path) and path != path.parent:
        path = path.parent
    try:
        with tempfile.TemporaryFile(dir=path):
            return True
    except OSError:
        return False
