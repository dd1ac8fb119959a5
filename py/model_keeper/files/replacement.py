"""Replacing a small file as a whole: after a crash it is the old one or the new one."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from model_keeper.files.durable import sync_data, sync_folder

#: What unfinished files beside others' are called: no loader lists them.
_BEGIN = ".model-keeper-"
_ENDING = ".new"
_HOUR_MS = 3_600_000


def replace_file(path: Path, content: bytes, *, mode: int | None = None) -> None:
    """Give ``path`` this content at once, durably. Raises OSError; the old file is there then.

    It keeps its rights and, where allowed, its owner, unless ``mode`` sets the rights; a new file
    has a person's default ones. A link keeps leading to the file that is replaced.
    """
    target = Path(os.path.realpath(path))
    temporary = temporary_beside(target)
    try:
        before = _status(target) if mode is None else None
        _write_new(temporary, content, 0o666 if mode is None else mode)
        if before is not None:
            _adopt(temporary, before)
        os.replace(temporary, target)  # noqa: PTH105 - the one call that tests interrupt
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    _sync_name(target)


def create_file(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, durably.

    Raises FileExistsError, OSError; nothing is left then.
    """
    _write_new(path, content, 0o666)
    _sync_name(path)


def temporary_beside(path: Path) -> Path:
    """A name in the folder of ``path`` that nobody has, for what will take its place."""
    return path.with_name(f"{_beginning(path)}{secrets.token_hex(6)}{_ENDING}")


def remove_leftovers_of(path: Path) -> None:
    """Remove what a killed writer of ``path`` left. Only while nobody else writes it."""
    target = Path(os.path.realpath(path))
    for leftover in target.parent.glob(f"{_beginning(target)}*{_ENDING}"):
        with contextlib.suppress(OSError):
            leftover.unlink()


def remove_leftovers(folder: Path, names: Iterable[str], now_ms: int) -> None:
    """Remove what killed writers of any file left; ``names`` are what lies in the folder.

    What is younger than an hour may be somebody's work. It fails nobody.
    """
    for name in names:
        if name.startswith(_BEGIN) and name.endswith(_ENDING):
            with contextlib.suppress(OSError):
                path = folder / name
                if path.stat().st_mtime * 1000 < now_ms - _HOUR_MS:
                    path.unlink()


def _beginning(path: Path) -> str:
    """Of its own for each name, and short whatever the name's length."""
    mark = hashlib.sha256(os.fsencode(path.name)).hexdigest()[:12]
    return f"{_BEGIN}{mark}-"


def _write_new(path: Path, content: bytes, mode: int) -> None:
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), mode)
    try:
        with os.fdopen(fd, "wb") as out:
            out.write(content)
            sync_data(out)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


def _adopt(temporary: Path, before: os.stat_result) -> None:
    mine = temporary.stat()
    if hasattr(os, "chown") and (mine.st_uid, mine.st_gid) != (before.st_uid, before.st_gid):
        with contextlib.suppress(PermissionError):  # somebody else's file in a shared folder
            os.chown(temporary, before.st_uid, before.st_gid)
    temporary.chmod(stat.S_IMODE(before.st_mode))


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _sync_name(path: Path) -> None:
    """The file is there; a name that a power cut might take back is no failure of the write."""
    with contextlib.suppress(OSError):
        sync_folder(path.parent)
