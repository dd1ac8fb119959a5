"""Renaming without replacing: one small branch for each platform."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path
from typing import Protocol

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1  # linux/fs.h
_RENAME_EXCL = 4  # macOS sys/stdio.h
_UNSUPPORTED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class Unsupported(Exception):  # noqa: N818 - the caller has another way
    """Neither the system nor its file system has such a rename."""


class Libc(Protocol):
    """The C library's two calls, as ctypes shows them."""

    def renameat2(self, *args: object) -> int: ...

    def renamex_np(self, *args: object) -> int: ...


def exclusive_rename(source: Path, target: Path) -> None:
    """Rename on one volume. Raises FileExistsError, Unsupported, OSError."""
    if sys.platform == "win32":
        os.rename(source, target)  # noqa: PTH104 - refuses an existing target on Windows
    elif sys.platform == "darwin":
        rename_macos(_libc(), source, target)
    else:
        rename_linux(_libc(), source, target)


def rename_linux(libc: Libc, source: Path, target: Path) -> None:
    try:
        call = libc.renameat2
    except AttributeError:
        raise Unsupported from None
    old, new = os.fsencode(source), os.fsencode(target)
    _check(call(_AT_FDCWD, old, _AT_FDCWD, new, ctypes.c_uint(_RENAME_NOREPLACE)), target)


def rename_macos(libc: Libc, source: Path, target: Path) -> None:
    try:
        call = libc.renamex_np
    except AttributeError:
        raise Unsupported from None
    _check(call(os.fsencode(source), os.fsencode(target), ctypes.c_uint(_RENAME_EXCL)), target)


def _libc() -> Libc:
    libc: Libc = ctypes.CDLL(None, use_errno=True)
    return libc


def _check(result: int, target: Path) -> None:
    if result == 0:
        return
    code = ctypes.get_errno()
    if code in _UNSUPPORTED:
        raise Unsupported
    raise OSError(code, os.strerror(code), str(target))
