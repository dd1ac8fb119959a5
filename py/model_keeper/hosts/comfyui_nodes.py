"""The node definitions of a running ComfyUI, as its ``/object_info`` answers them."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Mapping
from typing import Any

from model_keeper.domain.ports import Clock

_log = logging.getLogger("model_keeper")

_FRESH = 10.0  # seconds: asking a thousand nodes takes a moment, and each lists its folders


class LiveNodes:
    """Asks every installed node for its inputs. Safe for threads; blocks while the nodes answer."""

    def __init__(self, classes: Callable[[], Mapping[str, Any]], clock: Clock) -> None:
        """``classes`` is ComfyUI's NODE_CLASS_MAPPINGS, which grows while ComfyUI starts."""
        self._classes = classes
        self._clock = clock
        self._lock = threading.Lock()
        self._known: Mapping[str, Any] = {}
        self._until = 0.0

    def definitions(self) -> Mapping[str, Any]:
        """Definition by node type; a node that cannot answer is left out."""
        with self._lock:
            if not self._known or self._clock.monotonic() > self._until:
                self._known = {
                    kind: definition
                    for kind, node in dict(self._classes()).items()
                    if (definition := _definition(kind, node)) is not None
                }
                self._until = self._clock.monotonic() + _FRESH
            return self._known


def _definition(kind: str, node: Any) -> Mapping[str, Any] | None:
    """As ComfyUI answers it: newer nodes describe themselves, older ones by their inputs alone.

    In the shapes of JSON, as every reader of ``/object_info`` gets it.
    """
    try:
        described = getattr(node, "GET_NODE_INFO_V1", None)
        info = described() if callable(described) else {"input": node.INPUT_TYPES()}
        plain: Any = json.loads(json.dumps(info, default=str))
    except Exception as exc:  # noqa: BLE001 - any node pack's code: one broken node is its own trouble
        _log.debug("the node %s does not tell its inputs: %r", kind, exc)
        return None
    return plain if isinstance(plain, dict) else None
