"""What this API needs of the host beyond the other one."""

from __future__ import annotations

from typing import Protocol

from model_keeper.engine.state_folder import StateFolder
from model_keeper.web.v1.backend import Backend


class LegacyBackend(Backend, Protocol):
    """Every method may block."""

    state: StateFolder
