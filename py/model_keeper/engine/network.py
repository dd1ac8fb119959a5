"""Clients, transfers and providers for the network settings that a job was enqueued with."""

from __future__ import annotations

import threading
from collections.abc import Callable

from model_keeper import __version__
from model_keeper.domain.downloads import NetworkSettings
from model_keeper.domain.ports import Clock, Provider
from model_keeper.domain.settings import Settings
from model_keeper.engine.key_checks import KeyChecks
from model_keeper.formats.media import MOST_MEDIA_BYTES
from model_keeper.net.connection import Connector
from model_keeper.net.credentials import Credentials
from model_keeper.net.hosts import HostPolicy, Origin
from model_keeper.net.http import HttpClient
from model_keeper.net.proxies import Proxies
from model_keeper.net.throttle import HostThrottle
from model_keeper.providers.pictures import PictureAddresses
from model_keeper.providers.registry import Providers
from model_keeper.transfer.limits import Bandwidth, ConnectionSlots
from model_keeper.transfer.transfer import Transfer

USER_AGENT = f"model-keeper/{__version__}"


class Network:
    """One set of limits and credentials for a process; one client for each set of settings."""

    def __init__(
        self,
        clock: Clock,
        credentials: Credentials,
        settings: Callable[[], Settings],
    ) -> None:
        self._clock = clock
        self._credentials = credentials
        self._settings = settings
        self.keys = KeyChecks(credentials, clock)
        self._throttle = HostThrottle(clock)
        chosen = settings()
        self._slots = ConnectionSlots(per_host=chosen.per_host, total=chosen.connections)
        self._bandwidth = Bandwidth(clock, chosen.bandwidth)
        self._lock = threading.Lock()
        self._clients: dict[str, HttpClient] = {}

    def client(self, network: NetworkSettings) -> HttpClient:
        with self._lock:
            key = repr(network)
            if key not in self._clients:
                self._clients[key] = HttpClient(
                    Connector(
                        HostPolicy(network.allow_hosts), Proxies.from_environment(network.proxies)
                    ),
                    self._credentials,
                    self._throttle,
                    user_agent=USER_AGENT,
                    read_timeout=lambda: self._settings().timeout_seconds,
                )
            return self._clients[key]

    @staticmethod
    def admit(url: str, network: NetworkSettings) -> None:
        """Judge an address before anything is asked. Raises host_refused, insecure_scheme."""
        HostPolicy(network.allow_hosts).admit(Origin.of(url))

    def transfer(self, network: NetworkSettings) -> Transfer:
        """A transfer under the limits that are set now."""
        chosen = self._settings()
        self._slots.resize(per_host=chosen.per_host, total=chosen.connections)
        self._bandwidth.rate = chosen.bandwidth
        return Transfer(
            self.client(network), self._clock, slots=self._slots, bandwidth=self._bandwidth
        )

    def pictures(self, network: NetworkSettings) -> PictureAddresses:
        return PictureAddresses(
            self.client(network),
            self._clock,
            most_bytes=MOST_MEDIA_BYTES,
            allow=network.allow_hosts,
            hf_endpoint=network.hf_endpoint,
        )

    def providers(self, network: NetworkSettings) -> Providers:
        return Providers(
            self.client(network),
            self._clock,
            hf_endpoint=network.hf_endpoint,
            civitai_endpoint=network.civitai_endpoint,
        )

    def provider(self, name: str, network: NetworkSettings) -> Provider:
        return self.providers(network).by_name(name)

    def close(self) -> None:
        with self._lock:
            for client in self._clients.values():
                client.close()
            self._clients.clear()
