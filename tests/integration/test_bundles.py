"""Bundles between machines: a workflow goes to an empty machine, and gets everything there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.metadata import ModelMetadata
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from tests.integration.collected import CollectedLibrary
from tests.integration.declared_files import InProcess
from tests.integration.panel_server import PanelServer, refused
from tests.integration.test_collections import HUB
from tests.integration.workflow_folder import node, workflow

STYLE, BASE, VAE = (safetensors(3_000 + seed, seed=seed) for seed in range(3))


@pytest.fixture(scope="module")
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        made.add("o/r", "style.safetensors", STYLE)
        yield made


@pytest.fixture(scope="module")
def civitai() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        made.add(1, 2, {"base.safetensors": BASE}, kind="Checkpoint")
        yield made


@pytest.fixture
def home(tmp_path: Path) -> Iterator[CollectedLibrary]:
    with CollectedLibrary(tmp_path / "home") as made:
        made.add("loras/red/style.safetensors", STYLE)
        made.add("checkpoints/base.safetensors", BASE)
        made.add("vae/mine.safetensors", VAE)
        made.look()
        made.say(
            "loras/red/style.safetensors", ModelMetadata(download_url=f"{HUB}style.safetensors")
        )
        yield made


def wanting(folder: Path) -> Path:
    """A workflow that names three models and no address."""
    return workflow(
        folder,
        "shared",
        node(1, "LoraLoader", "red\\style.safetensors"),
        node(2, "CheckpointLoaderSimple", "base.safetensors"),
        node(3, "VAELoader", "mine.safetensors"),
    )


def test_an_empty_machine_gets_what_a_bundle_names(
    home: CollectedLibrary,
    hub: FakeHub,
    civitai: FakeCivitai,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bundle = tmp_path / "bundle.json"
    with InProcess(home.host.state.path, hub, monkeypatch) as terminal:
        made = terminal.run("resolve", wanting(tmp_path), "--bundle", bundle, "--json")
    assert made.code == 0
    [said] = [line for line in made.lines if line.get("event") == "bundle"]
    assert said["lacking"] == []
    assert str(home.models) not in bundle.read_text(), "nothing of this machine is shared"

    models = tmp_path / "away" / "models"
    models.parent.mkdir()
    with InProcess(tmp_path / "away" / "state", hub, monkeypatch) as terminal:
        monkeypatch.setenv("MODEL_KEEPER_CIVITAI_ENDPOINT", civitai.url)
        code = terminal.get(models, bundle).code
    assert code == 5, "nobody else has the VAE"
    assert (models / "loras/red/style.safetensors").read_bytes() == STYLE
    assert (models / "checkpoints/base.safetensors").read_bytes() == BASE, "found by its hash"
    assert not (models / "vae/mine.safetensors").exists()


def test_a_bundle_over_http_is_a_workflow(home: CollectedLibrary, tmp_path: Path) -> None:
    asked = json.loads(wanting(tmp_path).read_text())
    with PanelServer(home.models.parent) as server:
        made = server.ask("POST", "workflows/bundle", {"workflow": asked, "title": "Mine"}).data
        assert made["lacking"] == []
        assert sorted(made["models"]) == [
            "checkpoints/base.safetensors",
            "loras/red/style.safetensors",
            "vae/mine.safetensors",
        ]
        document = made["document"]
        [declared] = document["nodes"][0]["properties"]["models"]
        assert (declared["url"], declared["hash_type"]) == (HUB + "style.safetensors", "SHA256")
        assert document["extra"]["modelKeeper"]["title"] == "Mine"
        again = server.ask("POST", "workflows/bundle", {"workflow": document}).data
        assert again["document"]["nodes"] == document["nodes"], "bundling twice adds nothing"

        prompt = {"1": {"class_type": "VAELoader", "inputs": {"vae_name": "mine.safetensors"}}}
        answer = server.ask("POST", "workflows/bundle", {"workflow": prompt})
        refused(answer, 400, "workflow_cannot_carry")
