"""Hashes of files, and what they were taken of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

#: Lower-case hex each. ``autov2`` and ``autov3`` are Civitai's names; of ``autov3`` it shows the
#: first twelve digits. ``tensors`` is equal for equal weights whatever their metadata.
ALGORITHMS = ("sha256", "blake3", "autov2", "autov3", "tensors")

#: The source of a hash that was computed here; every other source only claims its own.
COMPUTED = "computed"

_AUTOV2_DIGITS = 10
_HEX = re.compile(r"[0-9a-f]{8,128}")

#: How many digits there are, by algorithm.
DIGITS: Mapping[str, frozenset[int]] = MappingProxyType(
    {
        "sha256": frozenset({64}),
        "blake3": frozenset({64}),
        "tensors": frozenset({64}),
        "autov1": frozenset({8}),
        "autov2": frozenset({_AUTOV2_DIGITS}),
        "autov3": frozenset({12, 64}),
        "crc32": frozenset({8}),
    }
)


@dataclass(frozen=True)
class FileState:
    """A file at one moment. ``inode`` is ``device:number``, None where there are no numbers."""

    path: str
    size: int
    mtime_ns: int
    inode: str | None = None

    @property
    def key(self) -> str:
        """What names the file while it is renamed, or its path where nothing else does."""
        return self.inode or f"path:{self.path}"

    def continues(self, earlier: FileState) -> bool:
        """Whether it is the file of ``earlier``, unchanged.

        Size, time of change and number are equal, and the device or the path is: a file that was
        moved has another path, a volume that was mounted again may be another device.
        """
        if (self.size, self.mtime_ns) != (earlier.size, earlier.mtime_ns):
            return False
        if self.inode is None or earlier.inode is None:
            return self.inode == earlier.inode and self.path == earlier.path
        same_number = self.inode.rpartition(":")[2] == earlier.inode.rpartition(":")[2]
        return self.inode == earlier.inode or (same_number and self.path == earlier.path)


@dataclass(frozen=True)
class KnownHashes:
    """What is known of a file: hashes computed here, and those that others state."""

    computed: Mapping[str, str] = field(default_factory=dict)
    claimed: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class HashEvidence:
    """One recorded fact. ``n`` grows with each; ``at`` is ms UTC."""

    n: int
    state: FileState
    source: str
    hashes: Mapping[str, str]
    at: int


def is_hash(algorithm: str, digest: Any) -> bool:
    """Whether it is a whole hash in lower-case hex; of an unknown algorithm, any hex may be."""
    if not isinstance(digest, str) or not _HEX.fullmatch(digest):
        return False
    return algorithm not in DIGITS or len(digest) in DIGITS[algorithm]


def autov2(sha256: str) -> str:
    """Civitai's AutoV2 of a file with this SHA256."""
    return sha256[:_AUTOV2_DIGITS]


def hashes_of_arrival(sha256: str, blake3: str | None) -> Mapping[str, str]:
    """What is known by algorithm of bytes that were hashed while they came."""
    known = {"sha256": sha256, "autov2": autov2(sha256)}
    return {**known, "blake3": blake3} if blake3 else known
