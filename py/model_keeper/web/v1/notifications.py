"""Notifications: what happened while nobody looked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from model_keeper.web.changes import NotificationView, notification_view
from model_keeper.web.route import Route
from model_keeper.web.shapes import About
from model_keeper.web.v1.backend import Backend

_AREA = "Notifications"
_MOST_IDS = 1000


@dataclass(frozen=True)
class NotificationQuery:
    """Which page."""

    limit: Annotated[int, About("Rows of a page.", minimum=1, maximum=200)] = 50
    after: Annotated[str | None, About("`next` of the page before.", maxLength=100)] = None


@dataclass(frozen=True)
class NotificationList:
    """The newest first."""

    items: tuple[NotificationView, ...]
    next: str | None
    total: Annotated[int, About("On all pages.")]
    unread: int


@dataclass(frozen=True)
class ReadRequest:
    """Which were read; without ``ids`` all."""

    ids: Annotated[tuple[str, ...] | None, About(maxItems=_MOST_IDS)] = None


@dataclass(frozen=True)
class UnreadCount:
    """How many are unread now."""

    unread: int


class NotificationsApi:
    """What people are told; it comes with `events`, too."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    def routes(self) -> list[Route]:
        errors = ("invalid_request",)
        return [
            Route("GET", "notifications", self.list, "What happened while nobody looked.",
                  NotificationList, _AREA, query=NotificationQuery, errors=errors),
            Route("POST", "notifications/read", self.read, "Mark them as read.", UnreadCount,
                  _AREA, body=ReadRequest, errors=errors),
        ]  # fmt: skip

    def list(self, query: NotificationQuery) -> NotificationList:
        page = self._backend.store.notifications.page(limit=query.limit, after=query.after)
        items = tuple(map(notification_view, page.items))
        return NotificationList(items, page.next, page.total, page.unread)

    def read(self, body: ReadRequest) -> UnreadCount:
        return UnreadCount(self._backend.store.notifications.mark_read(body.ids))
