"""What a search needs to ask the fakes: a client that may reach this machine, and its clock."""

from __future__ import annotations

import ssl

from model_keeper.net.connection import Connector
from model_keeper.net.hosts import HostPolicy
from model_keeper.net.http import HttpClient
from model_keeper.net.proxies import Proxies
from model_keeper.net.throttle import HostThrottle
from tests.doubles import FakeClock


class NoTokens:
    """Nobody is signed in."""

    def authorization_for(self, url: str) -> str | None:
        del url
        return None


def loopback_client(clock: FakeClock, *, allow: tuple[str, ...] = ("127.0.0.1",)) -> HttpClient:
    """A client whose waits move ``clock``."""
    return HttpClient(
        Connector(HostPolicy(allow), Proxies({}), tls=ssl.create_default_context()),
        NoTokens(),
        HostThrottle(clock),
        user_agent="model-keeper/test",
        read_timeout=lambda: 5.0,
    )
