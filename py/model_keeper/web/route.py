"""A route as data: what it takes, what it answers, and what is called."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.web.guard import Asked

_PART = re.compile(r"\{(\w+)(:\.\*)?\}")
_BODY_BYTES = 1 << 20


@dataclass(frozen=True)
class Caller:
    """Who asks: the facts of the request, for the few calls that answer by them."""

    asked: Asked


@dataclass(frozen=True)
class Route:
    """``path`` is below the API's prefix, with names in braces; ``{name:.*}`` takes slashes too.

    ``call`` gets the names of the path, and ``query``, ``body`` and ``caller`` where declared, all
    as keywords; a ``body`` of ``bytes`` is taken as it comes. A plain function runs on a thread and
    may block; a coroutine runs on the loop and must not. ``guarded`` requests change something, or
    make this machine ask another.
    """

    method: str
    path: str
    call: Callable[..., Any]
    summary: str
    answer: Any
    area: str
    status: int = 200
    query: Any = None
    body: Any = None
    wants_caller: bool = False
    guarded: bool | None = None
    errors: tuple[str, ...] = ()
    most_bytes: int = _BODY_BYTES

    @property
    def is_guarded(self) -> bool:
        return self.method != "GET" if self.guarded is None else self.guarded

    @property
    def is_raw(self) -> bool:
        """Whether the body is the content of a file rather than JSON."""
        return self.body is bytes

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _ in _PART.findall(self.path))


@dataclass(frozen=True)
class Match:
    route: Route
    names: Mapping[str, str]


@dataclass(frozen=True)
class RouteTable:
    """All routes, found by method and path; of several that match, the first."""

    routes: Sequence[Route]
    _compiled: list[tuple[re.Pattern[str], Route]] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        for route in self.routes:
            pattern = "/".join(map(_pattern, route.path.split("/")))
            self._compiled.append((re.compile(pattern), route))

    def __iter__(self) -> Iterator[Route]:
        return iter(self.routes)

    def find(self, method: str, path: str) -> Match:
        """Raises KeeperError route_unknown, method_unknown. ``path`` has no slash in front."""
        known = []
        for pattern, route in self._compiled:
            match = pattern.fullmatch(path)
            if match and route.method == method:
                return Match(route, match.groupdict())
            if match:
                known.append(route.method)
        if known:
            raise KeeperError(
                "method_unknown", path=path, method=method, known=", ".join(sorted(set(known)))
            )
        raise KeeperError("route_unknown", path=path)


def _pattern(part: str) -> str:
    name = _PART.fullmatch(part)
    if name is None:
        return re.escape(part)
    return rf"(?P<{name[1]}>{'.*' if name[2] else '[^/]+'})"
