"""One HTTP client for metadata and bytes alike: blocking, on the caller's thread.

Host policy, redirects, credentials and limits are decided here and nowhere else. The protocol
itself is the standard library's ``http.client``; bodies are received into the caller's buffer.
"""

from __future__ import annotations

import copy
import http.client
import json as jsonlib
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal, Protocol
from urllib.parse import urljoin, urlsplit

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Control, Hop
from model_keeper.net.connection import Connector
from model_keeper.net.exchange import Exchange, network_error, shut
from model_keeper.net.hosts import Origin
from model_keeper.net.throttle import HostThrottle

Follow = Literal["all", "relative", "none"]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MAX_REDIRECTS = 8
_IDLE_PER_ORIGIN = 8
_SAFE_ACROSS_ORIGINS = frozenset({"range", "if-range", "accept", "accept-encoding", "user-agent"})


class Authorizer(Protocol):
    """Who decides whether a request may carry a token."""

    def authorization_for(self, url: str) -> str | None:
        """The Authorization header for ``url``, or None."""


@dataclass(frozen=True)
class Answer:
    """A whole small answer. Header names are lower-case."""

    status: int
    headers: Mapping[str, str]
    url: str
    hops: tuple[Hop, ...]
    body: bytes
    sent_token: bool

    def json(self) -> Any:
        """The body as JSON. Raises KeeperError protocol_error where it is none."""
        try:
            return jsonlib.loads(self.body)
        except ValueError:
            host = urlsplit(self.url).hostname
            raise KeeperError("protocol_error", host=host, why="the JSON is broken") from None


@dataclass(frozen=True)
class _Request:
    method: str
    url: str
    origin: Origin
    headers: Mapping[str, str] = field(repr=False)
    body: bytes | None


class HttpClient:
    """Requests to admitted hosts. Safe for any number of threads."""

    def __init__(
        self,
        connector: Connector,
        credentials: Authorizer,
        throttle: HostThrottle,
        *,
        user_agent: str,
        read_timeout: Callable[[], float] = lambda: 30.0,
    ) -> None:
        self._connector = connector
        self._credentials = credentials
        self._throttle = throttle
        self._user_agent = user_agent
        self._read_timeout = read_timeout
        self._lock = threading.Lock()
        self._idle: dict[Origin, list[http.client.HTTPConnection]] = {}
        self._closed = False
        self._control: Control | None = None

    def under(self, control: Control) -> HttpClient:
        """The same client for one job: its requests and waits end when the job shall stop."""
        mine = copy.copy(self)
        mine._control = control  # noqa: SLF001 - its own kind
        return mine

    def open(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
        follow: Follow = "all",
        with_token: bool = True,
        control: Control | None = None,
    ) -> Exchange:
        """Ask ``url``, following redirects; the answer's body stays on the wire.

        A status is never an error here. A token goes to the first origin only, and only until
        another one is asked, which may have chosen the way back; not at all where ``with_token``
        is false. Raises KeeperError unreachable, host_refused, tls_failed, redirect_loop,
        connection_lost, stalled, protocol_error; Interrupted.
        """
        control = control or self._control
        asked = {name.lower(): value for name, value in (headers or {}).items()}
        first = Origin.of(url)
        hops: tuple[Hop, ...] = ()
        sent_token = False
        while True:
            origin = Origin.of(url)
            token = None
            if origin != first:
                with_token = False
                asked = {k: v for k, v in asked.items() if k in _SAFE_ACROSS_ORIGINS}
            elif with_token:
                token = self._credentials.authorization_for(url)
            sent_token = sent_token or token is not None
            request = _Request(method, url, origin, self._complete(asked, token), body)
            exchange = self._ask(request, hops, control, sent_token=sent_token)
            target = _redirect(exchange, follow)
            if target is None or (body is not None and Origin.of(target) != origin):
                return exchange  # what is posted to one origin is not for another
            exchange.close()
            hops = exchange.hops
            if len(hops) > _MAX_REDIRECTS:
                raise KeeperError("redirect_loop", host=origin.host)
            if exchange.status == http.client.SEE_OTHER:
                method, body = "GET", None
            url = target

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json: Any = None,
        follow: Follow = "all",
        limit: int = 8 << 20,
        control: Control | None = None,
    ) -> Answer:
        """Ask and read a small answer whole. Raises as :meth:`open`, and too_large."""
        asked = dict(headers or {})
        body = None
        if json is not None:
            body = jsonlib.dumps(json).encode()
            asked.setdefault("Content-Type", "application/json")
        with self.open(
            method, url, headers=asked, body=body, follow=follow, control=control
        ) as exchange:
            data = exchange.read(limit + 1)
            if len(data) > limit:
                raise KeeperError("too_large", host=exchange.host, limit=limit)
            return Answer(
                exchange.status,
                exchange.headers,
                exchange.url,
                exchange.hops,
                data,
                exchange.sent_token,
            )

    def get_json(self, url: str, *, control: Control | None = None) -> Any:
        return self.request("GET", url, control=control).json()

    def take_turn(self, url: str) -> None:
        """Wait until a library with connections of its own may ask ``url``'s host.

        Policy and limits hold for it as well. Raises KeeperError host_refused, insecure_scheme,
        unreachable.
        """
        origin = Origin.of(url)
        self._connector.admit(origin)
        self._throttle.wait(origin.host, self._control)

    def reach(self, url: str, seconds: float) -> None:
        """Connect to ``url``'s host and say nothing: whether somebody is there at all.

        Raises KeeperError as :meth:`take_turn`, and tls_failed.
        """
        self._connector.connect(Origin.of(url), seconds=seconds).close()

    def note_answer(self, url: str, status: int, headers: Mapping[str, str]) -> None:
        """What such a library was answered; header names are lower-case."""
        self._throttle.note(Origin.of(url).host, status, headers)

    def close(self) -> None:
        """Close every idle connection; those in use close when their answer is done."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, {}
        for connections in idle.values():
            for connection in connections:
                connection.close()

    def _complete(self, asked: Mapping[str, str], token: str | None) -> dict[str, str]:
        complete = {"user-agent": self._user_agent, "accept-encoding": "identity", **asked}
        if token is not None:
            complete["authorization"] = token
        return complete

    def _ask(
        self,
        request: _Request,
        hops: tuple[Hop, ...],
        control: Control | None,
        *,
        sent_token: bool,
    ) -> Exchange:
        origin = request.origin
        self._throttle.wait(origin.host, control)
        for connection, fresh in self._connections(origin):
            sock = connection.sock
            try:
                response = self._send(connection, request, control)
            except (OSError, http.client.HTTPException) as exc:
                connection.close()
                if control:
                    control.check()
                if fresh:
                    raise network_error(exc, origin.host, received=0) from exc
                continue  # an idle connection that the server had closed meanwhile
            headers = _lowered(response)
            self._throttle.note(origin.host, response.status, headers)
            return Exchange(
                response,
                (*hops, Hop(request.url, response.status, headers)),
                sent_token=sent_token,
                sock=sock,
                release=partial(self._give_back, origin, connection),
                control=control,
            )
        raise AssertionError("a fresh connection answers or raises")

    def _connections(self, origin: Origin) -> Iterator[tuple[http.client.HTTPConnection, bool]]:
        with self._lock:
            idle = self._idle.get(origin)
            kept = idle.pop() if idle else None
        if kept is not None:
            yield kept, False
        sock = self._connector.connect(origin)
        sock.settimeout(self._read_timeout())
        connection = http.client.HTTPConnection(origin.host, origin.port)
        connection.sock = sock
        yield connection, True

    def _send(
        self, connection: http.client.HTTPConnection, request: _Request, control: Control | None
    ) -> http.client.HTTPResponse:
        sock, origin = connection.sock, request.origin
        forget = control.on_stop(lambda: shut(sock)) if control else None
        try:
            connection.putrequest(
                request.method,
                self._target(request),
                skip_host=True,
                skip_accept_encoding=True,
            )
            connection.putheader("Host", origin.authority)
            for name, value in request.headers.items():
                connection.putheader(name, value)
            proxy = self._connector.forwarding_proxy(origin)
            if proxy and proxy.authorization:
                connection.putheader("Proxy-Authorization", proxy.authorization)
            if request.body is not None:
                connection.putheader("Content-Length", str(len(request.body)))
            connection.endheaders(request.body)
            return connection.getresponse()
        finally:
            if forget:
                forget()

    def _target(self, request: _Request) -> str:
        parts = urlsplit(request.url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if self._connector.forwarding_proxy(request.origin):
            return f"http://{request.origin.authority}{path}"
        return path

    def _give_back(
        self,
        origin: Origin,
        connection: http.client.HTTPConnection,
        reusable: bool,  # noqa: FBT001 - the last argument of a bound callback
    ) -> None:
        if reusable:
            with self._lock:
                idle = self._idle.setdefault(origin, [])
                if not self._closed and len(idle) < _IDLE_PER_ORIGIN:
                    idle.append(connection)
                    return
        connection.close()


def _redirect(exchange: Exchange, follow: Follow) -> str | None:
    location = exchange.headers.get("location")
    if follow == "none" or exchange.status not in REDIRECTS or not location:
        return None
    if follow == "relative" and (urlsplit(location).netloc or urlsplit(location).scheme):
        return None
    return urljoin(exchange.url, location)


def _lowered(response: http.client.HTTPResponse) -> dict[str, str]:
    lowered: dict[str, str] = {}
    for name, value in response.getheaders():
        key = name.lower()
        lowered[key] = f"{lowered[key]}, {value}" if key in lowered else value
    return lowered
