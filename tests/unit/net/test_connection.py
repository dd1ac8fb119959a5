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


@pytest.mark.parametrize(
    ("url", "addresses", "proxies", "code"),
    [
        ("https://hub.example/", ["127.0.0.1"], {}, "host_refused"),
        ("https://hub.example/", ["93.184.216.34", "10.0.0.1"], {}, "host_refused"),
        ("https://hub.example/", ["93.184.216.34"], {}, None),
        ("http://hub.example/", ["93.184.216.34"], {}, "insecure_scheme"),
        ("https://hub.example/", None, {}, "unreachable"),
        ("https://hub.example/", None, {"https": "http://proxy.example:3128"}, None),
    ],
)
def test_an_origin_is_judged_without_connecting(
    url: str, addresses: list[str] | None, proxies: dict[str, str], code: str | None
) -> None:
    def resolve(host: str, port: int) -> list[str]:
        if addresses is None:
            raise socket.gaierror(-2, f"{host}:{port}")
        return addresses

    connector = Connector(HostPolicy(), Proxies(proxies), resolve=resolve)
    found = None
    try:
        connector.admit(Origin.of(url))
    except KeeperError as error:
        found = error.code

    assert found == code
