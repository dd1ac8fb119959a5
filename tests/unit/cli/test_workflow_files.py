"""From what a person names to workflow files."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_keeper.cli.workflow_files import names_workflow, workflow_files
from model_keeper.domain.errors import KeeperError


@pytest.mark.parametrize(
    ("text", "is_workflow"),
    [
        ("w.json", True),
        ("picture.PNG", True),
        ("https://host/w.json", False),
        ("a" * 64, False),
        ("urn:air:sdxl:lora:civitai:1@2", False),
        ("civitai.com/models/1", False),
    ],
)
def test_files_are_told_from_links(text: str, is_workflow: bool) -> None:
    assert names_workflow(text) is is_workflow


def test_a_folder_means_all_in_it_and_a_file_is_taken_once(tmp_path: Path) -> None:
    for name in ("b.json", "sub/a.png", "sub/a.txt", ".index.json", ".git/c.json", "b.json.bak"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    found = workflow_files([str(tmp_path), str(tmp_path / "b.json")])
    assert [file.title for file in found] == ["b.json", "sub/a.png"]
    assert names_workflow(str(tmp_path))


def test_what_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(KeeperError) as none:
        workflow_files([str(tmp_path / "none.json")])
    assert none.value.code == "file_not_found"
    with pytest.raises(KeeperError) as empty:
        workflow_files([str(tmp_path)])
    assert empty.value.code == "folder_without_workflows"
