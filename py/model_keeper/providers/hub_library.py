"""Searching the Hub's repositories through huggingface_hub: any version from 0.20, or none.

The library is imported when it is first needed and used for this alone. It connects by itself, so
the host policy and the host's waiting list are asked first; proxies it reads from the environment,
as everything here does. No token goes with a search.
"""

from __future__ import annotations

import importlib
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from typing import Any, Protocol
from urllib.parse import urlsplit

from model_keeper import __version__
from model_keeper.domain.errors import KeeperError
from model_keeper.net.http import HttpClient

_SECONDS = 20.0
_PROBE_SECONDS = 5.0
# What its versions raise for answers, or arguments, that they do not expect.
_UNREAD = (AttributeError, LookupError, TypeError, ValueError)


class RepositorySearch(Protocol):
    """Who finds repositories by a text in their names."""

    def repositories(self, text: str, limit: int) -> Sequence[str]:
        """``owner/name`` of the best ``limit``. Raises KeeperError."""


class HubLibrary:
    """The installed huggingface_hub, asking one endpoint."""

    def __init__(
        self,
        client: HttpClient,
        endpoint: str,
        *,
        seconds: float = _SECONDS,
        load: Callable[[], Any] = lambda: importlib.import_module("huggingface_hub"),
    ) -> None:
        """``seconds`` limits one search: old versions of the library wait without an end."""
        self._client = client
        self._endpoint = endpoint
        self._seconds = seconds
        self._load = load

    def repositories(self, text: str, limit: int) -> Sequence[str]:
        """Raises KeeperError dependency_missing, host_refused, rate_limited, unreachable, …"""
        self._client.take_turn(self._endpoint)
        # The library tries again and again where nobody is, and takes its time for it.
        self._client.reach(self._endpoint, _PROBE_SECONDS)
        answer: Future[Sequence[str]] = Future()
        threading.Thread(
            target=self._answer, args=(answer, text, limit), name="hub-search", daemon=True
        ).start()
        try:
            return answer.result(self._seconds)
        except TooLate:
            raise self._unreachable("it did not answer in time") from None
        except ImportError as error:
            raise _missing() from error
        except _failures() as error:
            raise self._explained(error) from error

    def _answer(self, answer: Future[Sequence[str]], text: str, limit: int) -> None:
        try:
            answer.set_result(self._listed(text, limit))
        except BaseException as error:  # noqa: BLE001 - handed over to whoever waits, not swallowed
            answer.set_exception(error)

    def _listed(self, text: str, limit: int) -> Sequence[str]:
        library = self._load()
        api = library.HfApi(
            endpoint=self._endpoint,
            token=False,
            library_name="model-keeper",
            library_version=__version__,
        )
        found = api.list_models(search=text, sort="downloads", limit=limit)
        names = (getattr(info, "id", None) or getattr(info, "modelId", None) for info in found)
        return tuple(str(name) for name in names if name)

    def _explained(self, error: BaseException) -> KeeperError:
        response = getattr(error, "response", None)
        status = getattr(response, "status_code", None)
        if not isinstance(status, int):
            unread = isinstance(error, _UNREAD) and not isinstance(error, OSError)
            why = "the installed huggingface-hub cannot read its answer"
            return self._unreachable(why if unread else "the search failed")
        headers: Mapping[str, str] = getattr(response, "headers", {})
        self._client.note_answer(
            self._endpoint, status, {name.lower(): value for name, value in headers.items()}
        )
        host = urlsplit(self._endpoint).hostname
        if status == 429:
            return KeeperError("rate_limited", host=host)
        return KeeperError(
            "server_error" if status >= 500 else "unexpected_status", host=host, status=status
        )

    def _unreachable(self, why: str) -> KeeperError:
        return KeeperError("unreachable", host=urlsplit(self._endpoint).hostname, why=why)


def _missing() -> KeeperError:
    return KeeperError(
        "dependency_missing",
        what="Searching Hugging Face",
        package="huggingface-hub",
        command=f'"{sys.executable}" -m pip install huggingface-hub',
    )


def _failures() -> tuple[type[BaseException], ...]:
    """What a search can raise. Which HTTP client the library has differs by its version."""
    clients = (sys.modules.get(name) for name in ("httpx", "httpx2"))
    return (
        OSError,
        *_UNREAD,
        *(client.HTTPError for client in clients if client is not None),
    )
