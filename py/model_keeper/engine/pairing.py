"""Clients that reach this server under a name it does not know prove once that they belong to it.

The proof is a code that only somebody with access to the server's console or files can read.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
import threading
from pathlib import Path
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.files.failures import file_failed
from model_keeper.files.private_json import replace_private_json

_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # without what is easily mistaken
_LENGTH = 8
_MOST_FAILURES = 5
_MOST_CLIENTS = 64


class Pairing:
    """The code, and the tokens that were given for it; kept in a private file, tokens as hashes."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = threading.Lock()

    def code(self) -> str:
        """The code that pairs the next client, as two groups. Raises storage_failed."""
        with self._lock:
            state = self._read()
            if not state["code"]:
                state = self._renewed(state)
            code: str = state["code"]
        return f"{code[:4]}-{code[4:]}"

    def pair(self, code: str) -> str:
        """A token for the client that knows the code, which is then spent.

        Raises KeeperError pairing_code_wrong; after some wrong ones there is a new code.
        """
        given = "".join(c for c in code.upper() if c.isalnum())
        with self._lock:
            state = self._read()
            if not state["code"] or not hmac.compare_digest(given.encode(), state["code"].encode()):
                self._note_failure(state)
                raise KeeperError("pairing_code_wrong")
            token = secrets.token_urlsafe(24)
            clients = [*state["clients"], _digest(token)][-_MOST_CLIENTS:]
            self._renewed({**state, "clients": clients})
        return token

    def knows(self, token: str) -> bool:
        digest = _digest(token)
        return any(hmac.compare_digest(digest, known) for known in self._read()["clients"])

    def forget_all(self) -> None:
        """Every client has to pair again."""
        with self._lock:
            self._renewed({"code": "", "failures": 0, "clients": []})

    def _note_failure(self, state: dict[str, Any]) -> None:
        failures = state["failures"] + 1
        if failures >= _MOST_FAILURES:
            self._renewed(state)
        else:
            self._write({**state, "failures": failures})

    def _renewed(self, state: dict[str, Any]) -> dict[str, Any]:
        code = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
        fresh = {**state, "code": code, "failures": 0}
        self._write(fresh)
        return fresh

    def _read(self) -> dict[str, Any]:
        empty: dict[str, Any] = {"code": "", "failures": 0, "clients": []}
        try:
            stored = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return empty
        return {**empty, **stored} if isinstance(stored, dict) else empty

    def _write(self, state: dict[str, Any]) -> None:
        try:
            replace_private_json(self._file, state)
        except OSError as exc:
            raise file_failed(exc, self._file) from None


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()
