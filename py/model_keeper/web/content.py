"""Answers that are no JSON: pictures, films, files to keep."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Content:
    """What a call answers instead of a shape: bytes, or a file that is sent as it lies there.

    ``media_type`` is what the content is, never what a name says. Browsers keep it and ask each
    time whether it is still the same: bytes by ``etag``, a file by its time and size; a file is
    also sent in parts, as films need it. Nothing in it may run. ``headers`` go before ours.
    """

    body: bytes | Path
    media_type: str
    etag: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
