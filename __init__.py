"""The entry by which ComfyUI finds this folder among its custom nodes.

It registers nothing yet: the work is done by the ``model-keeper`` command and its worker.
"""

from __future__ import annotations

from typing import Any

NODE_CLASS_MAPPINGS: dict[str, Any] = {}
