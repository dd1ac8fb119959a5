"""The unit tests make millions of small objects and few cycles: look for those less often."""

from __future__ import annotations

import gc

gc.set_threshold(50_000, 20, 20)
