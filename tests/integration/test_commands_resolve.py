"""``resolve`` from its arguments to its exit code, without any network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.engine.state_folder import StateFolder
from tests.integration.commands import Commands, Said
from tests.integration.workflow_folder import model, node, workflow

URL = "https://huggingface.co/o/r/resolve/main/ink.safetensors"


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Commands]:
    with Commands(tmp_path) as made:
        yield made


def resolve(commands: Commands, *arguments: str | Path) -> Said:
    return commands.run(
        "resolve", *map(str, arguments), "--models-dir", str(commands.models), "--offline"
    )


def test_one_workflow_is_a_table_with_a_reason_for_each_file(
    commands: Commands, tmp_path: Path
) -> None:
    here = model(commands.models, "checkpoints/here.safetensors")
    there = model(commands.models, "vae/flux/ae.safetensors", seed=2)
    path = workflow(
        tmp_path,
        "portrait",
        node(1, "CheckpointLoaderSimple", "here.safetensors"),
        node(2, "VAELoader", "ae.safetensors"),
        node(3, "LoraLoader", "ink.safetensors", URL),
        node(4, "VAELoader", "lost.safetensors"),
        node(5, "VAELoader", "asleep.safetensors", mode=4),
    )
    said = resolve(commands, path)
    shown = said.out.splitlines()
    for wanted in (
        f"  ✓ on disk   {here}",
        "  ↪ relink    vae/ae.safetensors",
        f"              {there}",
        "              It has the same name in another folder. (90 of 100)",
        "  ↓ fetch     loras/ink.safetensors",
        f"              {URL}",
        "  ✗ missing   vae/lost.safetensors",
        "  ○ optional  vae/asleep.safetensors",
        f"Use what is here: model-keeper resolve {path} --relink",
    ):
        assert any(line.startswith(wanted) for line in shown), (wanted, said.out)
    assert said.code == 5
    assert not (tmp_path / "portrait.json.bak").exists()


def test_json_is_one_document_or_one_line_for_each_workflow(
    commands: Commands, tmp_path: Path
) -> None:
    one = workflow(tmp_path, "one", node(1, "LoraLoader", "ink.safetensors", URL))
    two = workflow(tmp_path, "two", node(1, "VAELoader", "lost.safetensors"))

    (document,) = resolve(commands, one, "--json").lines

    assert set(document) == {"workflow", "format", "references", "summary"}
    (row,) = document["references"]
    assert {k: row[k] for k in ("value", "category", "status", "path")} == {
        "value": "ink.safetensors",
        "category": "loras",
        "status": "fetch",
        "path": None,
    }
    assert [c["url"] for c in row["candidates"]] == [URL]
    several = resolve(commands, one, two, "--json")
    assert [(line["workflow"], line["path"]) for line in several.lines] == [
        ("one", str(one)),
        ("two", str(two)),
    ]
    assert several.code == 5


@pytest.mark.parametrize(
    ("nodes", "code"),
    [
        ([], 0),
        ([("VAELoader", "here.safetensors", None)], 0),
        ([("VAELoader", "moved.safetensors", None)], 0),
        ([("LoraLoader", "ink.safetensors", URL)], 0),
        ([("VAELoader", "twice.safetensors", None)], 2),
        ([("VAELoader", "lost.safetensors", None)], 5),
        ([("VAELoader", "lost.safetensors", None), ("VAELoader", "twice.safetensors", None)], 2),
    ],
)
def test_the_exit_code_says_what_is_left_open(
    commands: Commands, tmp_path: Path, nodes: list[tuple[str, str, str | None]], code: int
) -> None:
    for seed, name in enumerate(["here", "sub/moved", "a/twice", "b/twice"]):
        model(commands.models, f"vae/{name}.safetensors", seed=seed)
    rows = [node(number, *row) for number, row in enumerate(nodes, 1)] or [
        {"id": 1, "type": "Note", "mode": 0, "widgets_values": ["hello"]}
    ]
    assert resolve(commands, workflow(tmp_path, "w", *rows)).code == code


def test_a_folder_says_what_runs_now(commands: Commands, tmp_path: Path) -> None:
    model(commands.models, "vae/here.safetensors")
    folder = tmp_path / "flows"
    workflow(folder, "good", node(1, "VAELoader", "here.safetensors"))
    workflow(folder / "deep" / "er", "bad", node(1, "VAELoader", "lost.safetensors"))
    workflow(folder / ".hidden", "no", node(1, "VAELoader", "lost.safetensors"))
    (folder / "package.json").write_text('{"name": "something"}')
    (folder / "broken.json").write_text('{"nodes": [')

    said = resolve(commands, folder)

    assert said.code == 1, "one of several could not be read"
    assert [line.split() for line in said.out.splitlines()[:2]] == [
        ["✓", "good.json", "1", "on", "disk"],
        ["✗", "deep/er/bad.json", "1", "missing"],
    ]
    assert (
        "2 workflows: 1 runs now, 1 with something missing · 1 cannot be read · "
        "1 other file is no workflow" in said.out
    )
    assert "broken.json cannot be read as a workflow" in said.err
    assert "hidden" not in said.out + said.err


def test_relink_shows_the_patch_and_writes_it_with_a_backup(
    commands: Commands, tmp_path: Path
) -> None:
    model(commands.models, "vae/flux/ae.safetensors")
    path = workflow(tmp_path, "w", node(12, "VAELoader", "ae.safetensors", title="The VAE"))
    before = path.read_bytes()

    shown = resolve(commands, path, "--relink", "--dry-run")

    assert "node 12 VAELoader “The VAE”, vae_name" in shown.out
    assert "- ae.safetensors" in shown.out
    assert "+ flux/ae.safetensors" in shown.out
    assert path.read_bytes() == before
    written = resolve(commands, path, "--relink")
    assert written.code == 0
    assert json.loads(path.read_text())["nodes"][0]["widgets_values"] == ["flux/ae.safetensors"]
    assert (tmp_path / "w.json.bak").read_bytes() == before
    assert "on disk" in resolve(commands, path).out
    assert resolve(commands, path, "--relink").code == 0, "a second time nothing is left to do"


@pytest.mark.parametrize(
    ("name", "content", "code", "says"),
    [
        ("none.json", None, 5, "There is no file"),
        ("broken.json", b'{"nodes": [', 2, "line 1 is not valid JSON"),
        ("other.json", b'{"a": 1}', 2, "is not a ComfyUI workflow"),
        ("p.png", b"\x89PNG\r\n\x1a\n" + bytes(40), 2, ""),
    ],
)
def test_what_is_no_workflow_is_said_in_one_sentence(
    commands: Commands, tmp_path: Path, name: str, content: bytes | None, code: int, says: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    said = resolve(commands, path)
    assert said.code == code
    assert says in said.err
    assert name in said.err
    assert "Traceback" not in said.err


def test_a_folder_without_workflows_is_said(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    said = resolve(commands, tmp_path / "empty")
    assert said.code == 5
    assert "no workflow" in said.err


def test_without_a_models_folder_the_setting_is_named(commands: Commands, tmp_path: Path) -> None:
    path = workflow(tmp_path, "w", node(1, "VAELoader", "x.safetensors"))
    said = commands.run("resolve", str(path), "--offline")
    assert said.code == 2
    assert "settings set models_dir" in said.err


def test_looking_writes_no_decision(commands: Commands, tmp_path: Path) -> None:
    path = workflow(tmp_path, "w", node(1, "LoraLoader", "ink.safetensors", URL))
    resolve(commands, path)
    assert not StateFolder(tmp_path / "state").manifest.exists()
