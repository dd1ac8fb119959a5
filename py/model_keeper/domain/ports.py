"""The seams between the rows of the layer diagram. Siblings meet here, never each other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from model_keeper.domain.downloads import Asset
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.links import Link


class Clock(Protocol):
    """Time, so that the core needs none of its own."""

    def now_ms(self) -> int:
        """Milliseconds since 1970, UTC."""

    def monotonic(self) -> float:
        """Seconds that only grow."""

    def sleep(self, seconds: float) -> None: ...


@dataclass(frozen=True)
class Hop:
    """One answer on the way to the bytes. Header names are lower-case; ``url`` is the one asked."""

    url: str
    status: int
    headers: Mapping[str, str]


@dataclass(frozen=True)
class Refusal:
    """A 'no' (or a page where bytes were expected) with the start of its body."""

    hops: Sequence[Hop]
    body: bytes = b""
    sent_token: bool = False

    @property
    def last(self) -> Hop:
        return self.hops[-1]


@dataclass(frozen=True)
class LinkedFacts:
    """What a provider vouches for on the way to the bytes."""

    size: int | None = None
    sha256: str | None = None
    revision: str | None = None


class Provider(Protocol):
    """A place that models come from."""

    name: str

    def accepts(self, link: Link) -> bool:
        """Whether this provider is the one to ask about ``link``."""

    def inspect(self, link: Link) -> Sequence[Asset]:
        """The files that ``link`` may mean; more than one is a choice for the person.

        Asks the network. Raises KeeperError: not_found, the provider's refusals, unreachable.
        """

    def unseen(self, link: Link) -> Asset | None:
        """The file as the link alone tells it; None where it does not. Asks nobody."""

    def request_headers(self, url: str) -> Mapping[str, str]:
        """Headers (no credentials) that this provider wants on a request for bytes."""

    def linked_facts(self, hops: Sequence[Hop]) -> LinkedFacts:
        """Size and sha256 of the bytes as told by the answers on the way; empty where untold."""

    def refusal(self, refusal: Refusal) -> KeeperError | None:
        """The error that a 'no' means here, or None for the general reading of its status."""


class Control(Protocol):
    """How a person's wish reaches a running transfer."""

    def check(self) -> None:
        """Raise :class:`Interrupted` if the job shall stop now."""

    def on_stop(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Call ``callback`` (from another thread) when the job shall stop.

        Returns the function that forgets the callback.
        """

    def wait(self, seconds: float) -> None:
        """Sleep, but return early by raising :class:`Interrupted` when the job shall stop."""


PAUSE, CANCEL, DRAIN, LOST = "pause", "cancel", "drain", "lost"


class Interrupted(Exception):  # noqa: N818 - not an error: a wish was followed
    """The work stopped because somebody asked for it. ``wish``: pause, cancel, lost or drain."""

    def __init__(self, wish: str) -> None:
        self.wish = wish
        super().__init__(wish)


@dataclass(frozen=True)
class Progress:
    """Where a transfer is. Bytes; ``done`` includes what an earlier run had brought."""

    done: int
    total: int | None
    fetched: int
    stage: str = "transfer"  # probe, transfer, verify, publish
    connections: int = 0
    note: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)


ProgressSink = Callable[[Progress], None]
