"""Replacing a small file as a whole: after a crash it is the old one or the new one."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

#: What temporary files beside others' are called: no loader lists them.
_BEGIN = ".model-keeper-"
_ENDS = (".new", ".part")
_HOUR_MS = 3_600_000


def replace_file(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path``, durably. Raises OSError; the old file is there then.

    Rights stay what they were, and a link keeps leading to the file that is replaced.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f"{_BEGIN}{secrets.token_hex(8)}.new")
    try:
        # Rights of a new file are the person's own default ones, not those of a temporary file.
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
        with os.fdopen(fd, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def remove_leftovers(folder: Path, names: Iterable[str], now_ms: int) -> None:
    """Remove what writers who were killed left behind; ``names`` are what lies in the folder.

    What is younger than an hour may be somebody's work. It fails nobody.
    """
    for name in names:
        if name.startswith(_BEGIN) and name.endswith(_ENDS):
            with contextlib.suppress(OSError):
                path = folder / name
                if path.stat().st_mtime * 1000 < now_ms - _HOUR_MS:
                    path.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name durable, where folders can be synced at all."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
