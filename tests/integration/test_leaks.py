"""What is opened again and again is closed as often: no file and no thread is left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from model_keeper.domain.downloads import NetworkSettings
from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.testing.origin import Origin

BODY = bytes(range(256)) * 1000
ENVIRONMENT = {"MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1"}
OPEN_FILES = Path("/proc/self/fd")

pytestmark = pytest.mark.skipif(
    not OPEN_FILES.is_dir(), reason="files are counted as Linux shows them"
)


def leaves_nothing_open(round_of_work: Callable[[], None]) -> None:
    """After a few rounds that may fill caches, 50 more leave next to nothing behind."""
    for _ in range(3):
        round_of_work()
    files, threads = len(list(OPEN_FILES.iterdir())), threading.active_count()
    for _ in range(50):
        round_of_work()

    assert len(list(OPEN_FILES.iterdir())) - files <= 2
    assert threading.active_count() - threads <= 2


def test_fifty_clients_with_their_origins(tmp_path: Path) -> None:
    with StandaloneHost(state_dir=tmp_path / "state", environment=ENVIRONMENT) as host:

        def round_of_work() -> None:
            client = host.network.client(NetworkSettings.from_environment(ENVIRONMENT))
            with Origin() as origin:
                url = origin.add("x.bin", BODY)
                with client.open("GET", url) as left_early:
                    left_early.read(1000)
                assert client.request("GET", url).body == BODY
            host.network.close()

        leaves_nothing_open(round_of_work)


def test_fifty_hosts_with_their_stores(tmp_path: Path) -> None:
    with Origin() as origin:
        url = origin.add("x.bin", BODY)

        def round_of_work() -> None:
            with StandaloneHost(state_dir=tmp_path / "state", environment=ENVIRONMENT) as host:
                host.store.wakeups.start()
                host.store.jobs.counts()
                client = host.network.client(NetworkSettings.from_environment(ENVIRONMENT))
                assert client.request("GET", url).body == BODY

        leaves_nothing_open(round_of_work)
