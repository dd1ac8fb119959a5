"""How long tests wait for what must come."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

PATIENCE = 240.0  # seconds: the end of a hang, far from what a loaded machine needs

#: The origin's fault for a download that is surely under way: a block of a MiB is written and told
#: of, and the rest comes when the gate of what is served opens. The silence must be borne.
HELD: Mapping[str, Any] = MappingProxyType({"fault": "stall", "after": 1_100_000})
BEARS_SILENCE = 60.0  # seconds
