"""Zip containers, held to what the standard library leaves to its callers."""

from __future__ import annotations

import errno
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from model_keeper.formats.reading import Broken, drain

_MOST_ENTRIES = 50_000
_HEAD_BYTES = 64
_LONGEST_READ = 64 << 20  # a directory of that many entries is far smaller
_ENCRYPTED = 0x1
_END_OF_DIRECTORY, _END_BYTES = b"PK\x05\x06", 22

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    struct.error,
    ValueError,
    OverflowError,
    NotImplementedError,  # a compression or version that zipfile does not know
    RuntimeError,  # a password is needed
)


@contextmanager
def open_zip(file: BinaryIO, size: int) -> Iterator[zipfile.ZipFile]:
    """The zip that ``file`` is from its first byte to its last.

    Raises :class:`Broken`, also for what goes wrong while it is being read.
    """
    try:
        with zipfile.ZipFile(cast("BinaryIO", _Measured(file))) as container:
            _check_frame(file, size, container)
            yield container
    except _FAULTS as exc:
        raise Broken("its directory, or one of the files in it, cannot be read") from exc
    except OSError as exc:
        if exc.errno in (None, errno.EINVAL):  # a decompressor's complaint; a place before 0
            raise Broken("its directory, or one of the files in it, cannot be read") from exc
        raise


def encrypted(entry: zipfile.ZipInfo) -> bool:
    return bool(entry.flag_bits & _ENCRYPTED)


def read_through(container: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """Read an entry to its end, its length and checksum have to be right; its first bytes."""
    with container.open(entry) as stream:
        head = stream.read(_HEAD_BYTES)
        length = len(head) + drain(cast("BinaryIO", stream), entry.file_size)
    if length != entry.file_size:
        raise Broken("one of the files in it is shorter than its directory says")
    return head


class _Measured(io.RawIOBase):
    """A file that refuses to be read in huge pieces: the size of the directory is a claim too."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1, /) -> bytes:
        if size > _LONGEST_READ:
            raise Broken("its directory claims to be larger than any")
        data = self._file.read(_LONGEST_READ + 1 if size < 0 else size)
        if len(data) > _LONGEST_READ:
            raise Broken("its directory claims to be larger than any")
        return data

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def seekable(self) -> bool:
        return True

    def readable(self) -> bool:
        return True


def _check_frame(file: BinaryIO, size: int, container: zipfile.ZipFile) -> None:
    """The first entry begins the file and the directory ends it.

    Otherwise it may be the rest of a longer file, or something else with a zip inside.
    """
    entries = container.infolist()
    if len(entries) > _MOST_ENTRIES:
        raise Broken("it holds more files than any model")
    if entries and min(entry.header_offset for entry in entries) != 0:
        raise Broken("it does not begin with the first of its files")
    file.seek(max(0, size - _END_BYTES - len(container.comment)))
    if file.read(4) != _END_OF_DIRECTORY:
        raise Broken("something follows the end of it")
