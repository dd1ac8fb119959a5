"""How a file is cut into requests. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from model_keeper.transfer.extents import Range

MIB = 1 << 20


@dataclass(frozen=True)
class PiecePolicy:
    """When and how a file is fetched over several connections. Sizes in bytes."""

    piece: int = 16 * MIB
    parallel_from: int = 32 * MIB  # a smaller file is one request
    connections: int = 8
    fast_enough: int = 64 * MIB  # a second; more connections are not opened above it
    window: int = 192 * MIB  # how far ahead of the proven prefix a piece may start

    def connections_for(self, missing: int, *, ranges: bool) -> int:
        """How many connections are worth opening for ``missing`` bytes."""
        if not ranges or missing < self.parallel_from:
            return 1
        return max(1, min(self.connections, missing // self.piece))


class PieceQueue:
    """The pieces that are still to be fetched, lowest offset first. Not safe for threads."""

    def __init__(self, gaps: Iterable[Range], piece: int | None) -> None:
        """``piece`` is the largest size of one request; None asks for each gap whole."""
        self._pieces: deque[Range] = deque()
        for start, end in gaps:
            step = piece or max(1, end - start)
            self._pieces.extend((at, min(at + step, end)) for at in range(start, end, step))

    def take(self, limit: int) -> Range | None:
        """The next piece, if it starts below ``limit``."""
        if self._pieces and self._pieces[0][0] < limit:
            return self._pieces.popleft()
        return None

    def give_back(self, start: int, end: int) -> None:
        """Put back what was not fetched of a piece."""
        if start >= end:
            return
        at = next((i for i, p in enumerate(self._pieces) if p[0] > start), len(self._pieces))
        self._pieces.insert(at, (start, end))

    def __len__(self) -> int:
        return len(self._pieces)
