"""The stub as a child process, for whoever tests against it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any


class ComfyUIProcess:
    """A stub ComfyUI that serves while the ``with`` block lasts.

    ``options`` are those of ``python -m model_keeper.testing.comfyui``, without ``--base``.
    Entering raises RuntimeError, with the log, where it does not come to serve.
    """

    def __init__(self, base: Path, *options: str) -> None:
        self.base = base
        self.url = ""
        self._options = options
        self._log = base / "user" / "comfyui.log"
        self._process: subprocess.Popen[str] | None = None

    @property
    def process(self) -> subprocess.Popen[str]:
        assert self._process is not None, "use it in with"
        return self._process

    def log(self) -> str:
        """What it has said so far."""
        return self._log.read_text(encoding="utf-8")

    def __enter__(self) -> ComfyUIProcess:
        self._log.parent.mkdir(parents=True, exist_ok=True)
        program = [sys.executable, "-m", "model_keeper.testing.comfyui"]
        command = [*program, "--base", str(self.base), *self._options]
        with self._log.open("w", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter and program
                command, stdout=subprocess.PIPE, stderr=log, text=True
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._end()
            raise RuntimeError(self.log())
        ready: dict[str, Any] = json.loads(line)
        self.url = ready["url"]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
