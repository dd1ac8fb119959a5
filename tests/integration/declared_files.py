"""A Hub that has every file that workflows declare, and ``get`` run in this process."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest
from typer.testing import CliRunner

from model_keeper.cli.commands import app
from model_keeper.domain.errors import KeeperError
from model_keeper.domain.references import ModelEntry
from model_keeper.engine.clock import SystemClock
from model_keeper.engine.state_folder import StateFolder
from model_keeper.engine.summary import error_code
from model_keeper.engine.supervisor import WorkerSupervisor
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.workflows.reader import read_workflow_file

_HUB = "https://huggingface.co/"


def declared(path: Path) -> tuple[ModelEntry, ...]:
    """What a workflow declares with its address, on active nodes and on others."""
    return tuple(entry for entry in read_workflow_file(path).entries if entry.address)


def places(entries: Iterable[ModelEntry]) -> set[tuple[str, str]]:
    return {(entry.category or "", entry.name) for entry in entries}


def stock(hub: FakeHub, entries: Iterable[ModelEntry]) -> Mapping[str, str]:
    """Put the files of ``entries`` on the Hub: small ones, equal where their names there are.

    The SHA256 of each by its address.
    """
    contents: dict[str, bytes] = {}
    hashes = {}
    for address in dict.fromkeys(str(entry.address) for entry in entries):
        repo, _, path = address.removeprefix(_HUB).partition("/resolve/main/")
        name = path.rpartition("/")[2]
        content = contents.setdefault(name, safetensors(4_000 + len(contents), seed=len(contents)))
        hub.add(repo, path, content)
        hashes[address] = hashlib.sha256(content).hexdigest()
    return hashes


def stocked(path: Path, folder: Path, hashes: Mapping[str, str]) -> Path:
    """A copy of the workflow that promises the bytes that the Hub has."""
    text = path.read_text(encoding="utf-8")
    for entry in declared(path):
        if entry.sha256:
            text = re.sub(entry.sha256, hashes[str(entry.address)], text, flags=re.IGNORECASE)
    copy = folder / path.name
    copy.write_text(text, encoding="utf-8")
    return copy


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def summary(self) -> Mapping[str, Any]:
        return self.lines[-1]


class InProcess:
    """Commands without a process of their own, over one state folder. Use it in ``with``."""

    def __init__(self, state: Path, hub: FakeHub, patch: pytest.MonkeyPatch) -> None:
        self._state = state
        for name, value in {
            "HF_ENDPOINT": hub.url,
            "HF_HOME": str(state / "hf"),
            "MODEL_KEEPER_ALLOW_HOSTS": "127.0.0.1,localhost",
            "MODEL_KEEPER_CIVITAI_ENDPOINT": "http://127.0.0.1:9",
        }.items():
            patch.setenv(name, value)

    @property
    def state(self) -> StateFolder:
        return StateFolder(self._state)

    def run(self, *arguments: str | Path, answers: str = "") -> Answer:
        """Run a command; ``answers`` are the lines that a person types."""
        words = ["--state-dir", str(self._state), *map(str, arguments)]
        done = CliRunner().invoke(app, words, input=answers)
        if done.exception is None or isinstance(done.exception, SystemExit):
            return Answer(done.exit_code, done.stdout, done.stderr)
        if isinstance(done.exception, KeeperError):
            return Answer(error_code(done.exception), done.stdout, done.exception.message)
        raise done.exception

    def get(self, models: Path, *arguments: str | Path) -> Answer:
        """``get`` as a script calls it."""
        models.mkdir(exist_ok=True)
        return self.run("get", *arguments, "--models-dir", models, "--json", "--yes")

    def __enter__(self) -> InProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, tb: TracebackType | None
    ) -> None:
        link = WorkerSupervisor(StateFolder(self._state), SystemClock()).running()
        if link is not None:
            link.stop()
