"""Which hosts may be asked, and over what: no private address unless a person allowed it."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from model_keeper.domain.errors import KeeperError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_DEFAULT_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


@dataclass(frozen=True)
class Origin:
    """Scheme, host and port: what credentials and connections belong to."""

    scheme: str
    host: str
    port: int

    @classmethod
    def of(cls, url: str) -> Origin:
        """The origin of ``url``. Raises KeeperError link_unreadable."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise KeeperError("link_unreadable", text=url[:200]) from None
        scheme, host = parts.scheme.lower(), (parts.hostname or "").lower()
        if scheme not in _DEFAULT_PORTS or not host:
            raise KeeperError("link_unreadable", text=url[:200])
        return cls(scheme, host, port or _DEFAULT_PORTS[scheme])

    @property
    def authority(self) -> str:
        """The value of a Host header."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"


class HostPolicy:
    """Public https hosts may be asked; any other only when listed.

    ``allow`` holds ``host`` (every port) or ``host:port``. A listed host may be private and may be
    asked over plain http.
    """

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._allow = frozenset(entry.strip().lower() for entry in allow if entry.strip())

    def allows(self, origin: Origin) -> bool:
        return origin.host in self._allow or f"{origin.host}:{origin.port}" in self._allow

    def admit(self, origin: Origin) -> None:
        """Raises KeeperError insecure_scheme or host_refused before anything is resolved."""
        if self.allows(origin):
            return
        literal = _literal(origin.host)
        if literal is not None:
            self._screen(origin, literal)
        if origin.host == "localhost" or origin.host.endswith(".localhost"):
            raise KeeperError("host_refused", host=origin.authority)
        if origin.scheme != "https":
            raise KeeperError("insecure_scheme", host=origin.authority)

    def admit_address(self, origin: Origin, address: str) -> None:
        """Judge the address that a name led to, at connect time. Raises host_refused."""
        if self.allows(origin):
            return
        found = _literal(address.split("%", 1)[0])
        if found is None:
            raise KeeperError("host_refused", host=origin.authority)
        self._screen(origin, found)

    @staticmethod
    def _screen(origin: Origin, address: Address) -> None:
        if not all(_public(a) for a in (address, *_embedded(address))):
            raise KeeperError("host_refused", host=origin.authority)


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def _public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and (
        address.ipv4_mapped or address.sixtofour or address in _NAT64
    ):
        return True  # judged by the IPv4 address inside
    return address.is_global and not address.is_multicast


def _embedded(address: Address) -> tuple[Address, ...]:
    """IPv4 addresses that an IPv6 address is only another spelling of."""
    if not isinstance(address, ipaddress.IPv6Address):
        return ()
    inner: list[Address] = [a for a in (address.ipv4_mapped, address.sixtofour) if a is not None]
    if address in _NAT64:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return tuple(inner)
