"""``get`` of workflows: what it fetches, what it leaves to a person, and what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.testing.hub import FakeHub
from model_keeper.workflows.manifest import Manifest
from tests.integration.declared_files import Answer, InProcess, declared, stock
from tests.integration.embedded import png_with
from tests.integration.workflow_folder import model, node, workflow

HUB = "https://huggingface.co/o/r/resolve/main/"
INK = node(1, "LoraLoader", "ink.safetensors", HUB + "ink.safetensors")


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        yield made


@pytest.fixture
def keeper(tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcess]:
    with InProcess(tmp_path / "state", hub, monkeypatch) as made:
        yield made


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def ink(tmp_path: Path, hub: FakeHub) -> Path:
    path = workflow(tmp_path, "ink", INK)
    stock(hub, declared(path))
    return path


def events(answer: Answer, *kinds: str) -> list[tuple[str, str]]:
    return [(line["event"], line["name"]) for line in answer.lines if line["event"] in kinds]


def test_what_is_certain_is_fetched_and_what_is_open_is_told(
    keeper: InProcess, hub: FakeHub, models: Path, tmp_path: Path
) -> None:
    for seed, name in enumerate(["flux/moved", "a/twice", "b/twice"]):
        model(models, f"vae/{name}.safetensors", seed=seed)
    path = workflow(
        tmp_path,
        "w",
        INK,
        node(2, "VAELoader", "moved.safetensors"),
        node(3, "VAELoader", "twice.safetensors"),
        node(4, "VAELoader", "lost.safetensors"),
    )
    stock(hub, declared(path))

    answer = keeper.get(models, path)

    assert answer.code == 2, "an open question comes before what nobody knows"
    assert (models / "loras" / "ink.safetensors").is_file(), "the rest was fetched"
    assert not (models / "vae" / "moved.safetensors").exists()
    assert events(answer, "reference", "relink", "choose", "missing") == [
        ("reference", "ink.safetensors"),
        ("relink", "moved.safetensors"),
        ("choose", "twice.safetensors"),
        ("missing", "lost.safetensors"),
    ]
    assert (answer.summary["succeeded"], answer.summary["reused"]) == (1, 1)
    assert f"resolve {path} --interactive --models-dir {models}" in answer.err


def test_what_nobody_knows_is_not_found(keeper: InProcess, models: Path, tmp_path: Path) -> None:
    path = workflow(tmp_path, "w", node(1, "VAELoader", "lost.safetensors"))
    answer = keeper.get(models, path)
    assert answer.code == 5
    assert "vae/lost.safetensors is not here, and nobody knows where it is." in answer.err


def test_a_folder_a_picture_and_a_link_are_one_batch(
    keeper: InProcess, hub: FakeHub, ink: Path, models: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "flows"
    for name in ("one", "two"):
        workflow(folder / name, name, INK)
    (folder / "broken.json").write_text("{")
    picture = tmp_path / "picture.png"
    vae = node(1, "VAELoader", "ae.safetensors", HUB + "ae.safetensors")
    picture.write_bytes(png_with({"nodes": [vae], "links": [], "version": 0.4}))
    stock(hub, [*declared(ink), *declared(picture)])

    answer = keeper.get(models, folder, picture, HUB + "ink.safetensors", "--to", "loras")

    assert answer.code == 1, "one file of the folder is broken"
    assert [row["state"] for row in answer.summary["jobs"]] == ["succeeded"] * 2
    assert sorted(p.relative_to(models).as_posix() for p in models.rglob("*.safetensors")) == [
        "loras/ink.safetensors",
        "vae/ae.safetensors",
    ]
    assert "broken.json" in answer.err


def test_decisions_and_outcomes_are_kept_where_it_is_wished(
    keeper: InProcess, ink: Path, models: Path, tmp_path: Path
) -> None:
    manifest = tmp_path / "project" / "pyproject.toml"
    manifest.parent.mkdir()
    manifest.write_text("[project]\nname = 'mine'\n")

    assert keeper.get(models, ink, "--manifest", manifest).code == 0

    (row,) = Manifest(manifest).models("ink")
    assert row.sha256 is not None
    assert row.sources == (HUB + "ink.safetensors",)
    assert manifest.read_text().startswith("[project]\nname = 'mine'\n")


@pytest.mark.parametrize("how", ["offline", "auto_download"])
def test_what_may_not_be_fetched_now_is_kept_for_later(
    keeper: InProcess, ink: Path, hub: FakeHub, models: Path, how: str
) -> None:
    if how == "auto_download":
        assert keeper.run("settings", "set", "auto_download", "false").code == 0
    options = ["--offline"] if how == "offline" else []

    answer = keeper.get(models, ink, *options)

    assert answer.code == 0
    (deferred,) = [line for line in answer.lines if line["event"] == "deferred"]
    assert deferred["downloads"] == 1
    (intent,) = Manifest(Path(deferred["manifest"])).intents()
    assert intent.model.filename == "ink.safetensors"
    assert not list(models.rglob("*.safetensors"))
    assert hub.server.sent() == 0


def test_a_dry_run_writes_nothing(keeper: InProcess, ink: Path, models: Path) -> None:
    answer = keeper.get(models, ink, "--dry-run")

    assert answer.code == 0
    (plan,) = [line for line in answer.lines if line["event"] == "plan"]
    assert plan["destination"]["relative"] == "ink.safetensors"
    assert plan["expected_sha256"]
    assert not list(models.rglob("*.safetensors"))
    assert not keeper.state.manifest.exists()


def test_a_workflow_says_itself_where_its_models_go(
    keeper: InProcess, ink: Path, models: Path
) -> None:
    answer = keeper.get(models, ink, "--to", "vae")
    assert answer.code == 2
    assert "--to" in answer.err


def test_a_link_cannot_be_fetched_offline(keeper: InProcess, models: Path) -> None:
    answer = keeper.get(models, HUB + "ink.safetensors", "--offline")
    assert answer.code == 2
    assert "--offline" in answer.err


def test_people_read_a_header_a_line_for_each_file_and_a_total(
    keeper: InProcess, hub: FakeHub, models: Path, tmp_path: Path
) -> None:
    vae = node(2, "VAELoader", "ae.safetensors", HUB + "ae.safetensors")
    path = workflow(tmp_path, "w", INK, vae)
    stock(hub, declared(path))

    said = keeper.run("get", path, "--models-dir", models).out.splitlines()

    assert said[0].split() == [str(path), "2", "to", "fetch"]
    assert said[1] == "Fetching 2 models"
    assert sorted(line.partition("] ")[2].split(" ✓")[0] for line in said[2:4]) == [
        "ae.safetensors",
        "ink.safetensors",
    ]
    assert [line[:5] for line in sorted(said[2:4])] == ["[1/2]", "[2/2]"]
    assert said[4] == "Downloaded 2/2 models"
    again = keeper.run("get", path, "--models-dir", models)
    assert again.out.splitlines() == [f"{path}  2 on disk"]


def test_a_file_that_cannot_be_had_is_one_failure_of_many(
    keeper: InProcess, hub: FakeHub, ink: Path, models: Path, tmp_path: Path
) -> None:
    gone = node(2, "VAELoader", "gone.safetensors", HUB + "gone.safetensors")
    path = workflow(tmp_path, "w", INK, gone)

    answer = keeper.get(models, path)

    assert answer.code == 5
    assert (answer.summary["succeeded"], answer.summary["failed"]) == (1, 1)
    (refused,) = [line for line in answer.lines if line["event"] == "error"]
    assert refused["name"] == "gone.safetensors"
    assert json.dumps(refused["error"])
