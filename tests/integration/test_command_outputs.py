"""Commands whose output, folders or settings are not as they should be: a sentence, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.testing.model_files import safetensors
from tests.integration.commands import Commands
from tests.integration.old_files import age
from tests.integration.patience import PATIENCE

NAME = "水彩 ✓.safetensors"


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    with Commands(tmp_path_factory.mktemp("outputs")) as made:
        path = made.models / "loras" / NAME
        path.parent.mkdir()
        path.write_bytes(safetensors(2_000, seed=1))
        age(path)
        assert made.run("settings", "set", "models_dir", str(made.models)).code == 0
        assert made.run("library", "scan").code == 0
        yield made


def printed(commands: Commands, folder: Path, *arguments: str) -> bytes:
    """What a command writes where the output is a code page of the west."""
    with (folder / "out").open("wb") as out:
        process = commands.start(*arguments, stdout=out)
        process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    return (folder / "out").read_bytes()


def test_a_name_that_the_output_cannot_say_is_escaped(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    assert b"loras/\\u6c34\\u5f69" in printed(commands, tmp_path, "library", "list")
    (model,) = json.loads(printed(commands, tmp_path, "library", "list", "--json"))["items"]
    assert model["name"] == NAME


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_an_output_without_space_is_told(commands: Commands, form: list[str]) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        process = commands.start("library", "list", *form, stdout=full)
        _, told = process.communicate(timeout=PATIENCE)
    assert process.returncode == 1
    assert told.startswith("The output could not be read or written")


def test_a_file_that_cannot_be_written_is_named(commands: Commands) -> None:
    said = commands.run("library", "export", str(commands.models))
    assert said.code == 1
    assert said.err.startswith(f"{commands.models} could not be read or written")


def test_a_file_in_place_of_the_models_folder_is_told(commands: Commands) -> None:
    file = commands.models / "loras" / NAME
    said = commands.run("library", "scan", "--models-dir", str(file))
    assert said.code == 5
    assert said.err.startswith(f"There is no folder {file}.")


def test_a_state_folder_that_cannot_be_made_names_the_option(commands: Commands) -> None:
    file = commands.models / "loras" / NAME
    said = commands.run("--state-dir", str(file / "state"), "jobs", "list")
    assert (said.code, "--state-dir" in said.err) == (1, True), said


@pytest.mark.parametrize(
    ("where", "why"),
    [(["--port", "70000"], "65535"), (["--listen", "192.0.2.1", "--token", "x"], "192.0.2.1")],
)
def test_an_address_that_cannot_be_served_is_told(
    commands: Commands, where: list[str], why: str
) -> None:
    said = commands.run("serve", "--port", "0", *where)
    assert (said.code, why in said.err, "Traceback" in said.err) == (2, True, False), said


def test_a_place_is_kept_as_it_was_meant(commands: Commands, tmp_path: Path) -> None:
    """The next command may run in another folder."""
    run = [sys.executable, "-m", "model_keeper", "--state-dir", str(tmp_path / "state"), "settings"]
    changed = [*run, "set", "models_dir", "mine"]
    done = subprocess.run(changed, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        f"models_dir = {tmp_path / 'mine'}",
        "There is no such folder yet.",
    ]
    shown = subprocess.run([*run, "show", "--json"], capture_output=True, check=True)
    assert json.loads(shown.stdout)["models_dir"] == os.fspath(tmp_path / "mine")
