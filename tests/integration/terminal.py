"""The command line as a person has it: a program of its own, its answers and its exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.integration.patience import PATIENCE

ALLOW_LOOPBACK = {"MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1,localhost"}


class Terminal:
    """Runs ``model-keeper`` with a state folder of its own below ``folder``."""

    def __init__(self, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.models = folder / "models"
        self.state = folder / "state"
        self._environment = ALLOW_LOOPBACK if environment is None else environment

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self._command(arguments), timeout=PATIENCE, check=False, **self._streams()
        )

    def start(self, *arguments: str, **streams: Any) -> subprocess.Popen[str]:
        """``streams`` are others than those of :meth:`run`, such as a terminal as ``stdin``."""
        return subprocess.Popen(self._command(arguments), **{**self._streams(), **streams})

    def get(self, *arguments: str) -> list[str]:
        """The arguments of a ``get`` into the loras of this terminal's models folder."""
        return ["get", *arguments, "--to", "loras", "--models-dir", str(self.models)]

    def _command(self, arguments: tuple[str, ...]) -> list[str]:
        return [sys.executable, "-m", "model_keeper", "--state-dir", str(self.state), *arguments]

    def _streams(self) -> dict[str, Any]:
        return {
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "text": True,
            "env": {**os.environ, "COLUMNS": "1000", **self._environment},
        }


def objects(text: str) -> list[dict[str, Any]]:
    """What ``--json`` printed: one object a line."""
    return [json.loads(line) for line in text.splitlines()]
