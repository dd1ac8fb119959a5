"""Who gets to see a token while a file comes in pieces: the origin that it is for, and no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from model_keeper.domain.downloads import Asset
from model_keeper.engine.clock import SystemClock
from model_keeper.engine.control import JobControl
from model_keeper.net.connection import Connector
from model_keeper.net.hosts import HostPolicy
from model_keeper.net.http import HttpClient
from model_keeper.net.proxies import Proxies
from model_keeper.net.throttle import HostThrottle
from model_keeper.providers.plain import Plain
from model_keeper.testing.origin import Origin
from model_keeper.testing.server import LoopbackServer, Reply, Request
from model_keeper.transfer.limits import Bandwidth, ConnectionSlots
from model_keeper.transfer.retries import RetryPolicy
from model_keeper.transfer.transfer import Order, Transfer

CONTENT = bytes(range(256)) * 4096
FILE = "/model.bin"

Fetch = Callable[[str], bytes]


class TokenFor:
    """Entitles every address of this machine: what is left to decide are redirects alone."""

    def authorization_for(self, url: str) -> str | None:
        del url
        return "Bearer secret"


def answer(request: Request) -> Reply:
    """Ways to the file: ``/near`` stays, ``/away`` leaves, ``/and-back`` leaves and returns."""
    port = request.host.rpartition(":")[2]
    first, other = f"http://127.0.0.1:{port}", f"http://localhost:{port}"
    ways = {
        "/near": FILE,
        "/away": other + FILE,
        "/and-back": f"{other}/back",
        "/back": first + FILE,
    }
    return Reply(302, {"Location": ways[request.path]})


@pytest.fixture
def server() -> Iterator[LoopbackServer]:
    """The file breaks off every 256 KiB, so that it takes several requests to its address."""

    def file_or_way(request: Request) -> Reply:
        return files.respond(request) if request.path == FILE else answer(request)

    with Origin() as files, LoopbackServer(file_or_way) as made:
        files.add(FILE, CONTENT, "cut_every", every=256 << 10)
        yield made


@pytest.fixture
def fetch(tmp_path: Path) -> Iterator[Fetch]:
    clock = SystemClock()
    connector = Connector(HostPolicy(("127.0.0.1", "localhost")), Proxies({}))
    client = HttpClient(connector, TokenFor(), HostThrottle(clock), user_agent="model-keeper/test")
    slots = ConnectionSlots(per_host=4, total=4)
    transfer = Transfer(client, clock, slots=slots, bandwidth=Bandwidth(clock, None))

    def fetch_one(url: str) -> bytes:
        order = Order(
            Asset(provider="plain", url=url, name="model.bin"),
            tmp_path / ".model.bin.part",
            retries=RetryPolicy(base=0.0),
        )
        fetched = transfer.fetch(order, Plain(client, clock), JobControl(), lambda _progress: None)
        return Path(fetched.path).read_bytes()

    with closing(client):
        yield fetch_one


@pytest.mark.parametrize(
    ("way", "bytes_too"),
    [(FILE, True), ("/near", True), ("/away", False), ("/and-back", False)],
)
def test_only_the_origin_that_was_asked_and_chose_the_address_sees_the_token(
    server: LoopbackServer, fetch: Fetch, way: str, *, bytes_too: bool
) -> None:
    assert fetch(server.url + way) == CONTENT

    assert all(record.authorization for record in server.records(way))
    pieces = [record.authorization for record in server.records(FILE)]
    assert len(pieces) > 3
    assert set(pieces) == {bytes_too}
    assert not any(record.authorization for record in server.records("/back"))
