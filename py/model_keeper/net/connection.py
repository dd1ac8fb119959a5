"""Opening a socket to an origin: addresses screened where they are used, TLS, proxies."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Callable

from model_keeper.domain.errors import KeeperError
from model_keeper.net.hosts import HostPolicy, Origin
from model_keeper.net.proxies import Proxies, Proxy, connect_through_socks

Resolve = Callable[[str, int], list[str]]


def resolve_addresses(host: str, port: int) -> list[str]:
    """Every address of ``host``, in the system's order. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(info[4][0]) for info in found))


class Connector:
    """Connects to origins.

    The address that was screened is the one that is connected to, so a name that resolves
    differently the second time gains nothing.
    """

    def __init__(
        self,
        policy: HostPolicy,
        proxies: Proxies,
        *,
        tls: ssl.SSLContext | None = None,
        timeout: float = 20.0,
        resolve: Resolve = resolve_addresses,
    ) -> None:
        self._policy = policy
        self._proxies = proxies
        self._tls = tls
        self._timeout = timeout
        self._resolve = resolve

    def forwarding_proxy(self, origin: Origin) -> Proxy | None:
        """The proxy that wants the whole address in the request line, if one is in between."""
        proxy = self._proxies.for_origin(origin)
        return proxy if proxy and not proxy.socks and origin.scheme == "http" else None

    def admit(self, origin: Origin) -> None:
        """Judge an origin and the addresses it has now, without connecting.

        Raises KeeperError host_refused, insecure_scheme, unreachable.
        """
        self._policy.admit(origin)
        if self._proxies.for_origin(origin) is not None:
            return  # the proxy looks the name up
        try:
            addresses = self._resolve(origin.host, origin.port)
        except OSError as exc:
            raise KeeperError("unreachable", host=origin.host, why=_reason(exc)) from exc
        for address in addresses:
            self._policy.admit_address(origin, address)

    def connect(self, origin: Origin, *, seconds: float | None = None) -> socket.socket:
        """A connected socket, with TLS where the scheme asks for it.

        ``seconds`` limits each attempt, instead of the usual time. Raises KeeperError host_refused,
        insecure_scheme, unreachable, tls_failed.
        """
        self._policy.admit(origin)
        try:
            raw = self._reach(origin, seconds or self._timeout)
        except KeeperError:
            raise
        except OSError as exc:
            raise KeeperError("unreachable", host=origin.host, why=_reason(exc)) from exc
        if origin.scheme != "https":
            return raw
        try:
            return self._context().wrap_socket(raw, server_hostname=origin.host)
        except ssl.SSLError as exc:
            raw.close()
            raise KeeperError("tls_failed", host=origin.host, why=exc.reason or "refused") from exc
        except OSError as exc:
            raw.close()
            raise KeeperError("unreachable", host=origin.host, why=_reason(exc)) from exc

    def _reach(self, origin: Origin, timeout: float) -> socket.socket:
        proxy = self._proxies.for_origin(origin)
        if proxy is None:
            return self._direct(origin, timeout)
        if proxy.socks:
            sock = connect_through_socks(proxy, origin, timeout)
            sock.settimeout(timeout)
            return sock
        sock = socket.create_connection((proxy.host, proxy.port), timeout)
        if proxy.scheme == "https":
            sock = self._context().wrap_socket(sock, server_hostname=proxy.host)
        if origin.scheme == "https":
            _open_tunnel(sock, proxy, origin)
        return sock

    def _direct(self, origin: Origin, timeout: float) -> socket.socket:
        failure: OSError = OSError("no address")
        for address in self._resolve(origin.host, origin.port):
            self._policy.admit_address(origin, address)
            try:
                sock = socket.create_connection((address, origin.port), timeout)
            except OSError as exc:
                failure = exc
                continue
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            return sock
        raise failure

    def _context(self) -> ssl.SSLContext:
        if self._tls is None:
            self._tls = ssl.create_default_context()
        return self._tls


def _open_tunnel(sock: socket.socket, proxy: Proxy, origin: Origin) -> None:
    target = f"{origin.host}:{origin.port}"
    lines = [f"CONNECT {target} HTTP/1.1", f"Host: {target}"]
    if proxy.authorization:
        lines.append(f"Proxy-Authorization: {proxy.authorization}")
    sock.sendall(("\r\n".join(lines) + "\r\n\r\n").encode("ascii"))
    answer = http.client.HTTPResponse(sock, method="CONNECT")
    answer.begin()
    if answer.status != http.client.OK:
        sock.close()
        raise KeeperError(
            "unreachable", host=origin.host, why=f"the proxy {proxy.host} said {answer.status}"
        )


def _reason(exc: OSError) -> str:
    if isinstance(exc, socket.gaierror):
        return "its name is not known"
    if isinstance(exc, TimeoutError):
        return "it did not answer in time"
    return (exc.strerror or "the connection failed").lower()
