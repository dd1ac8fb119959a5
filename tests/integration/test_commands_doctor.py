"""``doctor``: what is wrong with workflows and the library, what helps, and helping at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.commands import Commands, Said
from tests.integration.workflow_folder import model, node, workflow

REPO = "Comfy-Org/things"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.add(REPO, "loras/ink.safetensors", safetensors(20_000, seed=7))
        yield made


@pytest.fixture
def commands(hub: FakeHub, tmp_path: Path) -> Iterator[Commands]:
    environment = {"HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path / "no-hub-home")}
    with Commands(tmp_path, environment) as made:
        yield made


def doctor(commands: Commands, *arguments: str | Path) -> Said:
    return commands.run("doctor", *map(str, arguments), "--models-dir", str(commands.models))


def codes(said: Said) -> dict[str, str | None]:
    (document,) = said.lines
    return {row["code"]: row["fix"] for row in document["symptoms"]}


def test_what_could_be_better_about_a_sound_library_is_no_trouble(commands: Commands) -> None:
    model(commands.models, "vae/ae.safetensors")
    said = doctor(commands, "--json")
    told = codes(said)
    assert said.code == (1 if "space_low" in told else 0)
    assert {code: fix for code, fix in told.items() if code != "space_low"} == {
        "metadata_incomplete": "model-keeper maintenance apply metadata_incomplete --category vae",
        "hashes_missing": "model-keeper maintenance apply hashes_missing",
    }


def test_each_thing_comes_with_the_command_that_helps(
    commands: Commands, hub: FakeHub, tmp_path: Path
) -> None:
    model(commands.models, "vae/sub/ae.safetensors", seed=1)
    broken = commands.models / "loras" / "broken.safetensors"
    broken.parent.mkdir()
    broken.write_bytes(b"\xff" * 64)
    folder = tmp_path / "workflows"
    url = f"{hub.url}/{REPO}/resolve/main/loras/ink.safetensors"
    workflow(folder, "one", node(1, "VAELoader", "ae.safetensors"))
    workflow(folder, "two", node(1, "LoraLoader", "ink.safetensors", url))
    workflow(folder, "three", node(1, "VAELoader", "lost.safetensors"))
    (folder / "spoiled.json").write_text("{")

    said = doctor(commands, folder, "--json", "--offline")

    told = codes(said)
    assert {"relink", "fetch", "missing", "broken"} <= set(told)
    assert (
        told["relink"] == f"model-keeper resolve {folder} --relink --models-dir {commands.models}"
    )
    assert told["fetch"] == f"model-keeper get {folder} --models-dir {commands.models}"
    (document,) = said.lines
    assert document["workflows"] == 3
    assert [row["workflow"] for row in document["unreadable"]] == ["spoiled.json"]
    assert said.code == 1


def test_fixing_relinks_what_is_here_and_fetches_what_is_certain(
    commands: Commands, hub: FakeHub, tmp_path: Path
) -> None:
    model(commands.models, "vae/sub/ae.safetensors", seed=1)
    url = f"{hub.url}/{REPO}/resolve/main/loras/ink.safetensors"
    path = workflow(
        tmp_path,
        "w",
        node(1, "VAELoader", "ae.safetensors"),
        node(2, "LoraLoader", "ink.safetensors", url),
    )
    said = doctor(commands, path, "--fix", "--yes")
    assert said.code == 0, said.out + said.err
    assert commands.files() == ["loras/ink.safetensors", "vae/sub/ae.safetensors"]
    values = [row["widgets_values"][0] for row in json.loads(path.read_text())["nodes"]]
    assert values == ["sub/ae.safetensors", "ink.safetensors"]
    assert (tmp_path / "w.json.bak").exists()
    assert {"relink", "fetch"}.isdisjoint(codes(doctor(commands, path, "--json", "--offline")))


def test_a_file_that_is_not_there_is_said(commands: Commands) -> None:
    said = doctor(commands, "nowhere.json")
    assert said.code == 5
    assert "nowhere.json" in said.err
