"""Keys of providers: taken, kept, and never given back."""

from __future__ import annotations

import base64
import binascii
from typing import Any

from model_keeper.domain.errors import KeeperError
from model_keeper.web.legacy.backend import LegacyBackend
from model_keeper.web.legacy.form import Form
from model_keeper.web.route import Route
from model_keeper.web.v1.settings import SettingsApi, TokenRequest

_AREA = "Keys"
_MASK = "••••••••"  # says that there is one, and nothing about it


class KeysApi:
    """Which keys there are, and a new one."""

    def __init__(self, backend: LegacyBackend) -> None:
        self._settings = SettingsApi(backend)

    def routes(self) -> list[Route]:
        return [
            Route("POST", "download/init", self.known, "Which keys there are.", Any, _AREA,
                  guarded=False),
            Route("POST", "download/setting", self.change, "Keep or forget a key.", Any, _AREA,
                  body=Form),
        ]  # fmt: skip

    def known(self) -> dict[str, str]:
        items = self._settings.credentials().items
        return {item.provider: _MASK for item in items if item.source is not None}

    def change(self, body: Form) -> None:
        """``value`` is the key in base64; null or empty forgets it."""
        provider = body.text("key")
        value = body.values.get("value")
        token = _decoded(str(value)) if value else ""
        if token:
            self._settings.put(provider, TokenRequest(token))
        else:
            self._settings.forget(provider)


def _decoded(value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode().strip()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise KeeperError("invalid_request", what="“value” must be a key in base64.") from None
