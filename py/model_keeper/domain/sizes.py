"""Sizes of files, as people read them."""

from __future__ import annotations


def size_text(size: int) -> str:
    """Bytes in decimal units, as providers show them."""
    for unit, factor in (("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= factor:
            return f"{size / factor:,.1f} {unit}"
    return f"{size} bytes"
