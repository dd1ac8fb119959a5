"""How long tests wait for what must come."""

from __future__ import annotations

import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

#: Seconds: the end of a hang, far from what a loaded machine needs.
PATIENCE = float(os.environ.get("MODEL_KEEPER_TEST_PATIENCE", "240"))

#: The origin's fault for a download that is surely under way: a block of a MiB is written and told
#: of, and nothing behind it comes, on any connection, until the gate of what is served opens. The
#: silence must be borne.
HELD: Mapping[str, Any] = MappingProxyType({"fault": "stall", "after": 1_100_000})
BEARS_SILENCE = 300.0  # seconds
