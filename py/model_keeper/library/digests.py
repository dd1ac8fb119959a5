"""Every hash of a file in one pass over its bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future, wait
from pathlib import Path
from typing import BinaryIO, Protocol

from model_keeper.domain.hashes import autov2
from model_keeper.formats.reading import Broken
from model_keeper.formats.safetensors import Layout, Tensor, read_layout

_BLOCK = 4 << 20
#: How many threads the pass keeps busy beside the one that reads.
LANES = 3


class Digest(Protocol):
    """As in hashlib."""

    def update(self, data: memoryview, /) -> object: ...

    def hexdigest(self) -> str: ...


def digest_file(
    path: Path, lanes: Executor, step: Callable[[int], None]
) -> tuple[int, Mapping[str, str]]:
    """How many bytes the file had, and its hashes by algorithm, in lower-case hex.

    ``sha256`` and ``autov2`` of every file; ``blake3`` where its package is installed; of a sound
    safetensors file also ``autov3``, the SHA256 of what follows the header, and, where BLAKE3 is
    installed, ``tensors`` as :class:`TensorDigest` defines it.

    ``lanes`` runs up to :data:`LANES` updates at the same time. ``step`` is called with the bytes
    read so far, every few megabytes; what it raises ends the pass. Raises OSError.
    """
    with path.open("rb", buffering=0) as file:
        layout = _layout(file)
        file.seek(0)
        digests = _Digests(layout)
        return _feed(file, digests.lanes, lanes, step), digests.found()


class TensorDigest:
    """Equal for equal weights, whatever the metadata and the order in the file.

    For each tensor a line ``name NUL dtype NUL shape NUL digest``: the name in UTF-8, the dtype as
    the header spells it, the shape in decimal joined by commas, the BLAKE3 of the tensor's bytes in
    hex. The hash is the SHA256 of the lines, sorted as bytes, each ended by a line feed.
    """

    def __init__(self, layout: Layout, blake3: Callable[[], Digest]) -> None:
        self._layout = layout
        self._blake3 = blake3
        self._lines: list[bytes] = []
        self._waiting = sorted(layout.tensors, key=lambda tensor: (tensor.begin, tensor.end))[::-1]
        self._current = blake3()
        self._finish_empty(0)

    def update(self, block: memoryview, start: int) -> None:
        """The bytes of the file from ``start`` on; blocks come in their order."""
        start -= self._layout.data_start
        reached, end = max(start, 0), start + len(block)
        while self._waiting and reached < end:
            tensor = self._waiting[-1]
            upto = min(tensor.end, end)
            self._current.update(block[reached - start : upto - start])
            reached = upto
            if reached == tensor.end:
                self._finish(self._waiting.pop())
                self._finish_empty(reached)

    def hexdigest(self) -> str:
        return hashlib.sha256(b"".join(sorted(self._lines))).hexdigest()

    def _finish_empty(self, reached: int) -> None:
        while self._waiting and self._waiting[-1].end == reached:
            self._finish(self._waiting.pop())

    def _finish(self, tensor: Tensor) -> None:
        shape = ",".join(map(str, tensor.shape))
        line = f"{tensor.name}\0{tensor.dtype}\0{shape}\0{self._current.hexdigest()}\n"
        self._lines.append(line.encode("utf-8"))
        self._current = self._blake3()


_Lane = Callable[[memoryview, int], None]


class _Digests:
    """The digests of one file, in lanes that take about equally long."""

    def __init__(self, layout: Layout | None) -> None:
        self._sha256 = hashlib.sha256()
        self._data_start = layout.data_start if layout else None
        self._after_header = hashlib.sha256()
        blake3 = _blake3()
        self._blake3 = blake3() if blake3 else None
        self._tensors = TensorDigest(layout, blake3) if layout and blake3 else None

    @property
    def lanes(self) -> Sequence[_Lane]:
        return [
            self._update_whole,
            *([self._update_after_header] if self._data_start is not None else []),
            *([self._update_blake3] if self._blake3 else []),
        ]

    def found(self) -> Mapping[str, str]:
        sha256 = self._sha256.hexdigest()
        hashes = {"sha256": sha256, "autov2": autov2(sha256)}
        if self._blake3:
            hashes["blake3"] = self._blake3.hexdigest()
        if self._data_start is not None:
            hashes["autov3"] = self._after_header.hexdigest()
        if self._tensors:
            hashes["tensors"] = self._tensors.hexdigest()
        return hashes

    def _update_whole(self, block: memoryview, _start: int) -> None:
        self._sha256.update(block)

    def _update_after_header(self, block: memoryview, start: int) -> None:
        header = max(0, (self._data_start or 0) - start)
        self._after_header.update(block[header:])

    def _update_blake3(self, block: memoryview, start: int) -> None:
        if self._blake3:
            self._blake3.update(block)
        if self._tensors:
            self._tensors.update(block, start)


def _feed(
    file: BinaryIO, lanes: Sequence[_Lane], executor: Executor, step: Callable[[int], None]
) -> int:
    """Give the file to every lane block by block; the next one is read while they work."""
    buffers = [memoryview(bytearray(_BLOCK)), memoryview(bytearray(_BLOCK))]
    busy: list[Future[None]] = []
    reached = 0
    try:
        while True:
            count = file.readinto(buffers[0])  # type: ignore[attr-defined]
            _finish(busy)
            step(reached)
            if not count:
                return reached
            block = buffers[0][:count]
            busy = [executor.submit(lane, block, reached) for lane in lanes]
            reached += count
            buffers.reverse()
    finally:
        wait(busy)


def _finish(busy: list[Future[None]]) -> None:
    for future in busy:
        future.result()


def _layout(file: BinaryIO) -> Layout | None:
    try:
        return read_layout(file, file.seek(0, 2))
    except Broken:
        return None


def _blake3() -> Callable[[], Digest] | None:
    """BLAKE3, where its package is there: the rest works without."""
    try:
        from blake3 import blake3
    except ImportError:
        return None
    made: Callable[[], Digest] = blake3
    return made
