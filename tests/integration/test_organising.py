"""A library organised by a template, in one change that can be undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from model_keeper.domain.file_changes import NameChange
from model_keeper.domain.model_files import ModelFile
from model_keeper.engine.organising import Organising
from tests.integration.changed_library import ChangedLibrary, errors_of


@pytest.fixture
def library(tmp_path: Path) -> Iterator[ChangedLibrary]:
    made = ChangedLibrary(tmp_path)
    yield made
    made.close()


def known(file: ModelFile) -> Mapping[str, str]:
    return {"base": "SDXL 1.0", "creator": "" if file.name.startswith("b") else "Ann/Bo"}


def test_a_plan_is_applied_undone_and_comes_to_rest(library: ChangedLibrary) -> None:
    for name in ("a.safetensors", "a.info", "x/a.safetensors", "x/a.info", "b.safetensors"):
        library.add(f"loras/{name}")
    library.scan()
    before = library.names()
    organising = Organising(library.index, library.changes, known)

    plan = organising.plan("loras", "{base}/{creator}/{name}")
    assert library.names() == before
    change = organising.apply(plan)

    assert errors_of(change) == [None] * 3
    after = library.names()
    assert {"loras/SDXL 1.0/b.safetensors", "loras/SDXL 1.0/Ann_Bo/a.safetensors"} <= after
    assert {name.count("/") for name in after} == {2, 3}
    assert len(after) == 5
    library.scan()
    assert organising.plan("loras", "{base}/{creator}/{name}") == []
    assert NameChange("loras", "b.safetensors", "SDXL 1.0/b.safetensors") in (
        library.changes.names_changed(change)
    )
    assert errors_of(library.changes.undo(change.id)) == [None] * 3
    assert library.names() == before
