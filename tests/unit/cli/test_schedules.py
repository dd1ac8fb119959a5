"""``model-keeper schedules`` as a person has it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from model_keeper.cli.commands import app
from model_keeper.domain.errors import KeeperError


class Terminal:
    """Runs commands in this process, on one state folder."""

    def __init__(self, state: Path) -> None:
        self._state = state

    def run(self, *arguments: str) -> Result:
        return CliRunner().invoke(app, ["--state-dir", str(self._state), "schedules", *arguments])

    def told(self, *arguments: str) -> Any:
        done = self.run(*arguments, "--json")
        assert done.exit_code == 0, done.output
        return json.loads(done.output)


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Terminal:
    return Terminal(tmp_path_factory.mktemp("terminal"))


def test_schedules_are_set_listed_and_removed(terminal: Terminal) -> None:
    nightly = ("--task", "metadata", "--cron", "0 3 * * *", "--only-when-idle")
    made = terminal.told("set", "nightly", *nightly)
    assert made["when"] == {"kind": "cron", "minutes": None, "cron": "0 3 * * *"}
    off = terminal.told("set", "nightly", "--off")
    assert off == {**made, "enabled": False, "next_run": None}
    often = terminal.run("set", "nightly", "--minutes", "90", "--on").output
    assert "nightly: metadata every 90 min, when nothing runs, next run" in often
    assert "nightly" in terminal.run("list").output
    assert terminal.told("remove", "nightly") == {"removed": "nightly"}
    names = [row["name"] for row in terminal.told("list")["items"]]
    assert names == ["at-start", "daily"]


def test_minutes_alone_change_what_is_there(terminal: Terminal) -> None:
    changed = terminal.told("set", "at-start", "--minutes", "30", "--while-generating")
    assert changed["when"] == {"kind": "start", "minutes": 30, "cron": None}
    assert changed["not_while_generating"] is False


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("set", "x", "--task", "scan"), "Say when"),
        (("set", "x", "--idle"), "--task"),
        (("set", "x", "--task", "scan", "--idle", "--start"), "Choose one"),
        (("set", "x", "--task", "dance", "--idle"), "dance"),
    ],
)
def test_options_that_make_no_schedule_are_refused(
    terminal: Terminal, arguments: tuple[str, ...], said: str
) -> None:
    done = terminal.run(*arguments)
    assert done.exit_code == 2
    assert said in done.output


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("set", "x", "--task", "scan", "--cron", "99 * * * *"), "cron_unreadable"),
        (("set", "x", "--task", "scan", "--minutes", "0"), "invalid_request"),
        (("run", "nobody"), "schedule_unknown"),
        (("remove", "nobody"), "schedule_unknown"),
    ],
)
def test_what_is_wrong_has_a_code(
    terminal: Terminal, arguments: tuple[str, ...], code: str
) -> None:
    refused = terminal.run(*arguments).exception
    assert isinstance(refused, KeeperError)
    assert refused.code == code
