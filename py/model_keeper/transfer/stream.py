"""Moving the bytes of one answer into the partial: blocks of a MiB, or what comes in time."""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from model_keeper.domain.ports import Clock, Control
from model_keeper.net.exchange import Exchange
from model_keeper.transfer.limits import Bandwidth
from model_keeper.transfer.partial import Partial

_BLOCK = 1 << 20
_FLUSH_SECONDS = 0.25


class Stream:
    """One connection's way into the partial: its buffer, its file handle, its record."""

    def __init__(
        self,
        partial: Partial,
        slot: int,
        *,
        clock: Clock,
        limits: tuple[Bandwidth, ...],
        control: Control,
        received: Callable[[int], None],
    ) -> None:
        self._partial = partial
        self._slot = slot
        self._clock = clock
        self._limits = limits
        self._control = control
        self._received = received
        self._buffer = memoryview(bytearray(_BLOCK))
        self._file: BinaryIO | None = None

    def copy(self, exchange: Exchange, start: int, end: int | None) -> int:
        """Write the body at ``start``; returns the offset reached.

        Stops at ``end`` even where the server sends more. What arrived before a failure is
        written before the failure is raised.
        """
        if self._file is None:
            self._file = self._partial.open_writer()
        self._file.seek(start)
        at = start
        while end is None or at < end:
            room = _BLOCK if end is None else min(_BLOCK, end - at)
            filled, failure, ended = self._fill(exchange, room)
            if filled:
                block = self._buffer[:filled]
                self._partial.write(self._file, block, slot=self._slot, start=start, at=at)
                at += filled
            if failure is not None:
                raise failure
            if ended:
                break
        return at

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _fill(self, exchange: Exchange, room: int) -> tuple[int, Exception | None, bool]:
        """Fill the buffer up to ``room``; ``(bytes, failure, whether the body ended)``."""
        filled = 0
        deadline = self._clock.monotonic() + _FLUSH_SECONDS
        for limit in self._limits:
            room = limit.portion(room)
        while filled < room:
            try:
                count = exchange.receive_into(self._buffer[filled:room])
            except Exception as exc:  # noqa: BLE001 - handed on by copy() after the bytes are safe
                return filled, exc, False
            if count == 0:
                return filled, None, True
            filled += count
            self._received(count)
            for limit in self._limits:
                try:
                    limit.spend(count, self._control)
                except Exception as exc:  # noqa: BLE001 - a wish while waiting; see above
                    return filled, exc, False
            if self._clock.monotonic() >= deadline:
                break
        return filled, None, False
