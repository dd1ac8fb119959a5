"""What every test may rely on: no network, nobody's settings, a home of its own."""

from __future__ import annotations

import asyncio
import os
import socket
from pathlib import Path

import pytest
from blockbuster import BlockingError

from model_keeper.engine.clock import SystemClock


def test_no_connection_leaves_this_machine() -> None:
    with socket.socket() as sock, pytest.raises(AssertionError, match=r"reach 192\.0\.2\.1"):
        sock.connect(("192.0.2.1", 80))


def test_no_name_is_looked_up() -> None:
    with pytest.raises(AssertionError, match=r"reach example\.org"):
        socket.create_connection(("example.org", 80))


def test_loopback_can_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()


@pytest.mark.usefixtures("blocking_refused")
def test_a_blocking_call_on_an_event_loop_is_noticed() -> None:
    async def careless() -> None:
        SystemClock().sleep(0)

    with pytest.raises(BlockingError):
        asyncio.run(careless())
    SystemClock().sleep(0)  # anybody else may block


def test_the_home_is_empty() -> None:
    assert list(Path.home().iterdir()) == []


def test_no_key_is_set() -> None:
    assert not [name for name in os.environ if name.endswith(("_TOKEN", "_PROXY", "_proxy"))]
