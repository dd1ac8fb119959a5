"""JSON files that only their owner may read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from model_keeper.files.replacement import replace_file

_OWNER_ONLY = 0o600


def replace_private_json(path: Path, data: Mapping[str, object]) -> None:
    """Replace ``path`` by ``data`` with mode 0600. Raises OSError; the old file stays then."""
    replace_file(path, json.dumps(dict(data)).encode(), mode=_OWNER_ONLY)
