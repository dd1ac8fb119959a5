"""``get`` brings every file that a workflow declares, into its folder: ours, and the official ones."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.testing.hub import FakeHub
from tests.integration.declared_files import InProcess, declared, places, stock, stocked
from tests.integration.workflow_folder import node, workflow

TEMPLATES = Path(__file__).parents[3] / "shared" / "data" / "workflows" / "templates"
HUB = "https://huggingface.co/o/r/resolve/main/"
AT_ONCE = 20  # templates of one command: many commands would mostly wait for the clock


@pytest.fixture
def hub() -> Iterator[FakeHub]:
    with FakeHub() as made:
        yield made


@pytest.fixture
def keeper(tmp_path: Path, hub: FakeHub, monkeypatch: pytest.MonkeyPatch) -> Iterator[InProcess]:
    with InProcess(tmp_path / "state", hub, monkeypatch) as made:
        yield made


@pytest.fixture
def flow(tmp_path: Path, hub: FakeHub) -> Path:
    """Two files of one name in two folders, one of a muted node, and one in a sub-folder."""
    path = workflow(
        tmp_path,
        "flow",
        node(1, "VAELoader", "same.safetensors", HUB + "vae/same.safetensors"),
        node(2, "LoraLoader", "same.safetensors", HUB + "loras/same.safetensors"),
        node(3, "CheckpointLoaderSimple", "asleep.safetensors", HUB + "asleep.safetensors", mode=4),
        node(4, "LoraLoader", "sub\\deep.safetensors", HUB + "deep.safetensors"),
    )
    stock(hub, declared(path))
    return path


def files(models: Path) -> set[str]:
    return {p.relative_to(models).as_posix() for p in models.rglob("*") if p.is_file()}


def test_everything_declared_is_fetched_once(
    keeper: InProcess, flow: Path, hub: FakeHub, tmp_path: Path
) -> None:
    answer = keeper.get(tmp_path / "models", flow)

    assert answer.code == 0, answer.err
    assert files(tmp_path / "models") == {
        "vae/same.safetensors",
        "loras/same.safetensors",
        "checkpoints/asleep.safetensors",
        "loras/sub/deep.safetensors",
    }
    assert answer.summary["succeeded"] + answer.summary["reused"] == 4
    for path in (tmp_path / "models").rglob("*.safetensors"):
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert digest in {row["sha256"] for row in hub.manifest().values()}
    again = keeper.get(tmp_path / "models", flow)
    assert (again.summary["succeeded"], again.summary["reused"]) == (0, 4)
    assert again.summary["files"]["relink"] == 1, "Windows' slashes do not find it here"


def test_only_what_is_required_when_that_is_wished(
    keeper: InProcess, flow: Path, tmp_path: Path
) -> None:
    answer = keeper.get(tmp_path / "models", flow, "--required-only")

    assert answer.code == 0, answer.err
    assert not (tmp_path / "models" / "checkpoints" / "asleep.safetensors").exists()
    assert len(files(tmp_path / "models")) == 3
    assert answer.summary["files"]["optional"] == 1


def test_every_official_template_with_declarations(
    keeper: InProcess, hub: FakeHub, tmp_path: Path
) -> None:
    if not TEMPLATES.is_dir():
        pytest.skip(f"The official templates are not at {TEMPLATES}.")
    templates = {
        path: rows for path in sorted(TEMPLATES.rglob("*.json")) if (rows := declared(path))
    }
    assert len(templates) >= 100
    hashes = stock(hub, [entry for rows in templates.values() for entry in rows])
    (tmp_path / "templates").mkdir()
    wrong = []
    for first in range(0, len(templates), AT_ONCE):
        group = dict(list(templates.items())[first : first + AT_ONCE])
        models = tmp_path / f"models-{first}"
        copies = [stocked(path, tmp_path / "templates", hashes) for path in group]
        answer = keeper.get(models, *copies)
        wanted = places(entry for rows in group.values() for entry in rows)
        lacking = {f"{category}/{name}" for category, name in wanted} - files(models)
        got = answer.summary.get("succeeded", 0) + answer.summary.get("reused", 0)
        if got != len(wanted) or lacking:
            wrong.append(([path.name for path in group], got, len(wanted), lacking, answer.err))
    assert wrong == []
