"""The API on both hosts: the standalone server and the extension inside the stub of ComfyUI."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlsplit

from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.worker_link import WorkerLink, WorkerRecord
from model_keeper.testing.comfyui.process import ComfyUIProcess
from tests.integration.patience import PATIENCE

ROOT = Path(__file__).parent.parent.parent
PREFIX = "/model-manager/v1"
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Reply:
    status: int
    data: Any
    headers: Mapping[str, str]

    @property
    def code(self) -> str:
        return str(self.data["error"]["code"])


class PanelHost:
    """A host with its own state and model folders. Use it in ``with``."""

    def __init__(self, folder: Path, kind: str, *options: str, **environment: str) -> None:
        self.folder = folder
        self.kind = kind
        self.state = folder / "state"
        self.models = folder / "models"
        self.url = ""
        self._options = options
        self._environment = {
            "MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1,localhost",
            "MODEL_KEEPER_STATE_DIR": str(self.state),
            **environment,
        }
        self._before: dict[str, str | None] = {}
        self._comfyui: ComfyUIProcess | None = None
        self._server: subprocess.Popen[str] | None = None

    def __enter__(self) -> PanelHost:
        for category in ("checkpoints", "loras", "vae", "text_encoders"):
            (self.models / category).mkdir(parents=True, exist_ok=True)
        self._before = {name: os.environ.get(name) for name in self._environment}
        os.environ.update(self._environment)
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self.kill()
        record = WorkerRecord.read(StateFolder(self.state))
        if record is not None:
            WorkerLink(record).stop()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value

    def start(self) -> None:
        if self.kind == "comfyui":
            extension = ("--custom-node", str(ROOT))
            self._comfyui = ComfyUIProcess(self.folder, *extension, *self._options)
            self.url = self._comfyui.__enter__().url
            return
        command = [sys.executable, "-m", "model_keeper", "serve", "--json", "--port", "0"]
        self._server = subprocess.Popen(
            [*command, "--models-dir", str(self.models), *self._options],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._server.stdout is not None
        self.url = json.loads(self._server.stdout.readline())["url"].rstrip("/")

    def kill(self) -> None:
        """End the host at once; a worker lives on."""
        if self._comfyui is not None:
            self._comfyui.__exit__(None, None, None)
            self._comfyui = None
        if self._server is not None:
            self._server.send_signal(signal.SIGKILL)
            self._server.wait()
            assert self._server.stdout is not None
            self._server.stdout.close()
            self._server = None

    def log(self) -> str:
        if self._comfyui is not None:
            return self._comfyui.log()
        return (self.state / "server.log").read_text(encoding="utf-8")

    def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        headers: Mapping[str, str] = JSON,
        *,
        prefix: str = PREFIX,
    ) -> Reply:
        """One request. ``body`` is JSON, or bytes as they are."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=PATIENCE)
        data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
        try:
            connection.request(method, f"{prefix}/{path}", data, dict(headers))
            answer = connection.getresponse()
            raw = answer.read()
            return Reply(answer.status, json.loads(raw), dict(answer.getheaders()))
        finally:
            connection.close()

    def get(self, path: str) -> Any:
        reply = self.ask("GET", path)
        assert reply.status == 200, reply
        return reply.data

    def post(self, path: str, body: Any = None) -> Any:
        reply = self.ask("POST", path, {} if body is None else body)
        assert reply.status in {200, 202}, reply
        return reply.data

    def job_in(self, job_id: str, *states: str) -> Any:
        """The job, once it is in one of the states. Follows the events, as a panel does."""
        return self.until(
            lambda: self.get(f"jobs/{job_id}")["job"], lambda job: job["state"] in states
        )

    def until(self, read: Callable[[], Any], wanted: Callable[[Any], bool]) -> Any:
        """What ``read`` gives, once it is wanted; looked at again after every event."""
        cursor = self.get("events")["next"]
        deadline = time.monotonic() + PATIENCE
        while not wanted(found := read()):
            assert time.monotonic() < deadline, found
            cursor = self.get(f"events?since={cursor}&wait=2")["next"]
        return found

    def worker_pid(self) -> int:
        record = WorkerRecord.read(StateFolder(self.state))
        assert record is not None
        return record.pid
