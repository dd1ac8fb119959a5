"""Commands for tests that look at their JSON: on one state folder, with one models folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen
from types import TracebackType
from typing import Any

from model_keeper.engine.clock import SystemClock
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.supervisor import WorkerSupervisor
from tests.integration.terminal import ALLOW_LOOPBACK, Terminal, objects


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return objects(self.out)

    @property
    def last(self) -> dict[str, Any]:
        return self.lines[-1]


class Commands:
    """Runs commands. Use it in ``with``: its worker ends with it."""

    def __init__(self, folder: Path, environment: Mapping[str, str] | None = None) -> None:
        self._terminal = Terminal(folder, {**ALLOW_LOOPBACK, **(environment or {})})
        self.models = self._terminal.models
        self.models.mkdir(exist_ok=True)

    def run(self, *arguments: str) -> Said:
        done = self._terminal.run(*arguments)
        return Said(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments: str, **streams: Any) -> Popen[str]:
        return self._terminal.start(*arguments, **streams)

    def get(self, link: str, *arguments: str) -> Said:
        """``get`` as a script calls it: JSON, no questions, into the loras."""
        return self.run(*self._terminal.get(link, "--json", "--yes", *arguments))

    def files(self) -> list[str]:
        return sorted(
            path.relative_to(self.models).as_posix()
            for path in self.models.rglob("*")
            if path.is_file()
        )

    def __enter__(self) -> Commands:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        state = StateFolder(self._terminal.state)
        link = WorkerSupervisor(state, SystemClock()).running()
        if link is not None:
            link.stop()
