"""What a request of the panel carries: a form with files, or JSON that does not say that it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import BodyPartReader, web

from model_keeper.domain.errors import KeeperError

MOST_BYTES = 16 << 20  # a preview picture and its text; models have a route of their own
_BLOCK = 64 << 10


@dataclass(frozen=True)
class Form:
    """``values`` are fields by name, any JSON; ``files`` the contents of those that were files."""

    values: Mapping[str, Any] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        return all(name in self.values for name in names)

    def text(self, name: str) -> str:
        """Raises KeeperError invalid_request where it is missing or no text."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, (str, int)):
            raise KeeperError("invalid_request", what=f"“{name}” must be a text.")
        return str(value)


async def read_form(request: web.Request) -> Form:
    """Whatever its type says, as the panel names none. Raises body_unreadable, body_too_large."""
    if request.content_type == "multipart/form-data":
        return await _multipart(request)
    raw = await _content(request)
    try:
        values = json.loads(raw) if raw.strip() else {}
    except (ValueError, RecursionError):
        raise KeeperError("body_unreadable") from None
    if not isinstance(values, dict):
        raise KeeperError("invalid_request", what="The body must be an object.")
    return Form(values)


async def _content(request: web.Request) -> bytes:
    raw = bytearray()
    try:
        async for block in request.content.iter_chunked(_BLOCK):
            raw += block
            _limit(len(raw))
    except web.RequestPayloadError:
        raise KeeperError("body_unreadable") from None
    return bytes(raw)


async def _multipart(request: web.Request) -> Form:
    values: dict[str, Any] = {}
    files: dict[str, bytes] = {}
    total = 0
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if not isinstance(part, BodyPartReader) or not part.name:
                raise KeeperError("body_unreadable")
            raw = bytearray()
            while block := await part.read_chunk(_BLOCK):
                raw += block
                _limit(total + len(raw))
            total += len(raw)
            if part.filename is None:
                values[part.name] = raw.decode(errors="replace")
            else:
                files[part.name] = bytes(raw)
    except (ValueError, web.RequestPayloadError):
        raise KeeperError("body_unreadable") from None
    return Form(values, files)


def _limit(size: int) -> None:
    if size > MOST_BYTES:
        raise KeeperError("body_too_large", limit=MOST_BYTES >> 20)
