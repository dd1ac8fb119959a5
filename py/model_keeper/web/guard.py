"""Who may do what over HTTP, on a server that has no accounts. Pure: it judges stated facts.

A page of another site must change nothing here, also when it reaches this server by a name that it
made to point at this machine (DNS rebinding). What a browser says about a request's origin is
believed, since a page cannot change it; what it does not say is made up for by demanding a header
or a content type that a page cannot send to another origin without being asked for leave.
"""

from __future__ import annotations

import hmac
import ipaddress
from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urlsplit

from model_keeper.domain.errors import KeeperError

HEADER = "X-Model-Keeper"
TOKEN_HEADER = "X-Model-Keeper-Token"  # noqa: S105 - the header's name


@dataclass(frozen=True)
class Asked:
    """The facts of a request. Names of hosts may carry a port; empty where nothing was sent."""

    host: str
    method: str = "GET"
    origin: str = ""
    fetch_site: str = ""
    content_type: str = ""
    our_header: bool = False
    token: str = ""

    @property
    def proves_intent(self) -> bool:
        """Whether it has what no page can send to another origin without its leave."""
        return self.our_header or self.content_type.split(";")[0].strip() == "application/json"


class Guard:
    """Admits or refuses."""

    def __init__(
        self,
        allowed_hosts: Callable[[], Collection[str]],
        knows_client: Callable[[str], bool],
        *,
        secret: str | None = None,
    ) -> None:
        """``knows_client`` recognises the token of a paired client.

        With ``secret`` (a server that listens beyond this machine) every request has to carry it.
        """
        self._allowed_hosts = allowed_hosts
        self._knows_client = knows_client
        self._secret = secret

    def admit_read(self, asked: Asked) -> None:
        """Raises KeeperError token_needed."""
        if self._secret is not None and not self._proven(asked):
            raise KeeperError("token_needed")

    def admit_write(self, asked: Asked) -> None:
        """For everything that changes something, or makes this machine ask another.

        Raises KeeperError foreign_page, header_needed, pairing_needed, token_needed.
        """
        self._admit_change(asked, lambda: self._same_origin_read(asked))

    def admit_own_page(self, asked: Asked) -> None:
        """As :meth:`admit_write`, for a page of this server that sends no header of its own.

        That it is one has to be proven: by a browser that says so, or by its Origin.
        """
        self._admit_change(
            asked, lambda: asked.fetch_site == "same-origin" or self._same_origin_write(asked)
        )

    def admit_socket(self, asked: Asked) -> None:
        """A WebSocket: browsers let any page open one to anywhere."""
        self.admit_read(asked)
        self._refuse_foreign(asked)

    def refusal(self, asked: Asked) -> KeeperError | None:
        """Why this client may not write, or None: for a panel that wants to say it beforehand."""
        try:
            self.admit_read(asked)
            if not self._may_be_called(asked):
                raise KeeperError("pairing_needed", host=asked.host)
        except KeeperError as error:
            return error
        return None

    def _admit_change(self, asked: Asked, is_vouched_for: Callable[[], bool]) -> None:
        self.admit_read(asked)
        self._refuse_foreign(asked)
        if not asked.proves_intent and not is_vouched_for():
            raise KeeperError("header_needed", header=HEADER)
        if not self._may_be_called(asked):
            raise KeeperError("pairing_needed", host=asked.host)

    def _refuse_foreign(self, asked: Asked) -> None:
        if asked.fetch_site == "cross-site" or asked.origin == "null":
            raise KeeperError("foreign_page", origin=asked.origin or "another site")
        if not asked.origin:
            return
        origin = urlsplit(asked.origin).netloc.lower()
        same = origin == asked.host.lower()
        if not same and origin not in self._allowed() and not self._proven(asked):
            raise KeeperError("foreign_page", origin=asked.origin)

    def _may_be_called(self, asked: Asked) -> bool:
        name = _host_name(asked.host)
        allowed = self._allowed()
        if is_loopback(name) or name in allowed or asked.host.lower() in allowed:
            return True
        return self._proven(asked)

    def _allowed(self) -> set[str]:
        return {host.lower() for host in self._allowed_hosts()}

    def _proven(self, asked: Asked) -> bool:
        if self._secret is not None:
            token = asked.token.encode(errors="surrogatepass")  # headers may hold any bytes
            return hmac.compare_digest(token, self._secret.encode())
        return bool(asked.token) and self._knows_client(asked.token)

    @staticmethod
    def _same_origin_read(asked: Asked) -> bool:
        """A GET that enqueues, by a link of our own page: the browser vouches for it."""
        return asked.method == "GET" and asked.fetch_site == "same-origin"

    @staticmethod
    def _same_origin_write(asked: Asked) -> bool:
        """Browsers send an Origin with every write; one of another host is refused already."""
        return asked.method != "GET" and bool(asked.origin)


def is_loopback(name: str) -> bool:
    """Whether a host name, without a port, can only mean this machine."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


def _host_name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
