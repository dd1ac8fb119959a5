"""Model files: what the library knows about a file that lies in one of its roots."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath, PurePosixPath
from typing import Protocol


@dataclass(frozen=True)
class HeaderFacts:
    """What a file's own header says, read without its tensors. None where it does not say."""

    format: str | None = None  # safetensors, gguf, pytorch, onnx, …
    base_model: str | None = None
    kind: str | None = None  # loras, checkpoints, vae, …: the folder key that its tensors tell
    precision: str | None = None
    tensors: int | None = None
    trigger_words: tuple[str, ...] = ()
    title: str | None = None
    problem: str | None = None  # why it cannot be read, as a clause; then there is no format


@dataclass(frozen=True)
class ModelFile:
    """A file of the library at one of its places.

    ``relative`` has forward slashes and lies below ``root``, a root of ``category``: it is what a
    loader of that category lists. Two places of one inode are two rows with the same ``inode``
    (``device:number``). ``size`` in bytes, ``mtime_ns`` since the epoch. ``hashes`` are lower-case
    hex by algorithm (sha256, blake3, autov2, autov3, tensors), computed by us for exactly this size
    and time of change; ``claimed`` are those that somebody else stated. Not ``online``: its root
    could not be read when last looked, so it is remembered, not seen.
    """

    category: str
    root: str
    relative: str
    size: int
    mtime_ns: int
    inode: str | None = None
    online: bool = True
    header: HeaderFacts = HeaderFacts()
    hashes: Mapping[str, str] = field(default_factory=dict)
    claimed: Mapping[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """Absolute, in this machine's notation."""
        return str(PurePath(self.root).joinpath(*self.relative.split("/")))

    @property
    def name(self) -> str:
        return PurePosixPath(self.relative).name

    @property
    def sha256(self) -> str | None:
        return self.hashes.get("sha256")

    @property
    def fault(self) -> str | None:
        """Why it cannot be trusted, as a clause; None where nothing speaks against it."""
        if self.header.problem:
            return self.header.problem
        stated = self.claimed.get("sha256")
        wrong = self.sha256 is not None and stated not in {None, self.sha256}
        return "its SHA256 is not the stated one" if wrong else None


class LibraryLookup(Protocol):
    """What resolving, reuse and relinking ask of the library. Answers from the index alone."""

    def at(self, category: str, relative: str) -> Sequence[ModelFile]:
        """The files that a loader of ``category`` lists under exactly ``relative``."""

    def named(self, file_name: str) -> Sequence[ModelFile]:
        """Every file with this name, whatever its folder and category; case is folded."""

    def with_sha256(self, sha256: str) -> Sequence[ModelFile]:
        """Every file whose computed SHA256 this is; claimed ones after them."""

    def with_size(self, size: int) -> Sequence[ModelFile]:
        """Every file of this many bytes."""
