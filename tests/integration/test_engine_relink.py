"""A model that is here already is never fetched twice: by name, by content, and told from others."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_keeper.domain.candidates import Source
from model_keeper.domain.findings import Finding, Status
from model_keeper.engine.resolving.report import resolution_report
from model_keeper.testing.model_files import safetensors
from tests.integration.keeper import Keeper

WANTED, OTHER = safetensors(20_000, seed=1), safetensors(20_000, seed=2)
SHA256 = hashlib.sha256(WANTED).hexdigest()
URL = "https://huggingface.co/o/r/resolve/main/a.safetensors"


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    with Keeper(tmp_path) as made:
        yield made


def put(keeper: Keeper, relative: str, content: bytes = WANTED) -> Path:
    path = keeper.models / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (1_700_000_000, 1_700_000_000))  # nobody writes to it any more
    return path


def finding(keeper: Keeper, value: str, *, sha256: str | None = None) -> Finding:
    entry = {"name": value.rsplit("\\", maxsplit=1)[-1], "url": URL, "directory": "vae"}
    if sha256:
        entry |= {"hash": sha256, "hash_type": "SHA256"}
    node = {
        "id": 1,
        "type": "VAELoader",
        "mode": 0,
        "properties": {"models": [entry]},
        "widgets_values": [value],
    }
    path = keeper.models.parent / "w.json"
    path.write_text(json.dumps({"nodes": [node], "links": []}))
    folders = keeper.host.folders(keeper.models)
    (found,) = keeper.host.workflows.engine(folders, search=False).resolve(path).findings
    return found


def test_the_same_name_in_another_folder_is_relinked(keeper: Keeper) -> None:
    there = put(keeper, "vae/flux/a.safetensors")
    found = finding(keeper, "a.safetensors")
    assert (found.status, found.path) == (Status.RELINK, str(there))
    assert found.chosen is not None
    assert (found.chosen.source, found.chosen.facts["value"]) == (
        Source.DISK,
        "flux/a.safetensors",
    )
    (row,) = resolution_report("w", "ui", [found])["references"]
    assert (row["status"], row["path"]) == ("relink", str(there))


def test_backslashes_of_another_system_are_only_written_anew(keeper: Keeper) -> None:
    put(keeper, "vae/sub/a.safetensors")
    found = finding(keeper, "sub\\a.safetensors")
    assert found.status is Status.RELINK
    assert found.chosen is not None
    assert found.chosen.facts["value"] == "sub/a.safetensors"


def test_the_same_content_under_another_name_is_found_by_its_hash(keeper: Keeper) -> None:
    there = put(keeper, "vae/renamed.safetensors")
    keeper.host.library.scanning.refresh(keeper.host.folders(keeper.models))
    keeper.host.library.hashing.of(str(there))
    found = finding(keeper, "a.safetensors", sha256=SHA256)
    assert (found.status, found.path) == (Status.RELINK, str(there))


def test_the_same_name_with_other_bytes_is_never_taken(keeper: Keeper) -> None:
    put(keeper, "vae/old/a.safetensors", OTHER)
    found = finding(keeper, "a.safetensors", sha256=SHA256)
    assert found.status is Status.FETCH
    right = put(keeper, "vae/new/a.safetensors")
    keeper.host.library.scanning.refresh(keeper.host.folders(keeper.models))
    again = finding(keeper, "a.safetensors", sha256=SHA256)
    assert (again.status, again.path) == (Status.RELINK, str(right)), "the bytes decide"


def test_several_of_one_name_are_a_choice_and_nothing_is_fetched(keeper: Keeper) -> None:
    put(keeper, "vae/one/a.safetensors")
    put(keeper, "vae/two/a.safetensors", OTHER)
    found = finding(keeper, "a.safetensors")
    assert found.status is Status.CHOOSE
    disk = [c.path for c in found.candidates if c.source is Source.DISK]
    assert len(disk) == 2


def test_what_lies_where_it_is_expected_is_simply_there(keeper: Keeper) -> None:
    put(keeper, "vae/a.safetensors")
    put(keeper, "vae/old/a.safetensors", OTHER)
    assert finding(keeper, "a.safetensors").status is Status.ON_DISK
