"""Reading foreign files: never past their end, never more at once than was asked for on purpose."""

from __future__ import annotations

import struct
from typing import BinaryIO

_CHUNK = 1 << 20


class Broken(Exception):  # noqa: N818 - it describes a file, not a fault of this program
    """What is wrong with a file, as a clause that can follow “The file is broken: ”."""


class Ended(Broken):
    """The bytes ended before the structure did."""

    def __init__(self, what: str) -> None:
        super().__init__(f"it ends within {what}")


class Window:
    """A stretch of a seekable file, read from front to back.

    A length that the file claims for itself is compared with what is left before anything is read,
    so a lying length costs nothing. ``what`` names the part for the :class:`Ended` raised then.
    """

    def __init__(self, file: BinaryIO, start: int, end: int, order: str = "<") -> None:
        self._file = file
        self._end = end
        self.position = start
        self.order = order
        file.seek(start)

    @property
    def remaining(self) -> int:
        return self._end - self.position

    def take(self, count: int, what: str) -> bytes:
        self._claim(count, what)
        data = self._file.read(count)
        if len(data) != count:
            raise Ended(what)
        return data

    def skip(self, count: int, what: str) -> None:
        self._claim(count, what)
        self._file.seek(self.position)

    def rewind(self, position: int) -> None:
        """Go back to a ``position`` that this window has been at, or between it and this one."""
        self.position = position
        self._file.seek(position)

    def within(self, count: int, what: str) -> Window:
        """The next ``count`` bytes as a window of their own; this one continues behind them.

        The two share the file's place: finish the inner one, then call :meth:`resume`.
        """
        start = self.position
        self._claim(count, what)
        return Window(self._file, start, start + count, self.order)

    def resume(self) -> None:
        self._file.seek(self.position)

    def u8(self, what: str) -> int:
        return self.take(1, what)[0]

    def u16(self, what: str) -> int:
        return int(struct.unpack(self.order + "H", self.take(2, what))[0])

    def u32(self, what: str) -> int:
        return int(struct.unpack(self.order + "I", self.take(4, what))[0])

    def u64(self, what: str) -> int:
        return int(struct.unpack(self.order + "Q", self.take(8, what))[0])

    def _claim(self, count: int, what: str) -> None:
        if count < 0 or count > self.remaining:
            raise Ended(what)
        self.position += count


def drain(stream: BinaryIO, limit: int) -> int:
    """Read ``stream`` to its end in pieces; how many bytes that were.

    Raises :class:`Broken` where there are more than ``limit``.
    """
    total = 0
    while piece := stream.read(_CHUNK):
        total += len(piece)
        if total > limit:
            raise Broken("one of its parts is longer than its directory says")
    return total


def skip(stream: BinaryIO, count: int, what: str) -> None:
    """Read over ``count`` bytes of a stream that cannot seek. Raises :class:`Ended`."""
    while count:
        piece = stream.read(min(count, _CHUNK))
        if not piece:
            raise Ended(what)
        count -= len(piece)
