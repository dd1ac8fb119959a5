"""The HTTP client on real sockets: redirects, tokens, TLS, proxies, connections."""

from __future__ import annotations

import contextlib
import gzip
import select
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator, Mapping

import pytest
import trustme

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.ports import Interrupted
from model_keeper.engine.clock import SystemClock
from model_keeper.engine.control import JobControl
from model_keeper.net.connection import Connector
from model_keeper.net.hosts import HostPolicy
from model_keeper.net.http import HttpClient
from model_keeper.net.proxies import Proxies
from model_keeper.net.throttle import HostThrottle
from model_keeper.testing.server import Bytes, LoopbackServer, Reply, Request, json_reply

BODY = bytes(range(256)) * 1000


class OneToken:
    """Gives a token to every address that is asked about."""

    def authorization_for(self, url: str) -> str | None:
        del url
        return "Bearer secret"


class NoToken:
    def authorization_for(self, url: str) -> str | None:
        del url
        return None


class Clients:
    """Makes clients; ``connected`` are the names whose sockets they opened, in order."""

    def __init__(self) -> None:
        self.connected: list[str] = []
        self._made: list[HttpClient] = []

    def __call__(
        self,
        *,
        token: bool = False,
        proxies: Mapping[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        allow: tuple[str, ...] = ("127.0.0.1", "localhost", "models.test"),
        timeout: float = 5.0,
    ) -> HttpClient:
        clock = SystemClock()
        made = HttpClient(
            Connector(HostPolicy(allow), Proxies(proxies or {}), tls=tls, resolve=self._resolve),
            OneToken() if token else NoToken(),
            HostThrottle(clock),
            user_agent="model-keeper/test",
            read_timeout=lambda: timeout,
        )
        self._made.append(made)
        return made

    def close(self) -> None:
        for made in self._made:
            made.close()

    def _resolve(self, host: str, port: int) -> list[str]:
        self.connected.append(f"{host}:{port}")
        return ["10.0.0.1"] if host == "private.test" else ["127.0.0.1"]


@pytest.fixture
def client() -> Iterator[Clients]:
    made = Clients()
    yield made
    made.close()


def routes(request: Request) -> Reply:
    port = request.host.rpartition(":")[2]
    first, other = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
    packed = {"Content-Encoding": "gzip"}
    answers: dict[str, Callable[[], Reply]] = {
        "/away": lambda: Reply(302, {"Location": f"{other}/seen"}),
        "/and-back": lambda: Reply(302, {"Location": f"{other}/back"}),
        "/back": lambda: Reply(302, {"Location": f"{first}/seen"}),
        "/near": lambda: Reply(307, {"Location": "/seen"}),
        "/round": lambda: Reply(302, {"Location": "/round"}),
        "/seen": lambda: json_reply(dict(request.headers)),
        "/chunks": lambda: Reply(200, {}, Bytes(BODY), length=None),
        "/packed": lambda: Reply(200, packed, Bytes(gzip.compress(BODY))),
        "/packed-and-cut": lambda: Reply(200, packed, Bytes(gzip.compress(BODY)[:-20])),
        "/hang": lambda: Reply(200, {}, Bytes(BODY), stall_after=1000, gate=threading.Event()),
    }
    return answers.get(request.path, lambda: Reply(200, {}, Bytes(BODY)))()


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer(routes) as made:
        yield made


# -- redirects and tokens --------------------------------------------------------------------------


def test_what_is_posted_to_one_origin_is_not_sent_on_to_another(
    server: LoopbackServer, client: Clients
) -> None:
    answer = client().request("POST", f"{server.url}/away", json={"hashes": ["mine"]})

    assert answer.status == 302
    assert [record.path for record in server.records()] == ["/away"]


def test_a_token_stays_with_its_origin(server: LoopbackServer, client: Clients) -> None:
    near = client(token=True).request("GET", f"{server.url}/near")
    away = client(token=True).request("GET", f"{server.url}/away", headers={"X-Mine": "1"})

    assert near.json()["authorization"] == "Bearer secret"
    assert "authorization" not in away.json()
    assert "x-mine" not in away.json(), "a provider's own headers stay with it as well"
    assert [hop.status for hop in away.hops] == [302, 200]
    assert away.json()["user-agent"] == "model-keeper/test"
    assert away.json()["accept-encoding"] == "identity"


def test_a_token_does_not_come_back_by_way_of_another_origin(
    server: LoopbackServer, client: Clients
) -> None:
    seen = client(token=True).request("GET", f"{server.url}/and-back", headers={"X-Mine": "1"})

    assert seen.url == f"{server.url}/seen"
    assert "authorization" not in seen.json(), "the other origin chose what is asked"
    assert "x-mine" not in seen.json()


def test_only_relative_redirects_are_followed_for_metadata(
    server: LoopbackServer, client: Clients
) -> None:
    assert client().request("GET", f"{server.url}/near", follow="relative").status == 200
    assert client().request("GET", f"{server.url}/away", follow="relative").status == 302


def test_a_circle_ends(server: LoopbackServer, client: Clients) -> None:
    with pytest.raises(KeeperError) as caught:
        client().request("GET", f"{server.url}/round")
    assert caught.value.code == "redirect_loop"


def test_a_redirect_into_a_private_network_is_refused(
    server: LoopbackServer, client: Clients
) -> None:
    def inwards(request: Request) -> Reply:
        del request
        return Reply(302, {"Location": "https://private.test/x"})

    with LoopbackServer(inwards) as redirecting, pytest.raises(KeeperError) as caught:
        client().request("GET", redirecting.url)
    assert caught.value.code == "host_refused"
    assert server.records() == []


# -- bodies and connections ------------------------------------------------------------------------


def test_a_connection_serves_again(server: LoopbackServer, client: Clients) -> None:
    one = client()
    paths = ("x", "chunks", "packed", "near", "y")
    bodies = [one.request("GET", f"{server.url}/{path}").body for path in paths]

    assert [bodies[0], bodies[1], bodies[2], bodies[4]] == [BODY] * 4
    assert client.connected == [f"127.0.0.1:{server.port}"]


def test_a_connection_with_a_long_rest_is_not_used_again(
    server: LoopbackServer, client: Clients
) -> None:
    one = client()
    with one.open("GET", f"{server.url}/x") as exchange:
        exchange.read(1000)

    assert one.request("GET", f"{server.url}/x").body == BODY
    assert len(client.connected) == 2


def test_a_connection_that_the_server_closed_is_replaced(client: Clients) -> None:
    one = client()
    with LoopbackServer(routes) as first:
        one.request("GET", f"{first.url}/x")
    with LoopbackServer(routes, port=first.port) as second:
        assert one.request("GET", f"{second.url}/x").body == BODY


@pytest.mark.parametrize("path", ["x", "chunks", "packed"])
def test_too_large_an_answer_is_refused(server: LoopbackServer, client: Clients, path: str) -> None:
    """However it comes: what is packed counts as it is unpacked."""
    assert client().request("GET", f"{server.url}/{path}", limit=len(BODY)).body == BODY
    with pytest.raises(KeeperError) as caught:
        client().request("GET", f"{server.url}/{path}", limit=len(BODY) - 1)
    assert caught.value.code == "too_large"


def test_a_packed_answer_that_breaks_off_is_not_taken_for_whole(
    server: LoopbackServer, client: Clients
) -> None:
    with pytest.raises(KeeperError) as caught:
        client().request("GET", f"{server.url}/packed-and-cut")
    assert caught.value.code == "connection_lost"


def test_a_wish_ends_a_read_that_hangs(server: LoopbackServer, client: Clients) -> None:
    control = JobControl()
    with client(timeout=60).open("GET", f"{server.url}/hang", control=control) as exchange:
        buffer = memoryview(bytearray(4096))
        assert exchange.receive_into(buffer) > 0
        timer = threading.Timer(0.05, control.stop, ("cancel",))
        timer.start()
        with pytest.raises(Interrupted):
            exchange.read(len(BODY))
        timer.join()


def test_a_server_that_stops_sending_is_noticed(server: LoopbackServer, client: Clients) -> None:
    with pytest.raises(KeeperError) as caught:
        client(timeout=0.2).request("GET", f"{server.url}/hang")
    assert caught.value.code == "stalled"


# -- TLS -------------------------------------------------------------------------------------------


@contextlib.contextmanager
def tls_server(authority: trustme.CA, name: str, callers: list[str] | None = None) -> Iterator[int]:
    """An https server for ``name`` that answers every request with ``ok``.

    ``callers`` gets the address of everyone who connects.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                raw, (address, _) = listener.accept()
            except OSError:
                return
            if callers is not None:
                callers.append(address)
            with contextlib.suppress(OSError), context.wrap_socket(raw, server_side=True) as sock:
                sock.recv(65536)
                sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def trusting(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def test_a_right_certificate_is_accepted_and_a_wrong_one_is_not(client: Clients) -> None:
    known, stranger = trustme.CA(), trustme.CA()
    with tls_server(known, "models.test") as port:
        url = f"https://models.test:{port}/x"
        assert client(tls=trusting(known)).request("GET", url).body == b"ok"
        with pytest.raises(KeeperError) as unknown:
            client(tls=trusting(stranger)).request("GET", url)
    with tls_server(known, "other.test") as port, pytest.raises(KeeperError) as misnamed:
        client(tls=trusting(known)).request("GET", f"https://models.test:{port}/x")

    assert (unknown.value.code, misnamed.value.code) == ("tls_failed", "tls_failed")


def test_a_public_name_that_leads_to_this_machine_reaches_nothing(client: Clients) -> None:
    authority, callers = trustme.CA(), list[str]()
    with tls_server(authority, "models.test", callers) as port:
        with pytest.raises(KeeperError) as caught:
            client(tls=trusting(authority), allow=()).request("GET", f"https://models.test:{port}")
        assert callers == []
        assert client(tls=trusting(authority)).request("GET", f"https://models.test:{port}").body

    assert caught.value.code == "host_refused"
    assert callers == ["127.0.0.1"], "where the name is listed, the same address is asked"


# -- proxies ---------------------------------------------------------------------------------------


def pump(one: socket.socket, other: socket.socket) -> None:
    """Carry bytes both ways until either side ends."""
    pair = {one: other, other: one}
    while True:
        for ready in select.select(list(pair), [], [], 10)[0]:
            data = ready.recv(65536)
            if not data:
                return
            pair[ready].sendall(data)


@contextlib.contextmanager
def proxy(kind: str) -> Iterator[tuple[int, list[str]]]:
    """A proxy that tunnels to this machine whatever name is asked for; what it was asked."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[str] = []

    def serve() -> None:
        while True:
            try:
                sock, _ = listener.accept()
            except OSError:
                return
            with contextlib.suppress(OSError), sock:
                port = _greet(sock, kind, asked)
                with socket.create_connection(("127.0.0.1", port)) as target:
                    pump(sock, target)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield listener.getsockname()[1], asked
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def _greet(sock: socket.socket, kind: str, asked: list[str]) -> int:
    """The port that was asked for."""
    if kind == "connect":
        head = sock.recv(65536).decode()
        asked.append(head)
        sock.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        return int(head.split()[1].rpartition(":")[2])
    sock.recv(64)  # version, methods
    sock.sendall(b"\x05\x00")
    request = sock.recv(262)
    host = request[5 : 5 + request[4]].decode()  # a name: that is what socks5h asks for
    (port,) = struct.unpack("!H", request[-2:])
    asked.append(f"{host}:{port}")
    sock.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
    return int(port)


def test_plain_http_goes_through_a_forwarding_proxy(client: Clients) -> None:
    seen: list[str] = []

    def forward(request: Request) -> Reply:
        seen.append(f"{request.path} {request.host} {request.headers.get('proxy-authorization')}")
        return Reply(200, {}, Bytes(b"through"))

    with LoopbackServer(forward) as proxying:
        address = f"http://me:word@127.0.0.1:{proxying.port}"
        answer = client(proxies={"http": address}).request("GET", "http://models.test/a?b=c")

    assert answer.body == b"through"
    assert seen == ["/a models.test Basic bWU6d29yZA=="]


@pytest.mark.parametrize("kind", ["connect", "socks5h"])
def test_https_goes_through_a_tunnel_and_is_verified_to_its_end(kind: str, client: Clients) -> None:
    authority = trustme.CA()
    with tls_server(authority, "models.test") as port, proxy(kind) as (proxy_port, asked):
        scheme = "http" if kind == "connect" else kind
        proxies = {"https": f"{scheme}://127.0.0.1:{proxy_port}"}
        one = client(proxies=proxies, tls=trusting(authority))
        assert one.request("GET", f"https://models.test:{port}/x").body == b"ok"

    assert f"models.test:{port}" in asked[0]
