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
    smallest: int = 2 * MIB
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
    """What is still to be fetched, cut as it is taken, lowest offset first. Not safe for threads.

    Towards the end the pieces get smaller, so that all connections end together and the hash,
    which follows the prefix, has little left to do.
    """

    def __init__(self, gaps: Iterable[Range], policy: PiecePolicy, connections: int) -> None:
        """One connection takes each gap whole: more requests would only cost time."""
        self._gaps: deque[Range] = deque(gaps)
        self._policy = policy
        self._connections = connections

    def take(self, limit: int) -> Range | None:
        """The next piece, if it starts below ``limit``."""
        if not self._gaps or self._gaps[0][0] >= limit:
            return None
        size = self._size()
        start, end = self._gaps.popleft()
        cut = min(end, start + size)
        if cut < end:
            self._gaps.appendleft((cut, end))
        return start, cut

    def give_back(self, start: int, end: int) -> None:
        """Put back what was not fetched of a piece."""
        if start >= end:
            return
        at = next((i for i, gap in enumerate(self._gaps) if gap[0] > start), len(self._gaps))
        self._gaps.insert(at, (start, end))

    def __len__(self) -> int:
        return len(self._gaps)

    def _size(self) -> int:
        if self._connections == 1:
            return 1 << 62
        left = sum(end - start for start, end in self._gaps)
        share = left // (2 * self._connections)
        return max(self._policy.smallest, min(self._policy.piece, share))
