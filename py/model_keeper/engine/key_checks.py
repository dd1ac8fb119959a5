"""Whether providers accept our keys: asked when it matters, and once for two hundred links."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from model_keeper.domain.errors import Family, KeeperError
from model_keeper.domain.ports import Clock
from model_keeper.domain.prechecks import Key
from model_keeper.net.credentials import Credentials
from model_keeper.providers.registry import Providers

_BELIEVED = 600.0  # seconds
_UNREACHED = 30.0


@dataclass(frozen=True)
class _Answer:
    token: str
    key: Key
    until: float


class KeyChecks:
    """The answers are kept for some minutes, and forgotten with the key. Safe for threads."""

    def __init__(self, credentials: Credentials, clock: Clock) -> None:
        self._credentials = credentials
        self._clock = clock
        self._lock = threading.Lock()
        self._answers: dict[str, _Answer] = {}

    def known(self, provider: str) -> Key:
        """Without asking anybody."""
        token = self._credentials.token(provider)
        return self._answered(provider, token) if token else Key.MISSING

    def tested(self, provider: str, providers: Providers) -> Key:
        """Asks the provider, unless it answered lately. Whoever asks meanwhile waits for that."""
        with self._lock:
            token = self._credentials.token(provider)
            if not token:
                return Key.MISSING
            known = self._answers.get(provider)
            fresh = known and known.token == token and self._clock.monotonic() < known.until
            if known is None or not fresh:
                self._answers[provider] = self._ask(provider, token, providers)
        return self._answered(provider, token)

    def _answered(self, provider: str, token: str) -> Key:
        known = self._answers.get(provider)
        return known.key if known is not None and known.token == token else Key.UNTESTED

    def _ask(self, provider: str, token: str, providers: Providers) -> _Answer:
        now = self._clock.monotonic()
        try:
            providers.check_token(provider)
        except KeeperError as exc:
            if exc.family is Family.CREDENTIALS:
                return _Answer(token, Key.REFUSED, now + _BELIEVED)
            return _Answer(token, Key.UNTESTED, now + _UNREACHED)
        return _Answer(token, Key.VALID, now + _BELIEVED)
