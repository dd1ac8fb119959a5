"""What a file looked like when somebody decided about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """A name as it was looked at: itself, not what a link leads to. ``link`` is where one leads."""

    size: int
    mtime_ns: int
    inode: str | None = None
    link: str | None = None

    def is_still(self, now: Seen) -> bool:
        """Whether ``now`` is the same file, unchanged; a volume may have got another number."""
        mine, other = _number(self.inode), _number(now.inode)
        same_file = mine == other or mine is None or other is None
        return same_file and self.looks_like(now)

    def looks_like(self, now: Seen) -> bool:
        """Whether ``now`` could be a copy that kept size and time."""
        if self.link is not None or now.link is not None:
            return self.link == now.link
        return (self.size, self.mtime_ns) == (now.size, now.mtime_ns)


def _number(inode: str | None) -> str | None:
    return None if inode is None else inode.rpartition(":")[2]
