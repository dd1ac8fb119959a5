"""``model-keeper metadata`` as a person has it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.hosts.standalone import StandaloneHost
from model_keeper.testing.civitai import FakeCivitai
from model_keeper.testing.model_files import safetensors
from tests.integration.commands import Commands

KNOWN = safetensors(700, seed=1)


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with FakeCivitai() as civitai:
        civitai.add(7, 70, {"boats.safetensors": KNOWN}, title="Paper Boats")
        nobody = "http://127.0.0.1:9"
        hosts = {"MODEL_KEEPER_CIVITAI_ENDPOINT": civitai.url, "HF_ENDPOINT": nobody}
        with Commands(tmp_path, hosts) as made:
            for name, content in (("boats", KNOWN), ("broken", b"no model")):
                path = made.models / "loras" / f"{name}.safetensors"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(content)
                os.utime(path, (1_600_000_000, 1_600_000_000))
            with StandaloneHost(state_dir=tmp_path / "state", environment={}) as host:
                host.store.settings.change(models_dir=str(made.models))
                host.library.scanning.refresh(host.model_folders())
            yield made


def test_metadata_is_refreshed_shown_and_edited(commands: Commands) -> None:
    refreshed = commands.run("metadata", "refresh")
    assert refreshed.code == 0, refreshed
    assert "1 changed, 1 failed" in refreshed.out
    assert "broken.safetensors" in refreshed.out

    said = ("--description", "Mine", "--word", "b0at")
    edited = commands.run("metadata", "edit", "boats.safetensors", *said)
    assert (edited.code, "Mine" in edited.out) == (0, True), edited
    back = ("metadata", "edit", "boats.safetensors", "--reset", "trained_words", "--json")
    shown = commands.run(*back).last
    assert (shown["name"], shown["trained_words"]) == ("Paper Boats", ["loopback"])
    assert (shown["completeness"], shown["missing"]) == ("partial", ["preview"])
