"""Where the bytes of a file lie on its disk: files that share their blocks are told by that."""

from __future__ import annotations

import hashlib
import os
import struct
import sys
from pathlib import Path

_FIEMAP = 0xC020660B  # linux/fs.h: _IOWR('f', 11, struct fiemap)
_SYNC = 1
_LAST = 1
_UNPLACED = 0x2 | 0x4 | 0x200  # unknown, not written yet, inside the inode
_HEADER = struct.Struct("=QQLLLL")
_EXTENT = struct.Struct("=QQQQQLLLL")
_AT_ONCE = 256


def block_map(path: Path) -> str | None:
    """Equal for files of one device that share all their blocks; None where nobody tells.

    Raises OSError where the file cannot be opened.
    """
    if not sys.platform.startswith("linux"):
        return None
    fd = os.open(path, os.O_RDONLY)
    try:
        size = os.fstat(fd).st_size
        return _digest(fd, size) if size else None
    except OSError:
        return None  # a file system without such a map
    finally:
        os.close(fd)


def _digest(fd: int, size: int) -> str | None:
    import fcntl

    digest = hashlib.sha256(str(os.fstat(fd).st_dev).encode())
    start = 0
    while start < size:
        buffer = bytearray(_HEADER.size + _AT_ONCE * _EXTENT.size)
        _HEADER.pack_into(buffer, 0, start, size - start, _SYNC, 0, _AT_ONCE, 0)
        fcntl.ioctl(fd, _FIEMAP, buffer)
        count = _HEADER.unpack_from(buffer)[3]
        if not count:
            break  # a hole up to the end
        for number in range(count):
            extent = _EXTENT.unpack_from(buffer, _HEADER.size + number * _EXTENT.size)
            logical, physical, length, _, _, flags = extent[:6]
            if flags & _UNPLACED:
                return None
            digest.update(struct.pack("=QQQ", logical, physical, length))
            start = logical + length
            if flags & _LAST:
                return digest.hexdigest()
    return digest.hexdigest()
