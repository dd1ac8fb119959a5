"""Files that only their owner may read, replaced atomically."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Mapping
from pathlib import Path


def replace_private_json(path: Path, data: Mapping[str, object]) -> None:
    """Replace ``path`` by ``data`` with mode 0600. Raises OSError; the old file stays then."""
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(fd, "w", encoding="utf-8") as out:
            json.dump(dict(data), out)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
