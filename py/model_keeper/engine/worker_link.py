"""Talking to the worker of a state folder over its loopback port."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from model_keeper.engine.state_folder import StateFolder
from model_keeper.files.private_json import replace_private_json

NONCE_HEADER = "X-Model-Keeper-Nonce"
_TIMEOUT = 2.0


@dataclass(frozen=True)
class WorkerRecord:
    """What ``worker.json`` says: how to reach the worker, and how to know that it is the one."""

    id: str
    pid: int
    start_time: float
    version: str
    port: int
    nonce: str

    def write(self, state: StateFolder) -> None:
        replace_private_json(state.worker_record, asdict(self))

    @classmethod
    def read(cls, state: StateFolder) -> WorkerRecord | None:
        """The record that is there, or None where there is none to be read."""
        try:
            return cls(**json.loads(state.worker_record.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


class WorkerLink:
    """Requests to one worker. Losing it loses smoothness, nothing else: callers get None."""

    def __init__(self, record: WorkerRecord) -> None:
        self.record = record

    def live(self) -> Mapping[str, Mapping[str, Any]] | None:
        """Progress by job id, or None where the worker does not answer."""
        answer = self._ask("GET", "/live")
        if answer is None:
            return None
        jobs: Mapping[str, Mapping[str, Any]] = answer["jobs"]
        return jobs

    def health(self) -> Mapping[str, Any] | None:
        health: Mapping[str, Any] | None = self._ask("GET", "/health")
        return health

    def wake(self) -> None:
        self._ask("POST", "/wake", {})

    def share_secrets(self, secrets: Mapping[str, str]) -> None:
        """Hand over tokens that only this host has; the worker keeps them in its memory."""
        if secrets:
            self._ask("PUT", "/secrets", secrets)

    def tell_generating(self, generating: bool) -> None:  # noqa: FBT001 - a fact, not a mode
        """Whether ComfyUI generates now. Believed for some seconds only: hosts are killed."""
        self._ask("PUT", "/generating", {"generating": generating})

    def stop(self) -> None:
        """Ask it to give its jobs back and end."""
        self._ask("POST", "/stop", {})

    def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self.record.port, timeout=_TIMEOUT)
        try:
            headers = {NONCE_HEADER: self.record.nonce, "Content-Type": "application/json"}
            connection.request(
                method, path, None if body is None else json.dumps(body), headers=headers
            )
            answer = connection.getresponse()
            data = answer.read()
            return json.loads(data) if answer.status == http.client.OK else None
        except (OSError, ValueError, http.client.HTTPException):
            return None
        finally:
            connection.close()
