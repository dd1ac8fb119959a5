"""Hygiene of every test: a home of its own, no keys or settings of a person, no network."""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from blockbuster import blockbuster_ctx
from hypothesis import HealthCheck, settings

# How fast an example runs depends on the machine; no test does.
settings.register_profile(
    "steady", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

# In the background of a shell Ctrl+C is ignored, and so it would be by every program started here.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A download is a download here; what follows it has tests of its own, which switch it on.
os.environ["MODEL_KEEPER_COMPLETE_DOWNLOADS"] = "off"
_KEPT = {
    "MODEL_KEEPER_SKIP_POSTGRES",
    "MODEL_KEEPER_LIVE",
    "MODEL_KEEPER_COMPLETE_DOWNLOADS",
}
_SCRUBBED = ("HF_", "HUGGING", "CIVITAI_", "MODEL_KEEPER_", "XDG_")
_FOLDERS = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}


class NetworkRefusedError(AssertionError):
    """A test wanted to leave this machine. No code catches it by accident: it is no OSError."""


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Ever another empty folder; far cheaper than pytest's own, which lists its siblings."""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in count())


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, homes: Iterator[Path]) -> None:
    """No token, proxy or setting of whoever runs the tests; an empty home folder."""
    for name in list(os.environ):
        if name not in _KEPT and _personal(name):
            monkeypatch.delenv(name)
    home = next(homes)
    home.mkdir()
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name, folder in _FOLDERS.items():
        monkeypatch.setenv(name, str(home / folder))


@pytest.fixture(autouse=True)
def loopback_only(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections and look-ups of names end at this machine, but for tests marked ``live``."""
    if request.node.get_closest_marker("live"):
        return
    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    look_up = socket.getaddrinfo

    def getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        _refuse_beyond(host)
        return look_up(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


@pytest.fixture
def blocking_refused() -> Iterator[None]:
    """While it lasts, whatever of the product blocks an event loop fails, on any thread."""
    with blockbuster_ctx("model_keeper"):
        yield


def _personal(name: str) -> bool:
    name = name.upper()
    return name.startswith(_SCRUBBED) or name.endswith(("_PROXY", "_TOKEN", "_API_KEY"))


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse_beyond(address[0])
        return connect(self, address)

    return guarded


def _refuse_beyond(host: str | bytes | None) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name in (None, "", "localhost"):
        return
    try:
        if ipaddress.ip_address(str(name).partition("%")[0]).is_loopback:
            return
    except ValueError:
        pass
    raise NetworkRefusedError(f"A test wanted to reach {name}.")
