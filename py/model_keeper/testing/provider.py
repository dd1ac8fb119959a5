"""What fake providers have in common: the API on one origin, the bytes on another."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import TypeVar

from model_keeper.testing.origin import Origin
from model_keeper.testing.server import LoopbackServer, Reply, Request

_Self = TypeVar("_Self", bound="FakeProvider")


class FakeProvider(ABC):
    """Use it in ``with``.

    While it is ``limited`` everything is too much for it; ``instead`` may answer in its place.
    """

    def __init__(self, *, rate: int | None = None) -> None:
        self.limited = False
        self.instead: Callable[[Request], Reply | None] = lambda _: None
        self.server = LoopbackServer(self._answer)
        self.files = Origin(rate=rate)

    @property
    def url(self) -> str:
        return self.server.url

    def __enter__(self: _Self) -> _Self:  # noqa: PYI019 - typing.Self is newer than 3.10
        self.server.start()
        self.files.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.files.__exit__(kind, exc, tb)
        self.server.stop()

    def _answer(self, request: Request) -> Reply:
        if self.limited:
            return self._too_many()
        other = self.instead(request)
        return self._serve(request) if other is None else other

    @abstractmethod
    def _too_many(self) -> Reply:
        """Its refusal of one request too many."""

    @abstractmethod
    def _serve(self, request: Request) -> Reply:
        """Its own answer."""
