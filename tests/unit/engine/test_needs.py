"""What a workflow needs, judged against folders on the disk and a provider that is never asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.errors import KeeperError
from model_keeper.domain.folders import FolderTable
from model_keeper.domain.references import ModelEntry
from model_keeper.engine.intake import Plan, Wishes
from model_keeper.engine.needs import Need, Needs, NeedState, Place
from model_keeper.library.roots import comfyui_tree


class Decider:
    """An intake that notes what it is asked, and refuses as it is told."""

    def __init__(self, refusal: str | None = None) -> None:
        self.refusal = refusal
        self.asked: list[tuple[str, bool]] = []

    def from_entry(self, entry: ModelEntry, _wishes: Wishes, *, explore: bool = True) -> Plan:
        self.asked.append((entry.name, explore))
        if self.refusal and explore:
            raise KeeperError(self.refusal)
        raise KeeperError("category_needed", name=entry.name)


@pytest.fixture
def folders(tmp_path: Path) -> FolderTable:
    models = tmp_path / "models"
    for category in ("vae", "loras"):
        (models / category).mkdir(parents=True)
    (models / "vae" / "ae.safetensors").write_bytes(b"12345")
    (models / "loras" / "styles").mkdir()
    (models / "loras" / "styles" / "ink.safetensors").write_bytes(b"1")
    (tmp_path / "secret.safetensors").write_bytes(b"1")
    return comfyui_tree(models)


def needs(
    folders: FolderTable,
    entries: list[ModelEntry],
    values: Sequence[Place] = (),
    **decider: Any,
) -> dict[str, Need]:
    intake: Any = Decider(**decider)
    return {need.name: need for need in Needs(intake, folders).of(entries, values, explore=True)}


def entry(name: str, url: str | None = "https://x.example/f", **more: Any) -> ModelEntry:
    return ModelEntry(name, url, **{"directory": "vae", "node_id": "1", **more})


def test_a_file_in_its_folder_needs_nothing(folders: FolderTable) -> None:
    found = needs(
        folders, [entry("ae.safetensors"), entry("styles/ink.safetensors", directory="loras")]
    )
    assert {need.state for need in found.values()} == {NeedState.ON_DISK}
    assert found["ae.safetensors"].size == 5


def test_a_file_in_another_category_is_not_here(folders: FolderTable) -> None:
    found = needs(folders, [entry("ae.safetensors", directory="loras")])
    assert found["ae.safetensors"].state is not NeedState.ON_DISK


def test_a_name_that_climbs_is_nowhere(folders: FolderTable) -> None:
    found = needs(folders, [entry("../../secret.safetensors", url=None)])
    assert found["../../secret.safetensors"].state is NeedState.MISSING


def test_what_only_muted_nodes_want_is_optional_unless_a_loader_shows_it(
    folders: FolderTable,
) -> None:
    muted = [entry("far.safetensors", active=False)]
    assert needs(folders, muted)["far.safetensors"].state is NeedState.OPTIONAL
    shown = [Place("2", widget="vae_name", value="far.safetensors")]
    assert needs(folders, muted, shown)["far.safetensors"].state is NeedState.FETCH


def test_two_sources_for_one_name_are_a_choice(folders: FolderTable) -> None:
    both = [entry("far.safetensors"), entry("far.safetensors", "https://y.example/f")]
    assert needs(folders, both)["far.safetensors"].state is NeedState.CHOOSE


def test_a_value_that_nobody_declares_is_missing_once(folders: FolderTable) -> None:
    values = [
        Place("5", widget="lora_name", value="a\\b.safetensors"),
        Place("6", widget="lora_name", value="a/b.safetensors", active=False),
        Place("7", widget="vae_name", value="c.safetensors", active=False),
    ]
    found = needs(folders, [], values)
    assert found["a/b.safetensors"].state is NeedState.MISSING
    assert len(found["a/b.safetensors"].places) == 2
    assert found["c.safetensors"].state is NeedState.OPTIONAL


def test_a_loader_in_a_folder_means_the_declared_file(folders: FolderTable) -> None:
    values = [Place("1", widget="vae_name", value="flux\\far.safetensors")]
    found = needs(folders, [entry("far.safetensors")], values)
    assert list(found) == ["far.safetensors"]
    assert [place.widget for place in found["far.safetensors"].places] == ["vae_name"]


@pytest.mark.parametrize(
    ("refusal", "state"),
    [
        ("hf_gated_login", NeedState.FETCH),
        ("unreachable", NeedState.FETCH),
        ("hf_file_not_found", NeedState.MISSING),
    ],
)
def test_what_a_provider_refuses_now_can_be_enqueued_but_not_what_it_does_not_have(
    folders: FolderTable, refusal: str, state: NeedState
) -> None:
    need = needs(folders, [entry("far.safetensors")], refusal=refusal)["far.safetensors"]
    assert need.state is state
    assert need.error is not None
    assert need.error.code == refusal
