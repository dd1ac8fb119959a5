"""Who may do what over HTTP: one row for each way in which a request can look."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.web.guard import Asked, Guard, is_loopback

JSON = "application/json"
HERE = "127.0.0.1:8188"
SECRET = "a-secret"
PAIRED = "a-token"


def guard(*, secret: str | None = None, allowed: tuple[str, ...] = ("models.lan",)) -> Guard:
    return Guard(lambda: allowed, lambda token: token == PAIRED, secret=secret)


def asked(host: str = HERE, *, method: str = "POST", **facts: str | bool) -> Asked:
    return Asked(host=host, method=method, **{"content_type": JSON, **facts})  # type: ignore[arg-type]


def judged(judge: Guard, request: Asked) -> str:
    return outcome(judge.admit_write, request)


def outcome(admit: Callable[[Asked], None], request: Asked) -> str:
    try:
        admit(request)
    except KeeperError as error:
        return error.code
    return "admitted"


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (asked(), "admitted"),
        (asked(origin=f"http://{HERE}", fetch_site="same-origin"), "admitted"),
        (asked("localhost:8188", origin="http://localhost:8188"), "admitted"),
        (asked("LOCALHOST:8188", origin="http://localhost:8188"), "admitted"),
        (asked("[::1]:8188", origin="http://[::1]:8188"), "admitted"),
        (asked("127.8.8.8"), "admitted"),
        (asked(content_type="application/json; charset=utf-8"), "admitted"),
        (asked(content_type="", our_header=True), "admitted"),
        # a page of somebody else
        (asked(origin="http://elsewhere.example"), "foreign_page"),
        (asked(origin="http://127.0.0.1:3000"), "foreign_page"),
        (asked(origin="http://localhost:8188"), "foreign_page"),
        (asked(origin="null"), "foreign_page"),
        (asked(fetch_site="cross-site"), "foreign_page"),
        (asked(origin=f"http://{HERE}", fetch_site="cross-site"), "foreign_page"),
        (asked(origin="http://elsewhere.example", our_header=True), "foreign_page"),
        # what a form can send
        (asked(content_type="text/plain"), "header_needed"),
        (asked(content_type="application/x-www-form-urlencoded"), "header_needed"),
        (asked(content_type="text/plain; application/json"), "header_needed"),
        (asked(content_type=""), "header_needed"),
        # names that were made to point here
        (asked("elsewhere.example:8188"), "pairing_needed"),
        (asked("localhost.elsewhere.example"), "pairing_needed"),
        (asked("127.0.0.1.elsewhere.example"), "pairing_needed"),
        (asked(""), "pairing_needed"),
        (asked("[broken"), "pairing_needed"),
        (asked("192.168.1.5:8188", origin="http://192.168.1.5:8188"), "pairing_needed"),
        # names that the owner listed
        (asked("models.lan"), "admitted"),
        (asked("models.lan:8443", origin="https://models.lan:8443"), "admitted"),
        # behind a proxy that rewrites the host
        (asked(HERE, origin="https://models.lan"), "admitted"),
        (asked(HERE, origin="https://models.lan.elsewhere.example"), "foreign_page"),
        # paired clients
        (asked("192.168.1.5:8188", token=PAIRED), "admitted"),
        (asked("192.168.1.5:8188", token="another"), "pairing_needed"),
        (asked("gpu:8188", origin="https://cloud.example", token=PAIRED), "admitted"),
        (asked(origin="null", token=PAIRED), "foreign_page"),
        (asked("192.168.1.5", token=PAIRED, content_type=""), "header_needed"),
        # a GET that enqueues
        (asked(method="GET", content_type=""), "header_needed"),
        (asked(method="GET", content_type="", fetch_site="same-origin"), "admitted"),
        (asked(method="GET", content_type="", fetch_site="none"), "header_needed"),
        (asked(method="POST", content_type="", fetch_site="same-origin"), "header_needed"),
    ],
)
def test_a_write_is_judged_by_what_a_page_cannot_forge(request_: Asked, expected: str) -> None:
    assert judged(guard(), request_) == expected


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (asked(content_type="", fetch_site="same-origin"), "admitted"),
        (asked(content_type="text/plain", origin=f"http://{HERE}"), "admitted"),
        (asked(content_type=""), "header_needed"),
        (asked(content_type="", fetch_site="same-site"), "header_needed"),
        (asked(content_type="", fetch_site="none"), "header_needed"),
        (asked(content_type="", origin="null"), "foreign_page"),
        (asked(content_type="", origin="http://elsewhere.example"), "foreign_page"),
        (asked(content_type="", origin=f"http://{HERE}", fetch_site="cross-site"), "foreign_page"),
        (asked("rebound.example", content_type="", fetch_site="same-origin"), "pairing_needed"),
        (asked("rebound.example", origin="http://rebound.example"), "pairing_needed"),
    ],
)
def test_a_page_without_headers_of_its_own_has_to_be_vouched_for(
    request_: Asked, expected: str
) -> None:
    assert outcome(guard().admit_own_page, request_) == expected


def test_a_listed_name_with_its_port_is_that_port_only() -> None:
    judge = guard(allowed=("models.lan:8443",))
    assert judged(judge, asked("models.lan:8443")) == "admitted"
    assert judged(judge, asked("models.lan:9000")) == "pairing_needed"


@pytest.mark.parametrize(
    ("token", "expected"),
    [
        ("", "token_needed"),
        (PAIRED, "token_needed"),
        (SECRET.upper(), "token_needed"),
        ("\udcff", "token_needed"),  # a header may hold bytes that are no text
        (SECRET, "admitted"),
    ],
)
def test_a_server_with_a_secret_wants_it_of_everybody(token: str, expected: str) -> None:
    judge = guard(secret=SECRET)
    assert judged(judge, asked("0.0.0.0:8199", token=token)) == expected
    assert judged(judge, asked(HERE, token=token)) == expected
    if expected == "token_needed":
        with pytest.raises(KeeperError, match="token"):
            judge.admit_read(asked(method="GET", token=token))


def test_everybody_reads_where_there_is_no_secret() -> None:
    guard().admit_read(asked("elsewhere.example", method="GET", origin="null"))


def test_a_socket_opens_for_our_own_page_only() -> None:
    judge = guard()
    judge.admit_socket(asked(origin=f"http://{HERE}", method="GET"))
    judge.admit_socket(asked(method="GET"))  # a program
    for origin in ("null", "http://elsewhere.example", "http://localhost:8188"):
        with pytest.raises(KeeperError):
            judge.admit_socket(asked(origin=origin, method="GET"))


def test_a_panel_learns_beforehand_what_it_may_not() -> None:
    refusal = guard().refusal(asked("192.168.1.5", method="GET"))
    assert refusal is not None
    assert refusal.code == "pairing_needed"
    assert guard().refusal(asked(method="GET")) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("localhost", True),
        ("panel.localhost", True),
        ("127.0.0.1", True),
        ("::1", True),
        ("[::1]", True),
        ("0.0.0.0", False),
        ("localhost.example", False),
        ("10.0.0.1", False),
        ("", False),
    ],
)
def test_only_this_machine_is_loopback(name: str, expected: bool) -> None:
    assert is_loopback(name) is expected
