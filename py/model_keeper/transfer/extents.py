"""Which bytes of a file are here: sorted, disjoint, half-open ranges. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

Range = tuple[int, int]  # start inclusive, end exclusive


class Extents:
    """A set of byte offsets. Not safe for threads by itself."""

    def __init__(self, ranges: Iterable[Range] = ()) -> None:
        self._ranges: list[Range] = []
        for start, end in ranges:
            self.add(start, end)

    def add(self, start: int, end: int) -> None:
        """Add ``[start, end)``. Raises ValueError for a range that is none."""
        if not 0 <= start <= end:
            raise ValueError(f"not a range: {start}..{end}")
        if start == end:
            return
        before = [r for r in self._ranges if r[1] < start]
        after = [r for r in self._ranges if r[0] > end]
        touching = self._ranges[len(before) : len(self._ranges) - len(after)]
        if touching:
            start, end = min(start, touching[0][0]), max(end, touching[-1][1])
        self._ranges = [*before, (start, end), *after]

    def clipped(self, size: int) -> Extents:
        """The part below ``size``."""
        return Extents((a, min(b, size)) for a, b in self._ranges if a < size)

    def gaps(self, size: int) -> Iterator[Range]:
        """What is missing below ``size``, in order."""
        at = 0
        for start, end in self._ranges:
            if start >= size:
                break
            if start > at:
                yield at, start
            at = end
        if at < size:
            yield at, size

    @property
    def prefix(self) -> int:
        """How many bytes are here without a hole from the start."""
        return self._ranges[0][1] if self._ranges and self._ranges[0][0] == 0 else 0

    @property
    def total(self) -> int:
        return sum(end - start for start, end in self._ranges)

    @property
    def end(self) -> int:
        """One past the last byte that is here."""
        return self._ranges[-1][1] if self._ranges else 0

    def covers(self, size: int) -> bool:
        return self.prefix >= size

    def __iter__(self) -> Iterator[Range]:
        return iter(self._ranges)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Extents) and self._ranges == other._ranges

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Extents({self._ranges})"
