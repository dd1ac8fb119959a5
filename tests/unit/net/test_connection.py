"""Opening a socket: the address that was judged is the one that is used."""

from __future__ import annotations

import socket

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.net.connection import Connector
from model_keeper.net.hosts import HostPolicy, Origin
from model_keeper.net.proxies import Proxies


def test_a_public_name_that_leads_to_this_machine_is_refused() -> None:
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(f"{host}:{port}")
        return ["127.0.0.1"]

    connector = Connector(HostPolicy(), Proxies({}), resolve=rebinding)

    with pytest.raises(KeeperError) as caught:
        connector.connect(Origin.of("https://rebinding.example/x"))

    assert caught.value.code == "host_refused"
    assert asked == ["rebinding.example:443"], "resolved once: there is no second look"


def test_a_host_without_an_address_is_unreachable() -> None:
    def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, f"{host}:{port}")

    connector = Connector(HostPolicy(), Proxies({}), resolve=unknown)

    with pytest.raises(KeeperError) as caught:
        connector.connect(Origin.of("https://nowhere.example/x"))

    assert caught.value.code == "unreachable"
    assert "name" in caught.value.message
