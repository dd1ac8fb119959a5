"""Proxies: which one a request goes through, as the environment or a setting says."""

from __future__ import annotations

import base64
import socket
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from model_keeper.domain.errors import KeeperError
from model_keeper.net.hosts import Origin

_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class Proxy:
    """One proxy: ``scheme`` is http, https, socks4, socks4a, socks5 or socks5h."""

    scheme: str
    host: str
    port: int
    username: str | None = None
    password: str | None = None

    @property
    def socks(self) -> bool:
        return self.scheme.startswith("socks")

    @property
    def authorization(self) -> str | None:
        if self.username is None:
            return None
        pair = f"{self.username}:{self.password or ''}".encode()
        return "Basic " + base64.b64encode(pair).decode("ascii")

    def __repr__(self) -> str:
        return f"Proxy({self.scheme}://{self.host}:{self.port})"


class Proxies:
    """The choice of a proxy by scheme; this machine and hosts under ``no`` go directly."""

    def __init__(self, by_scheme: Mapping[str, str]) -> None:
        self._by_scheme = dict(by_scheme)

    @classmethod
    def from_environment(cls, overrides: Mapping[str, str] | None = None) -> Proxies:
        return cls({**urllib.request.getproxies(), **(overrides or {})})

    def for_origin(self, origin: Origin) -> Proxy | None:
        url = self._by_scheme.get(origin.scheme) or self._by_scheme.get("all")
        if not url or self._bypassed(origin):
            return None
        return _parse(url)

    def _bypassed(self, origin: Origin) -> bool:
        if origin.host in _LOOPBACK:
            return True
        for rule in (r.strip().lower() for r in self._by_scheme.get("no", "").split(",")):
            if rule == "*":
                return True
            if not rule:
                continue
            name = rule.lstrip("*").lstrip(".")
            if name in {origin.host, f"{origin.host}:{origin.port}"}:
                return True
            if origin.host.endswith("." + name):
                return True
        return False


def _parse(url: str) -> Proxy:
    parts = urlsplit(url if "://" in url else f"http://{url}")
    scheme = parts.scheme.lower()
    if scheme not in {"http", "https", "socks4", "socks4a", "socks5", "socks5h"}:
        raise KeeperError("invalid_request", what=f"“{scheme}” is no kind of proxy.")
    default = 1080 if scheme.startswith("socks") else 443 if scheme == "https" else 80
    return Proxy(
        scheme=scheme,
        host=parts.hostname or "",
        port=parts.port or default,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def connect_through_socks(proxy: Proxy, origin: Origin, timeout: float) -> socket.socket:
    """A socket to ``origin`` through a SOCKS proxy. Raises dependency_missing without the extra."""
    try:
        from python_socks import ProxyType
        from python_socks.sync import Proxy as SocksProxy
    except ImportError:
        raise KeeperError(
            "dependency_missing",
            what="A SOCKS proxy",
            package="python-socks",
            command='pip install "comfyui-model-keeper[socks]"',
        ) from None
    kind = ProxyType.SOCKS4 if proxy.scheme.startswith("socks4") else ProxyType.SOCKS5
    connector = SocksProxy.create(
        kind,
        proxy.host,
        proxy.port,
        proxy.username,
        proxy.password,
        rdns=proxy.scheme in {"socks4a", "socks5h"},
    )
    found: socket.socket = connector.connect(origin.host, origin.port, timeout=timeout)
    return found
