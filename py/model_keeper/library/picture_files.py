"""Files that should be pictures: opened and recognised without being decoded."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from model_keeper.formats.media import MEDIA_HEAD_BYTES, MOST_MEDIA_BYTES, Medium, medium_of

MOST_BYTES = MOST_MEDIA_BYTES


@contextlib.contextmanager
def open_picture(path: Path | str) -> Iterator[BinaryIO]:
    """The file at ``path`` to read: a real one, for reading a pipe never ends. Raises OSError."""
    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(f"{path} is no file")
        yield file


def medium_at(file: BinaryIO) -> Medium | None:
    """What ``file`` is by its first bytes. Raises OSError."""
    file.seek(0)
    return medium_of(file.read(MEDIA_HEAD_BYTES))
