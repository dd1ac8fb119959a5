"""``model-keeper maintenance`` where no worker is needed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from model_keeper.cli.commands import app
from model_keeper.domain.errors import KeeperError


class Terminal:
    """Runs commands in this process, on one state folder with one folder of loras."""

    def __init__(self, folder: Path) -> None:
        self.loras = folder / "models" / "loras"
        self.loras.mkdir(parents=True)
        self._state = folder / "state"
        self.run("settings", "set", "models_dir", str(self.loras.parent))

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ["--state-dir", str(self._state), *arguments])

    def policies(self, *arguments: str) -> Any:
        done = self.run("maintenance", "folders", *arguments, "--json")
        assert done.exit_code == 0, done.output
        items = json.loads(done.output)["items"]
        return {row["path"]: row["policy"] for row in items if row["category"] == "loras"}


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return Terminal(tmp_path_factory.mktemp("terminal"))


def test_who_never_looked_is_told_how(terminal: Terminal) -> None:
    shown = terminal.run("maintenance", "show")
    assert shown.exit_code == 0
    assert "model-keeper maintenance scan" in shown.output


def test_a_folder_is_left_alone_as_its_policy_says(terminal: Terminal) -> None:
    path = str(terminal.loras)
    assert terminal.policies() == {path: "start"}
    assert terminal.policies(path, "--policy", "manual") == {path: "manual"}
    assert "manual" in terminal.run("maintenance", "folders").output
    assert terminal.policies(path, "--policy", "start") == {path: "start"}


@pytest.mark.parametrize("arguments", [("/m/loras",), ("--policy", "idle")])
def test_half_a_wish_is_refused(terminal: Terminal, arguments: tuple[str, ...]) -> None:
    done = terminal.run("maintenance", "folders", *arguments)
    assert (done.exit_code, "together" in done.output) == (2, True)


def test_an_unknown_folder_is_refused(terminal: Terminal) -> None:
    refused = terminal.run("maintenance", "folders", "/nowhere", "--policy", "idle").exception
    assert isinstance(refused, KeeperError)
    assert refused.code == "folder_unknown"
