"""Stored workflows that name models by where they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from model_keeper.domain.file_changes import NameChange
from model_keeper.engine.stored_workflows import StoredWorkflows
from model_keeper.workflows.loaders import LoaderTable

MOVED = NameChange("loras", "größe/car.safetensors", "auto/car.safetensors")
AWAY = NameChange("loras", "gone.safetensors", None)


def workflow(*nodes: dict[str, Any]) -> str:
    rows = [{"id": number, **node} for number, node in enumerate(nodes)]
    return json.dumps({"nodes": rows, "links": [], "version": 0.4})


def lora(name: str) -> dict[str, Any]:
    return {"type": "LoraLoader", "widgets_values": [name, 1, 1]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "workflows"
    (made / "sub").mkdir(parents=True)
    return made


@pytest.fixture
def stored(folder: Path) -> StoredWorkflows:
    return StoredWorkflows([folder, folder.with_name("not there")], LoaderTable.shipped)


def test_a_workflow_that_names_a_moved_model_is_found_and_corrected_with_a_backup(
    folder: Path, stored: StoredWorkflows
) -> None:
    path = folder / "sub" / "poster.json"
    before = workflow(
        lora("größe/car.safetensors"),
        lora("größe\\car.safetensors"),
        lora("other.safetensors"),
        {"type": "VAELoader", "widgets_values": ["größe/car.safetensors"]},
    )
    path.write_text(before)

    [naming] = stored.naming([MOVED])

    assert naming.path == path
    assert [(place.old, place.new) for place in naming.places] == [
        ("größe/car.safetensors", "auto/car.safetensors"),
        ("größe\\car.safetensors", "auto/car.safetensors"),
    ]
    [done] = stored.patch([MOVED], [str(path), str(path)])
    assert done.error is None
    assert done.patched is not None
    assert done.patched.backup is not None
    assert done.patched.backup.read_text() == before
    values = [node["widgets_values"][0] for node in json.loads(path.read_text())["nodes"]]
    assert values == [
        "auto/car.safetensors",
        "auto/car.safetensors",
        "other.safetensors",
        "größe/car.safetensors",
    ]
    assert stored.naming([MOVED]) == []
    back = NameChange("loras", "auto/car.safetensors", "größe/car.safetensors")
    assert [naming.path for naming in stored.naming([back])] == [path]


def test_what_no_loader_finds_any_more_is_told_and_cannot_be_corrected(
    folder: Path, stored: StoredWorkflows
) -> None:
    path = folder / "a.json"
    path.write_text(workflow(lora("gone.safetensors")))
    [naming] = stored.naming([AWAY])
    assert ([place.new for place in naming.places], naming.changes) == ([None], ())
    [refused] = stored.patch([AWAY], [str(path)])
    assert refused.error is not None
    assert refused.error.code == "workflow_not_naming"


@pytest.mark.parametrize("path", ["/etc/passwd", "../a.json", "", "sub/a.json"])
def test_only_what_was_found_is_ever_written(
    folder: Path, stored: StoredWorkflows, path: str
) -> None:
    outside = folder.with_name("a.json")
    outside.write_text(workflow(lora("größe/car.safetensors")))
    before = outside.read_bytes()
    for each in (path, str(outside), str(folder / ".." / "a.json")):
        [refused] = stored.patch([MOVED], [each])
        assert refused.error is not None
        assert refused.error.code == "workflow_not_naming"
    assert outside.read_bytes() == before


def test_a_link_out_of_the_folder_and_what_is_no_workflow_name_nothing(
    folder: Path, stored: StoredWorkflows
) -> None:
    outside = folder.with_name("outside.json")
    outside.write_text(workflow(lora("gone.safetensors")))
    (folder / "link.json").symlink_to(outside)
    (folder / "door").symlink_to(folder.parent)
    (folder / "dangling.json").symlink_to(folder / "nothing")
    (folder / "list.json").write_text('["gone.safetensors"]')
    (folder / "broken.json").write_text('{"nodes": "gone.safetensors"')
    (folder / ".hidden.json").write_text(workflow(lora("gone.safetensors")))
    (folder / "folder.json").mkdir()
    assert stored.naming([AWAY]) == []


def test_many_changes_are_looked_for_at_once(folder: Path, stored: StoredWorkflows) -> None:
    (folder / "a.json").write_text(workflow(lora("m7.safetensors"), lora("m70.safetensors")))
    many = [NameChange("loras", f"m{n}.safetensors", f"x/m{n}.safetensors") for n in range(60)]
    [naming] = stored.naming(many)
    assert [place.new for place in naming.places] == ["x/m7.safetensors"]


def test_nothing_is_read_where_nothing_changed(folder: Path) -> None:
    def never() -> LoaderTable:
        raise AssertionError

    (folder / "a.json").write_text(workflow(lora("other.safetensors")))
    assert StoredWorkflows([folder], never).naming([]) == []
    assert StoredWorkflows([folder], never).naming([MOVED]) == []
