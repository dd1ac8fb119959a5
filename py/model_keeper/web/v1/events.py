"""What changed, by long polling. Sockets carry the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.web.changes import ChangeFeed, Changes
from model_keeper.web.route import Route
from model_keeper.web.shapes import About


@dataclass(frozen=True)
class EventsQuery:
    """Where to begin, and how long to wait."""

    since: Annotated[
        int | None,
        About(
            "`next` of the answer before; without it you learn where now is.",
            minimum=0,
            maximum=2**62,
        ),
    ] = None
    wait: Annotated[
        float, About("How many seconds to wait where nothing has changed.", minimum=0, maximum=60)
    ] = 0.0


class EventsApi:
    """Events, with the jobs that they are about."""

    def __init__(self, feed: ChangeFeed) -> None:
        self._feed = feed

    def routes(self) -> list[Route]:
        return [
            Route(
                "GET",
                "events",
                self.events,
                "What changed after a cursor. While jobs run it answers twice a second.",
                Changes,
                "Events",
                query=EventsQuery,
            )
        ]

    async def events(self, query: EventsQuery) -> Changes:
        return await self._feed.after(query.since, query.wait)
