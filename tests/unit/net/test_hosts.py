"""Which hosts may be asked."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model_keeper.domain.errors import KeeperError
from model_keeper.net.hosts import HostPolicy, Origin


def refusal(policy: HostPolicy, url: str) -> str | None:
    try:
        policy.admit(Origin.of(url))
    except KeeperError as exc:
        return exc.code
    return None


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://example.org/x", None),
        ("https://8.8.8.8/x", None),
        ("http://example.org/x", "insecure_scheme"),
        ("https://127.0.0.1/x", "host_refused"),
        ("https://localhost/x", "host_refused"),
        ("https://a.localhost:8443/x", "host_refused"),
        ("https://10.0.0.5/x", "host_refused"),
        ("https://192.168.1.1/x", "host_refused"),
        ("https://169.254.169.254/latest/meta-data", "host_refused"),
        ("https://[::1]/x", "host_refused"),
        ("https://[fe80::1]/x", "host_refused"),
        ("https://[fd00::1]/x", "host_refused"),
        ("https://[::ffff:127.0.0.1]/x", "host_refused"),
        ("https://[64:ff9b::7f00:1]/x", "host_refused"),
        ("https://[2002:7f00:1::]/x", "host_refused"),
        ("https://0.0.0.0/x", "host_refused"),
        ("https://224.0.0.1/x", "host_refused"),
        ("https://100.64.0.1/x", "host_refused"),
    ],
)
def test_public_https_hosts_only(url: str, code: str | None) -> None:
    assert refusal(HostPolicy(), url) == code


def test_a_listed_host_may_be_private_and_plain() -> None:
    policy = HostPolicy(["127.0.0.1:8080", "NAS.local "])

    assert refusal(policy, "http://127.0.0.1:8080/x") is None
    assert refusal(policy, "http://127.0.0.1:8081/x") == "host_refused"
    assert refusal(policy, "http://nas.local:99/x") is None


def test_the_address_a_name_leads_to_is_judged_again() -> None:
    origin = Origin.of("https://rebinding.example")

    HostPolicy().admit_address(origin, "93.184.216.34")
    for address in ("127.0.0.1", "::1", "10.1.2.3", "fe80::1%eth0", "nonsense"):
        with pytest.raises(KeeperError, match="private"):
            HostPolicy().admit_address(origin, address)
    HostPolicy(["rebinding.example"]).admit_address(origin, "10.1.2.3")


@given(st.ip_addresses())
def test_no_address_is_admitted_that_is_not_global(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    origin = Origin.of("https://any.example")
    try:
        HostPolicy().admit_address(origin, str(address))
    except KeeperError:
        return
    inner = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None)
    nat64 = address.version == 6 and str(address).startswith("64:ff9b::")
    assert nat64 or (inner or address).is_global


@pytest.mark.parametrize("url", ["ftp://a/x", "https:///x", "file:///etc", "http://[::1", "x", ""])
def test_what_is_no_address_of_a_server_is_refused(url: str) -> None:
    with pytest.raises(KeeperError) as caught:
        Origin.of(url)
    assert caught.value.code == "link_unreadable"


def test_authority_names_the_port_only_where_it_is_not_the_schemes() -> None:
    assert Origin.of("https://a.example:443/x").authority == "a.example"
    assert Origin.of("http://A.example:8080/x").authority == "a.example:8080"
    assert Origin.of("https://[2001:db8::1]/").authority == "[2001:db8::1]"
