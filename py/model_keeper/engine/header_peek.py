"""The category of a file by its own header, before the file is fetched."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.formats import gguf, safetensors
from model_keeper.formats.inspection import inspect
from model_keeper.formats.reading import Broken
from model_keeper.net.http import HttpClient
from model_keeper.transfer.remote import content_range

_LIMIT = 8 << 20  # headers of more than this many bytes are not worth a guess
_FIRST = 256 << 10

_READERS: dict[str, Callable[[BinaryIO, int], Any]] = {
    ".safetensors": safetensors.read_header,
    ".sft": safetensors.read_header,
    ".gguf": gguf.read_header,
}


class HeaderPeek:
    """Reads the first bytes of a remote file and says what kind of model it is."""

    def __init__(self, client: HttpClient) -> None:
        self._client = client

    def category(self, asset: Asset, name: str) -> str | None:
        """A ComfyUI folder key, or None where the header does not say or cannot be had."""
        reader = _READERS.get(Path(name).suffix.lower())
        if reader is None:
            return None
        try:
            data, size = self._head(asset.url, _FIRST)
            wanted = _needed(data, name)
            if len(data) < wanted <= _LIMIT:
                data, size = self._head(asset.url, wanted)
            found = reader(io.BytesIO(data), size).category
        except (KeeperError, Broken):
            return None
        return found if isinstance(found, str) else None

    @staticmethod
    def category_of_file(path: Path) -> str | None:
        """The same for a file of this machine."""
        try:
            found = inspect(path, path.name).facts.get("category")
        except KeeperError:
            return None
        return found if isinstance(found, str) else None

    def _head(self, url: str, count: int) -> tuple[bytes, int]:
        """The first ``count`` bytes and the file's size. Raises KeeperError."""
        with self._client.open("GET", url, headers={"Range": f"bytes=0-{count - 1}"}) as answer:
            ranged = content_range(answer.headers)
            size = ranged[2] if answer.status == 206 and ranged else answer.length
            if answer.status not in {200, 206} or size is None:
                raise KeeperError("unexpected_status", host=answer.host, status=answer.status)
            return answer.read(min(count, size)), size


def _needed(data: bytes, name: str) -> int:
    """How many bytes the header takes; a GGUF's is not told beforehand."""
    if name.lower().endswith(".gguf"):
        return _LIMIT
    if len(data) < 8:
        return 0
    return 8 + int(struct.unpack("<Q", data[:8])[0])
