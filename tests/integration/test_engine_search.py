"""Finding what nobody near knows: Civitai and the Hub, as a workflow's resolving asks them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.candidates import Source
from model_keeper.domain.findings import Finding, Status
from model_keeper.engine.engine import Engine
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.hub import FakeHub
from model_keeper.testing.model_files import safetensors
from model_keeper.workflows.manifest import Manifest
from tests.integration.keeper import Keeper

LORA, VAE = safetensors(20_000, seed=1), safetensors(30_000, seed=2)
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        yield made


@pytest.fixture
def civitai() -> Iterator[FakeCivitai]:
    with FakeCivitai() as made:
        yield made


@pytest.fixture
def keeper(tmp_path: Path, hub: FakeHub, civitai: FakeCivitai) -> Iterator[Keeper]:
    environment = {
        "HF_ENDPOINT": hub.url,
        "HF_HOME": str(tmp_path / "hf"),
        "MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url,
    }
    with Keeper(tmp_path, environment) as made:
        yield made


def engine(keeper: Keeper) -> Engine:
    return keeper.host.workflows.engine(keeper.host.folders(keeper.models))


def found(keeper: Keeper, folder: Path, *names: str, loader: str = "VAELoader") -> list[Finding]:
    nodes = [
        {"id": n, "type": loader, "mode": 0, "widgets_values": [name]}
        for n, name in enumerate(names)
    ]
    path = folder / "w.json"
    path.write_text(json.dumps({"nodes": nodes, "links": []}))
    return list(engine(keeper).resolve(path).findings)


def test_an_original_on_the_hub_is_got_without_a_question(
    keeper: Keeper, hub: FakeHub, tmp_path: Path
) -> None:
    hub.add("Comfy-Org/unheard", "split_files/vae/unheard_vae.safetensors", VAE)
    (finding,) = found(keeper, tmp_path, "unheard_vae.safetensors")
    assert finding.status is Status.FETCH
    assert finding.chosen is not None
    assert finding.chosen.source is Source.HUGGINGFACE
    assert finding.chosen.sha256 == hashlib.sha256(VAE).hexdigest()
    api = engine(keeper)
    summary = api.fetch([api.resolve(tmp_path / "w.json")])
    assert summary.successful == 1
    assert keeper.files() == {"vae/unheard_vae.safetensors": len(VAE)}


def test_where_the_declared_address_is_dead_somebody_else_may_have_it(
    keeper: Keeper, hub: FakeHub, tmp_path: Path
) -> None:
    hub.add("Comfy-Org/unheard", "split_files/vae/unheard_vae.safetensors", VAE)
    (finding,) = found(keeper, tmp_path, "unheard_vae.safetensors")
    assert finding.chosen is not None
    name, gone = "unheard_vae.safetensors", f"{hub.url}/o/gone/resolve/main/vae/x.safetensors"
    path = tmp_path / "dead.json"
    declared = {"models": [{"name": name, "url": gone, "directory": "vae"}]}
    node = {"id": 1, "type": "VAELoader", "mode": 0, "widgets_values": [name]}
    path.write_text(json.dumps({"nodes": [{**node, "properties": declared}], "links": []}))
    manifest = Manifest(tmp_path / "pyproject.toml")
    api = keeper.host.workflows.engine(keeper.host.folders(keeper.models), manifest=manifest)

    resolved = api.resolve(path)
    assert [intent.row.sources for intent in resolved.intents] == [(gone,)]
    assert api.fetch([resolved]).successful == 1

    (row,) = manifest.models("dead")
    assert row.sources == (finding.chosen.url,)
    assert (keeper.models / "vae" / name).read_bytes() == VAE


def test_a_strangers_copy_is_shown_and_not_taken(
    keeper: Keeper, hub: FakeHub, tmp_path: Path
) -> None:
    hub.add("somebody/unheard_vae", "unheard_vae.safetensors", VAE)
    (finding,) = found(keeper, tmp_path, "unheard_vae.safetensors")
    assert finding.status is Status.CHOOSE
    assert finding.candidates[0].url is not None
    assert finding.candidates[0].evidence


def test_one_provider_that_is_down_takes_nothing_from_the_others(
    keeper: Keeper, hub: FakeHub, civitai: FakeCivitai, tmp_path: Path
) -> None:
    hub.add("Comfy-Org/unheard", "vae/unheard_vae.safetensors", VAE)
    civitai.__exit__(None, None, None)
    known, unknown = found(keeper, tmp_path, "unheard_vae.safetensors", "nobody_has_it.pt")
    assert known.status is Status.FETCH
    assert unknown.status is Status.MISSING
    assert {failure.code for failure in unknown.failures} == {"unreachable"}


def test_what_was_not_there_is_not_asked_again_at_once(
    keeper: Keeper, hub: FakeHub, civitai: FakeCivitai, tmp_path: Path
) -> None:
    def asked() -> tuple[int, int]:
        (finding,) = found(keeper, tmp_path, "nobody_has_it.pt")
        assert (finding.status, finding.failures) == (Status.MISSING, ())
        return len(civitai.server.records()), len(hub.server.records())

    first = asked()
    assert all(first)
    assert asked() == first


def test_addresses_of_one_content_are_one_file(
    keeper: Keeper, hub: FakeHub, tmp_path: Path
) -> None:
    """The catalogue knows two addresses of clip_l.safetensors; the Hub says what they hold."""
    hub.add("Comfy-Org/stable-diffusion-3.5-fp8", "text_encoders/clip_l.safetensors", VAE)
    hub.add("comfyanonymous/flux_text_encoders", "clip_l.safetensors", VAE)
    (finding,) = found(keeper, tmp_path, "clip_l.safetensors", loader="CLIPLoader")
    assert len(finding.candidates) > 1
    assert finding.status is Status.FETCH, finding.candidates
    (near,) = engine_without_search(keeper, tmp_path)
    assert near.status is Status.CHOOSE, "without the Hub's word it is a choice"


def engine_without_search(keeper: Keeper, folder: Path) -> list[Finding]:
    folders = keeper.host.folders(keeper.models)
    return list(
        keeper.host.workflows.engine(folders, search=False).resolve(folder / "w.json").findings
    )
