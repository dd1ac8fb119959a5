"""Which proxy a request goes through."""

from __future__ import annotations

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.net.hosts import Origin
from model_keeper.net.proxies import Proxies

SECURE = Origin.of("https://models.example.org/x")
PLAIN = Origin.of("http://models.example.org:8080/x")


def test_the_scheme_chooses() -> None:
    proxies = Proxies({"https": "http://u:p%40ss@proxy:3128", "http": "socks5h://socks"})

    secure, plain = proxies.for_origin(SECURE), proxies.for_origin(PLAIN)

    assert secure is not None
    assert (secure.host, secure.port, secure.username, secure.password) == (
        "proxy",
        3128,
        "u",
        "p@ss",
    )
    assert secure.authorization == "Basic dTpwQHNz"
    assert plain is not None
    assert (plain.socks, plain.port) == (True, 1080)


def test_a_password_is_not_shown() -> None:
    assert "secret" not in repr(Proxies({"https": "http://u:secret@p"}).for_origin(SECURE))


@pytest.mark.parametrize(
    ("rule", "bypassed"),
    [
        ("", False),
        ("*", True),
        ("example.org", True),
        (".example.org", True),
        ("*.example.org", True),
        ("models.example.org", True),
        ("models.example.org:443", True),
        ("models.example.org:8080", False),
        ("ample.org", False),
        ("other.org, models.example.org", True),
    ],
)
def test_hosts_may_go_directly(rule: str, bypassed: object) -> None:
    proxies = Proxies({"all": "http://proxy:1", "no": rule})

    assert (proxies.for_origin(SECURE) is None) is bypassed


def test_a_kind_that_is_none_is_refused() -> None:
    with pytest.raises(KeeperError) as caught:
        Proxies({"https": "gopher://x"}).for_origin(SECURE)
    assert caught.value.code == "invalid_request"


def test_the_setting_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://from-environment:1")

    found = Proxies.from_environment({"https": "http://from-setting:2"}).for_origin(SECURE)

    assert found is not None
    assert found.host == "from-setting"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_this_machine_is_never_asked_through_a_proxy(host: str) -> None:
    origin = Origin.of(f"http://{host}:8188/x")

    assert Proxies({"http": "http://proxy:1"}).for_origin(origin) is None
