"""Tokens: where they come from, and the only hosts that ever see them."""

from __future__ import annotations

import contextlib
import json
import re
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from model_keeper.domain.errors import KeeperError
from model_keeper.files.failures import file_failed
from model_keeper.files.private_json import replace_private_json
from model_keeper.net.hosts import Origin

CIVITAI, HUGGINGFACE = "civitai", "huggingface"

_HOSTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        HUGGINGFACE: frozenset({"huggingface.co"}),
        CIVITAI: frozenset({"civitai.com", "civitai.red", "civitai.green"}),
    }
)
_VARIABLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {HUGGINGFACE: ("HF_TOKEN",), CIVITAI: ("CIVITAI_TOKEN", "CIVITAI_API_KEY")}
)
_SERVICE = "model-keeper"
_WORD = re.compile(r"[!-~]+")

Source = Callable[[str], "str | None"]


class Credentials:
    """Tokens by provider: environment, ``hf auth login``, OS keyring, then a private file.

    A token goes over https to its provider's exact hosts, and to hosts that ``token_hosts`` names
    for it (``host`` or ``host:port``, these also over http). Nothing here prints a token.
    """

    def __init__(self, file: Path, environment: Mapping[str, str], *, keyring: bool = True) -> None:
        self._file = file
        self._environment = environment
        self._keyring = keyring
        self._lock = threading.Lock()
        self._shared: dict[str, str] = {}
        self._further = _token_hosts(environment.get("MODEL_KEEPER_TOKEN_HOSTS", ""))

    def authorization_for(self, url: str) -> str | None:
        """The Authorization header for a request to ``url``, or None."""
        origin = Origin.of(url)
        for provider in _HOSTS:
            if self._entitled(provider, origin):
                token = self.token(provider)
                return f"Bearer {token}" if token else None
        return None

    def token(self, provider: str) -> str | None:
        found = self._find(provider)
        return found[1] if found else None

    def describe(self) -> dict[str, str | None]:
        """Where each provider's token comes from; never the token."""
        return {name: found[0] if (found := self._find(name)) else None for name in _HOSTS}

    def set(self, provider: str, token: str) -> None:
        """Keep a token in the private file.

        Raises KeeperError storage_failed, and invalid_request for what no header can carry.
        """
        if not _WORD.fullmatch(token):
            what = "A token is one word of Latin letters, digits and signs."
            raise KeeperError("invalid_request", what=what)
        self._change({provider: token})

    def forget(self, provider: str) -> None:
        """Remove what :meth:`set` kept. Raises KeeperError storage_failed."""
        self._change({provider: None})

    def share(self, tokens: Mapping[str, str]) -> None:
        """Take tokens that another program of this person has; kept in memory only."""
        with self._lock:
            self._shared.update({k: v for k, v in tokens.items() if k in _HOSTS})

    def from_environment(self) -> dict[str, str]:
        """The tokens that only this process may have."""
        found = {name: self._from_environment(name) for name in _HOSTS}
        return {name: token for name, token in found.items() if token}

    def __repr__(self) -> str:
        return f"Credentials({self.describe()})"

    def _entitled(self, provider: str, origin: Origin) -> bool:
        further = self._further.get(provider, frozenset())
        if origin.host in further or f"{origin.host}:{origin.port}" in further:
            return True
        return origin.scheme == "https" and origin.port == 443 and origin.host in _HOSTS[provider]

    def _find(self, provider: str) -> tuple[str, str] | None:
        sources: tuple[tuple[str, Source], ...] = (
            ("environment", self._from_environment),
            ("host", self._from_sharing),
            ("hf auth login", self._from_hub_login),
            ("keyring", self._from_keyring),
            ("file", self._from_file),
        )
        for name, source in sources:
            token = source(provider)
            if token:
                return name, token
        return None

    def _from_environment(self, provider: str) -> str | None:
        found = (self._environment.get(name, "").strip() for name in _VARIABLES[provider])
        return next((token for token in found if token), None)

    def _from_sharing(self, provider: str) -> str | None:
        with self._lock:
            return self._shared.get(provider)

    def _from_hub_login(self, provider: str) -> str | None:
        """The file that ``hf auth login`` writes (huggingface_hub's documented locations)."""
        if provider != HUGGINGFACE:
            return None
        environment = self._environment
        cache = Path(environment.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        home = Path(environment.get("HF_HOME") or cache / "huggingface")
        path = Path(environment.get("HF_TOKEN_PATH") or home / "token").expanduser()
        with contextlib.suppress(OSError, UnicodeDecodeError):
            return path.read_text(encoding="utf-8").strip() or None
        return None

    def _from_keyring(self, provider: str) -> str | None:
        if not self._keyring:
            return None
        try:
            import keyring
            import keyring.errors
        except ImportError:
            return None
        with contextlib.suppress(keyring.errors.KeyringError):
            found = keyring.get_password(_SERVICE, provider)
            return found if isinstance(found, str) else None
        return None

    def _from_file(self, provider: str) -> str | None:
        found = self._stored().get(provider)
        return found if isinstance(found, str) else None

    def _stored(self) -> dict[str, object]:
        try:
            data = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def _change(self, changes: Mapping[str, str | None]) -> None:
        kept = {**self._stored(), **changes}
        kept = {name: token for name, token in kept.items() if token is not None}
        try:
            replace_private_json(self._file, kept)
        except OSError as exc:
            raise file_failed(exc, self._file) from None


def _token_hosts(text: str) -> dict[str, frozenset[str]]:
    """``huggingface=127.0.0.1:8080,civitai=localhost:9000`` as a table."""
    hosts: dict[str, set[str]] = {}
    for entry in text.split(","):
        provider, _, host = entry.strip().partition("=")
        if host:
            hosts.setdefault(provider.strip().lower(), set()).add(host.strip().lower())
    return {provider: frozenset(names) for provider, names in hosts.items()}
