"""What is known about a file that arrived, before it is judged."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from model_keeper.domain.downloads import Trust


@dataclass(frozen=True)
class Evidence:
    """Everything that the rules look at. Sizes in bytes, hashes hexadecimal, None where unknown.

    ``name`` is what the file will be called; ``sha256`` was computed from the bytes. ``declared``
    is what the server said with the bytes, ``linked`` what the provider vouched for on the way,
    ``expected`` what the request or the provider's listing said before. ``host`` is empty where
    nothing was fetched. ``approved`` says that a person has seen this very content in review.
    """

    path: Path
    name: str
    size: int
    sha256: str
    declared_size: int | None = None
    expected_size: int | None = None
    expected_sha256: str | None = None
    linked_sha256: str | None = None
    linked_size: int | None = None
    host: str = ""
    content_type: str | None = None
    trust: Trust = Trust.PERSON
    allow_pickle: bool = False
    approved: bool = False
    verify_hashes: bool = True

    @property
    def extension(self) -> str:
        """With its dot, in lower case."""
        return Path(self.name).suffix.lower()

    @property
    def promised_sizes(self) -> tuple[int, ...]:
        sizes = (self.declared_size, self.expected_size, self.linked_size)
        return tuple(size for size in sizes if size is not None)

    @property
    def promised_hashes(self) -> tuple[str, ...]:
        """The hashes to compare with, in lower case; none where comparing is switched off."""
        if not self.verify_hashes:
            return ()
        hashes = (self.expected_sha256, self.linked_sha256)
        return tuple(sha256.lower() for sha256 in hashes if sha256)
