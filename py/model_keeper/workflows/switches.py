"""Widgets that other widgets of their node switch off, as stacks of LoRAs have them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from model_keeper.workflows.widgets import Widget

_NUMBER = re.compile(r"\d+")
_WHOLE = "toggle"  # Easy-Use: of the whole stack
_COUNTS = ("lora_count", "num_loras", "num_controlnet")  # Efficiency, Easy-Use: how many rows count
_OFF = (False, "Off", "False")


def switched(widgets: Iterable[Widget], values: Mapping[str, Any]) -> tuple[Widget, ...]:
    """The widgets with their rows' switches; ``values`` are all of the node, by their name."""
    if not any("switch" in name or name == _WHOLE or name in _COUNTS for name in values):
        return tuple(widgets)
    return tuple(replace(each, on=each.on and not _is_off(each, values)) for each in widgets)


def _is_off(widget: Widget, values: Mapping[str, Any]) -> bool:
    name = widget.name or ""
    number = _NUMBER.search(name)
    switch = f"switch_{number.group()}" if number else "switch"  # Comfyroll: of each row
    if _says_off(values.get(switch)) or _says_off(values.get(_WHOLE)):
        return True
    counts = (values.get(count) for count in _COUNTS)
    count = next((each for each in counts if isinstance(each, int)), None)
    return count is not None and number is not None and int(number.group()) > count


def _says_off(value: Any) -> bool:
    return isinstance(value, bool | str) and value in _OFF
